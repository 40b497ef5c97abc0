"""Days on which offices do not work, and terms that end on a working day.

Which days these are, the library `holidays` knows for each country (``NEWSROOM["HOLIDAYS"]``). How terms are counted is
the Polish Code of Administrative Procedure, article 57, in the wording that holds since 1 June 2017.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from wagtail_newsroom.news.conf import setting

if TYPE_CHECKING:
    from holidays import HolidayBase


@lru_cache(maxsize=64)
def calendar_of(country: str, year: int) -> HolidayBase:
    """The days of ``year`` that are free from work in ``country``: an ISO 3166 code, or one of a part of it (``DE-BY``).

    Raises ``NotImplementedError`` for a code that nobody knows.
    """
    from holidays import country_holidays  # takes a tenth of a second: loaded with the first term that is counted

    code, _hyphen, part = country.partition("-")
    # One year each: a calendar that grows as it is asked could be read by another thread while it grows.
    return country_holidays(code, subdiv=part or None, years=year, expand=False)


def is_day_off(day: dt.date) -> bool:
    """A day of the weekend or a holiday, in the country of the site."""
    return not calendar_of(setting("HOLIDAYS"), day.year).is_working_day(day)


def deadline_after_days(event: dt.date, days: int) -> dt.date:
    """The last day of a term of ``days`` days that an event on the day ``event`` begins.

    The day of the event is not counted (article 57 § 1); a last day that is a Saturday or free from work moves on to
    the next that is neither (§ 4).
    """
    last = event + dt.timedelta(days=days)
    while is_day_off(last):
        last += dt.timedelta(days=1)
    return last


def deadline_after_months(event: dt.date, months: int) -> dt.date:
    """The day ``months`` months after ``event``; the last of the month where it has no such day (article 57 § 3).

    It is not moved on: used for the latest day that may be promised, this errs on the side of the person who waits.
    """
    year, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    return dt.date(year, month + 1, min(event.day, calendar.monthrange(year, month + 1)[1]))
