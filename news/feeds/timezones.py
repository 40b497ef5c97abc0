"""VTIMEZONE: the rules of a time zone, written into the calendar that uses it (RFC 5545, 3.6.5)."""

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone


@lru_cache(maxsize=64)
def vtimezone(name: str, first_year: int, last_year: int) -> Any:
    """Return the component of the zone ``name`` for events of these years. It is shared: change nothing in it."""
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
