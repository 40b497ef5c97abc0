"""Step 2b: hours as they are written. Dates are masked first: ``20.12.2016`` is no twelve minutes past eight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from wagtail_newsroom.news.reader.dates.written_dates import WrittenPeriod
from wagtail_newsroom.news.reader.text.vocabulary import COUNTED, WEEKDAYS

MASK = "\x00"


@dataclass(frozen=True, slots=True)
class Hours:
    """An hour or a range of hours, as one phrase of the text."""

    start: int
    end: int
    begins: time | None
    ends: time | None
    cued: bool = False  # a word such as "godz." stands before it
    until: bool = False  # "do godz. 15.00"


def mask_dates(folded: str, periods: Iterable[WrittenPeriod]) -> str:
    """Blank dates, keeping every position."""
    pieces: list[str] = []
    at = 0
    for period in periods:
        if period.start >= at:
            pieces += [folded[at : period.start], MASK * (period.end - period.start)]
            at = period.end
    return "".join([*pieces, folded[at:]])


def mask(dated: str) -> str:
    """Blank numbers that look like hours (prices, articles of law, phone numbers), keeping every position."""
    return _NO_HOURS.sub(lambda match: MASK * len(match.group()), dated)


_NO_HOURS = re.compile(
    r"\d{1,6}[.,]\d{1,2}(?= ?(?:zl\b|pln|eur\b|euro|usd|gbp|%|mln|mld|tys\b|km\b|kg\b|m2\b|ha\b|pkt\b|proc))|[€£$] ?\d{1,6}[.,]\d\d"
    r"|(?:\bart|\bust|\bpkt|\bpoz|\bnr|\brozdzial\w{0,2}|\bdzialani\w{1,3}|\bpoddzialani\w{1,3}|\bstr|\bwersj\w|\bver|\bv|§|\bpriorytet\w{0,2}|\bos|\bcel\w{0,2}|\bsection|\barticle|\bversion)\.? ?\d{1,3}(?:\.\d{1,3}){0,3}"
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?"
    r"|\b\d{2,3}[- ]\d{3}[- ]\d{2}[- ]\d{2}\b|\b\d{3}[- ]\d{3}[- ]\d{3}\b"
)

_H = r"(?:[01]?\d|2[0-4])"
_AMPM = r"(?: ?(?P<{0}>[ap]\.?m\b\.?))?"
_ALONE = r"(?<![\d,:/])(?<!\d\.)(?<!\d[-/])"
_CLOCK = rf"{_H} ?[.:] ?[0-5]\d(?!\d)(?![.:]\d)"
_BARE = rf"{_H}(?!\d|[.:,]\d|[-–]\d{{3}})"
_SQUASHED = r"(?:[01]?\d|2[0-3])(?:[0-5][05])(?![\d.:])"
_TO = r"\s{0,3}(?:[-–]|\bdo\b|\bto\b|\ba\b|\bi\b|\buntil\b|\btill\b|[-–] ?do)\s{0,3}(?:godz(?:iny|ina|\.)?\s{0,2}|g\.\s?)?"
# A whole hour that ends a range begun with minutes: "9.30-15, Ratusz". What is counted after it is no hour.
BARE_END = rf"{_H}(?!\S)(?=\s+\D|\s*$)(?!\s*{COUNTED})"
_LATER = rf"(?<=[\d][-–]){_H}(?![\d.:/%-])(?![.,:]\d)(?!\s*{COUNTED})"
CUE = r"(?:\b(?:w )?(?:godz(?:inach|inie|iny|ina|\.|\b)|g\.|h\.)|\bhours?:?|\btime:?|\bat\b|\bo(?= \d{1,2}[.:]))[\s:]{0,3}"

_CLOCKS = re.compile(
    rf"(?P<cue>{CUE})?(?P<from>\b(?:od|from|between|miedzy|pomiedzy)\s{{1,2}}(?:godz(?:iny|\.)?\s{{0,2}}|g\.\s?)?)?(?P<until>\b(?:do|until|till|by|before)\s{{1,2}}(?:godz(?:iny|\.)?\s{{0,2}}|g\.\s?)?)?"
    rf"(?P<begins>{_ALONE}{_CLOCK}){_AMPM.format('half')}(?:\.?{_TO}(?P<ends>(?:{_CLOCK}|{_H}(?= ?[ap]\.?m\b)|{_LATER})){_AMPM.format('half2')})?"
)
_CUED = re.compile(
    rf"(?P<until>\b(?:do|until|till)\s{{1,2}})?(?P<cue>\b(?:w )?(?:godz(?:inach|inie|iny|ina|\.|\b)|g\.)[\s:]{{0,3}})(?P<from>\b(?:od)\s{{1,2}})?(?P<until2>\bdo\s{{1,2}})?"
    rf"(?P<begins>{_ALONE}(?:{_SQUASHED}|{_CLOCK}|{_BARE}))(?:\.?{_TO}(?P<ends>{_SQUASHED}|{_CLOCK}|{_BARE}))?"
)
_ENGLISH = re.compile(
    rf"(?<![\d.,:/])(?P<begins>(?:1[0-2]|0?\d)(?:[.:][0-5]\d)?)(?: ?(?P<half>[ap]\.?m\b\.?))?(?:{_TO}(?P<ends>(?:1[0-2]|0?\d)(?:[.:][0-5]\d)?))?(?: ?(?P<half2>[ap]\.?m\b\.?))"
)
# "14 listopada 2024 r. od 9 do 15 w ratuszu": whole hours without a word for them, right after a date. What may follow
# is told, not what may not: "od 5 do 10 osób" is a number of people.
_AFTER_DATE = re.compile(
    rf"(?<={MASK})(?:\s?(?:r\.|roku\b))?[\s,]{{0,3}}(?:\(?(?:{'|'.join(WEEKDAYS)})\)?[\s,]{{1,3}})?(?P<from>\b(?:od|from)\s)(?P<begins>[6-9]|1\d|2[0-3])\s(?:do|to|until)\s(?P<ends>{_H})"
    r"(?=\s*(?:[,;)(\n]|\.(?!\d)|[-–]\s|$)|\s+(?:w|we|na|przy|pod|ul|online|on-line|zdalnie|odbedzie|odbeda|in|at|on)\b)"
)
_NOON = re.compile(r"\b(?:w poludnie|at noon|12 noon)\b")


def find_hours(masked: str, dated: str | None = None) -> list[Hours]:
    """Return the hours of a masked text in their order, none overlapping another.

    ``dated`` is the text with nothing but its dates masked, to tell a date from a masked phone number.
    """
    found: list[Hours] = []
    taken = bytearray(len(masked) + 1)
    for pattern in (_ENGLISH, _CUED, _CLOCKS, _AFTER_DATE):
        for match in pattern.finditer(masked):
            start, end = match.span()
            if any(taken[start:end]) or (pattern is _AFTER_DATE and dated and dated[start - 1] != MASK):
                continue
            hours = _hours(match)
            if hours:
                taken[start:end] = b"\1" * (end - start)
                found.append(hours)
    return sorted(found, key=lambda hours: hours.start)


def _hours(match: re.Match[str]) -> Hours | None:
    groups = match.groupdict()
    half2 = groups.get("half2")
    half = groups.get("half") or (half2 if groups.get("ends") or not groups.get("half") else None)
    begins = read_clock(match["begins"], half)
    ends = read_clock(groups["ends"], half2 or half) if groups.get("ends") else None
    if begins is None or (groups.get("ends") and ends is None):
        return None
    if begins and ends and ends < begins and half2 and not groups.get("half"):
        begins = read_clock(match["begins"], "am") or begins
    if (
        match.re in (_CLOCKS, _AFTER_DATE)
        and ends
        and groups["ends"].isdigit()
        and time(0) < ends <= begins
        and not half2
    ):
        return None  # "18.30-5 …" and "od 15 do 9" are no ranges of hours
    until = bool(groups.get("until") or groups.get("until2")) and ends is None
    return Hours(match.start(), match.end(), begins, ends, bool(groups.get("cue")), until)


def read_clock(text: str, half: str | None = None) -> time | None:
    """Read ``9.30``, ``18. 00``, ``1000`` or ``10`` with an optional "am" or "pm"; None if it is no hour."""
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) > 2:
        digits = [digits[0][:-2], digits[0][-2:]]
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if (hour, minute) == (24, 0):
        return time(0, 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
