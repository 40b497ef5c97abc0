"""Dates and hours as people say them, and the one rule for hours that a clock change makes odd.

A local date and hour become a moment by :func:`local_moment` alone. An hour that does not exist (clocks go
forward: 2027-03-28 02:30 in Warsaw) is refused; an hour that comes twice (clocks go back) means the first one.
"""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.wording.dates import plain_date, plain_time

END_OF_DAY = dt.time(23, 59, 59)


@lru_cache(maxsize=1)
def timezone_names() -> frozenset[str]:
    """Names of all time zones known to this machine (IANA database)."""
    return frozenset(available_timezones())


def validate_timezone(name: str) -> None:
    """Refuse a name that is not in the IANA time zone database."""
    if name not in timezone_names():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Give a name such as Europe/Warsaw."),
            code="timezone",
            params={"name": name},
        )


def default_timezone_name() -> str:
    """Name of the site's own time zone."""
    return timezone.get_default_timezone_name()


def zone(name: str) -> dt.tzinfo:
    """Return the time zone ``name``; the site's own where the name is empty or unknown."""
    if name and name in timezone_names():
        return ZoneInfo(name)
    return timezone.get_default_timezone()


def local_moment(day: dt.date, hour: dt.time, tz: dt.tzinfo) -> dt.datetime:
    """Return the moment of ``day`` at ``hour`` in ``tz``.

    Raises ``ValidationError`` (code ``nonexistent``) for an hour that clocks skip on that day.
    """
    moment = dt.datetime.combine(day, hour.replace(fold=0, tzinfo=None), tzinfo=tz)
    back = moment.astimezone(dt.UTC).astimezone(tz)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValidationError(
            _(
                "On %(day)s clocks go forward and %(hour)s does not exist in this time zone. "
                "Give an earlier hour, or %(instead)s."
            ),
            code="nonexistent",
            params={
                "day": plain_date(day),
                "hour": plain_time(hour),
                "instead": plain_time(back.time()),
            },
        )
    return moment


def day_start(day: dt.date, tz: dt.tzinfo) -> dt.datetime:
    """First moment of ``day`` in ``tz`` (in a few zones clocks change at midnight, so not always 0:00)."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=tz).astimezone(dt.UTC).astimezone(tz)


def day_end(day: dt.date, tz: dt.tzinfo) -> dt.datetime:
    """Last second of ``day`` in ``tz``."""
    return day_start(day + dt.timedelta(days=1), tz) - dt.timedelta(seconds=1)


def moment_of(day: dt.date | None, hour: dt.time | None, tz: dt.tzinfo, *, last: bool) -> dt.datetime | None:
    """Return the moment that a day, with or without an hour, means; ``None`` without a day.

    Without an hour it is the first moment of the day, or the last one where ``last``. The same goes for an hour
    that does not exist: code can store such a draft, while forms refuse it by :func:`local_moment`.
    """
    if day is None:
        return None
    if hour is not None:
        try:
            return local_moment(day, hour, tz)
        except ValidationError:
            pass
    return day_end(day, tz) if last else day_start(day, tz)
