"""Days on which Polish offices do not work, and terms that end on a working day.

Sources: the Act of 18 January 1951 on days free from work, article 1 (24 December since 2025, by the Act of 6 December
2024); the Code of Administrative Procedure, article 57, in the wording that holds since 1 June 2017.
"""

import calendar
import datetime as dt
from functools import lru_cache

FIXED = ((1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26))
# Days after Easter Sunday: itself, Easter Monday, Whit Sunday, Corpus Christi.
MOVABLE = (0, 1, 49, 60)
CHRISTMAS_EVE_SINCE = 2025
SATURDAY = 5


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, in Meeus's form)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    quarters, years = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarters - moon - years) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[dt.date]:
    """The days of ``year`` that are free from work by law, Sundays aside."""
    first = easter(year)
    days = {dt.date(year, month, day) for month, day in FIXED} | {first + dt.timedelta(days=each) for each in MOVABLE}
    if year >= CHRISTMAS_EVE_SINCE:
        days.add(dt.date(year, 12, 24))
    return frozenset(days)


def is_day_off(day: dt.date) -> bool:
    """A Saturday, a Sunday or a holiday."""
    return day.weekday() >= SATURDAY or day in holidays(day.year)


def term_in_days(event: dt.date, days: int) -> dt.date:
    """The last day of a term of ``days`` days that an event on the day ``event`` begins.

    The day of the event is not counted (article 57 § 1); a last day that is a Saturday or free from work moves on to
    the next that is neither (§ 4).
    """
    last = event + dt.timedelta(days=days)
    while is_day_off(last):
        last += dt.timedelta(days=1)
    return last


def term_in_months(event: dt.date, months: int) -> dt.date:
    """The day ``months`` months after ``event``; the last of the month where it has no such day (article 57 § 3).

    It is not moved on: used for the latest day that may be promised, this errs on the side of the person who waits.
    """
    year, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    return dt.date(year, month + 1, min(event.day, calendar.monthrange(year, month + 1)[1]))
