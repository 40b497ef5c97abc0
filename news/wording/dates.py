"""Days, hours and deadlines as people say them.

Public: other apps may import from here.
"""

import datetime as dt
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext


def plain_date(day: dt.date, *, year: bool = True) -> str:
    """“12 marca 2021”, “12 March 2021”; without the year where it goes without saying."""
    return _written(day, "j E Y" if year else "j E", get_language())


@lru_cache(maxsize=4_096)
def _written(day: dt.date, form: str, language: str | None) -> str:
    """``day`` in the active language, which is ``language``: a list writes the same few days again and again."""
    return str(date_format(day, form))


def plain_time(hour: dt.time) -> str:
    """“9:30”."""
    return f"{hour.hour}:{hour.minute:02d}"


def short_date(day: dt.date) -> str:
    """“10.07.2017”, as documents are dated in Polish; “10 July 2017” elsewhere."""
    return day.strftime("%d.%m.%Y") if (get_language() or "").startswith("pl") else plain_date(day)


def weekday(day: dt.date) -> str:
    """“piątek”, “Friday”: as it is written inside a sentence (Django's Polish names begin with a capital)."""
    name = _written(day, "l", get_language())
    return name.lower() if (get_language() or "").startswith("pl") else name


def plain_dates(first: dt.date, last: dt.date | None = None, *, year: bool = True) -> str:
    """A day or a range in words: “27–28 listopada 2017”, “30 listopada – 2 grudnia 2017”."""
    if last is None or last <= first:
        return plain_date(first, year=year)
    if first.year != last.year:
        return f"{plain_date(first)} – {plain_date(last)}"
    if first.month != last.month:
        return f"{plain_date(first, year=False)} – {plain_date(last, year=year)}"
    return f"{first.day}–{plain_date(last, year=year)}"


def plain_hours(start: dt.time | None, end: dt.time | None) -> str:
    """“godz. 10:00–12:00”, “from 10:00”; empty where no hour is told."""
    if start and end:
        return pgettext("hours", "%(start)s–%(end)s") % {
            "start": plain_time(start),
            "end": plain_time(end),
        }
    if start:
        return pgettext("hours", "at %(start)s") % {"start": plain_time(start)}
    if end:
        return pgettext("hours", "until %(end)s") % {"end": plain_time(end)}
    return ""


def plain_when(first: dt.date, last: dt.date | None, start: dt.time | None, end: dt.time | None) -> str:
    """The whole period of an event in words: “piątek, 12 marca 2027, godz. 9:30–12:30”."""
    several = last is not None and last > first
    days = weekday(first)
    if last is not None and several:
        days = f"{days}–{weekday(last)}"
    parts = [days, plain_dates(first, last)]
    if several and start and end:
        parts.append(
            gettext("from %(start)s on the first day to %(end)s on the last")
            % {"start": plain_time(start), "end": plain_time(end)}
        )
    elif hours := plain_hours(start, end):
        parts.append(hours)
    return ", ".join(parts)


def foreign_zone(moment: dt.datetime | None, tz: dt.tzinfo) -> str:
    """“ (czas: Europe/London)” where clocks there show another hour than the site's own at ``moment``; else empty."""
    home = timezone.get_default_timezone()
    if moment is None or moment.astimezone(tz).utcoffset() == moment.astimezone(home).utcoffset():
        return ""
    return gettext(" (time zone: %(zone)s)") % {"zone": tz}


def plain_deadline(day: dt.date, hour: dt.time | None, *, year: bool = False) -> str:
    """“11 marca do godz. 15:00”; a deadline without an hour lasts the whole day."""
    if hour is None:
        return plain_date(day, year=year)
    return pgettext("day and hour of a deadline", "%(day)s, %(hour)s") % {
        "day": plain_date(day, year=year),
        "hour": plain_time(hour),
    }


def plain_opening(day: dt.date, hour: dt.time | None, *, year: bool = False) -> str:
    """“11 marca od godz. 9:00”; without an hour, from the beginning of the day."""
    if hour is None:
        return plain_date(day, year=year)
    return pgettext("day and hour of an opening", "%(day)s, %(hour)s") % {
        "day": plain_date(day, year=year),
        "hour": plain_time(hour),
    }
