"""When an event, and lists with events, look different by themselves. See timing/next_change.py."""

import datetime as dt
from collections.abc import Hashable, Iterator
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import RegistrationKind
from wagtail_newsroom.news.models.events.agenda_changes import changes_since
from wagtail_newsroom.news.models.events.events import EventPage
from wagtail_newsroom.news.models.pages.moments import shown_moments
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.registry.moments import asks_only_own
from wagtail_newsroom.news.timing import moments
from wagtail_newsroom.news.timing.next_change import after, midnight
from wagtail_newsroom.news.visibility import key_of_public, public_pages

_QUERIES = PreparedQueries()
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

    Three queries, however many events there are.
    """
    yield midnight(now)
    public = key_of_public(site)
    for zone in _nearest(site, public, now):
        yield midnight(now, moments.zone(zone["timezone"]))
        yield after(zone["start"])
        yield after(zone["end"])
        yield after(zone["deadline"])
    closing = dt.timedelta(days=setting("CLOSING_SOON_DAYS"))
    for zone in _nearest(site, public, now + closing):
        yield zone["deadline"] - closing if zone["deadline"] else None
    yield from _openings(site, public, now)


def _coming(site: Any, now: dt.datetime) -> Any:
    return public_pages(EventPage.objects.filter(Q(ends_at__gte=now) | Q(deadline_at__gte=now)), site, now).order_by()


def _nearest(site: Any, public: Hashable, now: dt.datetime) -> list[dict[str, Any]]:
    """The next start, end and deadline after ``now`` in each zone with events to come."""

    def build(now: dt.datetime) -> QuerySet[Any]:
        return (
            _coming(site, now)
            .values("timezone")
            .annotate(
                start=Min("starts_at", filter=Q(starts_at__gte=now)),
                end=Min(Coalesce("ends_at", "starts_at"), filter=Q(ends_at__gte=now)),
                deadline=Min("deadline_at", filter=Q(deadline_at__gte=now) & ~Q(registration=RegistrationKind.NONE)),
            )
        )

    return _QUERIES.all_rows(("nearest", public), build, now)


def _openings(site: Any, public: Hashable, now: dt.datetime) -> Found:
    """The openings of registration since yesterday: their moments are derived, and no zone is further away."""

    def build(yesterday: dt.datetime) -> QuerySet[Any]:
        opening = _coming(site, yesterday).filter(opens_date__gte=timezone.localdate(yesterday))
        return opening.values("opens_date", "opens_time", "timezone").distinct()

    for row in _QUERIES.all_rows(("openings", public), build, now - dt.timedelta(days=1)):
        yield moments.moment_of(row["opens_date"], row["opens_time"], moments.zone(row["timezone"]), last=False)
