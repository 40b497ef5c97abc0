"""The programme of an event on its way out: as it can be written in words, and read again to the same programme."""

import datetime as dt
import re
from typing import Any

from wagtail_newsroom.news.drafting.agenda import (
    AgendaLine,
    LinePerson,
    hour_text,
    line_of_child,
    load_organisations,
)
from wagtail_newsroom.news.reader import writing
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze

_LITTLE_WORDS = re.compile(r"\b(?:w|do|od|i|oraz|and|to)\b")  # with an hour they are a term, and no title
_BEFORE, _AFTER = " .,;:–—-|•/)", " .,;:–—-|•/"  # what a reader takes off the ends of a title


def agenda_as_writing(stream: Any, first_day: dt.date | None = None) -> writing.WrittenAgenda:
    """Return the programme as it can be written out and read again.

    A session without a beginning is left out: a programme in words is a list of hours. A day without a date is the
    one after the day before it. Rooms, descriptions and files stay with the event.
    """
    load_organisations(stream)
    days: list[writing.WrittenDay] = []
    before: dt.date | None = None
    for position, day in enumerate(stream):
        date = day.value.get("date") or (first_day if position == 0 else before and before + dt.timedelta(days=1))
        before = date or before
        lines = [line_of_child(child, date) for child in day.value["sessions"]]
        if tracks := _tracks([line for line in lines if is_written(line)]):
            days.append(writing.WrittenDay(date, tracks))
    return writing.WrittenAgenda(tuple(days))


def is_written(line: AgendaLine) -> bool:
    """Tell whether a line can be written out: it begins at some hour, and its title has a word."""
    return line.start is not None and bool(title_as_written(line.title))


def title_as_written(text: str) -> str:
    """A title on one line without punctuation at its ends; empty where no word of two letters is left."""
    words = squeeze(text).lstrip(_BEFORE).rstrip(_AFTER)
    return words if re.search(r"[a-z]{2}", _LITTLE_WORDS.sub("", fold(words))) else ""


def person_as_written(person: LinePerson) -> writing.WrittenPerson:
    """A person as the written form can carry one: commas and brackets in a name would be read as an office."""
    name = squeeze(re.sub(r"[,();:]", " ", person.name))
    name = squeeze(re.sub(r"\s[–—-]\s", "-", name)).strip(_BEFORE)
    role, organisation = (
        squeeze((each or "").replace(";", ",")) or None for each in (person.role, person.organisation)
    )
    return writing.WrittenPerson(name, role, organisation)


def _tracks(lines: list[AgendaLine]) -> tuple[writing.WrittenTrack, ...]:
    """Neighbours of one track stand together."""
    found: list[tuple[str | None, list[writing.WrittenSession]]] = []
    for line in lines:
        name = title_as_written(line.track or "") or squeeze(line.track or "") or None
        if not found or (found[-1][0] or "").casefold() != (name or "").casefold():
            found.append((name, []))
        people = tuple(person for each in line.people if (person := person_as_written(each)).name)
        hours = hour_text(line.start) or "", hour_text(line.end)
        found[-1][1].append(writing.WrittenSession(*hours, title_as_written(line.title), people))
    return tuple(writing.WrittenTrack(tuple(sessions), name) for name, sessions in found)
