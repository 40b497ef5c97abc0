"""Answers with calendars and feeds, for programs that come back: an unchanged file costs them nothing."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from wagtail.models import Page

from wagtail_newsroom.news.feeds.atom import atom
from wagtail_newsroom.news.feeds.calendar import event_calendar, whole_calendar
from wagtail_newsroom.news.feeds.period import period_of
from wagtail_newsroom.news.feeds.schedule import schedule_json, schedule_xml
from wagtail_newsroom.news.feeds.slots import slots_of
from wagtail_newsroom.news.listings.events import calendar_events, public_events
from wagtail_newsroom.news.listings.filters import site_of
from wagtail_newsroom.news.listings.publisher import feed_title, publisher_of
from wagtail_newsroom.news.listings.stories import announced_pages, latest_items
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.models.events.events import localise_venues
from wagtail_newsroom.news.models.snippets.settings import name_of
from wagtail_newsroom.news.slugs import ascii_slug

CALENDAR = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/json; charset=utf-8"
XML = "application/xml; charset=utf-8"
SAFE_METHODS = ("GET", "HEAD")


def serve_event_calendar(page: EventPage, request: HttpRequest) -> HttpResponse:
    """Answer ``event.ics`` below an event, with ``?sessions=1`` its sessions too. An event without a date has none."""
    if period_of(page) is None:
        raise Http404("This event has no date yet.")
    localise_venues([page])
    sessions = request.GET.get("sessions") == "1"
    name = ascii_slug(page.slug) or "event"
    return _answer(request, lambda: event_calendar(page, request, sessions=sessions), CALENDAR, f"{name}.ics")


def serve_schedule_json(page: EventPage, request: HttpRequest) -> HttpResponse:
    """Answer ``schedule.json`` below an event whose programme has hours."""
    return _schedule(page, request, schedule_json, JSON)


def serve_schedule_xml(page: EventPage, request: HttpRequest) -> HttpResponse:
    """Answer ``schedule.xml`` below an event whose programme has hours."""
    return _schedule(page, request, schedule_xml, XML)


def _schedule(
    page: EventPage, request: HttpRequest, make: Callable[[EventPage, HttpRequest], bytes], content_type: str
) -> HttpResponse:
    if not slots_of(page):
        raise Http404("This event has no programme with hours.")
    localise_venues([page])
    return _answer(request, lambda: make(page, request), content_type)


def serve_whole_calendar(page: Page, request: HttpRequest) -> HttpResponse:
    """Answer ``calendar.ics`` below the calendar, narrowed by its filters (``kind``, ``topic``, ``when``)."""

    def make() -> bytes:
        return whole_calendar(
            calendar_events(page, request.GET, site_of(request)),
            name=feed_title(page, site_of(request)),
            source=_source(page, request, "calendar.ics"),
            language=page.locale.language_code,
            request=request,
        )

    return _answer(request, make, CALENDAR, f"{ascii_slug(page.slug) or 'calendar'}.ics")


def serve_news_atom(page: Page, request: HttpRequest) -> HttpResponse:
    """Answer ``atom.xml`` below the list of news: its items and announced events."""
    return _atom(page, request, announced_pages(page, site_of(request)))


def serve_events_atom(page: Page, request: HttpRequest) -> HttpResponse:
    """Answer ``atom.xml`` below the calendar: events published or changed last."""
    return _atom(page, request, public_events(page, site_of(request)))


def _atom(page: Page, request: HttpRequest, pages: Any) -> HttpResponse:
    site = site_of(request)

    def make() -> bytes:
        return atom(
            page,
            latest_items(pages),
            title=feed_title(page, site),
            organisation=name_of(site, publisher_of(site).texts_in(page.locale.language_code)),
            source=_source(page, request, "atom.xml"),
            request=request,
        )

    return _answer(request, make, ATOM)


def _source(page: Page, request: HttpRequest, name: str) -> str:
    """The absolute address of a file below ``page``."""
    return f"{page.get_full_url(request) or ''}{name}"


def _answer(request: HttpRequest, make: Callable[[], bytes], content_type: str, filename: str = "") -> HttpResponse:
    """Answer with what ``make`` returns and its strong ETag; 304 where the visitor has it already.

    No ``Last-Modified``: a venue that is renamed or an event that is taken down changes a calendar without being
    published, and a visitor who goes by the date alone would never hear of it.
    """
    if request.method not in SAFE_METHODS:
        return HttpResponseNotAllowed(SAFE_METHODS)
    content = make()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=content_type)
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"  # kept, but asked about each time: what is taken down is gone at once
    response["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=response) or response
