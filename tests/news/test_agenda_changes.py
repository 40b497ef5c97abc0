"""A published programme that is published again with other sessions: what is kept, and what readers are told."""

import datetime as dt
from typing import Any

import bs4
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signals import page_published

from tests.factories import EventPageFactory, agenda_day, restrict
from tests.standing import Tree
from wagtail_newsroom.news.models import AgendaChange, EventPage
from wagtail_newsroom.news.publishing.schedule.due import run_due
from wagtail_newsroom.news.publishing.updates import receivers
from wagtail_newsroom.news.publishing.updates.agenda_changes import show_change
from wagtail_newsroom.news.publishing.updates.announcements import add_correction, postpone_event
from wagtail_newsroom.news.publishing.updates.calendar_sequence import _entry_digest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english"), pytest.mark.services]

FIRST = timezone.localdate() + dt.timedelta(days=30)
PANEL = {"id": "panel", "title": "Panel o wodzie", "start": "10:00", "end": "11:00", "room": "Sala 2"}
LUNCH = {"id": "lunch", "title": "Obiad", "start": "12:00", "end": "13:00", "break": True}
WORKSHOP = {"id": "workshop", "title": "Warsztat", "start": "13:00", "end": "15:00", "description": "Przynieś buty."}


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


def agenda(*sessions: dict[str, Any], day: str = "day", date: dt.date | None = None, **facts: Any) -> dict[str, Any]:
    made = agenda_day(
        *({key: value for key, value in each.items() if key != "id"} for each in sessions), date=date, **facts
    )
    for child, session in zip(made["value"]["sessions"], sessions, strict=True):
        child["id"] = session["id"]
    return {**made, "id": day}


@pytest.fixture
def event(tree: dict[str, Page]) -> EventPage:
    page = EventPageFactory(parent=tree["events"], start_date=FIRST, agenda=[agenda(PANEL, LUNCH, WORKSHOP)])
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def draft(event: Page, *sessions: dict[str, Any], **facts: Any) -> Any:
    version = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    if sessions:
        version.agenda = version._meta.get_field("agenda").to_python([agenda(*sessions)])
    for name, value in facts.items():
        setattr(version, name, value)
    return version.save_revision()


def publish(event: Page, *sessions: dict[str, Any], **facts: Any) -> EventPage:
    draft(event, *sessions, **facts).publish()
    return EventPage.objects.get(pk=event.pk)


def kept() -> list[tuple[str, str]]:
    return list(AgendaChange.objects.values_list("session", "kind"))


def told(event: Page) -> dict[str, str]:
    """What readers are told of each session, by its id."""
    page = EventPage.objects.get(pk=event.pk)
    return {notice.session.id: notice.text for notice in page.agenda_notices.notices if notice.session}


@pytest.mark.parametrize(
    ("changed", "kind", "text"),
    [
        ({"start": "11:00", "end": "12:00"}, "moved", "moved from 10:00"),
        ({"end": "11:30"}, "moved", "was to last until 11:00"),
        ({"room": "Aula"}, "moved", "moved from: Sala 2"),
        ({"start": "11:00", "room": "Aula"}, "moved", "moved from 10:00, moved from: Sala 2"),
        ({"title": "Wykład o lesie"}, "changed", "in place of “Panel o wodzie”"),
    ],
)
def test_changed_session_says_what_it_was(event: EventPage, changed: Any, kind: str, text: str) -> None:
    publish(event, {**PANEL, **changed}, LUNCH, WORKSHOP)
    assert kept() == [("panel", kind)]
    assert told(event) == {"panel": text}


