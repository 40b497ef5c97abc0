"""What the public is told of pages that are gone: what it read last, at the address that it knew, and of no draft."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision

from tests.admin.desk import PUBLISHERS, Desk, member
from tests.factories import EventPageFactory, NewsPageFactory, StandardPageFactory, restrict
from tests.standing import Tree
from wagtail_newsroom.news.models import NewsPage, Retirement
from wagtail_newsroom.news.publishing.updates.retiring import bring_back, retire_page

pytestmark = pytest.mark.services

REASON = "Nabór odwołano."


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def editor(tree: dict[str, Page]) -> Desk:
    """Somebody who goes on writing."""
    return Desk(member(PUBLISHERS))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the commit is done at once: Wagtail makes redirects then."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda function, *args, **kwargs: function())


def published(parent: Page, model: Any = NewsPageFactory, **fields: Any) -> Any:
    made = model(parent=parent, **fields)
    made.save_revision().publish()
    return type(made).objects.get(pk=made.pk)


def answers(client: Client, *addresses: str) -> list[tuple[int, str]]:
    got = [client.get(address) for address in addresses]
    return [(answer.status_code, answer.headers.get("Location", "")) for answer in got]


@pytest.mark.parametrize("kind", [NewsPageFactory, EventPageFactory, StandardPageFactory])
def test_t9_c4_gone_page_tells_the_title_and_address_that_were_public_last(
    tree: dict[str, Page], editor: Desk, client: Client, kind: Any
) -> None:
    parents = {NewsPageFactory: "news", EventPageFactory: "events", StandardPageFactory: "home"}
    page = published(tree[parents[kind]], kind, title="Jawny nabór", slug="nabor")
    address = page.url
    retire_page(page, None, reason=REASON)
    editor.open(page).fill(title="Zqtajny", slug="zqtajny").save_draft()

    answer = client.get(address)
    assert (answer.status_code, "Jawny\u00a0nabór" in answer.content.decode().replace(" ", "\u00a0")) == (410, True)
    assert b"qtajny" not in answer.content
    hidden = client.get(address.replace("nabor", "zqtajny"))
    assert (hidden.status_code, b"qtajny" in hidden.content.replace(b"/zqtajny/", b"")) == (404, False)
    assert [made.old_path for made in Redirect.objects.all() if not f"{made.old_path}/".startswith(address)] == []


def test_t9_page_retired_late_tells_nothing_of_its_draft(tree: dict[str, Page], editor: Desk, client: Client) -> None:
    page = published(tree["news"], title="Jawny", slug="jawny")
    page.unpublish()
    editor.open(page).fill(title="Zqtajny", slug="zqtajny").save_draft()
    retire_page(page, None, reason=REASON)

    answer = client.get("/aktualnosci/jawny/")
    assert (answer.status_code, b"Jawny" in answer.content, b"qtajny" in answer.content) == (410, True, False)
    assert client.get("/aktualnosci/zqtajny/").status_code == 404


def test_t9_page_whose_last_version_is_lost_tells_no_title(tree: dict[str, Page], editor: Desk, client: Client) -> None:
    page = published(tree["news"], title="Jawny", slug="jawny")
    page.unpublish()
    editor.open(page).fill(title="Zqtajny").save_draft()
    PageLogEntry.objects.filter(page=page.pk).delete()
    retire_page(page, None, reason=REASON)

    answer = client.get("/aktualnosci/jawny/")
    assert (answer.status_code, b"qtajny" in answer.content) == (410, False)


def test_t9_gone_page_answers_where_it_was_after_its_list_was_renamed(tree: dict[str, Page], client: Client) -> None:
    page = published(tree["news"], slug="nabor")
    retire_page(page, None, reason=REASON)
    news = Page.objects.get(pk=tree["news"].pk).specific
    news.slug = "wiadomosci"
    news.save_revision().publish()

    assert answers(client, "/aktualnosci/nabor/", "/wiadomosci/nabor/") == [(410, ""), (404, "")]
    assert answers(client, "/aktualnosci/")[0] == (301, "/wiadomosci/")


def test_t9_gone_page_whose_place_is_private_is_missing(tree: dict[str, Page], client: Client) -> None:
    section = StandardPageFactory(parent=tree["home"], slug="dzial")
    page = published(section, StandardPageFactory, slug="nabor")
    retire_page(page, None, reason=REASON)
    Page.objects.get(pk=page.pk).move(tree["home"], pos="last-child")
    restrict(section)

    assert client.get("/dzial/nabor/").status_code == 404


def test_t9_no_redirect_is_made_for_the_address_of_a_draft(tree: dict[str, Page], editor: Desk, client: Client) -> None:
    draft = NewsPageFactory(parent=tree["news"], slug="zqpierwszy", live=False, owner=editor.user)
    editor.open(draft).fill(slug="zqdrugi").save_draft()
    section = StandardPageFactory(parent=tree["home"], slug="dzial")
    standard = StandardPageFactory(parent=tree["home"], slug="zqstary", live=False)
    child = StandardPageFactory(parent=standard, slug="publiczna")
    standard.move(section, pos="last-child")

    assert [redirect.old_path for redirect in Redirect.objects.all()] == ["/zqstary/publiczna"]
    assert answers(client, "/aktualnosci/zqpierwszy/", "/zqstary/") == [(404, ""), (404, "")]
    assert answers(client, "/zqstary/publiczna/") == [(301, Page.objects.get(pk=child.pk).url)]
    # Once it is public, only what was public leads on.
    draft = NewsPage.objects.get(pk=draft.pk)
    draft.save_revision().publish()
    draft = NewsPage.objects.get(pk=draft.pk)
    draft.slug = "trzeci"
    draft.save_revision().publish()
    assert answers(client, "/aktualnosci/zqpierwszy/", "/aktualnosci/zqdrugi/") == [
        (404, ""),
        (301, "/aktualnosci/trzeci/"),
    ]


def test_t9_no_redirect_is_made_for_the_address_of_a_private_page(tree: dict[str, Page], client: Client) -> None:
    page = published(tree["home"], StandardPageFactory, slug="zqpierwszy")
    restrict(page)
    page = Page.objects.get(pk=page.pk).specific
    page.slug = "zqdrugi"
    page.save_revision().publish()
    assert not Redirect.objects.exists()
    # Made while it was public, it is told to nobody who may not read the page.
    Redirect.objects.create(old_path="/dawny", redirect_page=page)
    assert answers(client, "/dawny/") == [(404, "")]


@pytest.mark.parametrize("way", ["retired", "unpublished", "expired"])
def test_t9_redirect_to_a_gone_page_does_not_tell_where_its_draft_is(
    tree: dict[str, Page], editor: Desk, client: Client, way: str
) -> None:
    page = published(tree["news"], slug="pierwszy")
    page.slug = "drugi"
    page.save_revision().publish()
    page = NewsPage.objects.get(pk=page.pk)
    if way == "retired":
        retire_page(page, None, reason=REASON)
    else:
        page.unpublish(set_expired=way == "expired")
    editor.open(page).fill(slug="zqtajny").save_draft()

    told = (301, "/aktualnosci/drugi/") if way == "retired" else (404, "")
    assert answers(client, "/aktualnosci/pierwszy/") == [told]
    # Published again under a new address, every address that was public leads there.
    NewsPage.objects.get(pk=page.pk).get_latest_revision().publish()
    for known in ("/aktualnosci/pierwszy/", "/aktualnosci/drugi/"):
        assert answers(client, known) == [(301, "/aktualnosci/zqtajny/")]


@pytest.mark.parametrize("query", ["sessions=1", "b=2&a=1&a=%C4%99", "utm_source=x%26y"])
def test_c8_redirects_keep_the_query(tree: dict[str, Page], client: Client, query: str) -> None:
    event = published(tree["events"], EventPageFactory, slug="stare")
    event.slug = "nowe"
    event.save_revision().publish()
    Redirect.add_redirect("/z-pytaniem?id=1", "/aktualnosci/?dawne=1")
    Redirect.add_redirect("/ulotka", "/aktualnosci/?z=ulotki#lista")

    assert answers(
        client,
        f"/wydarzenia/stare/event.ics?{query}",
        f"/wydarzenia/stare/?{query}",
        "/z-pytaniem/?id=1",
        f"/ulotka/?{query}",
    ) == [
        (301, f"/wydarzenia/nowe/event.ics?{query}"),
        (301, f"/wydarzenia/nowe/?{query}"),
        (301, "/aktualnosci/?dawne=1"),
        (301, f"/aktualnosci/?z=ulotki&{query}#lista"),
    ]
    calendar = Page.objects.get(pk=tree["events"].pk).specific
    calendar.slug = "kalendarz"
    calendar.save_revision().publish()
    assert answers(client, f"/wydarzenia/calendar.ics?{query}") == [(301, f"/kalendarz/calendar.ics?{query}")]
    retire_page(event, None, redirect_page=tree["news"])
    assert answers(client, f"/wydarzenia/nowe/?{query}")[0][1].endswith(f"?{query}")


def purge() -> None:
    for each in Revision.objects.all():
        Revision.objects.filter(pk=each.pk).update(created_at=each.created_at - dt.timedelta(days=9))
    call_command("purge_revisions", days=1, stdout=StringIO())


@pytest.mark.parametrize("purged_before", [False, True])
def test_c10_version_that_readers_saw_last_outlives_the_purge(
    tree: dict[str, Page], client: Client, purged_before: bool
) -> None:
    publisher = member(PUBLISHERS)
    page = published(tree["news"], title="Jawny", place="Sala 1")
    for number in range(2):
        page.place = f"Szkic {number}"
        page.save_revision()
    if purged_before:
        purge()
    retire_page(page, publisher, reason=REASON)
    draft = NewsPage.objects.get(pk=page.pk)
    draft.place = "Szkic po wycofaniu"
    draft.save()
    draft.save_revision()

    purge()

    assert page.revisions.count() == 2, "the latest draft, and what readers saw last"
    bring_back(page, publisher)
    back = NewsPage.objects.get(pk=page.pk)
    assert (back.place, back.get_latest_revision_as_object().place) == ("Sala 1", "Szkic po wycofaniu")
    assert client.get(page.url).status_code == 200


def test_c10_page_is_deleted_with_the_version_that_is_kept_for_it(tree: dict[str, Page]) -> None:
    page = published(tree["news"])
    retire_page(page, None, reason=REASON)
    public = published(tree["news"])
    for each in (page, public):
        NewsPage.objects.get(pk=each.pk).delete()
    assert not Retirement.objects.exists()
    assert not Revision.objects.filter(object_id__in=[str(page.pk), str(public.pk)]).exists()
