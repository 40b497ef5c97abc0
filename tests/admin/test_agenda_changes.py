"""The history of a programme's changes: for those who may publish the page; a notice is taken away and brought back."""

from typing import Any

import bs4
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member
from tests.factories import EventPageFactory, agenda_day
from wagtail_newsroom.news.models import AgendaChange, EventPage

HOSTILE = '"><img src=x onerror=alert(1)>'


def event_with_change(tree: dict[str, Page], **facts: Any) -> EventPage:
    day = {**agenda_day({"title": HOSTILE, "start": "10:00"}), "id": "day"}
    day["value"]["sessions"][0]["id"] = "panel"
    page = EventPageFactory(parent=tree["events"], agenda=[day], **facts)
    page.save_revision().publish()
    draft = EventPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    day["value"]["sessions"][0]["value"]["start"] = "10:30"
    draft.agenda = draft._meta.get_field("agenda").to_python([day])
    draft.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def address(page: Page) -> str:
    return reverse("newsroom_agenda_changes", args=[page.pk])


@pytest.fixture
def publisher(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS))


def test_publisher_takes_a_notice_away_and_brings_it_back(
    tree: dict[str, Page], publisher: Desk, client: Client
) -> None:
    event = event_with_change(tree)
    assert address(event) in publisher.client.get(f"/admin/pages/{event.pk}/edit/").content.decode()
    for told in (True, False, True):
        shown = bs4.BeautifulSoup(publisher.client.get(address(event)).content, "html.parser")
        row = shown.select_one("main tbody tr")
        assert "moved from 10:00" in row.get_text()
        assert row.select("img") == []
        assert ("are not told" in row.get_text()) is not told
        assert (b"nr-changes" in client.get(event.url).content) is told
        fields = {each["name"]: each["value"] for each in row.select("form input")}
        assert publisher.client.post(row.form["action"], fields).status_code == 302
    done = PageLogEntry.objects.filter(action__startswith="newsroom.agenda_change").values_list("action", flat=True)
    assert sorted(done) == [
        "newsroom.agenda_change_hidden",
        "newsroom.agenda_change_hidden",
        "newsroom.agenda_change_shown",
    ]


def test_editor_who_may_not_publish_sees_and_changes_nothing(tree: dict[str, Page], client: Client) -> None:
    event = event_with_change(tree)
    change = AgendaChange.objects.get()
    editor = Desk(member(EDITORS))
    assert address(event) not in editor.client.get(f"/admin/pages/{event.pk}/edit/").content.decode()
    for visitor in (editor.client, client):
        assert visitor.get(address(event)).status_code == 302
        assert visitor.post(address(event), {"change": change.pk, "shown": "0"}).status_code == 302
    change.refresh_from_db()
    assert change.shown


def test_change_of_another_page_is_not_there(tree: dict[str, Page], publisher: Desk) -> None:
    first, second = event_with_change(tree), event_with_change(tree)
    foreign = second.agenda_changes.get()
    for number in (foreign.pk, "", "x", "²", "9" * 30):
        answer = publisher.client.post(address(first), {"change": number, "shown": "0"})
        assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.shown
    assert publisher.client.get(address(tree["news"])).status_code == 404


def test_event_without_changes_has_no_button(tree: dict[str, Page], publisher: Desk) -> None:
    event = EventPageFactory(parent=tree["events"])
    event.save_revision().publish()
    assert address(event) not in publisher.client.get(f"/admin/pages/{event.pk}/edit/").content.decode()
    assert publisher.client.get(address(event)).status_code == 200


def test_history_asks_the_database_as_often_for_many_changes(
    tree: dict[str, Page], publisher: Desk, django_assert_max_num_queries: Any
) -> None:
    event = event_with_change(tree)
    change = event.agenda_changes.get()
    publisher.client.get(address(event))
    with CaptureQueriesContext(connection) as captured:
        publisher.client.get(address(event))
    for number in range(10):
        change.pk, change.session = None, f"other-{number}"
        change.save()
    with django_assert_max_num_queries(len(captured)):
        publisher.client.get(address(event))
