"""Drafts on another front end: where the panel and shared links lead, what is kept for it, and who lets it in."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Site

from tests.admin.desk import ADMINISTRATORS, EDITORS, PUBLISHERS, Form, member
from tests.factories import EventPageFactory, NewsPageFactory, restrict
from tests.standing import Tree
from wagtail_newsroom.news.models import FrontEndToken, NewsPage, PagePreview
from wagtail_newsroom.news.publishing.sharing.front_ends import check_preview_urls, front_end_address
from wagtail_newsroom.news.publishing.sharing.links import share_draft
from wagtail_newsroom.news.publishing.sharing.tokens import LONGEST_DAYS

FRONT = "https://front.example.org/preview?token={token}&type={type}&id={id}&locale={locale}&path={path}"


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def publisher(tree: dict[str, Page]) -> Any:
    return member(PUBLISHERS, "kasia")


@pytest.fixture
def desk(publisher: Any) -> Client:
    client = Client()
    client.force_login(publisher)
    return client


@pytest.fixture
def front(settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "PREVIEW_URLS": {"newsroom.NewsPage": FRONT}}


@pytest.fixture
def news(tree: dict[str, Page]) -> NewsPage:
    return NewsPageFactory(parent=tree["news"], title="Most", slug="most-rzeka")


def asked_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


# Addresses


def test_address_is_that_of_the_nearest_type_with_everything_filled_in(
    news: NewsPage, tree: dict[str, Page], settings: Any
) -> None:
    event = EventPageFactory(parent=tree["events"])
    addresses = {"newsroom.newsroompage": FRONT, "newsroom.EventPage": "https://events.example.org/#{token}", "*": ""}
    settings.NEWSROOM = {**settings.NEWSROOM, "PREVIEW_URLS": addresses}

    assert asked_of(front_end_address(news, "a&b")) == {
        "token": "a&b", "type": "news", "id": str(news.pk), "locale": "pl", "path": "/aktualnosci/most-rzeka/",
    }  # fmt: skip
    assert front_end_address(event, "t.t") == "https://events.example.org/#t.t"
    assert front_end_address(tree["home"], "t") == ""
    settings.NEWSROOM = {**settings.NEWSROOM, "PREVIEW_URLS": {"*": "https://all.example.org/{token}"}}
    assert front_end_address(tree["home"], "t") == "https://all.example.org/t"


@pytest.mark.parametrize(
    ("label", "address", "ids"),
    [
        ("newsroom.NewsPage", FRONT, []),
        ("*", "http://localhost:4321/?{token}", []),
        ("*", "http://front.localhost/{token}", []),
        ("newsroom.EventPage", "http://front.example.org/{token}", ["newsroom.E061"]),
        ("*", "https://front.example.org/", ["newsroom.E061"]),
        ("*", "https://front.example.org/{token}/{secret}", ["newsroom.E061"]),
        ("*", "https://front.example.org/{token.__class__}", ["newsroom.E061", "newsroom.E061"]),
        ("*", "https://{type}.example.org/{token}", ["newsroom.E061"]),
        ("*", "javascript:alert('{token}')", ["newsroom.E061", "newsroom.E061"]),
        ("*", "https://front.example.org/{token", ["newsroom.E061"]),
        ("newsroom.Topic", FRONT, ["newsroom.E062"]),
        ("newsroom.Gone", FRONT, ["newsroom.E062"]),
    ],
)
def test_address_that_leads_nowhere_is_reported_at_start(
    settings: Any, label: str, address: str, ids: list[str]
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "PREVIEW_URLS": {label: address}}

    assert [found.id for found in check_preview_urls(None)] == ids


# The panel


def preview(desk: Client, page: Page, **typed: str) -> Any:
    """What the panel does: send the form, then show what was made of it."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = Form(desk, reverse("wagtailadmin_pages:edit", args=[page.pk])).fill(**typed)
    assert desk.post(address, form.data).json() == {"is_valid": True, "is_available": True}
    return desk.get(address, {"mode": "front_end", "in_preview_panel": "true"})


def test_panel_leads_to_the_front_end_that_reads_what_was_typed_and_not_saved(
    front: None, news: NewsPage, desk: Client, publisher: Any
) -> None:
    shown = preview(desk, news, title="Most, pisane")

    assert shown.status_code == 302
    assert shown.headers["Location"].startswith("https://front.example.org/preview?token=P")
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    token = asked_of(shown.headers["Location"])["token"]
    read = Client().get(f"/api/v1/news/{news.pk}/", headers={"authorization": f"Preview {token}"})
    assert read.json()["title"] == "Most, pisane"
    assert Client().get(f"/api/v1/news/{news.pk}/").json()["title"] == "Most"
    assert PagePreview.objects.get().user == publisher
    assert asked_of(preview(desk, news, title="Most, dalej").headers["Location"])["token"] == token
    assert PagePreview.objects.count() == 1


