"""What people plan by when they read a programme: day, hours, title, room and track of each session.

Read from the stored blocks alone, so that two versions of a programme are compared without asking the database.
"""

import datetime as dt
import re
from dataclasses import asdict, dataclass, fields
from difflib import SequenceMatcher
from typing import Any

# Words of a title at least this much alike (0–1), and at least this long, are one word that was mended.
ALIKE = 0.7
LONG_ENOUGH = 4


@dataclass(frozen=True)
class SessionFacts:
    """A session or a break. ``day`` is a date as text, empty where it is not known; hours as “10:00”, or empty.

    ``days_in``: days from the event's first one, ``None`` where it is not known; ``day_id``, ``after`` and ``order``
    tell its place: the block of its day, the session before it, its number in the programme.
    """

    id: str
    title: str = ""
    day: str = ""
    days_in: int | None = None
    start: str = ""
    end: str = ""
    room: str = ""
    track: str = ""
    is_break: bool = False
    day_id: str = ""
    after: str = ""
    order: int = 0

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "SessionFacts":
        """Read what :meth:`as_json` wrote; keys that are not known (any more) are left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{"id": "", **{name: value for name, value in stored.items() if name in known}})

    def as_json(self) -> dict[str, Any]:
        """As it is stored in a row."""
        return asdict(self)

    @property
    def date(self) -> dt.date | None:
        """Its day, where it is known."""
        return dt.date.fromisoformat(self.day) if self.day else None

    @property
    def hours(self) -> str:
        """“10:00–11:00”; empty where no hour is told."""
        return "–".join(hour.removeprefix("0") for hour in (self.start, self.end) if hour)


def agenda_facts(blocks: Any, first_day: dt.date | None) -> list[SessionFacts]:
    """The sessions of a programme in their order. ``blocks``: raw data of its stream."""
    found: list[SessionFacts] = []
    first_day = dt.date.fromisoformat(str(first_day)) if first_day else None
    for position, day in enumerate(blocks or []):
        value = day.get("value") or {}
        date = str(value.get("date") or (first_day or "" if position == 0 else ""))
        days_in = (dt.date.fromisoformat(date) - first_day).days if date and first_day else None
        before = ""
        for child in value.get("sessions") or []:
            said = child.get("value") or {}
            found.append(
                SessionFacts(
                    id=str(child.get("id") or ""),
                    title=_text(said.get("title")),
                    day=date,
                    days_in=days_in,
                    start=str(said.get("start") or "")[:5],
                    end=str(said.get("end") or "")[:5],
                    room=_text(said.get("room")),
                    track=_text(said.get("track")),
                    is_break=child.get("type") == "break",
                    day_id=str(day.get("id") or ""),
                    after=before,
                    order=len(found),
                )
            )
            before = str(child.get("id") or "")
    return found


def changed_parts(before: SessionFacts, now: SessionFacts) -> set[str]:
    """What of ``before`` is not true any more: “day”, “start”, “end”, “room”, “track”, “title”.

    What was not told before and is told now, a title that was mended, and a day that moved along with the whole event
    are no change to anybody who read the programme.
    """
    parts = {
        name
        for name in ("start", "end", "room", "track")
        if (was := getattr(before, name)) and was.casefold() != getattr(now, name).casefold()
    }
    moved_along = before.days_in is not None and before.days_in == now.days_in
    if before.day and before.day != now.day and not moved_along:
        parts.add("day")
    if before.title and not is_same_title(before.title, now.title):
        parts.add("title")
    return parts


def is_same_title(one: str, other: str) -> bool:
    """One title, or one that was mended: other signs or capitals, a letter. “Workshop 1” is not “Workshop 2”."""
    words = [re.findall(r"\w+", title.casefold()) for title in (one, other)]
    if len(words[0]) != len(words[1]):
        return False
    return all(before == now or _is_mended(before, now) for before, now in zip(*words, strict=True))


def _is_mended(before: str, now: str) -> bool:
    return min(len(before), len(now)) >= LONG_ENOUGH and SequenceMatcher(None, before, now).ratio() >= ALIKE


def _text(value: Any) -> str:
    return " ".join(str(value or "").split())
