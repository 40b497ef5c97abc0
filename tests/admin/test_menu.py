"""The newsroom's menu and its lists of pages."""

import csv
import datetime as dt
import io
from typing import Any

import bs4
import pytest
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from wagtail.admin.menu import admin_menu
from wagtail.models import Locale, Page

from tests.admin.desk import Desk, set_up_roles
from tests.admin.newsroom import other_section
from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
    add_photos,
    make_photo,
)
from wagtail_newsroom.news.models import EventPage

pytestmark = pytest.mark.services

LISTS = ("newsroom_news", "newsroom_events", "newsroom_galleries", "newsroom_pages", "newsroom_reviews")
LISTS += ("newsroom_stale", "newsroom_figures", "newsroom_files", "newsroom_photos", "newsroom_schedule")


def menu(desk: Desk) -> list[str]:
    """Labels under “Newsroom”, in their order."""
    request = RequestFactory().get("/admin/")
    request.user = desk.user
    desk.client.get("/admin/")  # registers what the menu leads to
    (entry,) = (item for item in admin_menu.menu_items_for_request(request) if item.name == "newsroom")
    shown = entry.menu.menu_items_for_request(request)
    with translation.override("en"):
        return [str(item.label) for item in sorted(shown, key=lambda item: item.order)]


def listed(desk: Desk, url: str) -> list[str]:
    answer = desk.client.get(f"/admin/{url}")
    assert answer.status_code == 200
    soup = bs4.BeautifulSoup(answer.content, "html.parser")
    return [cell.find("a").get_text(strip=True) for cell in soup.select("[data-listing-page-title]")]


def test_menu_holds_lists_registers_schedule_and_reviews(tree: dict[str, Page], editor: Desk) -> None:
    labels = menu(editor)
    assert labels[:4] == ["News", "Events", "Galleries", "Consultations"]
    assert labels[4:6] == ["New event from an invitation", "New news item from a text"]
    assert labels[6:8] == ["Files", "Photos"]
    assert labels[-5:] == ["Schedule", "Pages to review", "Stale pages", "Figures", "How to consult"]


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_anonymous_people_to_sign_in(name: str, tree: dict[str, Page], client: Client) -> None:
    answer = client.get(f"/admin/{name}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next=/admin/{name}/")


