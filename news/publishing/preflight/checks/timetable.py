"""A day of a programme as a timetable: what somebody who follows one track goes through, from hour to hour.

Pure: no database, no page. Minutes count from the midnight at which the day begins. A session without an end ends where
the next one of its lane begins.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from wagtail_newsroom.news.enums import SessionKind
from wagtail_newsroom.news.timing.nights import Hours, after_midnight
from wagtail_newsroom.news.wording import dates

DAY = 24 * 60
# Minutes in which nothing is planned and which nobody has to be asked about.
SHORT_GAP = 30


@dataclass(frozen=True)
class Speaker:
    """``pk``: of the chosen person, ``None`` for a typed name."""

    name: str
    pk: int | None = None

    def is_same(self, other: "Speaker") -> bool:
        """One person: chosen twice, or of one name, unless two people of that name were chosen."""
        if self.pk is not None and other.pk is not None:
            return self.pk == other.pk
        return " ".join(self.name.casefold().split()) == " ".join(other.name.casefold().split())


@dataclass(frozen=True)
class Slot:
    """A session or a break. ``field``: where it stands in the form; ``track``: empty where everybody attends.

    ``is_after_midnight``: it continues the day's night on the next date, as :func:`with_nights` says.
    """

    title: str
    start: dt.time | None = None
    end: dt.time | None = None
    track: str = ""
    kind: str = SessionKind.SESSION
    is_break: bool = False
    speakers: tuple[Speaker, ...] = ()
    field: str = ""
    is_after_midnight: bool = False

    @property
    def hours(self) -> str:
        """“10:00–11:00”, “10:00”."""
        return "–".join(dates.plain_time(hour) for hour in (self.start, self.end) if hour is not None)

    @property
    def lane(self) -> str:
        """The track, however it is spelled."""
        return self.track.strip().casefold()

    @property
    def ends_wrongly(self) -> bool:
        """Its end is its start, or lies before it and cannot be meant for the next day."""
        if self.start is None or self.end is None:
            return False
        return self.end == self.start or (self.end < self.start and not self.hours_told.lasts_past_midnight)

    @property
    def hours_told(self) -> Hours:
        return Hours(self.start, self.end, self.track)

    @property
    def begins(self) -> int:
        """Its first minute, from the midnight at which the day begins."""
        return _minutes(self.start) + (DAY if self.is_after_midnight else 0)

    @property
    def lasts_past_midnight(self) -> bool:
        """Some of it, or all, lies on the next date."""
        return self.is_after_midnight or self.hours_told.lasts_past_midnight


@dataclass(frozen=True)
class Span:
    """A slot with its minutes. ``ends`` is ``None`` where nobody can tell; ``slot`` where other tracks fill the time."""

    slot: Slot | None
    begins: int
    ends: int | None


@dataclass(frozen=True)
class Hole:
    """Nothing is planned between ``before`` and ``after``. ``track``: in that one alone; ``from_minute``: of the day."""

    before: Slot
    after: Slot
    from_minute: int
    track: str


def with_nights(slots: list[Slot]) -> list[Slot]:
    """``slots`` in their order, each with whether it begins after the day's midnight."""
    nights = after_midnight(slot.hours_told for slot in slots)
    return [replace(slot, is_after_midnight=night) for slot, night in zip(slots, nights, strict=True)]


def lanes(slots: list[Slot]) -> list[list[Slot]]:
    """What each track goes through, common slots included, in the order of the form."""
    names = list(dict.fromkeys(slot.lane for slot in slots if slot.lane)) or [""]
    return [[slot for slot in slots if slot.lane in ("", name)] for name in names]


def spans(lane: list[Slot]) -> list[Span]:
    """The slots of one lane that have an hour, by their hours."""
    timed = sorted((slot for slot in lane if slot.start is not None), key=lambda slot: slot.begins)
    starts = sorted({slot.begins for slot in timed})
    found = []
    for slot in timed:
        ends = next((later for later in starts if later > slot.begins), None)
        if slot.end is not None and not slot.ends_wrongly:
            ends = _minutes(slot.end) + (DAY if slot.lasts_past_midnight else 0)
        found.append(Span(slot, slot.begins, ends))
    return found


