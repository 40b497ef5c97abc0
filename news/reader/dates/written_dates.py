"""Step 2a: dates as they are written, with or without a year; years are filled in by ``years.py``.

A date is looked for in the folded text. All patterns are bounded: no part repeats without a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from wagtail_newsroom.news.reader.text.vocabulary import MONTHS, ROMAN, SHORT_MONTHS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Day:
    """A day and a month; the year may not be told."""

    day: int
    month: int
    year: int | None = None

    def on(self, year: int | None = None) -> date | None:
        """Return the date in the year that the text tells, else in ``year``; None if there is no such date."""
        chosen = self.year or year
        if not chosen:
            return None
        try:
            return date(chosen, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class WrittenPeriod:
    """One day or a range or list of days, as one phrase of the text."""

    start: int
    end: int
    first: Day
    last: Day
    weekday: int | None = None
    inferred: bool = False  # the year is not in this phrase

    @property
    def several(self) -> bool:
        return (self.first.day, self.first.month) != (self.last.day, self.last.month)

    def dates(self) -> tuple[date | None, date | None]:
        return self.first.on(), self.last.on()


_MONTH = r"(?P<{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?:\b\.?)"
_ENGLISH_MONTH = r"(?P<{0}>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?:\b\.?)"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:-?(?:go|st|nd|rd|th|ego))?\.?"
_WEEKDAY = r"(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b\.?"
_SEP = r"\s{0,3}(?:[-–/,&]|\bi\b|\boraz\b|\bdo\b|\band\b|\bto\b|\ba\b)\s{0,3}"


def _year(name: str, this: str) -> str:
    return (
        rf"(?:,?\s{{0,3}}(?:[(,]?\s?{_WEEKDAY}[,)]?,?\s{{0,3}})?"
        rf"(?:(?P<{name}>(?:19|20)\d\d)(?![\d])(?:\s{{0,2}}(?:r\b\.?|rok\w{{0,2}}))?|(?P<{this}>br\b\.?|b\. ?r\.|biezacego roku|tego roku|this year)))?"
    )


_DAYS = rf"(?P<days>{_D}(?:{_SEP}{_D}){{0,6}})"
# 27-28 listopada 2017 r., 30 listopada – 1 grudnia 2017, od 18 listopada do 23 grudnia 2021 r., 14th of October
_WORD_MONTH = re.compile(
    rf"(?<![\d.,:/])(?<!\d[-–]){_DAYS}\s{{0,3}}(?:of\s)?{_MONTH.format('month')}{_year('year', 'this')}"
    rf"(?:\s{{0,3}}(?P<join>[-–]|do(?: dnia)?|to|oraz|i|and|until)\s{{0,3}}(?:{_WEEKDAY},?\s)?(?P<day2>{_D})\s{{0,3}}(?:of\s)?{_MONTH.format('month2')}{_year('year2', 'this2')})?"
)
# October 14-15, 2022
_ENGLISH = re.compile(
    rf"\b{_ENGLISH_MONTH.format('month')} {{1,3}}{_DAYS}(?![.:]\d)"
    rf"(?:\s{{0,3}}[-–]\s{{0,3}}{_ENGLISH_MONTH.format('month2')} {{1,3}}(?P<day2>{_D}))?{_year('year', 'this')}"
)
# 7 XII 2016, 7.XII.2016
_ROMAN = re.compile(
    rf"(?<![\d.,])(?P<days>{_D}(?:{_SEP}{_D}){{0,3}})[ .]{{0,2}}(?P<month>xii|xi|ix|iv|vi{{0,3}}|x|i{{1,3}}|v)\.? ?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_N = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_Y = r"(?P<{0}>(?:19|20)\d\d|\d\d(?= ?r\b))(?!\d)(?:\s{{0,2}}(?:r\b\.?|rok\w{{0,2}}))?"
# 20.12.2016, 23-24-08.2017, 12,13 i 14.10.2022r., 24/25.10.2018
_NUMERIC = re.compile(
    rf"(?<![\d.])(?<!\d[,:])(?P<days>(?:{_N}\.?(?:{_SEP}|[-–])){{0,6}}{_N})\s?[./-]\s?(?P<month>{_M})\s?[./-]\s?"
    + _Y.format("year")
)
# 18.09-20.09.2019 r., 18.09.2019 – 20.09.2019, od 1.10.2021 r. do 5.10.2021 r.
_NUMERIC_RANGE = re.compile(
    rf"(?<![\d.])(?P<day>{_N})[./](?P<month>{_M})(?:[./](?P<year>(?:19|20)\d\d)(?: ?r\b\.?| roku)?|\.)?\s{{0,3}}(?P<join>[-–]|do(?: dnia)?|to|oraz|i)\s{{0,3}}"
    rf"(?P<day2>{_N})[./](?P<month2>{_M})[./]" + _Y.format("year2")
)
_ISO = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<days>0[1-9]|[12]\d|3[01])(?![\d-])")
# 14.05, only where the words beside it say that it is a date and no hour
_SHORT = re.compile(
    rf"(?<![\d.,:])(?P<days>(?:{_N}\.?(?:\s?[-–]\s?|, ?| i )){{0,3}}{_N})\.(?P<month>0[1-9]|1[0-2])(?![\d:]|\.\d)\.?(?P<this>\s?(?:br\b\.?|b\. ?r\.))?"
)
_SHORT_BEFORE = re.compile(
    rf"(?:\bdnia|\bdniu|\bdniach|\btermin\w{{0,2}}(?: \w{{3,14}})?:?|\bdata:?|\bdo dnia|\bdate:?|\bkiedy[:?]?|{_WEEKDAY},?|\bdnia:|(?:^|\n)dzien \w{{1,9}}[-–:,. (]{{0,4}})\s{{0,3}}\(?$"
)
_SHORT_AFTER = re.compile(rf"(?:,? ?\(? ?{_WEEKDAY}|,? ?(?:o )?g(?:odz)?\.|,? ?o godzinie|,? ?o \d|,? ?r\.)")
_WEEKDAY_BEFORE = re.compile(rf"\b(?P<weekday>{_WEEKDAY})[,:]?\s{{0,3}}\(?(?:\b(?:dnia|the|on)\b\s)?$")
_WEEKDAY_AFTER = re.compile(rf",?\s{{0,3}}[(,–-]?\s?(?P<weekday>{_WEEKDAY})(?=[\s),.;:–-]|$)")


def find_dates(folded: str) -> list[WrittenPeriod]:
    """Return the dates of a folded text in their order, none overlapping another."""
    found: list[WrittenPeriod] = []
    taken = bytearray(len(folded) + 1)
    for period in _candidates(folded):
        if not any(taken[period.start : period.end]):
            taken[period.start : period.end] = b"\1" * (period.end - period.start)
            found.append(_with_weekday(folded, period))
    return sorted(found, key=lambda period: period.start)


def _candidates(folded: str) -> Iterator[WrittenPeriod]:
    """Longest phrases first: what one pattern has taken, the next may not cut in two."""
    for match in _NUMERIC_RANGE.finditer(folded):
        year2 = _full_year(match["year2"])
        yield from _range(
            match,
            Day(int(match["day"]), int(match["month"]), _full_year(match["year"]) or year2),
            Day(int(match["day2"]), int(match["month2"]), year2),
        )
    for pattern in (_ISO, _NUMERIC, _ROMAN):
        for match in pattern.finditer(folded):
            month = int(match["month"]) if match["month"].isdigit() else ROMAN[match["month"]]
            yield from _listed(match, month, _full_year(match["year"]))
    for pattern in (_WORD_MONTH, _ENGLISH):
        for match in pattern.finditer(folded):
            if _is_month(match) and not (
                match["year"] is None and _STREET.search(folded[max(0, match.start() - 24) : match.start()])
            ):
                yield from _worded(match)
    for match in _SHORT.finditer(folded):
        before, after = folded[max(0, match.start() - 40) : match.start()], folded[match.end() : match.end() + 24]
        if match["this"] or _SHORT_BEFORE.search(before) or _SHORT_AFTER.match(after):
            yield from _listed(match, int(match["month"]), None)


# "ul. 1 Sierpnia 1", "plac 3 Maja": streets are named after dates
_STREET = re.compile(
    r"(?:\bul|\bulic\w{1,2}|\bal|\balei|\baleja|\bpl|\bplac\w?|\bos|\bosiedl\w{1,2}|\brond\w{1,2}|\bim|\bimienia|\bskwer\w{0,2}|\bpark\w{0,2}|\bbulwar\w{0,2})\.?\s{0,3}$"
)


def _is_month(match: re.Match[str]) -> bool:
    """An abbreviation needs its dot or a year; Polish "1 mar" and English "May" are left to the words around."""
    name = match["month"]
    return (
        name not in SHORT_MONTHS
        or bool(match["year"])
        or match.string[match.end("month") : match.end("month") + 1] == "."
    )


def _worded(match: re.Match[str]) -> Iterator[WrittenPeriod]:
    groups = match.groupdict()
    year = _full_year(groups.get("year"))
    days = _numbers(match["days"])
    if groups.get("month2"):
        year2 = _full_year(groups.get("year2")) or year
        month, month2 = MONTHS[match["month"]], MONTHS[groups["month2"]]
        first_year = year if groups.get("year") and "year2" in groups else year2
        if first_year and month > month2 and not (groups.get("year") and groups.get("year2")):
            first_year -= 1
        if groups.get("year2") and not groups.get("year"):
            first_year = year2 if month <= month2 else (year2 or 0) - 1
        yield from _range(match, Day(days[0], month, first_year), Day(int(_numbers(groups["day2"])[0]), month2, year2))
    else:
        yield from _listed(match, MONTHS[match["month"]], year)


def _range(match: re.Match[str], first: Day, last: Day) -> Iterator[WrittenPeriod]:
    """``3 maja i 10 maja`` are two days, not the week between them."""
    begins, ends = first.on(first.year or 2024), last.on(last.year or 2024)
    apart = begins and ends and (ends - begins).days > 1
    if apart and match.groupdict().get("join") in {"i", "oraz", "and"}:
        yield WrittenPeriod(match.start(), match.start("join"), first, first)
        yield WrittenPeriod(match.start("day2"), match.end(), last, last)
    else:
        yield from _term(match, first, last)


def _listed(match: re.Match[str], month: int, year: int | None) -> Iterator[WrittenPeriod]:
    numbers = [
        (int(number.group()), match.start("days") + number.start()) for number in re.finditer(r"\d{1,2}", match["days"])
    ]
    start = match.start()
    if len(numbers) > 1 and _NUMBERED_DAY.search(match.string[max(0, start - 8) : start]):
        numbers, start = numbers[1:], numbers[1][1]  # "Dzień 1 – 3 czerwca" is the third of June
    days = [number for number, _at in numbers]
    if any(later <= earlier for earlier, later in pairwise(days)):
        days, start = days[-1:], numbers[-1][1]  # "tel. 644 10 20 do 6 maja": what stands before is no day
    yield from _term(match, Day(days[0], month, year), Day(days[-1], month, year), start)


_NUMBERED_DAY = re.compile(r"(?:dzien|day|dnia)\s{1,3}$")


def _term(match: re.Match[str], first: Day, last: Day, start: int | None = None) -> Iterator[WrittenPeriod]:
    leap = 2024
    if first.on(first.year or leap) and last.on(last.year or leap):
        start, end = match.start() if start is None else start, match.end()
        while end > start and match.string[end - 1] in " ,\n":
            end -= 1
        yield WrittenPeriod(start, end, first, last)


def _with_weekday(folded: str, period: WrittenPeriod) -> WrittenPeriod:
    within = re.search(_WEEKDAY, folded[period.start : period.end])
    if within and not within.group().rstrip(".").isdigit() and len(within.group()) > 4:
        return replace(period, weekday=WEEKDAYS[within.group().rstrip(".")])
    before = _WEEKDAY_BEFORE.search(folded[max(0, period.start - 24) : period.start])
    after = _WEEKDAY_AFTER.match(folded[period.end : period.end + 20])
    named = before or after
    if not named:
        return period
    word = named["weekday"].rstrip(".")
    if len(word) < 4 and after is named and folded[period.end : period.end + 2].strip()[:1] not in {"(", ","}:
        return period
    return replace(period, weekday=WEEKDAYS[word])


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,2}", text)]


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def with_year(period: WrittenPeriod, year: int) -> WrittenPeriod:
    """Fill in a year that the phrase does not tell; a range over New Year ends in the next one."""
    last_year = year + 1 if (period.last.month, period.last.day) < (period.first.month, period.first.day) else year
    return replace(
        period,
        first=replace(period.first, year=period.first.year or year),
        last=replace(period.last, year=period.last.year or last_year),
        inferred=True,
    )


def nearest_year(day: Day, to: date, *, ahead: bool = True) -> int:
    """Return the year in which a day lies next to a date: soon after it (an invitation), or before it (a report)."""
    tolerance = timedelta(days=45)
    for year in (to.year, to.year + 1) if ahead else (to.year, to.year - 1):
        when = day.on(year)
        if when and (when >= to - tolerance if ahead else when <= to):
            return year
    return to.year
