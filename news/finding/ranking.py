"""In which order what was found is told: as the search index has it, events to come and what is new somewhat earlier."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail_newsroom.news.finding.excerpts import Mark
from wagtail_newsroom.news.finding.files import FoundFile

# Places by which a row rises at the most: an old page that fits best stays among the first three.
RISE_OF_COMING = 1.5
RISE_OF_NEW = 1.0
YEAR = 365
# A file whose title holds the words comes before pages that fit as well, one whose text alone does behind them.
RISE_OF_TITLES = 0.5
FALL_OF_TEXTS = 1.0


@dataclass(frozen=True)
class Ranked:
    """``page``: the id of a page with the row that was read of it; or ``file``."""

    weight: float
    pk: Any
    content_type_id: int = 0
    is_over: bool = False
    file: FoundFile | None = None


def ranked_pages(rows: Iterable[dict[str, Any]], now: dt.datetime) -> list[Ranked]:
    """Rows of pages, the best first, with their weight: the smaller, the earlier."""
    found = []
    for place, row in enumerate(rows):
        ends_at = row["ends_at"]
        is_coming = ends_at is not None and ends_at >= now
        day = row["day"] or (row["first_published_at"].date() if row["first_published_at"] else None)
        rise = RISE_OF_COMING if is_coming else _newness(day, now.date()) * RISE_OF_NEW
        is_over = ends_at is not None and not is_coming
        found.append(Ranked(place - rise, row["pk"], row["content_type_id"], is_over))
    return found


def ranked_files(files: Iterable[FoundFile], words: int, mark: Mark) -> list[Ranked]:
    """Files, the best first, with their weight; ``words``: how many were asked for."""
    found, titled = [], 0
    for place, each in enumerate(files):
        is_titled = len(mark(each.title)) >= words
        weight = titled - RISE_OF_TITLES if is_titled else 2 * place + FALL_OF_TEXTS
        titled += is_titled
        found.append(Ranked(weight, each.pk, file=each))
    return found


def in_order(pages: list[Ranked], files: list[Ranked]) -> list[Ranked]:
    """Both in one list."""
    return sorted([*pages, *files], key=lambda each: (each.weight, each.file is not None, each.pk))


def _newness(day: dt.date | None, today: dt.date) -> float:
    """1 for what is of today, a half after a year, a third after two."""
    age = max(0, (today - day).days) if day else 10 * YEAR
    return 1 / (1 + age / YEAR)
