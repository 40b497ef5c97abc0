"""Structured data for search engines: objects of schema.org as JSON-LD. Public facts only."""

import json
import re
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.enums import AttendanceMode, Availability, EventStatus, OrganiserRole
from wagtail_newsroom.news.feeds.calendar import state_sentence
from wagtail_newsroom.news.feeds.period import Period, period_of
from wagtail_newsroom.news.feeds.slots import Slot, slots_of
from wagtail_newsroom.news.feeds.text import one_line
from wagtail_newsroom.news.models import EventPage, NewsPage, NewsroomPage
from wagtail_newsroom.news.registry.contracts import Surroundings, without_empty

SCHEMA = "https://schema.org"
# A browser reads the data block as HTML first: nothing in it may look like the end of a script or a comment.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}
FREE = re.compile(r"\b(bezpłatn\w+|nieodpłatn\w+|za darmo|wstęp wolny|free)\b", re.IGNORECASE)
PRICE = re.compile(r"^\s*(\d{1,6})(?:[.,](\d{2}))?\s*(?:zł|PLN)\b", re.IGNORECASE)
STATUS = {
    EventStatus.SCHEDULED: "EventScheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.CANCELLED: "EventCancelled",
    EventStatus.MOVED_ONLINE: "EventMovedOnline",
}
ATTENDANCE = {
    AttendanceMode.ONSITE: "OfflineEventAttendanceMode",
    AttendanceMode.ONLINE: "OnlineEventAttendanceMode",
    AttendanceMode.MIXED: "MixedEventAttendanceMode",
}
# A page says of no more sessions than this: it is read by people too.
MAX_SESSIONS = 100
ORGANISING = (OrganiserRole.ORGANISER, OrganiserRole.PARTNER, OrganiserRole.HOST)


def structured_data(page: Any, around: Surroundings) -> SafeString:
    """Return the JSON of everything that is said about ``page``; empty where nothing is."""
    make = registry.structured_data(type(page))
    graph = [make(page, around)] if make else []
    if len(around.crumbs) > 1:
        graph.append(breadcrumb_list(around))
    return as_script_text({"@context": SCHEMA, "@graph": graph}) if graph else mark_safe("")


def as_script_text(data: dict[str, Any]) -> SafeString:
    """Return ``data`` as JSON that can stand between the tags of a script, whatever is in it."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def breadcrumb_list(around: Surroundings) -> dict[str, Any]:
    """The way from the home page to the page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": url}
            for position, (title, url) in enumerate(around.crumbs, start=1)
        ],
    }


def _story(page: NewsroomPage, around: Surroundings) -> dict[str, Any]:
    return {
        "url": around.url,
        "description": page.lead,
        "image": [around.image_url] if around.image_url else [],
        "inLanguage": around.language,
        "keywords": [topic.name for topic in page.localised_topics],
    }


def news_data(page: NewsPage, around: Surroundings) -> dict[str, Any]:
    """Describe a news item as a NewsArticle, with its corrections."""
    event = page.shown_event
    return without_empty(
        {
            "@type": "NewsArticle",
            "@id": f"{around.url}#article",
            "headline": page.title,
            **_story(page, around),
            "mainEntityOfPage": around.url,
            "articleSection": str(page.get_kind_display()),
            "datePublished": page.date.isoformat(),
            "dateModified": page.last_published_at.isoformat(timespec="seconds") if page.last_published_at else "",
            "author": {"@type": "Person", "name": page.byline} if page.byline else around.publisher,
            "publisher": around.publisher,
            "about": _mentioned(event) if event else None,
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "datePublished": correction.date.isoformat(),
                    "text": f"{correction.was} → {correction.now}",
                }
                for correction in page.shown_corrections
            ],
        }
    )


def _mentioned(event: EventPage) -> dict[str, Any]:
    period = period_of(event)
    start = _iso(period.start) if period else ""
    return without_empty({"@type": "Event", "name": event.title, "url": event.full_url, "startDate": start})


