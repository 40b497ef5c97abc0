"""What is at an address: the item, the way elsewhere, the reason why it is gone, or nothing; as the site itself answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from tests.factories import HomePageFactory, NewsPageFactory, StandardPageFactory, attach, make_attachment, restrict
from tests.news.test_versions import upload
from tests.trust.delivery_doors import V1
from wagtail_newsroom.news.models import NewsPage, Retirement
from wagtail_newsroom.news.publishing.files.versions import replace_file
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

pytestmark = [pytest.mark.django_db, pytest.mark.services]

Tree = dict[str, Page]
REASON = "Nabór odwołano."


def published(parent: Page, **fields: Any) -> NewsPage:
    page = NewsPageFactory(parent=parent, **fields)
    page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


def at(client: Client, path: str, **headers: str) -> Any:
    """What the API says of ``path``; the status where it says nothing."""
    answer = client.get(f"{V1}/by-path/", {"path": path}, **headers)
    return answer.json() if answer.status_code == 200 else answer.status_code


@pytest.mark.parametrize(
    "path", ["/aktualnosci/nabor/", "/aktualnosci/nabor", "/aktualnosci/nabor/?utm=1", "/aktualnosci/nab%6Fr/"]
)
def test_item_at_a_path_is_the_item_at_its_own_address(client: Client, tree: Tree, path: str) -> None:
    page = published(tree["news"], title="Nabór", slug="nabor")

    answer, own = client.get(f"{V1}/by-path/", {"path": path}), client.get(f"{V1}/news/{page.pk}/")

    assert answer.content == own.content
    assert {name: answer.headers[name] for name in ("ETag", "Surrogate-Key", "Last-Modified")} == {
        name: own.headers[name] for name in ("ETag", "Surrogate-Key", "Last-Modified")
    }


def test_item_is_found_below_the_prefix_of_its_language(client: Client, tree: Tree) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = tree["home"].copy_for_translation(english)
    home.save_revision().publish()
    news = tree["news"].copy_for_translation(english)
    news.save_revision().publish()
    page = published(news, title="Call", slug="call", locale=english)

    assert at(client, "/en/aktualnosci/call/")["id"] == page.pk
    assert [at(client, path) for path in ("/aktualnosci/call/", "/en/call/", "/pl/aktualnosci/call/")] == [404] * 3


def draft(tree: Tree) -> Page:
    return NewsPageFactory(parent=tree["news"], slug="tajne", live=False)


def expired(tree: Tree) -> Page:
    return NewsPageFactory(parent=tree["news"], slug="tajne", expire_at=timezone.now() - dt.timedelta(hours=1))


def private(tree: Tree) -> Page:
    page = published(tree["news"], slug="tajne")
    restrict(page)
    return page


def below_private(tree: Tree) -> Page:
    restrict(tree["news"])
    return published(tree["news"], slug="tajne")


def retired_in_private(tree: Tree) -> Page:
    page = published(tree["news"], slug="tajne")
    retire_page(page, None, reason=REASON)
    restrict(tree["news"])
    return page


def redirected_to_draft(tree: Tree) -> Page:
    Redirect.add_redirect("/aktualnosci/tajne", NewsPageFactory(parent=tree["news"], slug="inne", live=False))
    return tree["news"]


def redirected_to_private(tree: Tree) -> Page:
    Redirect.add_redirect("/aktualnosci/tajne", private(tree))
    Page.objects.filter(slug="tajne").update(slug="inne", url_path="/start/aktualnosci/inne/")
    return tree["news"]


def program(tree: Tree) -> Page:
    Redirect.add_redirect("/aktualnosci/tajne", "javascript:alert(1)")
    return tree["news"]


def of_another_site(tree: Tree) -> Page:
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="obca")
    Site.objects.create(hostname="obca.example", root_page=home)
    Redirect.add_redirect("/aktualnosci/tajne", "/gdzies/", site=Site.objects.get(root_page=home))
    return StandardPageFactory(parent=StandardPageFactory(parent=home, slug="aktualnosci"), slug="tajne")


@pytest.mark.parametrize(
    "make",
    [
        draft,
        expired,
        private,
        below_private,
        retired_in_private,
        redirected_to_draft,
        redirected_to_private,
        program,
        of_another_site,
    ],
)
def test_l1_path_of_what_is_not_public_answers_like_one_with_nothing(
    client: Client, tree: Tree, make: Callable[[Tree], Page]
) -> None:
    make(tree)

    hidden, missing = (client.get(f"{V1}/by-path/", {"path": f"/aktualnosci/{slug}/"}) for slug in ("tajne", "nic"))

    assert (hidden.status_code, hidden.content, dict(hidden.headers)) == (404, missing.content, dict(missing.headers))
    assert client.get(f"{V1}/redirects/").json()["items"] == []


def test_l1_list_of_redirects_does_not_tell_how_many_lead_to_what_is_not_public(client: Client, tree: Tree) -> None:
    hidden = NewsPageFactory(parent=tree["news"], live=False)
    for path, page in (("/a", hidden), ("/b", tree["news"]), ("/c", hidden), ("/d", hidden), ("/e", tree["news"])):
        Redirect.add_redirect(path, page)

    first = client.get(f"{V1}/redirects/?limit=1").json()
    second = client.get(first["next"]).json()

    assert [[each["old_path"] for each in page["items"]] for page in (first, second)] == [["/b"], ["/e"]]
    assert (first["prev"], second["next"]) == (None, None)
    assert client.get(second["prev"]).json()["items"] == first["items"]


def test_retired_page_says_why_or_where(client: Client, tree: Tree) -> None:
    target = published(tree["news"], title="Nowy nabór", slug="nowy")
    gone, moved, left = (published(tree["news"], title=f"Nabór {n}", slug=f"nabor-{n}") for n in (1, 2, 3))
    retire_page(gone, None, reason=REASON)
    retire_page(moved, None, redirect_page=target)
    retire_page(left, None, redirect_url="https://inna.example/nabor")
    Page.objects.filter(pk=gone.pk).update(title="Zqtajny")

    new = "http://localhost/aktualnosci/nowy/"
    assert [at(client, f"/aktualnosci/nabor-{n}/") for n in (1, 2, 3)] == [
        {"gone": {"title": "Nabór 1", "reason": REASON, "replacement": None}},
        {"gone": {"title": "Nabór 2", "reason": "", "replacement": new}},
        {"gone": {"title": "Nabór 3", "reason": "", "replacement": "https://inna.example/nabor"}},
    ]
    restrict(target)
    assert at(client, "/aktualnosci/nabor-2/")["gone"]["replacement"] is None
    published(tree["news"], title="Następca", slug="nabor-4")
    Page.objects.filter(slug="nabor-4").update(slug="nabor-1", url_path="/start/aktualnosci/nabor-1/")
    assert at(client, "/aktualnosci/nabor-1/")["title"] == "Następca"
    assert [item["old_path"] for item in client.get(f"{V1}/redirects/").json()["items"]] == [
        "/aktualnosci/nabor-2/", "/aktualnosci/nabor-3/"
    ]  # fmt: skip


@pytest.fixture
def led(tree: Tree) -> NewsPage:
    """Redirects of every kind."""
    target = published(tree["news"], title="Nabór", slug="nabor")
    site = Site.objects.get(is_default_site=True)
    Redirect.add_redirect("/dawny", target)
    Redirect.add_redirect("/zdrowie?rok=2020", target, is_permanent=False)
    Redirect.add_redirect("/łódź", "https://lodz.example/")
    Redirect.add_redirect("/wszedzie", "https://wszedzie.example/")
    Redirect.add_redirect("/wszedzie", "https://tutaj.example/", site=site)
    Redirect.add_redirect("/aktualnosci/nabor", "https://zakryte.example/")
    gone = published(tree["news"], title="Odwołany", slug="odwolany")
    Redirect.add_redirect("/dawno-odwolany", gone)
    retire_page(gone, None, reason=REASON)
    return target


NEW = "http://localhost/aktualnosci/nabor/"


def test_redirect_leads_where_the_site_leads(client: Client, led: NewsPage) -> None:
    assert at(client, "/dawny/") == at(client, "/dawny?x=1") == {"redirect": {"to": NEW, "permanent": True}}
    assert at(client, "/zdrowie/?rok=2020") == {"redirect": {"to": NEW, "permanent": False}}
    assert at(client, "/zdrowie/") == 404
    lodz = {"redirect": {"to": "https://lodz.example/", "permanent": True}}
    assert at(client, "/łódź/") == at(client, quote("/łódź/")) == lodz
    assert at(client, "/wszedzie/")["redirect"]["to"] == "https://tutaj.example/"
    assert at(client, "/dawno-odwolany/") == at(client, "/aktualnosci/odwolany/")
    assert at(client, "/aktualnosci/nabor/")["id"] == led.pk, "a public page is there"


def test_list_of_redirects_holds_what_a_static_host_answers(client: Client, led: NewsPage) -> None:
    nothing = {"title": None, "reason": None}
    gone = {"kind": "gone", "status": 410, "to": None, "permanent": True, "title": "Odwołany", "reason": REASON}
    there = {"kind": "redirect", "status": 301, "permanent": True, **nothing}
    expected = [
        {**there, "old_path": "/dawny", "to": NEW},
        {**there, "old_path": "/zdrowie?rok=2020", "to": NEW, "status": 302, "permanent": False},
        {**there, "old_path": "/łódź", "to": "https://lodz.example/"},
        {**there, "old_path": "/wszedzie", "to": "https://tutaj.example/"},
        {**gone, "old_path": "/dawno-odwolany"},
        {**gone, "old_path": "/aktualnosci/odwolany/"},
    ]
    assert client.get(f"{V1}/redirects/").json() == {"items": expected, "next": None, "prev": None}
    for item in expected:
        assert (at(client, item["old_path"]).get("redirect") or {"to": None})["to"] == item["to"]

    walked, address = [], f"{V1}/redirects/?limit=2"
    while address:
        page = client.get(address).json()
        walked += page["items"]
        last, address = address, page["next"]
    assert walked == expected
    back, page = [], client.get(last).json()
    while True:
        back = page["items"] + back
        if page["prev"] is None:
            break
        page = client.get(page["prev"]).json()
    assert back == expected


@pytest.mark.parametrize("count", [1, 3, 30])
def test_any_number_of_redirects_is_told_in_as_many_queries(client: Client, tree: Tree, count: int) -> None:
    target = published(tree["news"])
    for number in range(count):
        Redirect.add_redirect(f"/dawny-{number}", target)
        gone = NewsPageFactory(parent=tree["news"], slug=f"o-{number}", live=False)
        Redirect.add_redirect(f"/odwolany-{number}", gone)
        Retirement.objects.create(page=gone, url_path=gone.url_path, reason=REASON)
    with CaptureQueriesContext(connection) as asked:
        items = client.get(f"{V1}/redirects/").json()["items"]
    assert len(items) == count * 3
    assert len(asked) == 11  # each of the two sources is looked up once, so that no page of the list is shorter


def test_moved_page_is_found_from_its_old_address(client: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.transaction.on_commit", lambda function, *args, **kwargs: function())
    page = published(tree["news"], title="Nabór", slug="nabor")
    page.slug = "nowy-nabor"
    page.save_revision().publish()

    to = "http://localhost/aktualnosci/nowy-nabor/"
    assert at(client, "/aktualnosci/nabor/") == {"redirect": {"to": to, "permanent": True}}
    assert [(each["old_path"], each["to"]) for each in client.get(f"{V1}/redirects/").json()["items"]] == [
        ("/aktualnosci/nabor", to)
    ]


def test_file_is_at_its_address_and_an_old_version_leads_on(client: Client, tree: Tree) -> None:
    old = make_attachment("Regulamin", name="a.txt")
    attach(published(tree["news"]), old)
    assert at(client, old.url) == client.get(f"{V1}/attachments/{old.pk}/").json()
    new = replace_file(old, upload(), None)

    assert at(client, old.url) == {"redirect": {"to": f"http://localhost{new.url}", "permanent": True}}
    assert at(client, f"{old.url}?version=archival")["id"] == old.pk
    hidden = make_attachment("Tajny", name="t.txt")
    assert [
        at(client, path) for path in (hidden.url, f"/documents/{new.pk}/inna.txt", "/documents/9999999999999/a")
    ] == [404] * 3


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/" + "a/" * 900, 404),
        ("/a" * 1001, 422),
        ("/%00/", 404),
        ("//evil.example/", 422),
        ("http://localhost/", 422),
        ("/a//b/", 404),
        ("/[/", 404),
        ("/../", 404),
        ("/%ff/", 404),
        ("/'/\"", 404),
        ("", 422),
    ],
)
def test_n11_odd_path_gets_a_sentence(client: Client, tree: Tree, path: str, status: int) -> None:
    assert at(client, path) == status
