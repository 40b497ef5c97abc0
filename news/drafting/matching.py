"""Which line of a pasted programme is which session of the event: one to one, by title, hours, day and speakers.

Pairs are taken from the likeliest down. A line is compared only with sessions that share a word, a speaker or the
hour, so that a thousand lines against a thousand sessions stay a matter of a second or two.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wagtail_newsroom.news.drafting.agenda import AgendaLine, LinePerson
from wagtail_newsroom.news.drafting.known import same_person
from wagtail_newsroom.news.drafting.outgoing import is_written, title_as_written
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze

NEW, GONE, MOVED, CHANGED, UNCHANGED, STAYING = "new", "gone", "moved", "changed", "unchanged", "staying"
PLACES = ("day", "start", "end", "track", "room")  # what makes a session moved
COMMON = 40  # a word of more sessions than this finds nobody alone
SAME_TITLE, LIKELY_TITLE = 0.62, 0.3
FIXED_KINDS = ("break", "registration", "opening", "closing")


@dataclass(frozen=True)
class Pair:
    """A pasted line with the session that it is: ``line`` is ``None`` where the session is gone, ``old`` where it is new."""

    line: AgendaLine | None
    old: AgendaLine | None
    changes: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """``new``, ``gone``, ``moved``, ``changed`` or ``unchanged``; what moved may have changed as well.

        ``staying``: not named, but a programme in words could not name it, for it has no hour.
        """
        if self.old is None:
            return NEW
        if self.line is None:
            return GONE if is_written(self.old) else STAYING
        if any(change in PLACES for change in self.changes):
            return MOVED
        return CHANGED if self.changes else UNCHANGED


def match(lines: Sequence[AgendaLine], old: Sequence[AgendaLine]) -> list[Pair]:
    """Return a pair for each line in their order, then one for each session that no line is, in theirs."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    _take_exact(lines, old, found, taken)
    for index, other in _likely(lines, old, found, taken):
        if index not in found and other not in taken:
            found[index] = other
            taken.add(other)
    names_people = any(line.people for line in lines)
    pairs = []
    for index, line in enumerate(lines):
        session = old[found[index]] if index in found else None
        changes = changes_of(line, session, names_people=names_people) if session else ()
        pairs.append(Pair(line, session, changes))
    return pairs + [Pair(None, session) for index, session in enumerate(old) if index not in taken]


def changes_of(line: AgendaLine, old: AgendaLine, *, names_people: bool = True) -> tuple[str, ...]:
    """Return what a line says otherwise than the session: names of fields.

    What a programme may leave unsaid (an end, a room, an office, anybody's name where it names nobody) is no change.
    """
    said = {
        "day": line.day is not None and old.day is not None and line.day != old.day,
        "start": line.start != old.start,
        "end": line.end != old.end and (line.end is not None or line.start != old.start),
        "track": _key(line.track) != _key(old.track),
        "room": bool(line.room) and _key(line.room) != _key(old.room),
        "title": title_key(line.title) != title_key(old.title),
        "people": names_people and people_differ(line.people, old.people),
    }
    return tuple(name for name, differs in said.items() if differs)


def people_differ(said: Sequence[LinePerson], old: Sequence[LinePerson]) -> bool:
    """Tell whether other people are named, or somebody's office is told otherwise."""
    if len(said) != len(old):
        return True
    return any(
        not is_same_person(one.name, other.name)
        or (one.role is not None and _key(one.role) != _key(other.role))
        or (one.organisation is not None and _key(one.organisation) != _key(other.organisation))
        for one, other in zip(said, old, strict=True)
    )


def people_added(pair: Pair) -> list[LinePerson]:
    """Those whom a line names and its session did not."""
    if pair.line is None or (pair.old is not None and "people" not in pair.changes):
        return []
    old = pair.old.people if pair.old else ()
    return [person for person in pair.line.people if not any(is_same_person(person.name, each.name) for each in old)]


def is_same_person(one: str, other: str) -> bool:
    """Tell whether two names are one person's: the same but for titles, commas and brackets."""
    return _name(one) == _name(other)


@lru_cache(maxsize=8192)
def _name(name: str) -> str:
    return " ".join(re.findall(r"\w+", same_person(re.sub(r"[,();:]", " ", name))))


@lru_cache(maxsize=8192)
def title_key(title: str) -> str:
    """A title as it is compared: dashes, quotation marks and the punctuation at its ends do not count."""
    words = re.sub(r"[‐‑‒–—―−]", "-", title_as_written(title) or squeeze(title))
    return squeeze(re.sub(r"[\"'„”“«»‚‘’]", "", words).replace("…", "..."))