@pytest.mark.parametrize(
    ("session", "changed"),
    [
        (PANEL, {"title": "Panel o wodzie."}),
        (PANEL, {"title": "Panel o wodzei"}),
        (PANEL, {"description": "Nowy opis"}),
        (PANEL, {"speakers": [{"name": "Anna Nowak"}]}),
        (WORKSHOP, {"room": "Aula"}),
        (WORKSHOP, {"description": "Przynieś buty!"}),
    ],
)
def test_what_concerns_nobody_s_plans_is_not_told(event: EventPage, session: Any, changed: Any) -> None:
    sessions = [{**each, **(changed if each is session else {})} for each in (PANEL, LUNCH, WORKSHOP)]
    publish(event, *sessions)
    assert (kept(), told(event)) == ([], {})


def test_workshop_one_is_not_workshop_two(event: EventPage) -> None:
    publish(event, {**PANEL, "title": "Warsztat 1"})
    AgendaChange.objects.all().delete()
    publish(event, {**PANEL, "title": "Warsztat 2"})
    assert kept() == [("panel", "changed")]


def test_new_and_cancelled_sessions(event: EventPage, client: Client) -> None:
    extra = {"id": "extra", "title": "Spacer", "start": "15:00"}
    publish(event, PANEL, WORKSHOP, extra)
    assert told(event) == {"lunch": "cancelled", "extra": "new"}

    page = bs4.BeautifulSoup(client.get(event.url).content, "html.parser")
    lines = page.select(".nr-session")
    assert [line["id"] for line in lines] == ["s-panel", "s-lunch", "s-workshop", "s-extra"]
    assert [each.get_text() for each in lines[1].select("del")] == ["12:00–13:00", "Obiad"]
    assert [bool(line.select(".nr-change")) for line in lines] == [False, True, False, True]
    assert len(page.select(".nr-changes li")) == 2


def test_what_is_moved_twice_is_told_once_and_moved_back_not_at_all(event: EventPage) -> None:
    publish(event, {**PANEL, "start": "10:30"}, LUNCH, WORKSHOP)
    publish(event, {**PANEL, "start": "10:45"}, LUNCH, WORKSHOP)
    assert told(event) == {"panel": "moved from 10:00"}
    publish(event, PANEL, LUNCH, WORKSHOP)
    assert told(event) == {}
    assert kept() == [("panel", "moved")] * 3


def test_cancelled_session_that_comes_back_is_not_told(event: EventPage) -> None:
    publish(event, PANEL, WORKSHOP)
    publish(event, PANEL, LUNCH, WORKSHOP)
    assert told(event) == {}


def test_session_that_moves_and_goes_is_cancelled(event: EventPage) -> None:
    publish(event, {**PANEL, "start": "10:30"}, LUNCH, WORKSHOP)
    publish(event, LUNCH, WORKSHOP)
    assert told(event) == {"panel": "cancelled"}


def test_programme_typed_anew_is_the_same_programme(event: EventPage) -> None:
    """As one that was pasted over the old one: every block has another id."""
    anew = [{**each, "id": f"new-{each['id']}"} for each in (PANEL, LUNCH, {**WORKSHOP, "start": "13:30"})]
    publish(event, *anew)
    assert told(event) == {"new-workshop": "moved from 13:00"}


def test_programme_that_appears_or_goes_as_a_whole_tells_nothing(event: EventPage) -> None:
    publish(event, agenda=[])
    publish(event, PANEL, LUNCH)
    assert kept() == []


def test_day_that_moves_with_the_event_is_not_told_again(tree: dict[str, Page]) -> None:
    page = EventPageFactory(
        parent=tree["events"],
        start_date=FIRST,
        end_date=FIRST + dt.timedelta(days=1),
        agenda=[agenda(PANEL), agenda(WORKSHOP, day="second", date=FIRST + dt.timedelta(days=1))],
    )
    page.save_revision().publish()
    postpone_event(page, None, "Mróz", new_date=FIRST + dt.timedelta(days=7))
    assert kept() == []

    version = EventPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    last = FIRST + dt.timedelta(days=8)
    version.agenda = version._meta.get_field("agenda").to_python(
        [agenda(LUNCH), agenda(PANEL, WORKSHOP, day="second", date=last)]
    )
    version.save_revision().publish()
    day = FIRST + dt.timedelta(days=7)
    assert told(page) == {"lunch": "new", "panel": f"moved from {day.day} {day:%B}, 10:00"}


