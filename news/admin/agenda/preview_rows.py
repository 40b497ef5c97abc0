"""What becomes of each line, in words: for the preview of a pasted programme."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from wagtail_newsroom.news.drafting.agenda import AgendaLine, LinePerson
from wagtail_newsroom.news.drafting.matching import CHANGED, GONE, MOVED, NEW, STAYING, UNCHANGED, Pair
from wagtail_newsroom.news.wording import dates


@dataclass(frozen=True)
class Card:
    """Somebody of the list of people who is called like a pasted name."""

    name: str
    person: Any

    @property
    def office(self) -> str:
        """“director, Open Gate Foundation”; empty where the card tells neither."""
        return ", ".join(part for part in (self.person.role, str(self.person.organisation or "")) if part)


@dataclass(frozen=True)
class Row:
    """A line of the preview. ``differences``: what it was before."""

    pair: Pair
    state: str
    label: str
    shown: AgendaLine
    differences: tuple[str, ...]

    @property
    def day(self) -> str:
        """“4 maja 2026”."""
        return dates.plain_date(self.shown.day) if self.shown.day else ""

    @property
    def hours(self) -> str:
        """“10:15–11:00”."""
        return hours_of(self.shown)

    @property
    def people(self) -> str:
        """Those who speak, with their offices."""
        return people_in_words(self.shown.people)

    @property
    def old_id(self) -> str:
        """Id of the session that was there."""
        return (self.pair.old.block_id if self.pair.old else None) or ""


def rows_of(pairs: Sequence[Pair]) -> list[Row]:
    """Return a row for each pair, in their order."""
    labels = {
        NEW: pgettext("line of a programme", "New"),
        MOVED: pgettext("line of a programme", "Moved"),
        CHANGED: pgettext("line of a programme", "Changed"),
        GONE: pgettext("line of a programme", "Gone"),
        UNCHANGED: pgettext("line of a programme", "Unchanged"),
        STAYING: pgettext("line of a programme", "Stays"),
    }
    return [
        Row(pair, pair.state, labels[pair.state], shown, _differences(pair))
        for pair in pairs
        if (shown := pair.line or pair.old)
    ]


def summary_of(pairs: Sequence[Pair]) -> str:
    """“3 new, 1 moved, 0 changed, 0 gone”."""
    states = [pair.state for pair in pairs]
    if all(state in (UNCHANGED, STAYING) for state in states):
        return gettext("Nothing changed")
    return gettext("%(new)d new, %(moved)d moved, %(changed)d changed, %(gone)d gone") % {
        state: states.count(state) for state in (NEW, MOVED, CHANGED, GONE)
    }


def hours_of(line: AgendaLine) -> str:
    """“10:15–11:00”; empty where no hour is told."""
    return "–".join(dates.plain_time(hour) for hour in (line.start, line.end) if hour)


def people_in_words(people: Sequence[LinePerson]) -> str:
    """“Anna Nowak (director, Open Gate Foundation); Jan Lis”."""
    described = []
    for person in people:
        office = ", ".join(part for part in (person.role, person.organisation) if part)
        described.append(f"{person.name} ({office})" if office else person.name)
    return "; ".join(described)


def _differences(pair: Pair) -> tuple[str, ...]:
    """“was at 10:00–11:00”, for whatever changed."""
    old, changes = pair.old, pair.changes
    if old is None or not changes:
        return ()
    nothing = pgettext("what a session had before", "none")
    day: dt.date | None = old.day
    said = {
        "day": gettext("Day before: %(before)s") % {"before": dates.plain_date(day) if day else nothing},
        "start": gettext("Hours before: %(before)s") % {"before": hours_of(old) or nothing},
        "track": gettext("Track before: %(before)s") % {"before": old.track or nothing},
        "room": gettext("Room before: %(before)s") % {"before": old.room or nothing},
        "title": gettext("Title before: %(before)s") % {"before": old.title or nothing},
        "people": gettext("People before: %(before)s") % {"before": people_in_words(old.people) or nothing},
    }
    said["end"] = said["start"]
    return tuple(dict.fromkeys(said[change] for change in changes))
