"""When an event begins and ends, as calendars want it: days, or moments in the event's zone; the end exclusive."""

import datetime as dt
from dataclasses import dataclass

from wagtail_newsroom.news.models.events.derived import DerivedEvent
from wagtail_newsroom.news.timing import moments


@dataclass(frozen=True)
class Period:
    """``start`` and ``end`` are both days or both aware moments; ``end`` is the first one that is not part of it.

    ``end`` is ``None`` where nobody said when it ends.
    """

    start: dt.date | dt.datetime
    end: dt.date | dt.datetime | None

    @property
    def all_day(self) -> bool:
        """Days, without hours."""
        return not isinstance(self.start, dt.datetime)


def period_of(event: DerivedEvent) -> Period | None:
    """Return the period of ``event``; ``None`` without a date.

    Without an hour of its start the event takes whole days. With one and no hour of its end, nothing is made up:
    RFC 5545 (3.6.1) lets a DTSTART without a DTEND stand for an event whose end is not told. An event of several
    days whose last hour is not told lasts until its last midnight, or the days after the first would be lost.
    """
    if event.start_date is None or event.last_day is None:
        return None
    day = dt.timedelta(days=1)
    if event.start_time is None:
        return Period(event.start_date, max(event.last_day, event.start_date) + day)
    start, end = event.period
    if start is None:
        return None
    start = start.astimezone(event.tz)
    if event.end_time is None:
        end = moments.day_start(event.last_day + day, event.tz) if event.last_day > event.start_date else None
    if end is None or end <= start:  # a DTEND must lie after its DTSTART
        return Period(start, None)
    return Period(start, end.astimezone(event.tz))