def test_cancelled_last_session_of_a_day_keeps_its_day(tree: dict[str, Page]) -> None:
    last = FIRST + dt.timedelta(days=1)
    page = EventPageFactory(
        parent=tree["events"],
        start_date=FIRST,
        end_date=last,
        agenda=[agenda(PANEL), agenda(WORKSHOP, day="second", date=last)],
    )
    page.save_revision().publish()
    publish(page, PANEL)
    days = EventPage.objects.get(pk=page.pk).agenda_notices.days
    assert [(day.date, [session.id for session in day.sessions]) for day in days] == [
        (FIRST, ["panel"]),
        (last, ["workshop"]),
    ]


def test_notice_lasts_for_its_time_and_until_the_event_is_over(event: EventPage, settings: Any) -> None:
    publish(event, {**PANEL, "start": "10:30"}, WORKSHOP)
    AgendaChange.objects.update(at=timezone.now() - dt.timedelta(days=13, hours=23))
    assert set(told(event)) == {"panel", "lunch"}
    settings.NEWSROOM = {**settings.NEWSROOM, "AGENDA_CHANGES_SHOWN": 13}
    assert told(event) == {}

    settings.NEWSROOM = {**settings.NEWSROOM, "AGENDA_CHANGES_SHOWN": 14}
    EventPage.objects.filter(pk=event.pk).update(ends_at=timezone.now() - dt.timedelta(hours=1))
    assert told(event) == {}
    assert len(kept()) == 2


def test_notice_that_was_taken_away_comes_back(event: EventPage) -> None:
    publish(event, {**PANEL, "start": "10:30"}, WORKSHOP)
    change = AgendaChange.objects.get(session="lunch")
    assert show_change(change, None, shown=False)
    assert not show_change(change, None, shown=False)
    assert set(told(event)) == {"panel"}
    assert show_change(change, None, shown=True)
    assert set(told(event)) == {"panel", "lunch"}


# Doors


def test_draft_changes_nothing_outside(event: EventPage, client: Client) -> None:
    before = client.get(event.url).content
    draft(event, {**PANEL, "start": "10:30"})
    assert kept() == []
    assert client.get(event.url).content == before


def test_scheduled_version_is_compared_when_it_goes_live(event: EventPage) -> None:
    revision = draft(
        event, {**PANEL, "start": "10:30"}, LUNCH, WORKSHOP, go_live_at=timezone.now() + dt.timedelta(hours=1)
    )
    revision.publish()
    assert kept() == []
    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - dt.timedelta(minutes=1)
    revision.content = {**revision.content, "go_live_at": revision.approved_go_live_at.isoformat()}
    revision.save()
    run_due()
    assert kept() == [("panel", "moved")]


def test_publication_that_is_rolled_back_keeps_nothing(event: EventPage) -> None:
    def refuse(**_kwargs: Any) -> None:
        raise RuntimeError("A receiver fails.")

    revision = draft(event, {**PANEL, "start": "10:30"})
    page_published.connect(refuse)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            revision.publish()
    finally:
        page_published.disconnect(refuse)
    assert (kept(), EventPage.objects.get(pk=event.pk).calendar_sequence) == ([], 0)


