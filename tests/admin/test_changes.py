"""The forms for what happened to a published page: one for each act, on that very page, nothing typed is lost."""

import datetime as dt
from typing import Any

import bs4
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.admin.desk import EDITORS, Desk, member
from tests.factories import EventPageFactory, NewsPageFactory
from wagtail_newsroom.news.admin.page_actions.catalogue import PAGE_ACTIONS
from wagtail_newsroom.news.enums import EventStatus, RegistrationKind
from wagtail_newsroom.news.models import EventPage

HOSTILE = '"><img src=x onerror=alert(1)>'


def in_days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.fixture
def event(tree: dict[str, Page]) -> EventPage:
    page = EventPageFactory(
        parent=tree["events"],
        title="Zqspotkanie",
        start_date=in_days(30),
        start_time=dt.time(10),
        registration=RegistrationKind.EMAIL,
        registration_email="zapisy@example.org",
        deadline_date=in_days(5),
    )
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def address(page: Page, action: str) -> str:
    return reverse("newsroom_change", args=[page.pk, action])


def beside(response: HttpResponse, name: str) -> list[str]:
    soup = bs4.BeautifulSoup(response.content, "html.parser")
    around = soup.find(attrs={"name": name}).find_parent(class_="w-field__wrapper")
    return [message.get_text(" ", strip=True) for message in around.find_all(class_="error-message")]


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


TYPED: dict[str, dict[str, Any]] = {
    "deadline": {"date": lambda: str(in_days(12)), "time": "15:00"},
    "postpone": {"reason": "Mróz"},
    "cancel": {"reason": "Mróz"},
    "online": {"reason": "Mróz", "platform": "Zoom", "link": "https://example.org/pokoj"},
    "reinstate": {},
    "correction": {"was": "o 9", "now": "o 10"},
    "archive": {},
}


def typed(action: str) -> dict[str, Any]:
    return {name: value() if callable(value) else value for name, value in TYPED[action].items()}


def prepared(event: EventPage, action: str) -> EventPage:
    if action == "reinstate":
        EventPage.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)
    return fresh(event)


def test_every_act_is_tried() -> None:
    assert set(TYPED) == set(PAGE_ACTIONS)


@pytest.mark.parametrize("action", PAGE_ACTIONS)
def test_publisher_sees_the_sentence_then_publishes_it(event: EventPage, publisher: Desk, action: str) -> None:
    event = prepared(event, action)
    url, before = address(event, action), event.latest_revision_id
    assert publisher.client.get(url).status_code == 200

    shown = publisher.client.post(url, {**typed(action), "preview": "1"})
    assert shown.status_code == 200
    assert shown.context["form"].errors == {}
    assert shown.context["sentence"]
    assert fresh(event).latest_revision_id == before

    done = publisher.client.post(url, typed(action))
    assert done.status_code == 302
    assert fresh(event).latest_revision_id != before
    assert not fresh(event).has_unpublished_changes


