"""What is asked about a programme: each odd hour once, at its field, in plain words; a sound programme is left alone."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.factories import EventPageFactory, PersonFactory, agenda_day
from tests.standing import Tree
from wagtail_newsroom.news.enums import SessionKind
from wagtail_newsroom.news.publishing.preflight.checks.agenda import agenda_findings, day_findings
from wagtail_newsroom.news.publishing.preflight.checks.timetable import Slot, Speaker

pytestmark = pytest.mark.usefixtures("english")

ANNA = (Speaker("Anna Nowak"),)


def slot(hours: str, title: str, track: str = "", **facts: Any) -> Slot:
    """``hours``: “10:00-11:00”, “10:00”, or nothing."""
    start, _dash, end = hours.partition("-")
    moments = {name: dt.time.fromisoformat(hour.zfill(5)) for name, hour in (("start", start), ("end", end)) if hour}
    return Slot(title=title, track=track, field=f"agenda.d.sessions.{title}", **moments, **facts)


def asked(*slots: Slot, **facts: Any) -> list[tuple[str, str]]:
    return [(each.code, each.field.removeprefix("agenda.d.sessions.")) for each in day_findings([*slots], **facts)]


SOUND = {
    "one after another": [slot("9:00-10:00", "a"), slot("10:00-11:00", "b")],
    "a short break that nobody wrote down": [slot("9:00-10:00", "a"), slot("10:30-11:00", "b")],
    "starts alone": [slot("9:00", "a"), slot("11:00", "b"), slot("13:00", "end", kind=SessionKind.CLOSING)],
    "no hours at all": [slot("", "a"), slot("", "b")],
    "past midnight": [slot("20:00-22:00", "a"), slot("22:00-1:30", "b")],
    "a night that goes on": [slot("23:00-1:00", "a"), slot("1:00-2:30", "b"), slot("2:30-4:00", "c")],
    "a night told by starts": [slot("20:00", "a"), slot("0:30", "b", kind=SessionKind.CLOSING)],
    "a night till breakfast": [slot("23:00-6:30", "a"), slot("6:30-7:30", "b")],
    "nights of two tracks": [
        *(slot(hours, f"{track}{hours}", track) for track in "AB" for hours in ("22:00-0:30", "0:30-2:00")),
        slot("2:00-3:00", "end"),
    ],
    "desk open all day": [slot("8:00-16:00", "desk", kind=SessionKind.REGISTRATION), slot("9:00-16:00", "a")],
    "tracks side by side": [
        slot("9:00-10:00", "opening"),
        *(slot(hours, f"{track}{hours}", track) for track in "AB" for hours in ("10:00-11:00", "11:00-12:00")),
        slot("12:00-13:00", "lunch"),
    ],
    "other tracks after lunch": [
        *(slot("10:00-12:00", track, track) for track in "AB"),
        slot("12:00-13:00", "lunch"),
        *(slot("13:00-16:00", track, track) for track in "CD"),
        slot("16:00-16:30", "end"),
    ],
    "one person all day": [slot("9:00-10:00", "a", "A", speakers=ANNA), slot("10:00-11:00", "b", "B", speakers=ANNA)],
    "namesakes": [
        slot("9:00-10:00", "a", "A", speakers=(Speaker("Anna Nowak", 1),)),
        slot("9:00-10:00", "b", "B", speakers=(Speaker("Anna Nowak", 2),)),
    ],
}


@pytest.mark.parametrize("name", SOUND)
def test_sound_programme_is_left_alone(name: str) -> None:
    assert asked(*SOUND[name]) == []


ODD: dict[str, tuple[list[Slot], list[tuple[str, str]]]] = {
    "overlap": ([slot("10:00-11:00", "a"), slot("10:30-12:00", "b")], [("sessions_overlap", "b.start")]),
    "overlap in a track": (
        [slot("10:00-11:00", "a", "A"), slot("10:30-12:00", "b", "a "), slot("10:00-12:00", "c", "B")],
        [("sessions_overlap", "b.start")],
    ),
    "common session beside two tracks": (
        [slot("10:00-11:00", "all"), slot("10:30-12:00", "a", "A"), slot("10:30-12:00", "b", "B")],
        [("sessions_overlap", "a.start"), ("sessions_overlap", "b.start")],
    ),
    "one long session over two": (
        [slot("9:00-12:00", "a"), slot("10:00-10:30", "b"), slot("10:30-11:00", "c")],
        [("sessions_overlap", "b.start"), ("sessions_overlap", "c.start")],
    ),
    "same start without ends": (
        [slot("9:00", "a"), slot("9:00", "b"), slot("10:00-11:00", "c")],
        [("sessions_overlap", "b.start")],
    ),
    "gap": ([slot("9:00-10:00", "a"), slot("10:31-11:00", "b")], [("agenda_gap", "b.start")]),
    "gap of one track": (
        [slot("9:00-10:00", "a", "A"), slot("9:00-12:00", "b", "B"), slot("12:00-13:00", "lunch")],
        [("agenda_gap", "lunch.start")],
    ),
    "gap of all tracks": (
        [slot("9:00-10:00", "a", "A"), slot("9:00-10:00", "b", "B"), slot("12:00-13:00", "lunch")],
        [("agenda_gap", "lunch.start")],
    ),
    "two places": (
        [
            slot("9:00-10:00", "a", "A", speakers=ANNA),
            slot("9:30-11:00", "b", "B", speakers=(Speaker("anna  nowak", 3),)),
        ],
        [("speaker_in_two_places", "b")],
    ),
    "order": ([slot("11:00-12:00", "a"), slot("10:00-11:00", "b")], [("session_out_of_order", "b.start")]),
    "no end": ([slot("9:00-10:00", "a"), slot("10:00", "b")], [("session_without_end", "b.end")]),
    "no hour": ([slot("9:00-10:00", "a"), slot("", "b")], [("session_without_hour", "b.start")]),
    "end before start": (
        [slot("14:00-13:00", "a"), slot("15:00-15:30", "b")],
        [("session_ends_before_start", "a.end")],
    ),
    "no length": ([slot("14:00-14:00", "a"), slot("14:30-15:30", "b")], [("session_ends_before_start", "a.end")]),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_programme_is_asked_about(name: str) -> None:
    slots, expected = ODD[name]
    assert asked(*slots) == expected


def test_event_that_tells_its_end_tells_that_of_its_last_session() -> None:
    assert asked(slot("9:00-10:00", "a"), slot("10:00", "b"), ends_with_event=True) == []


def test_question_names_sessions_hours_and_the_remedy() -> None:
    overlap, hole = (
        [each.message for each in day_findings(slots)]
        for slots in (
            [slot("10:00-11:00", "Panel", "A"), slot("10:30-12:00", "Warsztat", "A")],
            [slot("10:00-11:00", "Panel", "A"), slot("10:00-13:00", "Wykład", "B"), slot("13:00-14:00", "Obiad")],
        )
    )
    assert overlap == [
        "“Panel” (10:00–11:00) and “Warsztat” (10:30–12:00) overlap in the track “A”. "
        "Correct the hours, or move one of the two to another track."
    ]
    assert hole == [
        "Nothing is planned in the track “A” from 11:00 to 13:00, between “Panel” and “Obiad”. "
        "Add a break, or correct the hours."
    ]


# Of a page


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


def _event(tree: dict[str, Page], *sessions: dict[str, Any], **facts: Any) -> Any:
    day = agenda_day(*({"title": f"s{number}", **session} for number, session in enumerate(sessions)))
    day["id"] = "d"
    for number, child in enumerate(day["value"]["sessions"]):
        child["id"] = f"s{number}"
    return EventPageFactory(parent=tree["events"], agenda=[day], **facts)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([("10:00", "12:00"), ("12:00", "16:00")], []),
        ([("09:00", "12:00"), ("12:00", "17:00")], ["session_before_start s0.start", "session_after_end s1.end"]),
        ([("12:00", "13:00"), ("13:00", "14:00")], ["agenda_starts_late s0.start", "agenda_ends_early s1.end"]),
        ([("12:00", "13:00")], []),
        ([("10:00", "15:00"), ("15:00", None)], []),
    ],
)
def test_hours_that_disagree_with_those_of_the_event(tree: dict[str, Page], hours: Any, expected: list[str]) -> None:
    event = _event(
        tree, *({"start": start, "end": end} for start, end in hours), start_time=dt.time(10), end_time=dt.time(16)
    )
    found = [f"{each.code} {each.field.removeprefix('agenda.d.sessions.')}" for each in agenda_findings(event)]
    assert found == expected


def test_days_out_of_order(tree: dict[str, Page]) -> None:
    first = dt.date(2027, 3, 12)
    days = [{**agenda_day(date=first + dt.timedelta(days=number)), "id": f"d{number}"} for number in (1, 0)]
    event = EventPageFactory(
        parent=tree["events"], agenda=days, start_date=first, end_date=first + dt.timedelta(days=1)
    )
    assert [(each.code, each.field) for each in agenda_findings(event)] == [("day_out_of_order", "agenda.d0.date")]


def test_programme_of_many_speakers_asks_the_database_once(tree: dict[str, Page]) -> None:
    def queries(count: int) -> int:
        people = [{"person": PersonFactory().pk} for _number in range(count)]
        event = _event(tree, *({"start": "10:00", "end": "11:00", "speakers": [person]} for person in people))
        event = type(event).objects.get(pk=event.pk)
        with CaptureQueriesContext(connection) as captured:
            list(agenda_findings(event))
        return len(captured)

    assert queries(6) == queries(2)