def test_page_without_an_address_a_new_one_and_a_private_one_keep_their_own_look(
    front: None, news: NewsPage, tree: dict[str, Page], desk: Client
) -> None:
    event = EventPageFactory(parent=tree["events"])
    assert (NewsPage().default_preview_mode, event.default_preview_mode) == ("front_end", "")
    create = reverse("wagtailadmin_pages:preview_on_add", args=["newsroom", "newspage", tree["news"].pk])
    view_draft = reverse("wagtailadmin_pages:view_draft", args=[news.pk])
    restrict(tree["news"])

    assert [desk.get(address).status_code for address in (create, view_draft)] == [200, 200]
    assert not PagePreview.objects.exists()


def test_nobody_who_may_not_edit_the_page_gets_a_token(front: None, news: NewsPage, tree: dict[str, Page]) -> None:
    other = Client()
    other.force_login(member(EDITORS, "inna"))

    for visitor in (Client(), other):
        answer = visitor.get(reverse("wagtailadmin_pages:view_draft", args=[news.pk]))
        assert "front.example.org" not in answer.headers.get("Location", "")
    assert not PagePreview.objects.exists()


def test_shared_draft_stands_at_both_addresses_and_keeps_its_own_look_at_ours(
    front: None, news: NewsPage, desk: Client, publisher: Any
) -> None:
    link = share_draft(news, publisher)

    page = desk.get(reverse("newsroom_share", args=[news.pk])).content.decode()

    assert f"/podglad/{link.token}/" in page
    assert f"https://front.example.org/preview?token={link.token}&amp;type=news&amp;id={news.pk}" in page
    assert "Most" in Client().get(reverse("newsroom_draft", args=[link.token])).content.decode()


# Front ends in the admin


def test_administrator_makes_a_token_that_is_shown_once_and_withdraws_it(tree: dict[str, Page], news: NewsPage) -> None:
    boss = Client()
    boss.force_login(member(ADMINISTRATORS, "szefowa"))
    site = Site.objects.get(is_default_site=True)
    for days in ("0", str(LONGEST_DAYS + 1), "x"):
        refused = boss.post(reverse("newsroom_front_ends:add"), {"name": "Próba", "site": site.pk, "days": days})
        assert (refused.status_code, FrontEndToken.objects.count()) == (200, 0)

    made = boss.post(reverse("newsroom_front_ends:add"), {"name": "Próba", "site": site.pk, "days": "7"})

    token = re.search(r'value="(F[\w.-]+)"', made.content.decode())
    assert token is not None
    assert made.headers["Cache-Control"] == "private, no-store"
    listed = boss.get(reverse("newsroom_front_ends:index")).content.decode()
    assert "Próba" in listed
    assert token[1] not in listed
    news.save_revision()
    drafts = {"path": "/api/v1/drafts/", "headers": {"authorization": f"Preview {token[1]}"}}
    assert [each["id"] for each in Client().get(**drafts).json()["items"]] == [news.pk]
    row = FrontEndToken.objects.get()
    assert boss.post(reverse("newsroom_front_ends:delete", args=[row.pk])).status_code == 302
    assert Client().get(**drafts).status_code == 401
    assert "Próba" in boss.get(reverse("newsroom_front_ends:index")).content.decode()


def test_publishers_and_editors_let_no_front_end_in(tree: dict[str, Page], desk: Client, publisher: Any) -> None:
    site = Site.objects.get(is_default_site=True)
    editor = Client()
    editor.force_login(member(EDITORS, "jan"))

    for person in (desk, editor):
        sent = person.post(reverse("newsroom_front_ends:add"), {"name": "Próba", "site": site.pk, "days": "7"})
        assert sent.status_code == 302
        assert person.get(reverse("newsroom_front_ends:index")).status_code == 302
    assert not FrontEndToken.objects.exists()
    assert not PageLogEntry.objects.filter(action="newsroom.front_end_token").exists()


def test_everything_is_gone_where_sharing_is_switched_off(
    front: None, news: NewsPage, publisher: Any, desk: Client, settings: Any
) -> None:
    token = asked_of(preview(desk, news).headers["Location"])["token"]
    settings.NEWSROOM = {**settings.NEWSROOM, "SHARING": False}
    boss = Client()
    boss.force_login(get_user_model().objects.create_superuser("root", "root@example.org"))

    assert Client().get(f"/api/v1/news/{news.pk}/", {"preview": token}).status_code == 401
    assert boss.get("/admin/newsroom_front_ends/").status_code == 404
