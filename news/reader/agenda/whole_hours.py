"""Step 3a, continued: lines that begin with whole hours only, ``9-10 Rejestracja``.

Two numbers and a dash are little evidence ("5-10 minut", "2-3 osoby"), so they count only under the heading of a
programme, and only where the hours of all lines of that stretch rise.
"""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise

from wagtail_newsroom.news.reader.agenda.line_heads import PROGRAMME, STOP, Head, day_heading, head_of, track_heading
from wagtail_newsroom.news.reader.dates.written_times import read_clock
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import COUNTED

EARLIEST = time(6)
_WHOLE = re.compile(
    rf"^[ \t•*\-–>|]{{0,24}}(?P<begins>\d|1\d|2[0-3])\s?[-–]\s?(?P<ends>1\d|2[0-4]|\d)(?![^\s:])(?!\s*{COUNTED})"
    r"(?=\s*[-–:|]?\s*(?:[^\W\d]|[\"(]|$))[-–:|\t ]{0,24}"
)


def heads_of(page: Page) -> dict[int, Head]:
    """Return the hours at the head of each line that has some, by the number of the line."""
    heads = {
        index: head for index, (start, end) in enumerate(page.lines) if (head := head_of(page, start, end)) is not None
    }
    for stretch in _stretches(page):
        whole = {index: head for index in stretch if index not in heads and (head := _whole(page, index))}
        clocked = {index: heads[index] for index in stretch if index in heads}
        lines = sorted((whole | clocked).items())
        if len(lines) > 1 and _rise([head for _index, head in lines]):
            heads |= whole
    return dict(sorted(heads.items()))


def _stretches(page: Page) -> list[list[int]]:
    """The lines below each heading of a programme, of a day or of a track, to the next one or to the prose after it."""
    stretches: list[list[int]] = []
    within = False
    for index, (start, end) in enumerate(page.lines):
        line = page.folded[start:end]
        heading = len(line.strip()) < 110 and bool(PROGRAMME.match(line))
        if heading or (within and (day_heading(page.folded, page.masked, start, end) or _parts(page, start, end))):
            within = True
            stretches.append([])
        elif within and STOP.match(line):
            within = False
        elif within:
            stretches[-1].append(index)
    return stretches


def _parts(page: Page, start: int, end: int) -> bool:
    return track_heading(page.folded, start, end) is not None


def _whole(page: Page, index: int) -> Head | None:
    start, end = page.lines[index]
    match = _WHOLE.match(page.masked[start:end])
    if not match:
        return None
    begins, ends = read_clock(match["begins"]), read_clock(match["ends"])
    if begins is None or ends is None or begins < EARLIEST or int(match["ends"]) <= begins.hour:
        return None
    return Head(begins, ends, start + match.start("begins"), start + match.end("ends"), (start + match.end(), end))


def _rise(heads: list[Head]) -> bool:
    """Each begins when the one before it has ended, or later."""
    return all((above.ends or above.begins) <= below.begins for above, below in pairwise(heads))
