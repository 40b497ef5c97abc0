"""The programme as the files that conference software reads: ``schedule.json`` and ``schedule.xml`` (frab, c3voc).

The format is that of https://c3voc.de/wiki/schedule, as pretalx writes it: breaks are no sessions, days are the
programme's own. A session without an hour has no place in it. ``duration`` is required: where no end is told it
lasts until the next start, and is 00:00 where there is none; ``end`` is then left out. An event that is called off
keeps its days and loses its sessions, so that apps take them out of people's plans.

Public facts only, and like calendars the same bytes until something is published.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext

from wagtail_newsroom import __version__
from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.feeds.calendar import entry_title
from wagtail_newsroom.news.feeds.identity import number_of, part_id
from wagtail_newsroom.news.feeds.schedule_xml import written_as_xml
from wagtail_newsroom.news.feeds.slots import Slot, seconds_between, slots_of
from wagtail_newsroom.news.feeds.text import one_line, plain
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.models.files.attachments import AttachmentRow
from wagtail_newsroom.news.slugs import ascii_slug

SCHEMA = "https://c3voc.de/schedule/schema.json"
GENERATOR = "wagtail-newsroom"
# A day of a programme lasts till the small hours, as in pretalx.
DAY_STARTS = dt.time(4)
STEP = "00:05"
# What the schema takes for the name of a zone; others (“Poland”, “CET”) are left out of the JSON.
ZONE_NAME = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC$")
SLUG = re.compile(r"[a-z][a-z0-9-]+")
TYPES = {AttachmentKind.PRESENTATION: "slides", AttachmentKind.REPORT: "paper"}


def schedule_json(event: EventPage, request: HttpRequest | None = None) -> bytes:
    """Return the schedule of ``event`` as JSON. Raises ``ValueError`` where no session has a day and an hour."""
    data = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR, "version": __version__},
        "schedule": schedule_data(event, request, name="schedule.json"),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def schedule_xml(event: EventPage, request: HttpRequest | None = None) -> bytes:
    """Return the schedule of ``event`` as XML. Raises ``ValueError`` where no session has a day and an hour."""
    root = written_as_xml(schedule_data(event, request, name="schedule.xml"), GENERATOR, __version__, str(event.tz))
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def schedule_data(event: EventPage, request: HttpRequest | None, *, name: str) -> dict[str, Any]:
    """The value of ``schedule`` in the JSON, in the event's language. ``name``: the file it is written for."""
    with translation.override(event.locale.language_code):
        slots = slots_of(event)
        if not slots:
            raise ValueError("An event without a programme has no schedule.")
        address = event.get_full_url(request) or ""
        return {
            **({"url": f"{address}{name}", "base_url": urljoin(address, "/")} if address else {}),
            "version": _version(event),
            "conference": _conference(event, slots, address),
        }


def _version(event: EventPage) -> str:
    """When it was published last, in the event's own zone: a reader is told of a new version when it changes."""
    moment = event.last_published_at or event.latest_revision_created_at
    return f"{moment.astimezone(event.tz):%Y-%m-%d %H:%M:%S}" if moment else "0"


def acronym(event: EventPage) -> str:
    """A short name that the schema allows: of the slug, with underscores, at least four characters."""
    name = ascii_slug(event.slug, 60).replace("-", "_").strip("_")
    return name if len(name) >= 4 else f"event_{name}".strip("_")


def _conference(event: EventPage, slots: list[Slot], address: str) -> dict[str, Any]:
    place = _place(event)
    places = {slot.guid: one_line(slot.room) or one_line(slot.session.track) or place for slot in slots}
    days = sorted({slot.date for slot in slots})
    facts: dict[str, Any] = {
        "acronym": acronym(event),
        "title": entry_title(event),
        "description": plain(event.lead),
        "start": min(filter(None, (event.start_date, days[0]))).isoformat(),
        "end": max(filter(None, (event.last_day, days[-1]))).isoformat(),
        "daysCount": len(days),
        "timeslot_duration": STEP,
    }
    if ZONE_NAME.match(str(event.tz)):
        facts["time_zone_name"] = str(event.tz)
    if address:
        facts["url"] = address
    going = [] if event.called_off else slots
    rooms = dict.fromkeys(places[slot.guid] for slot in going)
    facts["rooms"] = [
        {"name": room, "guid": str(part_id(event, f"room {room}")), "description": None, "capacity": None}
        for room in rooms
    ]
    facts["tracks"] = [_track(name) for name in _track_names(event)]
    numbers = _numbers(slots)
    facts["days"] = [
        _day(event, index, day, [slot for slot in slots if slot.date == day], places, numbers, address)
        for index, day in enumerate(days, start=1)
    ]
    return facts


