"""The phase of an event and the state of its registration at a given moment. Pure rules, no database."""

import datetime as dt
from dataclasses import dataclass

from wagtail_newsroom.news.enums import Availability, EventPhase, EventStatus, RegistrationKind, RegistrationState

WAITING_LIST = "waiting_list"


@dataclass(frozen=True)
class RegistrationFacts:
    """What an editor said about registration; moments are aware, ``deadline`` is the last one that counts."""

    kind: str
    opens_at: dt.datetime | None
    deadline_at: dt.datetime | None
    availability: str
    status: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None


def event_phase(
    starts_at: dt.datetime | None, ends_at: dt.datetime | None, now: dt.datetime, tz: dt.tzinfo
) -> EventPhase:
    """Tell whether an event lies ahead, is on today (or under way), or is over.

    ``ends_at``: last moment of the event, inclusive. An event without a date lies ahead.
    """
    if starts_at is None:
        return EventPhase.BEFORE
    if now > (ends_at or starts_at):
        return EventPhase.OVER
    if starts_at.astimezone(tz).date() <= now.astimezone(tz).date():
        return EventPhase.TODAY
    return EventPhase.BEFORE


def registration_state(facts: RegistrationFacts, now: dt.datetime, closing_days: int) -> RegistrationState:
    """Tell what registration looks like at ``now``; ``closing_days`` before its deadline it is "closing".

    A registration without a deadline closes when the event starts. A cancelled event takes none.
    """
    if facts.kind == RegistrationKind.NONE:
        return RegistrationState.NONE
    end = facts.ends_at or facts.starts_at
    if end is not None and now > end:
        return RegistrationState.OVER
    if facts.status in (EventStatus.CANCELLED, EventStatus.POSTPONED):
        return RegistrationState.CLOSED
    closes = facts.deadline_at or facts.starts_at
    if closes is not None and now > closes:
        return RegistrationState.CLOSED
    if facts.opens_at is not None and now < facts.opens_at:
        return RegistrationState.NOT_YET
    if facts.availability == Availability.FULL:
        return RegistrationState.FULL
    if facts.deadline_at is not None and facts.deadline_at - now <= dt.timedelta(days=closing_days):
        return RegistrationState.CLOSING
    return RegistrationState.OPEN


def registration_word(state: RegistrationState, availability: str) -> str:
    """The state as other front ends learn it: as ``state``, but ``waiting_list`` while only the reserve list is open."""
    is_open = state in (RegistrationState.OPEN, RegistrationState.CLOSING)
    return WAITING_LIST if is_open and availability == Availability.RESERVE else state.value
