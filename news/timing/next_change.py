"""When a public page looks different by itself, with nobody acting: how long an answer may be kept at most.

What a type knows of its fields is registered (:mod:`wagtail_newsroom.news.registry.moments`), so that a new field that changes with
time has one place. The moment given is the first at which the page is already different.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from wagtail_newsroom.news.registry.moments import moments_of, moments_of_lists, only_own
from wagtail_newsroom.news.timing.moments import day_start

INSTANT = dt.timedelta(microseconds=1)


def next_change(page: Any, now: dt.datetime | None = None) -> dt.datetime | None:
    """The next moment after ``now`` (aware) at which ``page`` may look different; ``None`` where time changes nothing."""
    now = now or timezone.now()
    return earliest(moments_of(page.specific, now), now)


def next_own_change(page: Any, since: dt.datetime) -> dt.datetime | None:
    """As :func:`next_change` after ``since``, without what the page shows of other pages: these have moments of their own."""
    with only_own():
        return earliest(moments_of(page.specific, since), since)


def next_change_of_site(site: Any = None, now: dt.datetime | None = None) -> dt.datetime | None:
    """The next moment after ``now`` (aware) at which some list of ``site`` (``None``: of any) may look different."""
    now = now or timezone.now()
    return earliest(moments_of_lists(site, now), now)


def earliest(moments: Iterable[dt.datetime | None], now: dt.datetime) -> dt.datetime | None:
    """The first of ``moments`` that lies after ``now``."""
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def after(moment: dt.datetime | None) -> dt.datetime | None:
    """The first moment that is past ``moment``, which itself still counts."""
    return moment + INSTANT if moment is not None else None


def day_after(day: dt.date | None, tz: dt.tzinfo | None = None) -> dt.datetime | None:
    """The first moment of the day after ``day``, the last that counts, in ``tz`` (the site's own)."""
    return day_begins(day + dt.timedelta(days=1), tz) if day is not None and day < dt.date.max else None


def day_begins(day: dt.date | None, tz: dt.tzinfo | None = None) -> dt.datetime | None:
    """The first moment of ``day`` in ``tz`` (the site's own)."""
    return day_start(day, tz or timezone.get_default_timezone()) if day is not None else None


def midnight(now: dt.datetime, tz: dt.tzinfo | None = None) -> dt.datetime | None:
    """The first moment of the next day in ``tz`` (the site's own)."""
    tz = tz or timezone.get_default_timezone()
    return day_after(now.astimezone(tz).date(), tz)


def new_year(now: dt.datetime, tz: dt.tzinfo | None = None) -> dt.datetime | None:
    """The first moment of the next year in ``tz`` (the site's own)."""
    tz = tz or timezone.get_default_timezone()
    return day_begins(dt.date(now.astimezone(tz).year + 1, 1, 1), tz)