@pytest.mark.parametrize("action", PAGE_ACTIONS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_without_the_right_gets_near_any_act(event: EventPage, action: str, method: str, editor: Desk) -> None:
    event = prepared(event, action)
    before = fresh(event).serializable_data()
    data = typed(action) if method == "post" else {}
    anonymous, reader = Client(), Client()
    reader.force_login(member(EDITORS, "somebody-else"))

    for visitor in (anonymous, reader, editor.client):
        answer = getattr(visitor, method)(address(event, action), data)
        assert answer.status_code == 302
        assert b"Zqspotkanie" not in answer.content
    assert fresh(event).serializable_data() == before


def test_post_without_a_token_changes_nothing(event: EventPage, publisher: Desk) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(publisher.user)
    assert strict.post(address(event, "cancel"), {"reason": "Mróz"}).status_code == 403
    assert fresh(event).status == EventStatus.SCHEDULED


def test_error_stands_beside_its_field_and_what_was_typed_stays(event: EventPage, publisher: Desk) -> None:
    answer = publisher.client.post(address(event, "deadline"), {"date": str(in_days(2)), "time": "15:00"})
    assert beside(answer, "date") == ["The new deadline is not later than the one that readers see. Give a later one."]
    assert bs4.BeautifulSoup(answer.content, "html.parser").find(attrs={"name": "time"})["value"] == "15:00"

    after_the_event = publisher.client.post(address(event, "deadline"), {"date": str(in_days(60))})
    assert len(beside(after_the_event, "date")) == 1
    unread = publisher.client.post(address(event, "deadline"), {"date": "pojutrze"})
    assert len(beside(unread, "date")) == 1
    assert fresh(event).deadline_date == in_days(5)


def test_link_that_runs_code_is_refused_beside_its_field(event: EventPage, publisher: Desk) -> None:
    answer = publisher.client.post(address(event, "online"), {"link": "javascript:alert(1)"})
    assert beside(answer, "link") != []
    assert fresh(event).status == EventStatus.SCHEDULED


def test_hostile_reason_is_inert_in_preview_message_history_and_page(event: EventPage, publisher: Desk) -> None:
    url = address(event, "cancel")
    shown = publisher.client.post(url, {"reason": HOSTILE, "preview": "1"})
    done = publisher.client.post(url, {"reason": HOSTILE}, follow=True)
    history = publisher.client.get(reverse("wagtailadmin_pages:history", args=[event.pk]))
    public = Client().get(event.url)
    for answer in (shown, done, history, public):
        assert b"<img src=x" not in answer.content


def test_act_that_does_not_fit_the_page_is_not_there(tree: dict[str, Page], publisher: Desk) -> None:
    news = NewsPageFactory(parent=tree["news"])
    for page, action in ((news, "cancel"), (news, "no-such-act"), (tree["home"], "correction")):
        assert publisher.client.get(address(page, action)).status_code == 404
    assert publisher.client.get(address(news, "correction")).status_code == 200


def test_draft_has_nothing_to_tell_and_says_so(event: EventPage, publisher: Desk) -> None:
    event.unpublish()
    answer = publisher.client.get(address(event, "cancel"), follow=True)
    assert "This page is not public now" in answer.content.decode()


def test_author_who_may_not_publish_submits(event: EventPage, editor: Desk) -> None:
    Page.objects.filter(pk=event.pk).update(owner=editor.user)
    form = editor.client.get(address(event, "cancel"))
    assert "Submit for approval" in form.content.decode()
    answer = editor.client.post(address(event, "cancel"), {"reason": "Mróz"}, follow=True)
    assert "was submitted for approval" in answer.content.decode()
    assert (fresh(event).status, fresh(event).workflow_in_progress) == (EventStatus.SCHEDULED, True)


def labels(response: HttpResponse) -> set[str]:
    soup = bs4.BeautifulSoup(response.content, "html.parser")
    return {link.get_text(" ", strip=True) for link in soup.find_all("a", href=True) if "/newsroom/" in link["href"]}


def test_buttons_stand_where_they_make_sense(tree: dict[str, Page], event: EventPage, publisher: Desk) -> None:
    news = NewsPageFactory(parent=tree["news"])
    draft = EventPageFactory(parent=tree["events"], live=False)

    def buttons(page: Page) -> set[str]:
        return labels(publisher.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    whole = {
        "Move the deadline",
        "Postpone",
        "Cancel the event",
        "Move online",
        "Add a correction",
        "Mark as archival content",
        "Create from this",
        "Create a report",
        "Retire",
    }
    assert buttons(event) >= whole
    assert "Goes ahead after all" not in buttons(event)
    assert buttons(news) >= {"Add a correction", "Mark as archival content", "Create from this", "Retire"}
    assert not buttons(news) & {"Cancel the event", "Postpone", "Create a report"}
    assert not buttons(draft) & (whole - {"Create from this", "Create a report"})
    EventPage.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)
    assert "Goes ahead after all" in buttons(event)
    assert not buttons(event) & {"Cancel the event", "Move the deadline", "Move online"}
    listed = labels(publisher.client.get(reverse("wagtailadmin_explore", args=[tree["events"].pk])))
    assert listed >= {"Postpone", "Add a correction", "Create from this", "Retire"}


def test_editor_has_no_buttons_on_pages_of_others(event: EventPage, tree: dict[str, Page], editor: Desk) -> None:
    listed = labels(editor.client.get(reverse("wagtailadmin_explore", args=[tree["events"].pk])))
    assert listed == {"Create from this", "Create a report"}


def test_lists_with_buttons_ask_as_often_for_many_rows_as_for_one(
    tree: dict[str, Page], publisher: Desk, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for wanted in (1, 3, 12):
        while EventPage.objects.count() < wanted:
            EventPageFactory(parent=tree["events"])
        url = reverse("wagtailadmin_explore", args=[tree["events"].pk])
        publisher.client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as found:
            publisher.client.get(url)
        counts.append(len(found))
    assert counts[1] == counts[2]
