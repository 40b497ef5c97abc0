"""A pasted programme put into the one that is there: what was matched keeps its id and whatever the paste does not say.

Everything works on raw data of the stream (days, in them tracks and sessions), so that nothing is saved on the way.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wagtail_newsroom.news.drafting.agenda import (
    BREAK,
    LONGEST_BREAK,
    LONGEST_TITLE,
    LONGEST_TRACK,
    AgendaLine,
    LinePerson,
    clipped,
    day_data,
    hour_text,
    line_data,
    lines_of_agenda,
    new_id,
    speaker_data,
    track_data,
)
from wagtail_newsroom.news.drafting.matching import GONE, STAYING, UNCHANGED, Pair, is_same_person
from wagtail_newsroom.news.models import EventPage

Raw = dict[str, Any]


def agenda_block() -> Any:
    """The block that the programme of an event is made of."""
    agenda: Any = EventPage._meta.get_field("agenda")
    return agenda.stream_block


def stream_of(data: list[Raw]) -> Any:
    """Return the stream value that raw data of an agenda describes."""
    return agenda_block().to_python(data)


def lines_of_data(data: list[Raw], first_day: dt.date | None = None) -> list[AgendaLine]:
    """Return the lines of an agenda given as raw data; blocks without an id of their own get one there."""
    seen: set[str] = set()
    for block in [each for day in data for each in (day, *(day["value"].get("sessions") or []))]:
        if not block.get("id") or block["id"] in seen:
            block["id"] = new_id()
        seen.add(block["id"])
    return lines_of_agenda(stream_of(data), first_day)


def merge(
    data: list[Raw],
    pairs: Sequence[Pair],
    *,
    keep: Collection[str] = (),
    first_day: dt.date | None = None,
    cards: Mapping[str, int] | None = None,
) -> list[Raw]:
    """Return ``data`` with the matched lines in it. ``keep``: ids of sessions that stay though nobody names them.

    ``cards``: the id of a person's card by the name as pasted, for whoever is new. What is not touched is passed on
    as it is; where nothing changes, ``data`` itself.
    """
    going = {pair.old.block_id for pair in pairs if pair.state == GONE and pair.old} - set(keep)
    if not going and all(pair.state in (UNCHANGED, GONE, STAYING) for pair in pairs):
        return data
    sessions = {child["id"]: child for day in data for child in day["value"].get("sessions") or []}
    days: dict[dt.date | None, list[AgendaLine]] = {}
    made: dict[int, Raw] = {}
    for pair in pairs:
        if pair.line is None:
            continue
        line = pair.line
        days.setdefault(line.day or (pair.old.day if pair.old else None), []).append(line)
        if pair.old and (old := sessions.get(pair.old.block_id or "")):
            made[id(line)] = _changed(old, line, pair.old, pair.changes, cards or {})
        else:
            made[id(line)] = _new(line, cards or {})
    homes = _homes(data, pairs, list(days), first_day)
    result: dict[str, Raw] = {}
    placed: dict[str, list[Raw]] = {}
    for day, lines in days.items():
        home = homes.get(day)
        fresh = day_data(day, lines)
        result_day = {**home, "value": dict(home["value"])} if home else fresh
        if home and (day is not None and _date(home, data, first_day) != day):
            result_day["value"]["date"] = day.isoformat()
        placed[result_day["id"]] = [made[id(line)] for line in lines]
        result[result_day["id"]] = result_day
    _keep(data, placed, result, going)
    for block_id, each in result.items():
        each["value"]["sessions"] = placed[block_id]
        each["value"]["tracks"] = _tracks(each, data, placed[block_id])
    ordered = sorted(result.values(), key=lambda day: _order(day, data, first_day))
    for each in ordered[1:]:  # only the first day may do without a date
        if not each["value"].get("date") and (date := _date(each, data, first_day)):
            each["value"]["date"] = date.isoformat()
    return ordered


def _new(line: AgendaLine, cards: Mapping[str, int]) -> Raw:
    made = line_data(line)
    for item, person in zip(made["value"].get("speakers") or [], line.people, strict=False):
        _give_card(item["value"], person, cards)
    return made


def _give_card(speaker: Raw, person: LinePerson, cards: Mapping[str, int]) -> None:
    """The card stands for the name; an office told for this session stays beside it."""
    if person.name in cards and not speaker.get("person"):
        speaker["person"] = cards[person.name]
        speaker["name"] = ""


def _changed(old: Raw, line: AgendaLine, before: AgendaLine, changes: Collection[str], cards: Mapping[str, int]) -> Raw:
    """The session with what its line says otherwise."""
    value = dict(old["value"])
    kind = old["type"]
    limit = LONGEST_BREAK if kind == BREAK else LONGEST_TITLE
    if kind == BREAK and (line.track or line.people):
        kind, limit = "session", LONGEST_TITLE
        value = {**line_data(AgendaLine(None, None, None, "", people=(), track="-"))["value"], **value, "track": ""}
    if "start" in changes:
        value["start"] = hour_text(line.start)
    if "end" in changes:
        value["end"] = hour_text(line.end)
    if "title" in changes:
        value["title"] = clipped(line.title, limit)
    if "track" in changes and kind != BREAK:
        value["track"] = clipped(line.track, LONGEST_TRACK)
    if "room" in changes and kind != BREAK:
        value["room"] = clipped(line.room, LONGEST_TRACK)
    if kind != BREAK and "people" in changes:
        value["speakers"] = _speakers(value.get("speakers") or [], line, before, cards)
    return {**old, "type": kind, "value": value}


def _speakers(items: list[Raw], line: AgendaLine, before: AgendaLine, cards: Mapping[str, int]) -> list[Raw]:
    """Those who are named now, in their order; whoever was there keeps their card and what was typed."""
    free = list(zip(items, _shown(items, before), strict=True))
    found = []
    for person in line.people:
        at = next((at for at, (_item, shown) in enumerate(free) if is_same_person(person.name, shown.name)), None)
        if at is None:
            item: Raw = {"type": "item", "value": speaker_data(person), "id": new_id()}
            _give_card(item["value"], person, cards)
        else:
            kept, shown = free.pop(at)
            item = {**kept, "value": dict(kept["value"])}
            for name in ("role", "organisation"):
                said = getattr(person, name)
                if said is not None and said.casefold() != (getattr(shown, name) or "").casefold():
                    item["value"][name] = clipped(said, 200)
        found.append(item)
    return found


def _shown(items: list[Raw], before: AgendaLine) -> list[LinePerson]:
    """Each item as it is shown; one without a name, which is not in the line, as nobody."""
    typed = [LinePerson(item["value"].get("name") or "") for item in items]
    if sum(bool(item["value"].get("name") or item["value"].get("person")) for item in items) != len(before.people):
        return typed  # a card that has gone meanwhile shows nobody
    named = iter(before.people)
    return [
        next(named) if item["value"].get("name") or item["value"].get("person") else nobody
        for item, nobody in zip(items, typed, strict=True)
    ]


def _date(day: Raw, data: list[Raw], first_day: dt.date | None) -> dt.date | None:
    """The date of a day; the first one without is the event's first day."""
    told = day["value"].get("date")
    if told:
        return dt.date.fromisoformat(told)
    return first_day if data and day["id"] == data[0]["id"] else None


