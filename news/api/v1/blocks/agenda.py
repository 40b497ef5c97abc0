"""The programme of an event, read from what is stored."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from wagtail_newsroom.news.api.v1.blocks import raw
from wagtail_newsroom.news.api.v1.blocks.forms import found_files
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.enums import SessionKind
from wagtail_newsroom.news.registry.delivered import Wanting
from wagtail_newsroom.news.timing.moments import local_moment
from wagtail_newsroom.news.timing.nights import Hours, after_midnight

BREAK = "break"
Stored = tuple[str, str, dict[str, Any]]


def wants_of_agenda(stored: Any, wanted: Wanting) -> None:
    """Want the people and files of a programme. ``stored``: raw data of its stream."""
    for _id, _kind, day in _blocks(stored):
        for _pk, _type, session in _blocks(day.get("sessions")):
            for speaker in raw.items(session.get("speakers")):
                wanted.add("person", raw.pk(raw.struct(speaker).get("person")))
            for document in raw.items(session.get("documents")):
                wanted.add("document", raw.pk(document))


def read_agenda(stored: Any, found: Found, first_day: dt.date | None, tz: dt.tzinfo) -> list[dict[str, Any]]:
    """The days of a programme. ``first_day``: of the event, that of a first day without a date; ``tz``: the event's."""
    days = []
    for number, (pk, _kind, day) in enumerate(_blocks(stored)):
        date = raw.date(day.get("date")) or (first_day if number == 0 else None)
        tracks = [
            {name: raw.text(track.get(name)) for name in ("name", "audience", "room")}
            for _pk, _type, track in _blocks(day.get("tracks"))
        ]
        sessions = _sessions(
            _blocks(day.get("sessions")), date, {track["name"].casefold(): track["name"] for track in tracks}, tz, found
        )
        days.append(
            {"id": pk, "date": date, "heading": raw.text(day.get("heading")), "tracks": tracks, "sessions": sessions}
        )
    return days


def _blocks(stored: Any) -> list[Stored]:
    return [(pk, kind, raw.struct(value)) for pk, kind, value in raw.children(stored)]


def _sessions(
    stored: list[Stored], day: dt.date | None, tracks: dict[str, str], tz: dt.tzinfo, found: Found
) -> list[dict[str, Any]]:
    hours = [
        Hours(raw.hour(said.get("start")), raw.hour(said.get("end")), raw.text(said.get("track")))
        for _pk, _kind, said in stored
    ]
    sessions = []
    for (pk, kind, said), each, is_night in zip(stored, hours, after_midnight(hours), strict=True):
        date = _later(day, is_night)
        starts_at = _moment(date, each.start, tz)
        sessions.append(
            {
                "id": pk,
                "kind": BREAK if kind == BREAK else _kind_of(said),
                "title": raw.text(said.get("title")),
                "description": raw.text(said.get("description")),
                "start": each.start,
                "end": each.end,
                "starts_at": starts_at,
                "ends_at": _end(date, each, tz, starts_at),
                "speakers": [
                    shown
                    for speaker in raw.items(said.get("speakers"))
                    if (shown := _speaker(raw.struct(speaker), found))["name"]
                ],
                "room": raw.text(said.get("room")),
                "track": tracks.get(each.lane, ""),
                "documents": found_files(said.get("documents"), found),
            }
        )
    return sessions


def _kind_of(said: dict[str, Any]) -> str:
    kind = raw.text(said.get("kind"))
    return kind if kind in SessionKind.values else SessionKind.SESSION.value


def _speaker(said: dict[str, Any], found: Found) -> dict[str, Any]:
    """What was typed for the session counts before what the person's card says."""
    person = found.get("person", raw.pk(said.get("person")))
    card = person or {}
    known = {name: card.get(name, "") for name in ("name", "role", "organisation")}
    shown = {name: raw.text(said.get(name)) or value for name, value in known.items()}
    return {**shown, "person": {name: card[name] for name in ("id", "key", "name")} if person else None}


def _later(day: dt.date | None, is_next: bool) -> dt.date | None:
    """``day``, or the one after it; ``None`` after the last one that there is."""
    return day + dt.timedelta(days=1) if day and is_next and day < dt.date.max else None if is_next else day


def _moment(day: dt.date | None, hour: dt.time | None, tz: dt.tzinfo) -> dt.datetime | None:
    """In UTC; ``None`` too for an hour that clocks skip, which only code can store."""
    if day is None or hour is None:
        return None
    try:
        return local_moment(day, hour, tz).astimezone(dt.UTC)
    except (ValidationError, OverflowError):
        return None


def _end(day: dt.date | None, hours: Hours, tz: dt.tzinfo, starts_at: dt.datetime | None) -> dt.datetime | None:
    if starts_at is None or hours.start is None or hours.end is None:
        return None
    end = _moment(_later(day, hours.end < hours.start), hours.end, tz)
    return end if end is not None and end > starts_at else None
