"""VTIMEZONE: the rules of a time zone, written into the calendar that uses it (RFC 5545, 3.6.5).

Changes of the clock that come round each year are written as a rule for each of the two, as programs of Microsoft read
them: these pass over dates in a list (RDATE), so that an event in summer would be an hour off. A zone whose changes follow
no rule in these years has the list.
"""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """Clocks of a zone change at ``onset``, which is told in the time before (RFC 5545)."""

    onset: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    is_summer: bool

    @property
    def rule(self) -> tuple[Any, ...]:
        """What it has in common with its kin of other years, but for the week: see :func:`_yearly`."""
        hour = self.onset.time()
        return self.onset.month, self.onset.weekday(), hour, self.before, self.after, self.name, self.is_summer


@lru_cache(maxsize=64)
def vtimezone(name: str, first_year: int, last_year: int) -> Any:
    """Return the component of the zone ``name`` for events of these years. It is shared: change nothing in it."""
    tz = ZoneInfo(name)
    changes = list(_changes(tz, first_year - 1, last_year + 1))
    component = Timezone()
    component.add("TZID", name)
    if not changes:
        component.add_component(_without_changes(tz, first_year))
    elif found := _observances(changes):
        for change, recurrence in found:
            component.add_component(_observance(change, RRULE=recurrence))
    else:
        return _with_list(name, first_year, last_year)
    return component


def _changes(tz: ZoneInfo, first_year: int, last_year: int) -> Iterator[Change]:
    """The changes of the clock in these years, in their order."""
    day = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC)
    while day.year <= last_year:
        after = day + dt.timedelta(days=1)
        if _told(tz, day) != _told(tz, after):
            yield _change(tz, day, after)
        day = after


def _told(tz: ZoneInfo, moment: dt.datetime) -> tuple[Any, ...]:
    local = moment.astimezone(tz)
    return local.utcoffset(), local.tzname()


def _change(tz: ZoneInfo, early: dt.datetime, late: dt.datetime) -> Change:
    """The change between two moments, to the second."""
    before = _told(tz, early)
    while late - early > dt.timedelta(seconds=1):
        middle = early + dt.timedelta(seconds=(late - early).total_seconds() // 2)
        early, late = (middle, late) if _told(tz, middle) == before else (early, middle)
    local = late.astimezone(tz)
    offset = before[0]
    onset = (late + offset).replace(tzinfo=None)
    return Change(onset, offset, local.utcoffset() or dt.timedelta(), local.tzname() or "", bool(local.dst()))


def _observances(changes: list[Change]) -> list[tuple[Change, dict[str, Any]]]:
    """The first change of each kind with its yearly rule, in two kinds; empty where they follow none."""
    kinds: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        kinds.setdefault(change.rule, []).append(change)
    years = {change.onset.year for change in changes}
    if len(kinds) != 2 or any({each.onset.year for each in kin} != years for kin in kinds.values()):
        return []
    found = [(kin[0], _yearly(kin)) for kin in kinds.values()]
    return [(change, rule) for change, rule in found if rule] if all(rule for _change, rule in found) else []


def _yearly(kin: list[Change]) -> dict[str, Any]:
    """The rule of changes on one weekday of one month: the last one, or the one of the same number; empty without."""
    days = [change.onset for change in kin]
    if all(day.day > calendar.monthrange(day.year, day.month)[1] - 7 for day in days):
        number = -1
    elif len(numbers := {(day.day - 1) // 7 + 1 for day in days}) == 1:
        number = numbers.pop()
    else:
        return {}
    return {"FREQ": "YEARLY", "BYMONTH": days[0].month, "BYDAY": f"{number}{WEEKDAYS[days[0].weekday()]}"}


def _observance(change: Change, **more: Any) -> Any:
    part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    part.add("DTSTART", change.onset)
    part.add("TZOFFSETFROM", change.before)
    part.add("TZOFFSETTO", change.after)
    part.add("TZNAME", change.name)
    for name, value in more.items():
        part.add(name, value)
    return part


def _without_changes(tz: ZoneInfo, year: int) -> Any:
    local = dt.datetime(year, 1, 1, tzinfo=tz)
    offset = local.utcoffset() or dt.timedelta()
    return _observance(Change(dt.datetime(1970, 1, 1), offset, offset, local.tzname() or "", is_summer=False))  # noqa: DTZ001


def _with_list(name: str, first_year: int, last_year: int) -> Any:
    component = Timezone.from_tzid(
        name, first_date=dt.date(first_year - 1, 1, 1), last_date=dt.date(last_year + 1, 12, 31)
    )
    component.pop("COMMENT", None)
    for rule in component.subcomponents:
        _mend_onsets(rule, ZoneInfo(name))
    return component


def _mend_onsets(rule: Any, tz: ZoneInfo) -> None:
    """Give the onset of a rule by which clocks go forward in the time before the change, as RFC 5545 has it.

    icalendar 7 writes 3:00, which clocks in Warsaw show after the change, where the standard wants 2:00.
    """
    before, after = rule.TZOFFSETFROM, rule.TZOFFSETTO
    if after <= before:
        return
    starts = [each.dt for each in rule["RDATE"].dts] if "RDATE" in rule else []
    rule.DTSTART = _onset(rule.DTSTART, before, tz)
    if starts:
        del rule["RDATE"]
        rule.add("RDATE", [_onset(start, before, tz) for start in starts])


def _onset(shown: dt.datetime, before: dt.timedelta, tz: ZoneInfo) -> dt.datetime:
    moment = shown.replace(tzinfo=tz).astimezone(dt.UTC)
    return (moment + before).replace(tzinfo=None)