def _homes(
    data: list[Raw], pairs: Sequence[Pair], wanted: list[dt.date | None], first_day: dt.date | None
) -> dict[dt.date | None, Raw]:
    """Which day of the stream each pasted day is: of the same date, else the one that most of its sessions come from."""
    homes: dict[dt.date | None, Raw] = {}
    for day in data:
        date = _date(day, data, first_day)
        if date in wanted and date not in homes:
            homes[date] = day
    claimed = {day["id"] for day in homes.values()}
    of_session = {child["id"]: day for day in data for child in day["value"].get("sessions") or []}
    for date in wanted:
        if date in homes:
            continue
        origins = Counter(
            of_session[pair.old.block_id]["id"]
            for pair in pairs
            if pair.line and pair.old and pair.old.block_id in of_session and (pair.line.day or pair.old.day) == date
        )
        best = next((block_id for block_id, _count in origins.most_common() if block_id not in claimed), None)
        if best is not None:
            homes[date] = next(day for day in data if day["id"] == best)
            claimed.add(best)
    return homes


def _keep(data: list[Raw], placed: dict[str, list[Raw]], result: dict[str, Raw], going: set[str | None]) -> None:
    """Put what stays though it is not named behind the session that it stood behind; empty days stay too."""
    there = {child["id"] for children in placed.values() for child in children}
    for day in data:
        children = day["value"].get("sessions") or []
        staying = [child for child in children if child["id"] not in there and child["id"] not in going]
        if day["id"] not in result:
            if children and not staying:
                continue
            result[day["id"]], placed[day["id"]] = {**day, "value": dict(day["value"])}, []
        new = placed[day["id"]]
        before: Raw | None = None
        for child in children:
            if child in staying:
                at = next((at + 1 for at, each in enumerate(new) if before and each["id"] == before["id"]), 0)
                new.insert(at, child)
                before = child
            elif any(each["id"] == child["id"] for each in new):
                before = child


def _tracks(day: Raw, data: list[Raw], children: list[Raw]) -> list[Raw]:
    """The day's tracks: those that were there but for what lost its last session, then those that are named first now."""
    original = next((each for each in data if each["id"] == day["id"]), None)
    had = list(original["value"].get("tracks") or []) if original else []
    used = {_name(child["value"].get("track")): child["value"].get("track") for child in children}
    used.pop("", None)
    before = (
        {_name(child["value"].get("track")) for child in (original["value"].get("sessions") or [])}
        if original
        else set()
    )
    kept = [
        track for track in had if _name(track["value"]["name"]) in used or _name(track["value"]["name"]) not in before
    ]
    known = {_name(track["value"]["name"]) for track in kept}
    elsewhere = {_name(track["value"]["name"]): track for each in data for track in each["value"].get("tracks") or []}
    for name, spelt in used.items():
        if name not in known:
            twin = elsewhere.get(name)
            made = track_data(spelt or "")
            kept.append({**made, "value": dict(twin["value"])} if twin else made)
    return kept


def _name(track: str | None) -> str:
    return (track or "").strip().casefold()


def _order(day: Raw, data: list[Raw], first_day: dt.date | None) -> tuple[dt.date, int]:
    """By date; a day without one stays behind the day that it stood behind."""
    before = dt.date.min
    for position, each in enumerate(data):
        before = _date(each, data, first_day) or before
        if each["id"] == day["id"]:
            told = day["value"].get("date")
            return (dt.date.fromisoformat(told) if told else before, position)
    told = day["value"].get("date")
    return (dt.date.fromisoformat(told) if told else dt.date.min, len(data))
