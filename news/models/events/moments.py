"""When an event, and lists with events, look different by themselves. See timing/next_change.py."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import RegistrationKind
from wagtail_newsroom.news.models.events.agenda_changes import changes_since
from wagtail_newsroom.news.models.events.events import EventPage
from wagtail_newsroom.news.models.pages.moments import shown_moments
from wagtail_newsroom.news.registry.moments import asks_only_own
from wagtail_newsroom.news.timing import moments
from wagtail_newsroom.news.timing.next_change import after, midnight
from wagtail_newsroom.news.visibility import public_pages

Found = Iterator[dt.datetime | None]


def event_moments(event: EventPage, now: dt.datetime) -> Found:
    """Its own, the notices of changes in its programme, and what followed it."""
    yield from event.own_moments(now)
    notices = dt.timedelta(days=setting("AGENDA_CHANGES_SHOWN"))
    if event.pk is not None and not event.called_off:
        told = event.agenda_changes.filter(shown=True, at__gt=changes_since(now))
        for at in told.values_list("at", flat=True):
            yield at + notices
    if asks_only_own():
        return
    about = [page for group in event.pages_about for page in group.pages]
    yield from shown_moments([*event.shown_reports, *about], now)


def moments_of_event_lists(site: Any, now: dt.datetime) -> Found:
    """What changes in any list with events: every midnight (“today”, “3 days left”, validity), and hours between.

    Two queries, however many events there are.
    """
    yield midnight(now)
    events = public_pages(EventPage.objects.filter(Q(ends_at__gte=now) | Q(deadline_at__gte=now)), site).order_by()
    closing = dt.timedelta(days=setting("CLOSING_SOON_DAYS"))
    registered = ~Q(registration=RegistrationKind.NONE)
    found = events.aggregate(
        start=Min("starts_at", filter=Q(starts_at__gte=now)),
        end=Min(Coalesce("ends_at", "starts_at"), filter=Q(ends_at__gte=now)),
        deadline=Min("deadline_at", filter=Q(deadline_at__gte=now) & registered),
        closing=Min("deadline_at", filter=Q(deadline_at__gt=now + closing) & registered),
    )
    yield after(found["start"])
    yield after(found["end"])
    yield after(found["deadline"])
    yield found["closing"] - closing if found["closing"] else None
    yield from _midnights_elsewhere(events, now)
    yield from _openings(events, now)


def _midnights_elsewhere(events: Any, now: dt.datetime) -> Found:
    for name in (
        events.exclude(timezone=timezone.get_default_timezone_name()).values_list("timezone", flat=True).distinct()
    ):
        yield midnight(now, moments.zone(name))


def _openings(events: Any, now: dt.datetime) -> Found:
    """The nearest openings of registration: their moments are derived, so those of the nearest days are looked at."""
    today = timezone.localdate(now)
    coming = events.filter(opens_date__gte=today - dt.timedelta(days=1), opens_date__lte=today + dt.timedelta(days=1))
    rows = coming.values_list("opens_date", "opens_time", "timezone").distinct()
    for day, hour, name in rows:
        yield moments.moment_of(day, hour, moments.zone(name), last=False)
