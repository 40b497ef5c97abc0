"""Public events: the rows of the calendar page, of the calendar file, of the feed and of the home page."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import Availability, EventKind, EventStatus, RegistrationKind
from wagtail_newsroom.news.listings.calendar_rows import CalendarRow, calendar_rows
from wagtail_newsroom.news.listings.cards import cards_of, with_cards
from wagtail_newsroom.news.listings.filters import (
    TOPIC,
    ListFilter,
    Rows,
    narrowed,
    read_only_own,
    same_choices,
    site_of,
)
from wagtail_newsroom.news.listings.listed import Listed, listed
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.timing import moments
from wagtail_newsroom.news.visibility import key_of_public, public_pages

DAY = dt.timedelta(days=1)
UPCOMING, PAST = "upcoming", "past"
SOONEST_FIRST = (F("starts_at").asc(nulls_last=True), "pk")
LATEST_FIRST = (F("starts_at").desc(nulls_last=True), "-pk")

EVENT_FILTERS = (
    ListFilter(
        "kind", _("Kind"), same_choices(EventKind.choices), lambda rows, value, locale_id: rows.filter(kind=value)
    ),
    TOPIC,
)


def public_events(page: Page, site: Site | None, now: dt.datetime | None = None) -> PageQuerySet:
    """Every public event below the page ``page``: a calendar, or a home page."""
    return public_pages(EventPage.objects.filter(path__startswith=page.path), site, now)


def asked_time(query: Mapping[str, str]) -> str:
    """The value of ``when``: :data:`UPCOMING`, :data:`PAST`, or empty."""
    when = query.get("when", "")
    return when if when in (UPCOMING, PAST) else ""


def upcoming(events: Rows, now: dt.datetime) -> Rows:
    """Those that are not over: to come, under way, or without a date yet."""
    return events.filter(Q(ends_at__gte=now) | Q(ends_at__isnull=True))


def past(events: Rows, now: dt.datetime) -> Rows:
    """Those that are over."""
    return events.filter(ends_at__lt=now)


def on_today(events: Rows, now: dt.datetime) -> Rows:
    """Those that are on today, each in its own zone, or under way: whose phase is ``TODAY``."""
    day = now.astimezone(dt.UTC).date()
    # It is yesterday, today or tomorrow everywhere: zones matter for events that begin around now alone.
    begun = Q(start_date__lt=day)
    near = events.filter(start_date__in=(day, day + DAY)).order_by()
    for start, name in near.values_list("start_date", "timezone").distinct():
        if start <= now.astimezone(moments.zone(name)).date():
            begun |= Q(start_date=start, timezone=name)
    return upcoming(events, now).filter(begun)


def taking_registrations(events: Rows, now: dt.datetime) -> Rows:
    """Those for which people can register: whose registration is ``OPEN`` or ``CLOSING`` by the rules of ``timing.phases``."""
    if not is_on(REGISTRATION):
        return events.none()
    called_off = Q(status__in=(EventStatus.CANCELLED, EventStatus.POSTPONED))
    not_closed = Q(deadline_at__gte=now) | Q(deadline_at=None) & (Q(starts_at__gte=now) | Q(starts_at=None))
    events = upcoming(events.exclude(registration=RegistrationKind.NONE).exclude(called_off), now)
    return events.filter(not_closed, _opened(events, now)).exclude(availability=Availability.FULL)


def _opened(events: Rows, now: dt.datetime) -> Q:
    """Condition: registration has opened. The moment of it is no column: those of the nearest days are looked at."""
    day = now.astimezone(dt.UTC).date()
    opened = Q(opens_date=None) | Q(opens_date__lt=day - DAY)
    near = events.filter(opens_date__in=(day - DAY, day, day + DAY)).order_by()
    for start, hour, name in near.values_list("opens_date", "opens_time", "timezone").distinct():
        moment = moments.moment_of(start, hour, moments.zone(name), last=False)
        if moment is not None and moment <= now:
            opened |= Q(opens_date=start, opens_time=hour, timezone=name)
    return opened


def calendar_events(page: Page, query: Mapping[str, str], site: Site | None) -> list[CalendarRow]:
    """Events for the calendar to subscribe to, narrowed by the calendar's own filters ``kind``, ``topic``, ``when``.

    Upcoming ones and those of the last ``CALENDAR_PAST_DAYS``; ``when=upcoming`` or ``when=past``: these alone, of the
    past the latest. At most ``CALENDAR_EVENTS``, in the order of their days.
    """
    events = narrowed(public_events(page, site).exclude(start_date=None), query, EVENT_FILTERS, page.locale_id)
    when, now = asked_time(query), timezone.now()
    if when == PAST:
        events = past(events, now).order_by(*LATEST_FIRST)
    else:
        days = 0 if when == UPCOMING else setting("CALENDAR_PAST_DAYS")
        events = events.filter(ends_at__gte=now - dt.timedelta(days=days)).order_by(*SOONEST_FIRST)
    return sorted(calendar_rows(events[: setting("CALENDAR_EVENTS")]), key=lambda event: (event.starts_at, event.pk))


def coming_events(under: Page, site: Site | None, *, count: int) -> list[Any]:
    """The next events below the page ``under`` that have a date, for the home page."""
    return with_cards(list(coming(under, site)[:count]))


def coming(under: Page, site: Site | None, now: dt.datetime | None = None) -> PageQuerySet:
    """The events below the page ``under`` that have a date and are not over, soonest first."""
    now = now or timezone.now()
    return public_events(under, site, now).filter(ends_at__gte=now).order_by(*SOONEST_FIRST)


def event_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the calendar: ``when`` (upcoming or past), ``items`` and ``filters`` by kind and topic.

    Upcoming events come soonest first and include those under way; past ones come latest first.
    """
    read_only_own(page, request, EVENT_FILTERS, "when")
    when, site = asked_time(request.GET) or UPCOMING, site_of(request)
    in_time, order = (past, LATEST_FIRST) if when == PAST else (upcoming, SOONEST_FIRST)

    def rows(now: dt.datetime) -> Rows:
        return in_time(public_events(page, site, now), now).order_by(*order)

    key = ("events", page.path, page.locale_id, when, key_of_public(site))
    items, context = listed(request, Listed(key, rows, EVENT_FILTERS, page.locale_id))
    items.object_list = cards_of(items.object_list)
    return {"when": when, "items": items, **context}
