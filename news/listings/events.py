"""Public events: the rows of the calendar page, of the calendar file and of the feed."""

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import EventKind
from wagtail_newsroom.news.listings.filters import _topics_in_use, _with_topic, chosen, make_filter, paginate, site_of
from wagtail_newsroom.news.listings.stories import specific_items
from wagtail_newsroom.news.models import EventPage, Topic
from wagtail_newsroom.news.models.events.events import localise_venues
from wagtail_newsroom.news.visibility import public_pages


def _of_kind_and_topic(events: PageQuerySet, request: HttpRequest, topics: dict[str, Topic]) -> PageQuerySet:
    if kind := chosen(request, "kind", EventKind.values):
        events = events.filter(kind=kind)
    if topic := chosen(request, "topic", topics):
        events = _with_topic(events, topics[topic])
    return events


def calendar_events(page: Page, request: HttpRequest) -> list[EventPage]:
    """Events for the calendar to subscribe to, narrowed by the calendar's own filters ``kind``, ``topic``, ``when``.

    Upcoming ones and those of the last ``CALENDAR_PAST_DAYS``; ``when=upcoming`` or ``when=past``: these alone, of the
    past the latest. At most ``CALENDAR_EVENTS``, in the order of their days.
    """
    events = public_pages(
        EventPage.objects.filter(path__startswith=page.path, start_date__isnull=False), site_of(request)
    )
    events = _of_kind_and_topic(events, request, _topics_in_use(events, page.locale_id))
    when, now = chosen(request, "when", ("upcoming", "past")), timezone.now()
    if when == "past":
        events = events.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    else:
        past = dt.timedelta(days=0 if when == "upcoming" else setting("CALENDAR_PAST_DAYS"))
        events = events.filter(ends_at__gte=now - past).order_by("starts_at", "pk")
    events = events.select_related("venue", "locale").prefetch_related("stops", "topics")
    found = sorted(events[: setting("CALENDAR_EVENTS")], key=lambda event: (event.starts_at, event.pk))
    localise_venues(found)
    return found


def event_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the calendar: ``when`` (upcoming or past), ``items`` and ``filters`` by kind and topic.

    Upcoming events come soonest first and include those under way; past ones come latest first.
    """
    when = "past" if request.GET.get("when") == "past" else "upcoming"
    pages = public_pages(EventPage.objects.filter(path__startswith=page.path), site_of(request))
    now = timezone.now()
    if when == "past":
        pages = pages.filter(ends_at__lt=now)
        order = (F("starts_at").desc(nulls_last=True), "-pk")
    else:
        pages = pages.filter(Q(ends_at__gte=now) | Q(ends_at__isnull=True))
        order = (F("starts_at").asc(nulls_last=True), "pk")
    topics = _topics_in_use(pages, page.locale_id)
    filters = [
        make_filter(
            request,
            "kind",
            gettext("Kind"),
            [(value, str(label)) for value, label in EventKind.choices],
        ),
        make_filter(request, "topic", gettext("Topic"), [(slug, topic.name) for slug, topic in topics.items()]),
    ]
    pages = _of_kind_and_topic(pages, request, topics)
    items = paginate(request, pages.order_by(*order))
    items.object_list = specific_items(list(items.object_list))
    return {
        "when": when,
        "items": items,
        "filters": filters,
        "active_filters": [entry for entry in filters if entry.chosen],
    }
