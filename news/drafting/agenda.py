"""The programme of an event as plain lines, and back: read → lines → the data of the stream → lines.

A line is one session or break. Hours and days are local. Nothing here saves anything.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from wagtail_newsroom.news.enums import SessionKind
from wagtail_newsroom.news.reader.reading import Reading
from wagtail_newsroom.news.reader.text.normalise import squeeze

BREAK = "break"
LONGEST_TITLE, LONGEST_BREAK, LONGEST_NAME, LONGEST_TRACK = 400, 200, 200, 120  # as the blocks allow


@dataclass(frozen=True)
class LinePerson:
    """Who speaks. ``person_id``: the card in the list of people, whose words fill what is empty here."""

    name: str
    role: str | None = None
    organisation: str | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class AgendaLine:
    """One line of a programme. ``kind`` is a ``SessionKind`` or ``break``; ``block_id`` its id in the stream."""

    day: dt.date | None
    start: dt.time | None
    end: dt.time | None
    title: str
    people: tuple[LinePerson, ...] = ()
    track: str | None = None
    kind: str = SessionKind.SESSION.value
    room: str | None = None
    block_id: str | None = None


def lines_of_reading(reading: Reading) -> list[AgendaLine]:
    """Return the programme of a reading, in its order."""
    return [
        AgendaLine(
            day=dt.date.fromisoformat(line.day.value) if line.day else None,
            start=dt.time.fromisoformat(line.begins.value),
            end=dt.time.fromisoformat(line.ends.value) if line.ends else None,
            title=line.title.value,
            people=tuple(LinePerson(each.name, each.role, each.organisation) for each in line.people),
            track=line.track.value if line.track else None,
            kind=line.kind,
            room=line.room,
        )
        for line in reading.agenda
    ]


def agenda_data(lines: Iterable[AgendaLine], *, default_day: dt.date | None = None) -> list[dict[str, Any]]:
    """Return raw data of the ``agenda`` stream: days in the order of their dates, in them the lines in their order.

    Lines without a day go to ``default_day``; without that, to a day without a date, which stands first.
    """
    days: dict[dt.date | None, list[AgendaLine]] = {}
    for line in lines:
        days.setdefault(line.day or default_day, []).append(line)
    ordered = sorted(days.items(), key=lambda each: each[0] or dt.date.min)
    return [day_data(day, found) for day, found in ordered]


def day_data(day: dt.date | None, lines: Iterable[AgendaLine]) -> dict[str, Any]:
    """Return raw data of one day, its tracks named in the order in which they come."""
    lines = list(lines)
    tracks: dict[str, str] = {}
    for line in lines:
        if name := clipped(line.track, LONGEST_TRACK):
            tracks.setdefault(name.casefold(), name)
    return _block(
        "day",
        {
            "date": day.isoformat() if day else None,
            "heading": "",
            "tracks": [track_data(name) for name in tracks.values()],
            "sessions": [line_data(line, tracks) for line in lines],
        },
    )


def track_data(name: str) -> dict[str, Any]:
    """Return raw data of a track."""
    return _block("track", {"name": name, "audience": "", "room": ""})


def line_data(line: AgendaLine, tracks: dict[str, str] | None = None) -> dict[str, Any]:
    """Return raw data of a session or a break; ``tracks``: how the day spells its tracks.

    A break of one track, or one at which somebody speaks, is a session: a break has no place for either.
    """
    hours = {"start": hour_text(line.start), "end": hour_text(line.end)}
    track = clipped(line.track, LONGEST_TRACK)
    if line.kind == BREAK and not line.people and not track:
        return _block(BREAK, {**hours, "title": clipped(line.title, LONGEST_BREAK)}, line.block_id)
    value = {
        **hours,
        "kind": line.kind if line.kind in SessionKind.values else SessionKind.SESSION.value,
        "title": clipped(line.title, LONGEST_TITLE),
        "speakers": [{"type": "item", "value": speaker_data(each), "id": new_id()} for each in line.people],
        "description": "",
        "room": clipped(line.room, LONGEST_TRACK),
        "track": (tracks or {}).get(track.casefold(), track),
        "documents": [],
    }
    return _block("session", value, line.block_id)


def speaker_data(person: LinePerson) -> dict[str, Any]:
    """Return raw data of a speaker; an empty role or organisation is the card's own."""
    return {
        "person": person.person_id,
        "name": clipped(person.name, LONGEST_NAME),
        "role": clipped(person.role, LONGEST_NAME),
        "organisation": clipped(person.organisation, LONGEST_NAME),
    }


def lines_of_agenda(stream: Any, first_day: dt.date | None = None) -> list[AgendaLine]:
    """Return the lines of an ``agenda`` stream; a first day without a date is ``first_day``."""
    load_organisations(stream)
    return [
        line_of_child(child, day.value.get("date") or (first_day if position == 0 else None))
        for position, day in enumerate(stream)
        for child in day.value["sessions"]
    ]


def load_organisations(stream: Any) -> None:
    """Fetch the organisations of all chosen speakers together, however many there are."""
    cards = [
        speaker["person"]
        for day in stream
        for child in day.value["sessions"]
        for speaker in child.value.get("speakers") or []
        if speaker.get("person") is not None
    ]
    if cards:
        prefetch_related_objects(cards, "organisation")


def line_of_child(child: Any, day: dt.date | None) -> AgendaLine:
    """Return the line of one session or break of a stream."""
    value = child.value
    return AgendaLine(
        day=day,
        start=value.get("start"),
        end=value.get("end"),
        title=value.get("title") or "",
        people=tuple(person for each in value.get("speakers") or [] if (person := line_person(each)).name),
        track=value.get("track") or None,
        kind=BREAK if child.block_type == BREAK else value.get("kind") or SessionKind.SESSION.value,
        room=value.get("room") or None,
        block_id=child.id,
    )


def line_person(speaker: Any) -> LinePerson:
    """Return a speaker of the stream as shown."""
    shown, card = speaker.shown, speaker.get("person")
    return LinePerson(
        shown["name"], shown["role"] or None, shown["organisation"] or None, card.pk if card is not None else None
    )


def clipped(text: str | None, limit: int) -> str:
    """``text`` on one line, shortened at a word where it is longer than its field."""
    words = squeeze(text or "")
    if len(words) <= limit:
        return words
    return f"{words[: limit - 1].rsplit(' ', 1)[0]}…"


def new_id() -> str:
    """An id for a new block."""
    return str(uuid.uuid4())


def _block(kind: str, value: dict[str, Any], block_id: str | None = None) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": block_id or new_id()}


def hour_text(hour: dt.time | None) -> str | None:
    """``10:15``."""
    return f"{hour:%H:%M}" if hour else None
