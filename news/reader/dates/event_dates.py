"""Step 2d: the event's own term and the deadline, with their hours, chosen from the dates that have these roles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from wagtail_newsroom.news.reader.dates.date_roles import DEADLINE, EVENT, LEAST_EVENT, Told
from wagtail_newsroom.news.reader.dates.written_times import Hours
from wagtail_newsroom.news.reader.text.page import Page

_LABELLED_HOURS = re.compile(
    r"(?:^|\n)[\s•\-–]*(?:godzin[ay]|godz\.?|czas trwania|czas|w godzinach|time|hours|when|start|poczatek|rozpoczecie)\s?[:\-–]\s{0,3}$"
)
_BETWEEN = re.compile(r"[a-z0-9,.:;()\-–/\"'\s\x00]*")
_OF_OTHERS = re.compile(
    r"\b(?:rejestracj|sekretariat|czynn|biuro|dyzur|telefon|tel\.|kontakt|godzinach pracy|registration)"
)


@dataclass(frozen=True, slots=True)
class When:
    """A day with the hour that the text tells, and the stretch of the (normalised) text that tells it."""

    day: date
    hour: time | None
    start: int
    end: int
    inferred: bool = False

    def iso(self) -> str:
        return f"{self.day.isoformat()}T{self.hour:%H:%M}" if self.hour else self.day.isoformat()


def event_term(
    page: Page, told: list[Told], programme: tuple[int, int] | None
) -> tuple[When | None, When | None, Told | None]:
    """Return the start and the end that the text states for the event, and the date they come from.

    Dates within the programme (its days) are left to the programme.
    """
    enough = 1 if programme else LEAST_EVENT  # a programme says that there is an event
    candidates = [
        each for each in told if each.role == EVENT and each.weight >= enough and not _within(each, programme)
    ]
    if not candidates:
        return None, None, None
    best = max(candidates, key=lambda each: each.weight)
    chosen = next(
        each for each in candidates if each.weight >= best.weight - (0 if best.weight < 6 else 1) or each is best
    )
    chosen = _wider(chosen, candidates)
    first, last = chosen.term.dates()
    if first is None or last is None or last < first:
        return None, None, chosen
    hours = next(
        (found for each in _same_day(chosen, told, programme) if (found := _hours_beside(page, each, told, programme))),
        None,
    )
    hours = hours or _labelled_hours(page, programme) or _hours_of_the_event(page, told, programme)
    term = chosen.term
    inferred = term.inferred or chosen.inferred
    begins = When(
        first,
        hours.begins if hours else None,
        term.start,
        max(term.end, hours.end if hours and 0 <= hours.start - term.end < 80 else 0),
        inferred,
    )
    ends = None
    if last > first:
        ends = When(last, hours.ends if hours else None, term.start, term.end, inferred)
    elif hours and hours.ends:
        ends = When(last, hours.ends, hours.start, hours.end, inferred)
    return begins, ends, chosen


def _within(each: Told, programme: tuple[int, int] | None) -> bool:
    return programme is not None and programme[0] <= each.term.start < programme[1]


def _wider(chosen: Told, candidates: list[Told]) -> Told:
    """A range of days that begins on the chosen day tells more than the day alone."""
    for each in candidates:
        if (
            each.term.several
            and not chosen.term.several
            and each.term.first == chosen.term.first
            and each.weight >= LEAST_EVENT
        ):
            return each
    return chosen


def _same_day(chosen: Told, told: list[Told], programme: tuple[int, int] | None) -> list[Told]:
    others = [
        each
        for each in told
        if each is not chosen
        and each.role == EVENT
        and each.term.first == chosen.term.first
        and not _within(each, programme)
    ]
    return [chosen, *others]


_JOINING = re.compile(r"[\s,;]{0,4}(?:i|oraz|and)?[\s,]{0,4}(?:w dniu|dnia)?\s{0,3}")


def _hours_beside(page: Page, each: Told, told: list[Told], programme: tuple[int, int] | None) -> Hours | None:
    """The hours that go with a date: after it in its sentence or line, or right before it."""
    term = each.term
    start, end = page.sentence(term.start)
    _line_start, line_end = page.line(term.start)
    following, reached = [], term.end
    for other in told:
        if other.term.start >= term.end:
            if _JOINING.fullmatch(page.folded[reached : other.term.start]):
                reached = other.term.end  # "3 maja i 10 maja w godz. 9-15": the hours are those of both
            else:
                following.append(other.term.start)
    limit = min([max(end, line_end), term.end + 200, *following])
    if programme and term.end <= programme[0] < limit:
        limit = programme[0]
    for hours in page.hours:
        if (
            term.end <= hours.start < limit
            and not hours.until
            and not _begins_line(page, hours)
            and not _OF_OTHERS.search(page.folded[max(term.end, hours.start - 40) : hours.start])
        ):
            return hours
    for hours in page.hours:
        if (
            max(start, term.start - 60) <= hours.start
            and hours.end <= term.start
            and not hours.until
            and not any(hours.end <= other.term.start < term.start for other in told)
        ):
            between = page.folded[hours.end : term.start]
            if (
                not re.search(r"[.!?\n]\s", between)
                and (hours.cued or len(between) < 25)
                and not _begins_line(page, hours)
            ):
                return hours
    return None


def _begins_line(page: Page, hours: Hours) -> bool:
    """A line of a programme begins with its hours and goes on with words."""
    start, end = page.line(hours.start)
    head = page.folded[start : hours.start].strip(" \t•-–*")
    tail = page.folded[hours.end : end].strip(" \t.,;)")
    if head or len(tail) < 3:
        return False
    before = page.folded[max(0, start - 40) : start].rstrip(" \t")
    wrapped = bool(re.search(r"(?:godzin\w{0,3}|godz\.|o|od)\n$", before))
    return not wrapped and not (hours.cued and re.match(r"[,;]", page.folded[hours.end : end].strip()))


def _hours_of_the_event(page: Page, told: list[Told], programme: tuple[int, int] | None) -> Hours | None:
    """``Spotkanie odbędzie się w godzinach 10:00-13:00 w ratuszu``: hours in a sentence of their own."""
    for hours in page.hours:
        if hours.until or not (hours.cued or hours.ends) or (programme and programme[0] <= hours.start < programme[1]):
            continue
        start, end = page.sentence(hours.start)
        before = page.folded[start : hours.start]
        if not _TAKES_PLACE.search(before) or _OF_OTHERS.search(before):
            continue
        if not any(start <= each.term.start < end for each in told):
            return hours
    return None


_TAKES_PLACE = re.compile(
    r"\b(?:odbedzie|odbeda|rozpocznie|rozpoczynamy|zaczynamy|startujemy|spotykamy|potrwa|poczatek|takes place|will be held|starts|begins)\b"
)


def _labelled_hours(page: Page, programme: tuple[int, int] | None) -> Hours | None:
    for hours in page.hours:
        if programme and programme[0] <= hours.start < programme[1]:
            continue
        before = page.folded[max(0, hours.start - 30) : hours.start]
        label = page.folded[hours.start : hours.end]
        line_start, line_end = page.line(hours.start)
        alone = (
            len(page.folded[line_start : hours.start].strip()) < 2
            and len(page.folded[hours.end : line_end].strip(" .")) < 2
        )
        if _LABELLED_HOURS.search(before) or (hours.cued and alone and label):
            return hours
    return None


def deadline(page: Page, told: list[Told], event: date | None) -> tuple[When | None, Told | None]:
    """Return the deadline for registration that the text states most plainly."""
    candidates = [each for each in told if each.role == DEADLINE and each.term.last.on()]
    if event:
        candidates = [each for each in candidates if (each.term.last.on() or event) <= event] or candidates
    if not candidates:
        return None, None
    chosen = max(candidates, key=lambda each: (each.weight >= 3, -each.term.start))
    day = chosen.term.last.on()
    if day is None:
        return None, chosen
    hours = _deadline_hour(page, chosen)
    end = max(chosen.term.end, hours.end if hours else 0)
    start = min(chosen.term.start, hours.start if hours else chosen.term.start)
    hour = (hours.ends or hours.begins) if hours else None
    return When(day, hour, start, end, chosen.term.inferred), chosen


def _deadline_hour(page: Page, chosen: Told) -> Hours | None:
    term = chosen.term
    _start, end = page.sentence(term.start)
    for hours in page.hours:
        if term.end <= hours.start < min(end, term.end + 40) and not re.search(
            r"[a-z]{9,}", page.folded[term.end : hours.start]
        ):
            return hours
        if hours.end <= term.start <= hours.end + 12 and (hours.until or hours.cued):
            return hours
    return None