def overlaps(slots: list[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """Pairs of one lane that run at the same time, earlier first. A registration desk is open beside anything."""
    seen = set()
    for lane in lanes(slots):
        widest: Span | None = None
        for span in spans([slot for slot in lane if slot.kind != SessionKind.REGISTRATION]):
            if widest and (span.begins == widest.begins or span.begins < (widest.ends or 0)):
                pair = (widest.slot, span.slot)
                if pair not in seen and widest.slot is not None and span.slot is not None:
                    seen.add(pair)
                    yield widest.slot, span.slot
            if widest is None or (span.ends or span.begins) > (widest.ends or widest.begins):
                widest = span


def holes(slots: list[Slot]) -> Iterator[Hole]:
    """Times of more than :data:`SHORT_GAP` in which a lane has nothing. One that all its tracks share comes once."""
    found: dict[tuple[int, Slot], list[Hole]] = {}
    for lane in lanes(slots):
        track = next((slot.track for slot in lane if slot.lane), "")
        busy = sorted([*spans(lane), *_filled_by_others(slots, track)], key=lambda span: span.begins)
        for position, (before, after) in enumerate(pairwise(busy)):
            until = max(span.ends or span.begins for span in busy[: position + 1])
            if after.begins - until > SHORT_GAP and before.slot is not None and after.slot is not None:
                found.setdefault((until, after.slot), []).append(Hole(before.slot, after.slot, until, track))
    for shared in found.values():
        first = shared[0]
        yield first if len(shared) == 1 else Hole(first.before, first.after, first.from_minute, "")


def _filled_by_others(slots: list[Slot], track: str) -> Iterator[Span]:
    """Parts of the day in which only other tracks run: whoever follows ``track`` in other parts goes to one of these."""
    lane = track.strip().casefold()
    for parallel, group in groupby(slots, key=lambda slot: bool(slot.lane)):
        part = list(group)
        if parallel and all(slot.lane != lane for slot in part) and (timed := spans(part)):
            yield Span(None, timed[0].begins, max(span.ends or span.begins for span in timed))


def out_of_order(slots: list[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """Neighbours of a lane whose later one starts earlier; each of these comes once."""
    seen = set()
    for lane in lanes(slots):
        for before, after in pairwise(slot for slot in lane if slot.start is not None):
            if after.begins < before.begins and after not in seen:
                seen.add(after)
                yield before, after


def open_ends(slots: list[Slot]) -> list[Slot]:
    """Slots without an end that nothing follows. A closing, and a break at the end, last as long as they last."""
    found = [span.slot for lane in lanes(slots) for span in spans(lane) if span.ends is None and span.slot is not None]
    natural = (SessionKind.CLOSING, SessionKind.TRAVEL)
    return [
        slot for slot in dict.fromkeys(found) if slot.end is None and slot.kind not in natural and not slot.is_break
    ]


def in_two_places(slots: list[Slot]) -> Iterator[tuple[Speaker, Slot, Slot]]:
    """Speakers of two tracks at once."""
    timed = {span.slot: span for lane in lanes(slots) for span in spans(lane) if span.slot and span.slot.speakers}
    ordered = sorted(timed.values(), key=lambda span: span.begins)
    for position, one in enumerate(ordered):
        for other in ordered[position + 1 :]:
            if one.slot is None or other.slot is None or not (one.slot.lane and other.slot.lane):
                continue
            if one.slot.lane != other.slot.lane and other.begins < (one.ends or one.begins + 1):
                for speaker in one.slot.speakers:
                    if any(speaker.is_same(each) for each in other.slot.speakers):
                        yield speaker, one.slot, other.slot


def is_long(start: dt.time | None, end: dt.time | None) -> bool:
    """More than :data:`SHORT_GAP` lies between two hours of one day."""
    return start is not None and end is not None and _minutes(end) - _minutes(start) > SHORT_GAP


def _minutes(hour: dt.time | None) -> int:
    return hour.hour * 60 + hour.minute if hour is not None else 0
