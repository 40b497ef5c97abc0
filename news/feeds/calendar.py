"""iCalendar (RFC 5545, RFC 7986): one event, or the calendar.

The bytes depend on what is published alone, never on the moment, so that an unchanged calendar is an unchanged file.
Nobody's name, e-mail or phone goes into it: what is in other people's calendars cannot be taken back. Only sessions,
which a visitor asks for, name the speakers that the programme names. ORGANIZER is for invitations that are answered
(3.8.4.3), so organisers stand in the description.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext
from icalendar import Calendar, Event, vDuration, vUri

from wagtail_newsroom.news.enums import AttendanceMode, EventStatus, RegistrationKind
from wagtail_newsroom.news.feeds.addresses import Addresses
from wagtail_newsroom.news.feeds.identity import stable_id
from wagtail_newsroom.news.feeds.period import Period, period_of
from wagtail_newsroom.news.feeds.slots import Slot, slots_of
from wagtail_newsroom.news.feeds.text import one_line, plain
from wagtail_newsroom.news.feeds.timezones import vtimezone
from wagtail_newsroom.news.listings.calendar_rows import CalendarRow
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.models.events.derived import DerivedEvent
from wagtail_newsroom.news.models.pages.localised import localised
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording

PRODID = "-//Wagtail Newsroom//Calendar//{language}"
END = b"END:VCALENDAR\r\n"
KEPT_ENTRIES = 2_000  # of about a kilobyte, with the facts that they were written of
REFRESH = dt.timedelta(hours=6)
STATUS = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "CANCELLED"}


def event_calendar(event: EventPage, request: HttpRequest | None = None, *, sessions: bool = False) -> bytes:
    """Return ``event`` as a calendar of one entry, and with ``sessions`` of one more for each that has an hour.

    Raises ``ValueError`` where the date of the event is not known.
    """
    slots = slots_of(event) if sessions else []
    address = event.get_full_url(request) or ""
    entry = _entry_of_event(event, address, _topics([event]).get(event.pk, []), slots)
    if entry is None:
        raise ValueError("An event without a date has no place in a calendar.")
    return _put_together(_calendar(event.locale.language_code), [entry])


def whole_calendar(
    events: Sequence[EventPage | CalendarRow],
    *,
    name: str,
    source: str,
    language: str,
    request: HttpRequest | None = None,
) -> bytes:
    """Return ``events`` as a calendar to subscribe to. ``source``: its own absolute address.

    Events of one language, as rows (:func:`wagtail_newsroom.news.listings.events.calendar_events`), or as pages with venue
    and locale joined, stops and topics prefetched: then the number of queries does not depend on theirs. An event without
    a date is left out.
    """
    calendar = _calendar(language)
    calendar.add("NAME", one_line(name))
    calendar.add("X-WR-CALNAME", one_line(name))
    calendar.add("SOURCE", vUri(source))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    entries = [*_entries_of_rows([each for each in events if isinstance(each, CalendarRow)], request)]
    pages = [each for each in events if isinstance(each, EventPage)]
    topics = _topics(pages)
    entries += [_entry_of_event(page, page.get_full_url(request) or "", topics.get(page.pk, [])) for page in pages]
    return _put_together(calendar, [each for each in entries if each], always=timezone.get_default_timezone_name())


@dataclass(frozen=True)
class Entry:
    """What is written of an event. ``years``: of its moments; ``zone``: whose hours they are told in, empty for days."""

    content: bytes
    years: frozenset[int]
    zone: str


def _calendar(language: str) -> Any:
    calendar = Calendar()
    calendar.add("PRODID", PRODID.format(language=language.upper()))
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _put_together(calendar: Any, entries: Sequence[Entry], always: str = "") -> bytes:
    """``calendar`` with the zones that the entries use, then the entries. It may not be empty: ``always`` is a zone for it."""
    years = set().union(*(entry.years for entry in entries)) or {timezone.localdate().year}
    zones = {entry.zone for entry in entries} | {always}
    first, last = min(years), max(years)
    parts = [_written_zone(name, first, last) for name in sorted(zones - {"", "UTC"})]
    parts += [entry.content for entry in entries]
    return b"".join([bytes(calendar.to_ical()).removesuffix(END), *parts, END])


@lru_cache(maxsize=64)
def _written_zone(name: str, first_year: int, last_year: int) -> bytes:
    return bytes(vtimezone(name, first_year, last_year).to_ical())


def _entries_of_rows(rows: Sequence[CalendarRow], request: HttpRequest | None) -> Iterator[Entry | None]:
    """The entries of ``rows``, those written before as they were: most events stay as they are when one is changed."""
    addresses = Addresses(request)
    settled = is_on(REGISTRATION), timezone.get_default_timezone_name()
    for row in rows:
        yield _entry_of_facts(row.facts, addresses.of(row.url_path), settled)


@lru_cache(maxsize=KEPT_ENTRIES)
def _entry_of_facts(facts: tuple[Any, ...], address: str, settled: tuple[Any, ...]) -> Entry | None:
    """The entry of a row with these facts. ``settled``: what its words depend on besides, of the settings of the host."""
    row = CalendarRow(facts)
    return _entry_of_event(row, address, row.topic_names)


def _entry_of_event(
    event: EventPage | CalendarRow, address: str, topics: list[str], slots: Sequence[Slot] = ()
) -> Entry | None:
    """The entry of ``event``, and behind it those of its sessions; ``None`` without a date."""
    period = period_of(event)
    if period is None:
        return None
    with translation.override(event.locale.language_code):
        place = location(event)
        components = [_entry(event, period, topics, address, place)]
        components += [_session_entry(event, slot, address, place) for slot in slots]
    told = [period.start, period.end, *(moment for slot in slots for moment in (slot.start, slot.end))]
    zone = str(event.tz) if slots or not period.all_day else ""
    years = frozenset(moment.year for moment in told if moment)
    return Entry(b"".join(bytes(each.to_ical()) for each in components), years, zone)


def _topics(events: Sequence[EventPage]) -> dict[int, list[str]]:
    """Names of the topics of each event, by its id, in the language of the first."""
    if not events:
        return {}
    rows = {topic.pk: topic for event in events for topic in event.topics.all()}
    names = dict(zip(rows, (topic.name for topic in localised(rows.values(), events[0].locale_id)), strict=True))
    return {event.pk: [names[topic.pk] for topic in event.topics.all()] for event in events}


def _entry(event: EventPage | CalendarRow, period: Period, topics: list[str], address: str, place: str) -> Any:
    entry = _begun(event, str(stable_id(event)), period)
    if event.first_published_at:
        entry.add("CREATED", _moment(event.first_published_at))
    entry.add("SUMMARY", entry_title(event))
    entry.add("DESCRIPTION", description(event, address))
    if place:
        entry.add("LOCATION", place)
    venue = None if event.is_online else event.venue
    if venue is not None and venue.latitude is not None and venue.longitude is not None:
        entry.add("GEO", (float(venue.latitude), float(venue.longitude)))
    if address:
        entry.add("URL", vUri(address))
    if link := one_line(event.public_online_link):
        entry.add("CONFERENCE", vUri(link), parameters={"VALUE": "URI"})
    entry.add("CATEGORIES", [one_line(name) for name in (event.kind_label, *topics)])
    return entry


def _begun(event: EventPage | CalendarRow, uid: str, period: Period) -> Any:
    """An entry with what an event and its sessions say alike: which version it is, when, and whether it takes place."""
    entry = Event()
    changed = _moment(event.last_published_at or event.latest_revision_created_at or event.starts_at)
    start, end = _written(period)
    entry.add("UID", uid)
    entry.add("SEQUENCE", event.calendar_sequence)
    entry.add("DTSTAMP", changed)
    entry.add("LAST-MODIFIED", changed)
    entry.add("DTSTART", start)
    if end is not None:
        entry.add("DTEND", end)
    entry.add("STATUS", STATUS.get(EventStatus(event.status), "CONFIRMED"))
    return entry


def _session_entry(event: EventPage | CalendarRow, slot: Slot, address: str, place: str) -> Any:
    """A session as an entry of its own, which knows the event it belongs to. ``place``: where that is."""
    session = slot.session
    address = f"{address}#{session.anchor}" if address and session.anchor else address
    entry = _begun(event, str(slot.guid), Period(slot.start, slot.end))
    entry.add("RELATED-TO", str(stable_id(event)))
    title = one_line(session.title)
    entry.add("SUMMARY", f"{event.status_label}: {title}" if event.called_off else title)
    speakers = [
        ", ".join(said for name in ("name", "role", "organisation") if (said := one_line(speaker[name])))
        for speaker in session.speakers
    ]
    parts = ["\n".join(speakers), plain(session.description).strip(), one_line(event.title), address]
    entry.add("DESCRIPTION", "\n\n".join(part for part in parts if part))
    if where := ", ".join(part for part in (one_line(slot.room), place) if part):
        entry.add("LOCATION", where)
    if address:
        entry.add("URL", vUri(address))
    return entry


def _written(period: Period) -> tuple[Any, Any]:
    """Start and end as they are written: days, or hours of the event's zone, which stay right when laws change.

    In UTC (3.3.5, form 2) where that is the zone, and where an hour comes twice because clocks go back: the standard
    means the first of the two, but not every program does.
    """
    moments = [each for each in (period.start, period.end) if isinstance(each, dt.datetime)]
    if any(str(each.tzinfo) == "UTC" or _comes_twice(each) for each in moments):
        first, *last = [each.astimezone(dt.UTC) for each in moments]
        return first, next(iter(last), None)
    return period.start, period.end


def _comes_twice(moment: dt.datetime) -> bool:
    return moment.replace(fold=1).utcoffset() < moment.replace(fold=0).utcoffset()  # type: ignore[operator]  # aware


def _moment(moment: dt.datetime | None) -> dt.datetime:
    """A stamp in UTC to the second; the beginning of time where nothing is known."""
    return (moment or dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)


def entry_title(event: DerivedEvent) -> str:
    """The title; before it, that the event is called off: not every calendar shows a STATUS."""
    title = one_line(event.title)
    return f"{event.status_label}: {title}" if event.called_off else title


def description(event: DerivedEvent, address: str) -> str:
    """What stands under the entry: how the event stands, its lead, who organises it, how to join, its address."""
    link = one_line(event.public_online_link)
    parts = [
        state_sentence(event),
        plain(event.lead),
        gettext("Join online: %(link)s") % {"link": link} if link and not event.called_off else "",
        address,
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def state_sentence(event: DerivedEvent) -> str:
    """How the event stands, without anything that is true on one day only (“3 days left”)."""
    if line := event_wording.status_line(event.status, event.status_reason):
        return one_line(line.text)
    if event.registration_kind == RegistrationKind.NONE or event.deadline_date is None:
        return ""
    when = dates.plain_deadline(event.deadline_date, event.deadline_time, year=True)
    return gettext("Registration until %(when)s") % {"when": when}


def location(event: DerivedEvent) -> str:
    """Where it happens, on one line with the street, so that maps find it."""
    venue = event.venue
    if event.is_online or venue is None:
        return one_line(event.where_text)
    place = ", ".join(part for part in (venue.name, venue.hall, venue.address) if part)
    if event.attendance_mode == AttendanceMode.MIXED:
        place = f"{place} · {str(AttendanceMode.ONLINE.label).lower()}"
    return one_line(place)
