"""Where an event and its registration stand, moment by moment."""

import datetime as dt

import pytest

from wagtail_newsroom.news.enums import Availability, EventPhase, EventStatus, RegistrationKind, RegistrationState
from wagtail_newsroom.news.timing.phases import RegistrationFacts, event_phase, registration_state

UTC = dt.UTC
STARTS = dt.datetime(2027, 3, 12, 10, tzinfo=UTC)
ENDS = dt.datetime(2027, 3, 12, 12, tzinfo=UTC)
DEADLINE = dt.datetime(2027, 3, 11, 15, tzinfo=UTC)
OPENS = dt.datetime(2027, 2, 1, tzinfo=UTC)


def facts(**changes: object) -> RegistrationFacts:
    known = {
        "kind": RegistrationKind.LINK,
        "opens_at": OPENS,
        "deadline_at": DEADLINE,
        "availability": Availability.OPEN,
        "status": EventStatus.SCHEDULED,
        "starts_at": STARTS,
        "ends_at": ENDS,
    }
    return RegistrationFacts(**{**known, **changes})


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - dt.timedelta(seconds=1), RegistrationState.NOT_YET),
        (OPENS, RegistrationState.OPEN),
        (DEADLINE - dt.timedelta(days=3, seconds=1), RegistrationState.OPEN),
        (DEADLINE - dt.timedelta(days=3), RegistrationState.CLOSING),
        (DEADLINE, RegistrationState.CLOSING),
        (DEADLINE + dt.timedelta(seconds=1), RegistrationState.CLOSED),
        (ENDS, RegistrationState.CLOSED),
        (ENDS + dt.timedelta(seconds=1), RegistrationState.OVER),
    ],
)
def test_registration_changes_with_time(now: dt.datetime, state: RegistrationState) -> None:
    assert registration_state(facts(), now, closing_days=3) == state


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"kind": RegistrationKind.NONE}, RegistrationState.NONE),
        ({"availability": Availability.FULL}, RegistrationState.FULL),
        ({"availability": Availability.RESERVE}, RegistrationState.OPEN),
        ({"status": EventStatus.CANCELLED}, RegistrationState.CLOSED),
        ({"status": EventStatus.POSTPONED}, RegistrationState.CLOSED),
        ({"status": EventStatus.MOVED_ONLINE}, RegistrationState.OPEN),
        ({"deadline_at": None}, RegistrationState.OPEN),
        ({"starts_at": None, "ends_at": None, "deadline_at": None}, RegistrationState.OPEN),
    ],
)
def test_registration_in_february(changes: dict[str, object], state: RegistrationState) -> None:
    now = dt.datetime(2027, 2, 10, tzinfo=UTC)
    assert registration_state(facts(**changes), now, closing_days=3) == state


def test_registration_without_a_deadline_closes_when_the_event_starts() -> None:
    late = facts(deadline_at=None)
    assert registration_state(late, STARTS, closing_days=3) == RegistrationState.OPEN
    assert registration_state(late, STARTS + dt.timedelta(seconds=1), closing_days=3) == RegistrationState.CLOSED


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (dt.datetime(2027, 3, 11, 23, 59, tzinfo=UTC), EventPhase.BEFORE),
        (dt.datetime(2027, 3, 12, 0, 0, tzinfo=UTC), EventPhase.TODAY),
        (ENDS, EventPhase.TODAY),
        (ENDS + dt.timedelta(seconds=1), EventPhase.OVER),
    ],
)
def test_event_phase(now: dt.datetime, phase: EventPhase) -> None:
    assert event_phase(STARTS, ENDS, now, UTC) == phase


def test_event_without_a_date_lies_ahead() -> None:
    assert event_phase(None, None, STARTS, UTC) == EventPhase.BEFORE
