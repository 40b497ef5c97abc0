"""Acts on a published event: readers are told at once, a newer draft is neither published nor lost."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import Page, PageLogEntry, WorkflowState

from tests.admin.desk import ADMINISTRATORS, member
from tests.factories import EventPageFactory, NewsPageFactory, agenda_day
from tests.standing import Tree
from wagtail_newsroom.news.enums import EventStatus, RegistrationKind
from wagtail_newsroom.news.models import Correction, EventPage, EventStop, NewsPage
from wagtail_newsroom.news.publishing.approval.groups import EDITORS, PUBLISHERS
from wagtail_newsroom.news.publishing.updates import announcements

REASON = "Sala jest w remoncie."


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def publisher(tree: dict[str, Page]) -> User:
    return member(PUBLISHERS)


def in_days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.fixture
def event(tree: dict[str, Page]) -> EventPage:
    page = EventPageFactory(
        parent=tree["events"],
        title="Spotkanie",
        start_date=in_days(30),
        start_time=dt.time(10),
        end_time=dt.time(12),
        registration=RegistrationKind.LINK,
        registration_link="https://example.org/zapisy",
        deadline_date=in_days(5),
    )
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def draft_of(page: Any) -> Any:
    return fresh(page).get_latest_revision_as_object()


def save_draft(page: Any, **fields: Any) -> Any:
    draft = draft_of(page)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def messages_of(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return error.value.message_dict


def test_moved_deadline_is_public_and_keeps_the_first_one_however_often(event: EventPage, publisher: User) -> None:
    first = event.deadline_date
    outcome = announcements.extend_deadline(event, publisher, in_days(9), dt.time(15))
    assert outcome.published
    announcements.extend_deadline(event, publisher, in_days(12))

    live = fresh(event)
    assert (live.deadline_date, live.deadline_time) == (in_days(12), None)
    assert live.deadline_before_extension == first
    assert live.deadline_at == live.closes_at
    assert not live.has_unpublished_changes


def test_state_line_facts_and_cards_say_that_the_deadline_was_moved(
    tree: dict[str, Page], client: Client, publisher: User, settings: Any
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "CLOSING_SOON_DAYS": 1}
    page = EventPageFactory(
        parent=tree["events"],
        start_date=dt.date(2036, 12, 20),
        registration=RegistrationKind.EMAIL,
        registration_email="zapisy@example.org",
        deadline_date=dt.date(2036, 12, 5),
    )
    page.save_revision().publish()

    announcements.extend_deadline(page, publisher, dt.date(2036, 12, 12))

    with translation.override("pl"):
        words = "przedłużono z\u00a05 na\u00a012\u00a0grudnia"
    for address in (page.url, tree["events"].url, tree["news"].url, tree["home"].url):
        assert words in client.get(address).content.decode(), address


@pytest.mark.parametrize(
    ("date", "time", "field"),
    [(4, None, "date"), (5, None, "date"), (40, None, "deadline_date")],
    ids=["earlier", "the same", "after the event"],
)
def test_deadline_that_cannot_be_is_refused_and_nothing_changes(
    event: EventPage, publisher: User, date: int, time: Any, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        announcements.extend_deadline(event, publisher, in_days(date), time)

    assert list(messages_of(refused)) == [field]
    live = fresh(event)
    assert (live.deadline_date, live.latest_revision_id) == (in_days(5), event.latest_revision_id)


def test_hour_that_clocks_skip_is_refused_beside_its_field(tree: dict[str, Page], publisher: User) -> None:
    night = dt.date(2036, 3, 30)
    page = EventPageFactory(
        parent=tree["events"],
        start_date=dt.date(2036, 4, 20),
        registration=RegistrationKind.EMAIL,
        registration_email="zapisy@example.org",
        deadline_date=dt.date(2036, 3, 1),
    )
    with pytest.raises(ValidationError) as refused:
        announcements.extend_deadline(page, publisher, night, dt.time(2, 30))
    assert list(messages_of(refused)) == ["time"]


def test_same_day_with_a_later_hour_is_no_extension_of_days(event: EventPage, publisher: User) -> None:
    EventPage.objects.filter(pk=event.pk).update(deadline_time=dt.time(12))
    announcements.extend_deadline(event, publisher, event.deadline_date, dt.time(18))
    live = fresh(event)
    assert (live.deadline_time, live.deadline_before_extension) == (dt.time(18), None)


def test_draft_is_not_published_and_holds_the_change(event: EventPage, publisher: User) -> None:
    save_draft(event, lead="Szkic, jeszcze nie dla nikogo.", audience="zqszkic")

    outcome = announcements.cancel_event(event, publisher, REASON)

    live, draft = fresh(event), draft_of(event)
    assert outcome.draft_kept
    assert (live.status, live.status_reason, live.audience) == (EventStatus.CANCELLED, REASON, "")
    assert (draft.status, draft.status_reason, draft.audience) == (EventStatus.CANCELLED, REASON, "zqszkic")
    assert live.has_unpublished_changes
    live.latest_revision.publish()
    assert (fresh(event).status, fresh(event).audience) == (EventStatus.CANCELLED, "zqszkic")


def test_scheduled_draft_stays_scheduled_and_holds_the_change(event: EventPage, publisher: User) -> None:
    moment = timezone.now() + dt.timedelta(days=2)
    draft = draft_of(event)
    draft.go_live_at, draft.audience = moment, "zqszkic"
    draft.save_revision().publish()
    assert fresh(event).scheduled_revision is not None

    announcements.extend_deadline(event, publisher, in_days(12))

    live = fresh(event)
    scheduled = live.scheduled_revision
    assert (live.deadline_date, live.audience, live.live) == (in_days(12), "", True)
    assert scheduled.approved_go_live_at == moment
    assert (scheduled.as_object().deadline_date, scheduled.as_object().audience) == (in_days(12), "zqszkic")


def test_draft_that_was_sent_back_stays_sent_back(event: EventPage, publisher: User) -> None:
    save_draft(event, audience="zqszkic")
    page = fresh(event)
    state = page.get_workflow().start(page, member(EDITORS))
    state.current_task_state.reject(user=publisher)
    assert fresh(event).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES

    announcements.cancel_event(event, publisher, REASON)

    assert fresh(event).status == EventStatus.CANCELLED
    assert fresh(event).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_draft_that_waits_for_approval_keeps_the_page_as_it_is(event: EventPage, publisher: User) -> None:
    save_draft(event, audience="zqszkic")
    page = fresh(event)
    page.get_workflow().start(page, member(EDITORS))

    with pytest.raises(ValidationError) as refused:
        announcements.cancel_event(event, publisher, REASON)

    assert refused.value.code == "in_moderation"
    assert fresh(event).status == EventStatus.SCHEDULED
    assert fresh(event).workflow_in_progress


def test_page_that_somebody_else_locked_is_left_alone(event: EventPage, publisher: User) -> None:
    Page.objects.filter(pk=event.pk).update(locked=True, locked_by=member(ADMINISTRATORS))
    with pytest.raises(ValidationError) as refused:
        announcements.cancel_event(event, publisher, REASON)
    assert refused.value.code == "locked"
    assert fresh(event).status == EventStatus.SCHEDULED


@pytest.mark.parametrize("hide", ["draft", "expired"])
def test_page_that_is_not_public_has_nothing_to_tell(event: EventPage, publisher: User, hide: str) -> None:
    if hide == "draft":
        event.unpublish()
    else:
        Page.objects.filter(pk=event.pk).update(expire_at=timezone.now())
    with pytest.raises(ValidationError) as refused:
        announcements.cancel_event(event, publisher, REASON)
    assert refused.value.code == "not_live"


def test_editor_of_a_page_submits_the_change_instead_of_publishing_it(event: EventPage) -> None:
    editor = member(EDITORS)
    Page.objects.filter(pk=event.pk).update(owner=editor)

    outcome = announcements.cancel_event(event, editor, REASON)

    assert (outcome.published, outcome.submitted) == (False, True)
    assert fresh(event).status == EventStatus.SCHEDULED
    assert draft_of(event).status == EventStatus.CANCELLED
    assert fresh(event).workflow_in_progress


def test_editor_submits_nothing_beside_a_scheduled_version(event: EventPage) -> None:
    """Its publication would cancel what waits for approval."""
    editor = member(EDITORS)
    Page.objects.filter(pk=event.pk).update(owner=editor)
    draft = fresh(event).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + dt.timedelta(hours=1)
    draft.save_revision().publish()

    with pytest.raises(ValidationError) as refused:
        announcements.cancel_event(event, editor, REASON)

    assert refused.value.code == "scheduled"
    assert draft_of(event).status == EventStatus.SCHEDULED
    assert not fresh(event).workflow_in_progress


def test_editor_of_other_pages_may_not(event: EventPage) -> None:
    with pytest.raises(PermissionDenied):
        announcements.cancel_event(event, member(EDITORS), REASON)
    assert fresh(event).status == EventStatus.SCHEDULED


def test_each_act_is_one_line_of_the_history(event: EventPage, publisher: User) -> None:
    def lines() -> list[str]:
        entries = PageLogEntry.objects.filter(page=event.pk, action__startswith="newsroom").order_by("pk")
        with translation.override("en"):
            return [entry.formatter.format_message(entry) for entry in entries]

    before = PageLogEntry.objects.filter(page=event.pk).count()
    announcements.extend_deadline(event, publisher, in_days(12))
    announcements.cancel_event(event, publisher, REASON)
    announcements.reinstate_event(event, publisher)
    announcements.move_online(event, publisher, "Sala jest za mała", platform="Zoom")
    announcements.add_correction(event, publisher, "o 9", "o 10")

    assert PageLogEntry.objects.filter(page=event.pk).count() == before + 5
    assert [line.split(" from ")[0] for line in lines()] == [
        "Registration deadline moved",
        f"Event cancelled: {REASON}",
        "The event goes ahead as planned again",
        "Event moved online: Sala jest za mała",
        "Corrected: o 10",
    ]


def test_postponed_without_a_date_closes_registration(event: EventPage, publisher: User) -> None:
    announcements.postpone_event(event, publisher, REASON)
    live = fresh(event)
    assert (live.status, live.start_date) == (EventStatus.POSTPONED, in_days(30))
    assert live.registration_state == "closed"


def test_postponed_to_a_date_takes_programme_and_stops_along(tree: dict[str, Page], publisher: User) -> None:
    first = dt.date(2036, 12, 5)
    page = EventPageFactory(
        parent=tree["events"],
        start_date=first,
        end_date=first + dt.timedelta(days=1),
        start_time=dt.time(9),
        agenda=[agenda_day({"title": "Otwarcie", "start": "09:00:00"}, date=first)],
        change_note="Doszły warsztaty.",
    )
    page.stops = [EventStop(place="Konin", day=first + dt.timedelta(days=1))]
    page.save_revision().publish()
    session = fresh(page).agenda[0].value["sessions"][0].id

    announcements.postpone_event(page, publisher, REASON, new_date=dt.date(2036, 12, 12), new_start_time=dt.time(10))

    live = fresh(page)
    assert (live.start_date, live.end_date, live.status) == (
        dt.date(2036, 12, 12),
        dt.date(2036, 12, 13),
        EventStatus.SCHEDULED,
    )
    assert live.start_time == dt.time(10)
    assert live.agenda[0].value["date"] == dt.date(2036, 12, 12)
    assert live.agenda[0].value["sessions"][0].id == session
    assert [stop.day for stop in live.stops.all()] == [dt.date(2036, 12, 13)]
    assert live.stops.count() == 1
    assert REASON in live.change_note
    assert "Doszły warsztaty." in live.change_note
    assert "5–6" in live.change_note


def test_postponement_moves_a_draft_by_its_own_days(event: EventPage, publisher: User) -> None:
    save_draft(event, start_date=in_days(37), audience="zqszkic")
    announcements.postpone_event(event, publisher, REASON, new_date=in_days(37))
    assert fresh(event).start_date == draft_of(event).start_date == in_days(37)
    assert draft_of(event).audience == "zqszkic"


def test_postponement_past_its_requests_until_and_back_is_whole_again(event: EventPage, publisher: User) -> None:
    announcements.postpone_event(event, publisher, REASON)
    announcements.postpone_event(event, publisher, REASON, new_date=in_days(44))
    live = fresh(event)
    assert (live.status, live.status_reason, live.called_off) == (EventStatus.SCHEDULED, "", False)


def test_moved_online_keeps_the_link_for_those_who_register(event: EventPage, publisher: User) -> None:
    announcements.move_online(event, publisher, "Mróz", platform="Zoom", link="https://example.org/pokoj")
    live = fresh(event)
    assert (live.status, live.online_link, live.public_online_link) == (
        EventStatus.MOVED_ONLINE,
        "https://example.org/pokoj",
        "",
    )
    assert live.state_line is not None
    assert "Mróz · " in live.state_line.text


def test_link_that_runs_code_is_refused(event: EventPage, publisher: User) -> None:
    with pytest.raises(ValidationError) as refused:
        announcements.move_online(event, publisher, link="javascript:alert(1)")
    assert list(messages_of(refused)) == ["online_link"]
    assert fresh(event).status == EventStatus.SCHEDULED


def test_event_that_is_over_is_corrected_not_cancelled(tree: dict[str, Page], publisher: User) -> None:
    page = EventPageFactory(parent=tree["events"], start_date=in_days(-3))
    with pytest.raises(ValidationError) as refused:
        announcements.cancel_event(page, publisher, REASON)
    assert refused.value.code == "over"
    announcements.add_correction(page, publisher, "12 osób", "21 osób")
    assert [row.now for row in fresh(page).corrections.all()] == ["21 osób"]


def test_correction_stands_on_page_and_cards_and_stays_with_the_draft(
    tree: dict[str, Page], publisher: User, client: Client
) -> None:
    page = NewsPageFactory(parent=tree["news"])
    page.save_revision().publish()
    save_draft(page, place="Konin")

    announcements.add_correction(page, publisher, "zqwas", "zqnow")
    assert [row.now for row in draft_of(page).corrections.all()] == ["zqnow"]
    fresh(page).latest_revision.publish()

    assert [row.now for row in fresh(page).corrections.all()] == ["zqnow"]
    body = client.get(page.url).content.decode()
    assert "zqwas" in body
    assert "zqnow" in body
    assert "nr-state-plain" in client.get(tree["news"].url).content.decode()
    assert fresh(page).place == "Konin"


def test_correction_stands_behind_one_that_is_not_public_yet(tree: dict[str, Page], publisher: User) -> None:
    editor = member(EDITORS)
    page = NewsPageFactory(parent=tree["news"], owner=editor)
    page.save_revision().publish()
    draft = draft_of(page)
    draft.corrections = [Correction(was="10 osób", now="11 osób", sort_order=0)]  # as the form stores a first row
    draft.save_revision(user=editor)
    announcements.add_correction(page, editor, "12 osób", "13 osób")
    fresh(page).latest_revision.publish(user=publisher)
    rows = fresh(page).corrections.order_by("sort_order").values_list("was", "sort_order")
    assert list(rows) == [("10 osób", 0), ("12 osób", 1)]


def test_correction_without_words_is_refused_beside_its_field(tree: dict[str, Page], publisher: User) -> None:
    page = NewsPageFactory(parent=tree["news"])
    with pytest.raises(ValidationError) as refused:
        announcements.add_correction(page, publisher, "", "tak")
    assert list(messages_of(refused)) == ["was"]


def test_page_is_marked_archival_instead_of_taken_down(tree: dict[str, Page], publisher: User) -> None:
    page = NewsPageFactory(parent=tree["news"])
    announcements.archive_page(page, publisher)
    assert NewsPage.objects.get(pk=page.pk).archived_on == timezone.localdate()
    with pytest.raises(ValidationError):
        announcements.archive_page(page, publisher)


def test_preview_saves_nothing(event: EventPage) -> None:
    version, act = announcements.changed_version(event, announcements.moved_deadline(in_days(12)))
    assert "12" in act.says(version) or str(in_days(12).day) in act.says(version)
    assert fresh(event).deadline_date == in_days(5)