def test_number_and_changes_are_kept_inside_the_transaction_that_stores_the_page(
    event: EventPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Leans on Wagtail: Page.save is one transaction around the row, its signals and its children.
    seen = []

    def look(name: str) -> None:
        original = getattr(receivers, name)
        monkeypatch.setattr(
            receivers, name, lambda *args: (seen.append((name, len(connection.savepoint_ids))), original(*args))[1]
        )

    look("keep_sequence")
    look("record_changes")
    outside = len(connection.savepoint_ids)
    stored = EventPage.objects.get(pk=event.pk)
    stored.agenda = stored._meta.get_field("agenda").to_python([agenda({**PANEL, "start": "10:30"}, LUNCH, WORKSHOP)])
    stored.save()

    assert [name for name, _depth in seen] == ["keep_sequence", "record_changes"]
    assert all(depth > outside for _name, depth in seen)
    assert kept() == [("panel", "moved")]


def test_saving_some_fields_touches_neither_number_nor_agenda(event: EventPage) -> None:
    stored = EventPage.objects.get(pk=event.pk)
    stored.agenda = stored._meta.get_field("agenda").to_python([agenda({**PANEL, "start": "10:30"}, LUNCH, WORKSHOP)])
    stored.save(update_fields=["has_unpublished_changes"])

    assert kept() == []
    assert (stored.agenda_until_now, EventPage.objects.get(pk=event.pk).calendar_sequence) == ([], 0)


def test_act_on_the_live_page_records_nothing_of_the_draft_beside_it(event: EventPage) -> None:
    draft(event, {**PANEL, "start": "10:30"}, LUNCH, WORKSHOP)
    add_correction(event, None, "Było", "Jest")
    assert kept() == []
    publish(event)
    assert kept() == [("panel", "moved")]


def test_first_publication_copy_and_translation_record_nothing(event: EventPage) -> None:
    english = Locale.objects.create(language_code="en")
    copied = event.copy(update_attrs={"slug": "kopia"}, keep_live=False)
    translated = event.copy_for_translation(english, copy_parents=True)
    for page in (copied, translated):
        publish(page, {**PANEL, "start": "10:30"})
    assert kept() == []
    event.unpublish()
    publish(event, {**PANEL, "start": "10:30"})
    assert kept() == []


def test_alias_tells_what_its_source_tells(event: EventPage) -> None:
    alias = event.create_alias(update_slug="alias")
    publish(event, {**PANEL, "start": "10:30"}, LUNCH, WORKSHOP)
    assert told(alias) == told(event) == {"panel": "moved from 10:00"}


def test_private_event_stays_private(event: EventPage, client: Client) -> None:
    publish(event, {**PANEL, "start": "10:30"}, WORKSHOP)
    restrict(event)
    assert b"Panel" not in client.get(event.url).content


def test_page_with_many_changes_asks_the_database_as_often_as_with_one(event: EventPage, client: Client) -> None:
    def queries(*sessions: dict[str, Any]) -> int:
        publish(event, *sessions)
        client.get(event.url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(event.url).status_code == 200
        return len(captured)

    one = queries({**PANEL, "start": "10:30"}, LUNCH, WORKSHOP)
    many = [{"id": f"more-{number}", "title": f"Sesja {number}", "start": "16:00"} for number in range(20)]
    assert queries({**PANEL, "start": "10:45"}, *many) == one


# SEQUENCE


def test_sequence_rises_with_the_programme(event: EventPage) -> None:
    found = [
        publish(event, *sessions).calendar_sequence
        for sessions in (
            ({**PANEL, "start": "10:30"}, LUNCH, WORKSHOP),
            ({**PANEL, "start": "10:30"}, LUNCH, {**WORKSHOP, "description": "Inny opis"}),
            ({**PANEL, "start": "10:30"}, LUNCH),
        )
    ]
    assert found == [1, 1, 2]


def test_sequence_of_events_published_by_an_older_release_stays_until_something_changes(event: EventPage) -> None:
    """Their fingerprint does not know of the programme."""
    EventPage.objects.update(calendar_state=_entry_digest(event))
    assert publish(event, lead="Inny lead").calendar_sequence == 0
    EventPage.objects.update(calendar_state=_entry_digest(event))
    assert publish(event, {**PANEL, "start": "10:30"}).calendar_sequence == 1
    EventPage.objects.update(calendar_state=_entry_digest(event))
    assert publish(event, title="Inny tytuł").calendar_sequence == 2