@pytest.mark.parametrize("name", LISTS)
def test_list_shows_another_section_nothing_of_ours(name: str, tree: dict[str, Page], publisher: Desk) -> None:
    NewsPageFactory(parent=tree["news"], title="Tajne A")
    EventPageFactory(parent=tree["events"], title="Tajne B")
    GalleryPageFactory(parent=tree["galleries"], title="Tajne C")
    make_photo("Tajne D")
    stranger = other_section(tree)
    for query in ("", "?q=Tajne", "?export=csv"):
        answer = stranger.client.get(f"/admin/{name}/{query}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Tajne A" not in content
        assert b"Tajne B" not in content
        assert b"Tajne C" not in content
        assert b"Tajne D" not in content


def test_new_leads_straight_to_the_form(tree: dict[str, Page], editor: Desk) -> None:
    page = editor.client.get("/admin/newsroom_news/").content.decode()
    assert "New news item" in page
    answer = editor.client.get("/admin/newsroom_news/choose_parent/?locale=pl")
    assert answer["Location"] == f"/admin/pages/add/newsroom/newspage/{tree['news'].pk}/"
    NewsIndexPageFactory(parent=tree["home"].add_child(instance=Page(title="Drugi", slug="drugi")))
    assert editor.client.get("/admin/newsroom_news/choose_parent/?locale=pl").status_code == 200


def test_states_of_pages(tree: dict[str, Page], publisher: Desk) -> None:
    now, parent = timezone.now(), tree["news"]
    NewsPageFactory(parent=parent, title="Żywa")
    changed = NewsPageFactory(parent=parent, title="Zmieniona")
    changed.save_revision()
    NewsPageFactory(parent=parent, title="Szkic", live=False)
    waiting = NewsPageFactory(parent=parent, title="Czeka", live=False)
    waiting.save_revision()
    waiting.get_workflow().start(waiting, publisher.user)
    scheduled = NewsPageFactory(parent=parent, title="Na jutro", live=False, go_live_at=now + dt.timedelta(days=1))
    scheduled.save_revision().publish()
    gone = NewsPageFactory(parent=parent, title="Zdjęta", first_published_at=now)
    gone.unpublish()
    NewsPageFactory(parent=parent, title="Po terminie", expire_at=now - dt.timedelta(hours=1))

    found = {
        state: set(listed(publisher, f"newsroom_news/?state={state}"))
        for state in ("live", "changed", "draft", "moderation", "scheduled", "expired")
    }
    assert found == {
        "live": {"Żywa", "Zmieniona"},
        "changed": {"Zmieniona"},
        "draft": {"Szkic", "Czeka"},
        "moderation": {"Czeka"},
        "scheduled": {"Na jutro"},
        "expired": {"Zdjęta", "Po terminie"},
    }


def test_news_by_kind_topic_date_and_owner_also_while_searching(tree: dict[str, Page], publisher: Desk) -> None:
    topic = TopicFactory(name="Usługi")
    mine = NewsPageFactory(
        parent=tree["news"], title="Raport moja", kind="report", owner=publisher.user, date=dt.date(2026, 3, 2)
    )
    mine.topics = [topic]
    mine.save()
    NewsPageFactory(parent=tree["news"], title="Raport cudza", date=dt.date(2026, 4, 2))
    for query in (
        "kind=report",
        f"topic={topic.pk}",
        "date_from=2026-03-01&date_to=2026-03-31",
        "whose=mine",
        "q=raport&kind=report",
        f"q=raport&topic={topic.pk}&whose=mine",
    ):
        assert listed(publisher, f"newsroom_news/?{query}") == ["Raport moja"], query


def test_topic_filter_finds_pages_of_every_language(tree: dict[str, Page], publisher: Desk) -> None:
    english = Locale.objects.create(language_code="en")
    topic = TopicFactory(name="Usługi")
    translated = topic.copy_for_translation(english)
    translated.name, translated.slug = "Services", "services"
    translated.save()
    home = tree["home"].copy_for_translation(english)
    parent = NewsIndexPageFactory(parent=home, slug="news", locale=english)
    page = NewsPageFactory(parent=parent, title="An item", locale=english)
    page.topics = [translated]
    page.save()
    set_up_roles()
    assert listed(publisher, f"newsroom_news/?topic={topic.pk}") == ["An item"]


def test_events_by_time_registration_and_status(tree: dict[str, Page], publisher: Desk) -> None:
    today = timezone.localdate()
    signing = {"registration": "link", "registration_link": "https://example.org/"}

    def event(title: str, days: int, **fields: Any) -> EventPage:
        return EventPageFactory(
            parent=tree["events"], title=title, start_date=today + dt.timedelta(days=days), **fields
        )

    event("Będzie", 9, deadline_date=today + dt.timedelta(days=3), **signing)
    event("Zamknięte", 9, deadline_date=today - dt.timedelta(days=1), **signing)
    event("Odwołane", 9, status="cancelled", **signing)
    event("Trwa", 0)
    event("Było", -9)
    found = {
        query: set(listed(publisher, f"newsroom_events/?{query}"))
        for query in ("when=ahead", "when=today", "when=past", "registration_is=open", "registration_is=closed",
                      "registration_is=none", "status=cancelled", "when=owing")
    }  # fmt: skip
    assert found == {
        "when=ahead": {"Będzie", "Zamknięte", "Odwołane", "Trwa"},
        "when=today": {"Trwa"},
        "when=past": {"Było"},
        "registration_is=open": {"Będzie"},
        "registration_is=closed": {"Zamknięte", "Odwołane"},
        "registration_is=none": {"Trwa", "Było"},
        "status=cancelled": {"Odwołane"},
        "when=owing": {"Było"},
    }


def test_galleries_count_photos_that_nobody_described(tree: dict[str, Page], publisher: Desk) -> None:
    gallery = GalleryPageFactory(parent=tree["galleries"], title="Niedopisana")
    add_photos(gallery, make_photo("A"), make_photo("B", description=""))
    for row in gallery.photos.all():
        row.alt = ""
    gallery.save()
    add_photos(GalleryPageFactory(parent=tree["galleries"], title="Opisana"), make_photo("C", description=""))
    assert listed(publisher, "newsroom_galleries/?undescribed=yes") == ["Niedopisana"]
    assert listed(publisher, "newsroom_galleries/?undescribed=no") == ["Opisana"]


def test_export_runs_no_formula(tree: dict[str, Page], publisher: Desk) -> None:
    NewsPageFactory(parent=tree["news"], title="=HYPERLINK(A1)", slug="formula")
    answer = publisher.client.get("/admin/newsroom_news/?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[1][0] == "'=HYPERLINK(A1)"