def _place(event: EventPage) -> str:
    """The place of the whole event, for sessions that have neither a room nor a track."""
    venue = None if event.is_online else event.venue
    names = [venue.hall if venue else "", venue.name if venue else "", event.where_text]
    return next((name for each in names if (name := one_line(each))), gettext("Place to be announced"))


def _track_names(event: EventPage) -> Iterable[str]:
    return dict.fromkeys(name for day in event.agenda_days for track in day.tracks if (name := one_line(track.name)))


def _track(name: str) -> dict[str, str]:
    slug = ascii_slug(name)
    return {"name": name, "slug": slug} if SLUG.fullmatch(slug) and slug[-1] != "-" else {"name": name}


def _numbers(slots: list[Slot]) -> dict[Any, int]:
    """A number for each session; the next free one for the rare second that would get the same."""
    numbers: dict[Any, int] = {}
    for slot in slots:
        number = number_of(slot.guid)
        while number in numbers.values():
            number += 1
        numbers[slot.guid] = number
    return numbers


def _day(
    event: EventPage,
    index: int,
    day: dt.date,
    slots: list[Slot],
    places: dict[Any, str],
    numbers: dict[Any, int],
    address: str,
) -> dict[str, Any]:
    first = dt.datetime.combine(day, DAY_STARTS, tzinfo=event.tz)
    last = dt.datetime.combine(day + dt.timedelta(days=1), DAY_STARTS, tzinfo=event.tz) - dt.timedelta(minutes=1)
    moments = [*(slot.start for slot in slots), *(slot.until or slot.start for slot in slots), first, last]
    rooms: dict[str, list[dict[str, Any]]] = {}
    for slot in [] if event.called_off else slots:
        place = places[slot.guid]
        rooms.setdefault(place, []).append(_session(event, slot, place, numbers[slot.guid], address))
    return {
        "index": index,
        "date": day.isoformat(),
        "day_start": min(moments, key=lambda each: each.astimezone(dt.UTC)).isoformat(),
        "day_end": max(moments, key=lambda each: each.astimezone(dt.UTC)).isoformat(),
        "rooms": rooms,
    }


def _session(event: EventPage, slot: Slot, place: str, number: int, address: str) -> dict[str, Any]:
    session = slot.session
    title = one_line(session.title)
    link = one_line(event.public_online_link)
    return {
        "guid": str(slot.guid),
        "id": number,
        "date": slot.start.isoformat(),
        "start": f"{slot.start:%H:%M}",
        **({"end": slot.end.isoformat()} if slot.end else {}),
        "duration": _duration(slot),
        "room": place,
        "slug": "-".join(filter(None, (acronym(event), f"{number:04}", ascii_slug(title, 60).strip("-_")))),
        "url": f"{address}#{session.anchor}" if session.anchor else address,
        "title": title,
        "subtitle": "",
        "track": one_line(session.track) or None,
        "type": str(session.kind),
        "language": event.locale.language_code,
        "abstract": plain(session.description),
        "description": None,
        "persons": list(_persons(slot)),
        "links": [{"title": one_line(event.online_platform) or link, "url": link, "type": "related"}] if link else [],
        "attachments": [_attachment(row, address) for row in session.documents],
    }


def _duration(slot: Slot) -> str:
    """“01:30”."""
    minutes = seconds_between(slot.start, slot.until) // 60 if slot.until else 0
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _persons(slot: Slot) -> Iterable[dict[str, Any]]:
    """Speakers by name; with an id that lasts where they were chosen from the list of people."""
    for said, person in zip(slot.session.speakers, slot.session.people, strict=True):
        name = one_line(said["name"])
        if person is None:
            yield {"name": name}
        else:
            yield {"id": number_of(person.translation_key), "guid": str(person.translation_key), "name": name}


def _attachment(row: AttachmentRow, address: str) -> dict[str, str]:
    return {
        "title": one_line(row.title),
        "url": urljoin(address, row.url),
        "type": TYPES.get(row.kind, "related"),  # type: ignore[call-overload]  # a kind is a string
    }