def _key(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def _take_exact(lines: Sequence[AgendaLine], old: Sequence[AgendaLine], found: dict[int, int], taken: set[int]) -> None:
    """Pairs that agree in title and in ever less of the rest. Among breaks of one name the nearest in time is meant."""
    for way in (("day", "start", "track"), ("day", "start"), ("day", "track"), ("day",), ("start",)):
        places: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for index, session in enumerate(old):
            if index not in taken:
                places[_sign(session, way)].append(index)
        for index, line in enumerate(lines):
            near = places.get(_sign(line, way))
            if index in found or not near or (line.day is None and "day" in way):
                continue
            other = min(near, key=lambda each: (_minutes_apart(line.start, old[each].start), each))
            near.remove(other)
            found[index] = other
            taken.add(other)


def _sign(line: AgendaLine, way: tuple[str, ...]) -> tuple[object, ...]:
    parts = {"day": line.day, "start": line.start, "track": _key(line.track)}
    return fold(title_key(line.title)), *(parts[name] for name in way)


def _minutes_apart(one: dt.time | None, other: dt.time | None) -> int:
    if one is None or other is None:
        return 24 * 60
    return abs((one.hour - other.hour) * 60 + one.minute - other.minute)


def _likely(
    lines: Sequence[AgendaLine], old: Sequence[AgendaLine], found: dict[int, int], taken: set[int]
) -> list[tuple[int, int]]:
    """Pairs that are probably one session, the likeliest first."""
    free = [index for index in range(len(old)) if index not in taken]
    by_trait: dict[object, list[int]] = defaultdict(list)
    for index in free:
        for trait in _traits(old[index]):
            by_trait[trait].append(index)
    scored: list[tuple[float, int, int, int]] = []
    for index, line in enumerate(lines):
        if index in found:
            continue
        near = {other for trait in _traits(line) if len(by_trait[trait]) <= COMMON for other in by_trait[trait]}
        for other in near:
            score = likeness(line, old[other])
            if score > 0:
                scored.append((-score, _minutes_apart(line.start, old[other].start), index, other))
    return [(index, other) for _score, _apart, index, other in sorted(scored)]


def _traits(line: AgendaLine) -> set[object]:
    """What two lines have to share to be compared at all."""
    words = {word for word in re.findall(r"\w+", fold(line.title)) if len(word) > 3}
    traits: set[object] = {word[:6] for word in words}  # whatever its ending
    traits.add(("title", fold(title_key(line.title))))
    traits |= {("person", _name(person.name)) for person in line.people}
    traits.add(("at", line.day, line.start))
    return traits


def likeness(line: AgendaLine, old: AgendaLine) -> float:
    """How likely a line is the session, above 0 where it may be taken for it."""
    title = title_likeness(line.title, old.title)
    same_day = line.day is None or old.day is None or line.day == old.day
    same_slot = same_day and line.start is not None and line.start == old.start
    ours, theirs = ({_name(person.name) for person in each.people} for each in (line, old))
    shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
    same_kind = line.kind == old.kind and line.kind in FIXED_KINDS
    is_one = (
        title >= SAME_TITLE
        or (title >= LIKELY_TITLE and (same_slot or shared >= 0.5))
        or (same_slot and (shared >= 0.5 or same_kind))
    )
    if not is_one:
        return 0.0
    same_track = _key(line.track) == _key(old.track)
    return title + 0.4 * same_slot + 0.15 * same_day + 0.4 * shared + 0.05 * same_track


def title_likeness(one: str, other: str) -> float:
    """0 to 1, by the triples of letters that two titles share; other numbers in them make them two titles."""
    first, second = _triples(one), _triples(other)
    if not first or not second:
        return 0.0
    shared = len(first & second)
    dice = 2 * shared / (len(first) + len(second))
    smaller = min(len(first), len(second))
    inside = 0.9 * shared / smaller if smaller >= 8 else 0.0
    alike = max(dice, inside)
    return alike * 0.4 if _numbers(one) != _numbers(other) else alike


@lru_cache(maxsize=8192)
def _triples(title: str) -> frozenset[str]:
    words = " ".join(["", *re.findall(r"[^\W\d_]+", fold(title)), ""])
    return frozenset(words[at : at + 3] for at in range(len(words) - 2))


@lru_cache(maxsize=8192)
def _numbers(title: str) -> tuple[str, ...]:
    """Figures, Roman ones and single letters: “Panel 1”, “Sesja II”, “Grupa B”."""
    return tuple(re.findall(r"\b(?:\d+|[IVX]+|[A-Z])\b(?!\.)", title))
