"""Days and months in a text, whatever their notation, as keys that are the same for all of them."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from wagtail_newsroom.news.reader.dates.written_dates import Day, WrittenPeriod, find_dates
from wagtail_newsroom.news.reader.text.vocabulary import MONTHS, SHORT_MONTHS
from wagtail_newsroom.news.search.words.signs import coded, fold_in_place

LONGEST = 14  # days of a period that each count
_NAMES = "|".join(sorted((name for name in MONTHS if name not in SHORT_MONTHS), key=len, reverse=True))
# Where a day may stand: figures beside a month, its name or another figure.
_LIKELY = re.compile(
    rf"\d[\d .,/–—-]*(?:\b(?:{'|'.join(MONTHS)})\b|\.\d)|\b(?:{_NAMES}) \d|\d{{4}}-\d\d-\d\d|\d [ivx]+\b"
)
_MONTH = re.compile(
    rf"(?<!\d )(?<!\d\. )\b(?P<month>{_NAMES}),? (?:roku )?(?P<year>(?:19|20)\d\d)(?!\d)(?: ?r\.| rok\w*)?"
)
_BEFORE, _AFTER = 45, 30
_POLISH_MONTHS = (
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień".split()
)


class Dated(NamedTuple):
    """A day, a period or a month that a text names, from ``start`` to ``end``."""

    start: int
    end: int
    days: tuple[Day, ...]
    month: tuple[int, int] | None = None  # year and month, where no day is told


def dated(text: str) -> list[Dated]:
    """The days and months that ``text`` names, in its order."""
    folded = fold_in_place(text)
    found = [_of_period(period, offset) for offset, part in _likely(folded) for period in find_dates(part)]
    taken = [(each.start, each.end) for each in found]
    found += [
        Dated(*match.span(), (), (int(match["year"]), MONTHS[match["month"]]))
        for match in _MONTH.finditer(folded)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return sorted(found)


def keys_of(found: Dated) -> Iterator[str]:
    """The keys under which an index has what was found: days with and without their year, months, names of months."""
    if found.month:
        yield month_key(*found.month)
    for day in found.days:
        yield day_key(day)
        yield day_key(Day(day.day, day.month))
        yield f"l{coded(_POLISH_MONTHS[day.month - 1])}"
        if day.year:
            yield month_key(day.year, day.month)


def keys_of_date(date: dt.date) -> Iterator[str]:
    """The keys of a day that no text names: that of an event, of a document."""
    return keys_of(Dated(0, 0, (Day(date.day, date.month, date.year),)))


def day_key(day: Day) -> str:
    return f"d{day.year:04}{day.month:02}{day.day:02}" if day.year else f"d{day.month:02}{day.day:02}"


def month_key(year: int, month: int) -> str:
    return f"d{year:04}{month:02}"


def month_word(month: int) -> str:
    """The key of the month's name."""
    return f"l{coded(_POLISH_MONTHS[month - 1])}"


def _likely(folded: str) -> Iterator[tuple[int, str]]:
    """The stretches of a text in which the grammar has to look: it takes its time, and most of a text names no day."""
    start = end = -1
    for match in _LIKELY.finditer(folded):
        begins, ends = max(0, match.start() - _BEFORE), match.end() + _AFTER
        if start >= 0 and begins <= end:
            end = ends
            continue
        if start >= 0:
            yield start, folded[start:end]
        start, end = begins, ends
    if start >= 0:
        yield start, folded[start:end]


def _of_period(period: WrittenPeriod, offset: int) -> Dated:
    return Dated(period.start + offset, period.end + offset, tuple(_days(period)))


def _days(period: WrittenPeriod) -> Iterator[Day]:
    leap_year = 2024
    first, last = period.first.on(period.first.year or leap_year), period.last.on(period.last.year or leap_year)
    if first is None or last is None or not first <= last <= first + dt.timedelta(days=LONGEST):
        yield from dict.fromkeys((period.first, period.last))
        return
    for number in range((last - first).days + 1):
        date = first + dt.timedelta(days=number)
        yield Day(date.day, date.month, date.year if period.last.year or period.first.year else None)
