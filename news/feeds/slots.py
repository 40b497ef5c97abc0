"""Sessions of an agenda as moments, for every file that holds them: when each begins and ends, and where."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from wagtail_newsroom.news.feeds.identity import part_id
from wagtail_newsroom.news.models.events.agenda import AgendaDay, Session
from wagtail_newsroom.news.models.events.derived import DerivedEvent
from wagtail_newsroom.news.timing import moments
from wagtail_newsroom.news.timing.nights import Hours, after_midnight


@dataclass(frozen=True)
class Slot:
    """A session that has an hour. Moments are aware, in the event's zone; ``date`` is the day of the programme.

    ``end`` is what the programme tells, ``None`` where it doesn't; ``until`` is then the next start that concerns the
    same people. ``room``: the session's own, or its track's; may be empty.
    """

    guid: UUID
    session: Session
    date: dt.date
    start: dt.datetime
    end: dt.datetime | None
    until: dt.datetime | None
    room: str


def slots_of(event: DerivedEvent) -> list[Slot]:
    """Sessions of ``event`` in the order of their starts; no breaks, and nothing without a day or an hour.

    Worked out once for each programme: a page asks for its files, its sessions and its structured data.
    """
    days = event.agenda_days
    known: tuple[list[AgendaDay], list[Slot]] | None = getattr(event, "_slots", None)
    if known is None or known[0] is not days:
        known = event._slots = days, _slots_of(event, days)  # type: ignore[attr-defined]
    return known[1]


def _slots_of(event: DerivedEvent, days: list[AgendaDay]) -> list[Slot]:
    found: list[Slot] = []
    taken: set[UUID] = set()
    for number, day in enumerate(days):
        rooms = {track.name.strip().casefold(): track.room for track in day.tracks}
        dates = session_dates(day)
        starts = [_moment(date, each.start, event.tz) for each, date in zip(day.sessions, dates, strict=True)]
        for position, session in enumerate(day.sessions):
            date, start = dates[position], starts[position]
            if session.is_break or start is None or date is None or day.date is None:
                continue
            guid = part_id(event, session.id or f"{number}.{position}")
            if guid in taken:  # code can store one block twice
                guid = part_id(event, f"{session.id}.{number}.{position}")
            taken.add(guid)
            end = _end(date, session, event.tz, start)
            room = session.room or rooms.get(_track(session), "")
            found.append(Slot(guid, session, day.date, start, end, end or _next(day, starts, session, start), room))
    return sorted(found, key=lambda slot: slot.start.astimezone(dt.UTC))


def session_dates(day: AgendaDay) -> list[dt.date | None]:
    """The date on which each session of ``day`` begins: the day's own, or the next for what continues its night."""
    nights = after_midnight(Hours(each.start, each.end, each.track) for each in day.sessions)
    return [day.date + dt.timedelta(days=night) if day.date else None for night in nights]


def _track(session: Session) -> str:
    return session.track.strip().casefold()


def _moment(day: dt.date | None, hour: dt.time | None, tz: dt.tzinfo) -> dt.datetime | None:
    """``None`` too for an hour that clocks skip, which only code can store."""
    if day is None or hour is None:
        return None
    try:
        return moments.local_moment(day, hour, tz)
    except ValidationError:
        return None


def _end(day: dt.date, session: Session, tz: dt.tzinfo, start: dt.datetime) -> dt.datetime | None:
    """An end before its start belongs to the next day."""
    if session.start is None or session.end is None:
        return None
    last = day + dt.timedelta(days=1) if session.end < session.start else day
    end = _moment(last, session.end, tz)
    return end if end is not None and seconds_between(start, end) > 0 else None


def _next(day: AgendaDay, starts: list[dt.datetime | None], session: Session, start: dt.datetime) -> dt.datetime | None:
    """The first later start, of a break too, among what everybody attends and what the session's own track does."""
    track = _track(session)
    later = [
        moment
        for other, moment in zip(day.sessions, starts, strict=True)
        if moment is not None and (not track or _track(other) in ("", track)) and seconds_between(start, moment) > 0
    ]
    return min(later, key=lambda moment: moment.astimezone(dt.UTC), default=None)


def seconds_between(first: dt.datetime, last: dt.datetime) -> int:
    """Real seconds between two aware moments, also where clocks change in between."""
    return int((last.astimezone(dt.UTC) - first.astimezone(dt.UTC)).total_seconds())
