"""A programme as somebody sent it, read for one event: its lines with their days, and what to look at."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.utils.translation import ngettext

from wagtail_newsroom.news.drafting.agenda import AgendaLine, lines_of_reading
from wagtail_newsroom.news.reader import read_text
from wagtail_newsroom.news.reader.reading import Reading
from wagtail_newsroom.news.wording import dates

# What of a reading concerns its programme; the rest is about the invitation around it.
CONCERNS = {
    "year_inferred", "year_missing", "weekday_disagrees", "end_missing", "end_before_start", "mojibake",
    "too_many_sessions", "pages_left_out", "hours_disagree", "day_outside_event",
}  # fmt: skip


@dataclass(frozen=True)
class Incoming:
    """What was read: lines, warnings in words, and how many lines got their day from the event or have none."""

    lines: list[AgendaLine]
    warnings: list[str] = field(default_factory=list)
    inferred: int = 0
    without_day: int = 0


def read_agenda(
    read: Callable[[dt.date | None], Reading],
    *,
    language: str,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    chosen_day: dt.date | None = None,
    today: dt.date | None = None,
) -> Incoming:
    """Read a programme for an event from ``first_day`` to ``last_day``.

    ``read`` takes the day from which years are told. Lines that tell no day are put on the event's days, those of
    which nothing is known on ``chosen_day`` or the first day. Raises ``ReadError``.
    """
    reading = read(first_day or today)
    told = [line.day is not None and not line.day.inferred for line in reading.agenda]
    lines = lines_of_reading(reading)
    if first_day and reading.event_start is None and any(line.day is None for line in lines):
        lines = _with_days(reading, lines, first_day, last_day or first_day)
    day = chosen_day or first_day
    without_day = sum(line.day is None for line in lines)
    if day:
        lines = [replace(line, day=line.day or day) for line in lines]
    warnings = [each.message(language) for each in reading.warnings if each.code in CONCERNS]
    warnings += _outside(lines, first_day, last_day or first_day)
    inferred = sum(not is_told and line.day is not None for is_told, line in zip(told, lines, strict=True))
    return Incoming(lines, warnings, inferred=inferred, without_day=0 if day and first_day else without_day)


def _with_days(reading: Reading, lines: list[AgendaLine], first: dt.date, last: dt.date) -> list[AgendaLine]:
    """“Day 2” and “Tuesday” are told by the event's own dates: read again with them at the head."""
    again = lines_of_reading(read_text(f"Termin: {first:%d.%m.%Y} – {last:%d.%m.%Y} r.\n\n{reading.source}"))
    if [(line.start, line.title) for line in again] != [(line.start, line.title) for line in lines]:
        return lines
    return [replace(line, day=line.day or other.day) for line, other in zip(lines, again, strict=True)]


def _outside(lines: list[AgendaLine], first: dt.date | None, last: dt.date | None) -> list[str]:
    """Days that lie outside the event's."""
    if first is None or last is None:
        return []
    days = sorted({line.day for line in lines if line.day and not first <= line.day <= last})
    if not days:
        return []
    words = ", ".join(dates.plain_date(day) for day in days)
    return [
        ngettext(
            "A day of this programme (%(days)s) lies outside the event (%(term)s). Check the event's dates.",
            "Days of this programme (%(days)s) lie outside the event (%(term)s). Check the event's dates.",
            len(days),
        )
        % {"days": words, "term": dates.plain_dates(first, last)}
    ]
