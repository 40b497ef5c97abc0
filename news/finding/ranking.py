"""In which order what was found is told: by the points of the search index, and by whether it is new or still to come."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail_newsroom.news.finding.files import FoundFile

# A noun in the title counts 120 points: an old page that fits better stays before a new one.
COMING, NEW = 30, 20
YEAR = 365
# Behind pages that fit as well.
FILE = -15


@dataclass(frozen=True)
class Ranked:
    """A page, by its id, or a ``file``; ``points``: the more, the earlier."""

    points: float
    pk: Any
    content_type_id: int = 0
    is_over: bool = False
    file: FoundFile | None = None


def ranked_pages(rows: Iterable[dict[str, Any]], now: dt.datetime) -> list[Ranked]:
    """Rows of pages with the points that they have at ``now``."""
    found = []
    for row in rows:
        ends_at = row["ends_at"]
        is_coming = ends_at is not None and ends_at >= now
        day = row["day"] or (row["first_published_at"].date() if row["first_published_at"] else None)
        more = COMING if is_coming else NEW * _newness(day, now.date())
        is_over = ends_at is not None and not is_coming
        found.append(Ranked(row["points"] + more, row["pk"], row["content_type_id"], is_over))
    return found


def ranked_files(files: Iterable[FoundFile]) -> list[Ranked]:
    """Files with their points."""
    return [Ranked(each.points + FILE, each.pk, file=each) for each in files]


def in_order(pages: list[Ranked], files: list[Ranked]) -> list[Ranked]:
    """Both in one list, the best first."""
    return sorted([*pages, *files], key=lambda each: (-each.points, each.file is not None, -each.pk))


def _newness(day: dt.date | None, today: dt.date) -> float:
    """1 for what is of today, a half after a year, a third after two."""
    age = max(0, (today - day).days) if day else 10 * YEAR
    return 1 / (1 + age / YEAR)
