"""Step 2d: the event's own period and the deadline, with their hours, chosen from the dates that have these roles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from wagtail_newsroom.news.reader.dates.date_roles import DEADLINE, EVENT, LEAST_EVENT, DateWithRole
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


def event_period(
    page: Page, dates: list[DateWithRole], agenda: tuple[int, int] | None
) -> tuple[When | None, When | None, DateWithRole | None]:
    """Return the start and the end that the text states for the event, and the date they come from.

    Dates within the programme (its days) are left to the programme.
    """
    enough = 1 if agenda else LEAST_EVENT  # a programme says that there is an event
    candidates = [each for each in dates if each.role == EVENT and each.weight >= enough and not _within(each, agenda)]
    if not candidates:
        return None, None, None
    best = max(candidates, key=lambda each: each.weight)
    chosen = next(
        each for each in candidates if each.weight >= best.weight - (0 if best.weight < 6 else 1) or each is best
    )
    chosen = _wider(chosen, candidates)
    first, last = chosen.period.dates()
    if first is None or last is None or last < first:
        return None, None, chosen
    hours = next(
        (found for each in _same_day(chosen, dates, agenda) if (found := _hours_beside(page, each, dates, agenda))),
        None,
    )
    hours = hours or _labelled_hours(page, agenda) or _hours_of_the_event(page, dates, agenda)
    period = chosen.period
    inferred = period.inferred or chosen.inferred
    begins = When(
        first,
        hours.begins if hours else None,
        period.start,
        max(period.end, hours.end if hours and 0 <= hours.start - period.end < 80 else 0),
        inferred,
    )
    ends = None
    if last > first:
        ends = When(last, hours.ends if hours else None, period.start, period.end, inferred)
    elif hours and hours.ends:
        ends = When(last, hours.ends, hours.start, hours.end, inferred)
    return begins, ends, chosen


def _within(each: DateWithRole, agenda: tuple[int, int] | None) -> bool:
    return agenda is not None and agenda[0] <= each.period.start < agenda[1]


def _wider(chosen: DateWithRole, candidates: list[DateWithRole]) -> DateWithRole:
    """A range of days that begins on the chosen day tells more than the day alone."""
    for each in candidates:
        if (
            each.period.several
            and not chosen.period.several
            and each.period.first == chosen.period.first
            and each.weight >= LEAST_EVENT
        ):
            return each
    return chosen


def _same_day(chosen: DateWithRole, dates: list[DateWithRole], agenda: tuple[int, int] | None) -> list[DateWithRole]:
    others = [
        each
        for each in dates
        if each is not chosen
        and each.role == EVENT
        and each.period.first == chosen.period.first
        and not _within(each, agenda)
    ]
    return [chosen, *others]


_JOINING = re.compile(r"[\s,;]{0,4}(?:i|oraz|and)?[\s,]{0,4}(?:w dniu|dnia)?\s{0,3}")


def _hours_beside(
    page: Page, each: DateWithRole, dates: list[DateWithRole], agenda: tuple[int, int] | None
) -> Hours | None:
    """The hours that go with a date: after it in its sentence or line, or right before it."""
    period = each.period
    start, end = page.sentence(period.start)
    _line_start, line_end = page.line(period.start)
    following, reached = [], period.end
    for other in dates:
        if other.period.start >= period.end:
            if _JOINING.fullmatch(page.folded[reached : other.period.start]):
                reached = other.period.end  # "3 maja i 10 maja w godz. 9-15": the hours are those of both
            else:
                following.append(other.period.start)
    limit = min([max(end, line_end), period.end + 200, *following])
    if agenda and period.end <= agenda[0] < limit:
        limit = agenda[0]
    for hours in page.hours:
        if (
            period.end <= hours.start < limit
            and not hours.until
            and not _begins_line(page, hours)
            and not _OF_OTHERS.search(page.folded[max(period.end, hours.start - 40) : hours.start])
        ):
            return hours
    for hours in page.hours:
        if (
            max(start, period.start - 60) <= hours.start
            and hours.end <= period.start
            and not hours.until
            and not any(hours.end <= other.period.start < period.start for other in dates)
        ):
            between = page.folded[hours.end : period.start]
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


def _hours_of_the_event(page: Page, dates: list[DateWithRole], agenda: tuple[int, int] | None) -> Hours | None:
    """``Spotkanie odbędzie się w godzinach 10:00-13:00 w ratuszu``: hours in a sentence of their own."""
    for hours in page.hours:
        if hours.until or not (hours.cued or hours.ends) or (agenda and agenda[0] <= hours.start < agenda[1]):
            continue
        start, end = page.sentence(hours.start)
        before = page.folded[start : hours.start]
        if not _TAKES_PLACE.search(before) or _OF_OTHERS.search(before):
            continue
        if not any(start <= each.period.start < end for each in dates):
            return hours
    return None


_TAKES_PLACE = re.compile(
    r"\b(?:odbedzie|odbeda|rozpocznie|rozpoczynamy|zaczynamy|startujemy|spotykamy|potrwa|poczatek|takes place|will be held|starts|begins)\b"
)


def _labelled_hours(page: Page, agenda: tuple[int, int] | None) -> Hours | None:
    for hours in page.hours:
        if agenda and agenda[0] <= hours.start < agenda[1]:
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


def deadline(page: Page, dates: list[DateWithRole], event: date | None) -> tuple[When | None, DateWithRole | None]:
    """Return the deadline for registration that the text states most plainly."""
    candidates = [each for each in dates if each.role == DEADLINE and each.period.last.on()]
    if event:
        candidates = [each for each in candidates if (each.period.last.on() or event) <= event] or candidates
    if not candidates:
        return None, None
    chosen = max(candidates, key=lambda each: (each.weight >= 3, -each.period.start))
    day = chosen.period.last.on()
    if day is None:
        return None, chosen
    hours = _deadline_hour(page, chosen)
    end = max(chosen.period.end, hours.end if hours else 0)
    start = min(chosen.period.start, hours.start if hours else chosen.period.start)
    hour = (hours.ends or hours.begins) if hours else None
    return When(day, hour, start, end, chosen.period.inferred), chosen


def _deadline_hour(page: Page, chosen: DateWithRole) -> Hours | None:
    period = chosen.period
    _start, end = page.sentence(period.start)
    for hours in page.hours:
        if period.end <= hours.start < min(end, period.end + 40) and not re.search(
            r"[a-z]{9,}", page.folded[period.end : hours.start]
        ):
            return hours
        if hours.end <= period.start <= hours.end + 12 and (hours.until or hours.cued):
            return hours
    return None