def event_data(page: EventPage, around: Surroundings) -> dict[str, Any]:
    """Describe an event. Its dates carry the offset of its own zone; without hours they are days."""
    period = period_of(page)
    status = STATUS[EventStatus(page.status)]
    mode = AttendanceMode.ONLINE if page.is_online else AttendanceMode(page.attendance_mode)
    return without_empty(
        {
            "@type": "Event",
            "@id": f"{around.url}#event",
            "name": page.title,
            **_story(page, around),
            "startDate": _iso(period.start) if period else "",
            "endDate": _end(page, period) if period else "",
            "doorTime": page.check_in_from.isoformat() if page.check_in_from else "",
            "eventStatus": f"{SCHEMA}/{status}",
            "eventAttendanceMode": f"{SCHEMA}/{ATTENDANCE[mode]}",
            "disambiguatingDescription": state_sentence(page) if page.called_off else "",
            "location": _locations(page, around),
            "maximumAttendeeCapacity": page.places,
            "organizer": _organisers(page) or [around.publisher],
            "sponsor": _organisers(page, roles=(OrganiserRole.FUNDER,)),
            "isAccessibleForFree": True if page.cost and FREE.search(page.cost) else None,
            "offers": _offer(page, around),
            "subEvent": _sessions(page, around),
        }
    )


def _sessions(page: EventPage, around: Surroundings) -> list[dict[str, Any]]:
    """Sessions that have an hour, in their order; none of an event that does not take place."""
    if page.called_off:
        return []
    places = _locations(page, around)
    return [_session(slot, places, around) for slot in slots_of(page)[:MAX_SESSIONS]]


def _session(slot: Slot, places: list[dict[str, Any]], around: Surroundings) -> dict[str, Any]:
    room = one_line(slot.room)
    return without_empty(
        {
            "@type": "Event",
            "name": one_line(slot.session.title),
            "url": f"{around.url}#{slot.session.anchor}" if slot.session.anchor else around.url,
            "startDate": slot.start.isoformat(),
            "endDate": slot.end.isoformat() if slot.end else "",
            "location": [_inside(room, place) for place in places] if room else places,
            "performer": [{"@type": "Person", "name": one_line(speaker["name"])} for speaker in slot.session.speakers],
        }
    )


def _inside(room: str, place: dict[str, Any]) -> dict[str, Any]:
    """A room of ``place``; an address on the web has none."""
    if place["@type"] != "Place":
        return place
    return {**place, "name": ", ".join(part for part in (room, place.get("name", "")) if part)}


def _iso(moment: Any) -> str:
    return str(moment.isoformat())


def _end(page: EventPage, period: Period) -> str:
    """The last moment; for days the last day, which is inclusive here."""
    if period.all_day:
        return page.last_day.isoformat() if page.last_day else ""
    return _iso(period.end) if period.end else ""


def _locations(page: EventPage, around: Surroundings) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if not page.is_online:
        found = [_place(page.venue)] if page.venue else _stops(page)
    if page.is_online or page.attendance_mode == AttendanceMode.MIXED:
        # Where only those who register get the link, the page says how.
        found.append({"@type": "VirtualLocation", "url": page.public_online_link or around.url})
    return found


def _stops(page: EventPage) -> list[dict[str, Any]]:
    names = dict.fromkeys(stop.place for stop in page.shown_stops)
    return [{"@type": "Place", "name": name, "address": name} for name in names]


def _place(venue: Any) -> dict[str, Any]:
    address = without_empty(
        {
            "@type": "PostalAddress",
            "streetAddress": venue.street,
            "postalCode": venue.postal_code,
            "addressLocality": venue.city,
        }
    )
    geo = None
    if venue.latitude is not None and venue.longitude is not None:
        geo = {"@type": "GeoCoordinates", "latitude": float(venue.latitude), "longitude": float(venue.longitude)}
    name = ", ".join(part for part in (venue.name, venue.hall) if part)
    return without_empty({"@type": "Place", "name": name, "address": address if len(address) > 1 else "", "geo": geo})


def _organisers(page: EventPage, roles: tuple[str, ...] = ORGANISING) -> list[dict[str, Any]]:
    return [
        without_empty({"@type": "Organization", "name": row.name, "url": row.url})
        for row in page.organisers_shown
        if row.role in roles
    ]


def _offer(page: EventPage, around: Surroundings) -> dict[str, Any] | None:
    """A price, only where the cost plainly says one: it is a sentence that editors write."""
    price = ""
    if page.cost and FREE.search(page.cost):
        price = "0"
    elif page.cost and (found := PRICE.match(page.cost)):
        price = f"{int(found[1])}.{found[2]}" if found[2] else str(int(found[1]))
    if not price:
        return None
    full = page.availability == Availability.FULL
    return {
        "@type": "Offer",
        "price": price,
        "priceCurrency": "PLN",
        "url": around.url,
        "availability": f"{SCHEMA}/{'SoldOut' if full else 'InStock'}",
    }
