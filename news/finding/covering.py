"""Pages by how much of a question they hold, in their own text or in that of the files that they offer.

A word that few pages hold tells more than one that many hold. Counted is among public pages alone: nobody learns from an order
what is in pages that are hidden.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Site

from wagtail_newsroom.news.finding.files import matching_files
from wagtail_newsroom.news.finding.pages import FoundPages
from wagtail_newsroom.news.finding.questions import Question
from wagtail_newsroom.news.search.words import Group

MOST_PAGES = 2_000  # of one word, the best
MOST_CHOSEN = 200
WHOLE = 1_000  # points for all of the words
PART_OF_POINTS = 0.25  # of those that the index gives to one word
FILES_PART = 0.6  # of the points of a word that stands in a file
LEAST_SHARE = 0.5
# Of so many words no page has to hold all; of fewer that hold all, others follow.
MANY, FEW = 4, 3


class Chosen:
    """Pages with their points, in the place of what an index finds: see :class:`~wagtail_newsroom.news.finding.matching.Matches`."""

    def __init__(self, points: dict[int, float]) -> None:
        self.points = points

    def among(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``rows`` that are chosen, in no order."""
        return rows.filter(pk__in=list(self.points))

    def ranked(self, rows: QuerySet[Any], most: int, *names: str, **columns: Any) -> list[dict[str, Any]]:
        """The first ``most`` of ``rows`` that are chosen, the best first: ``pk``, ``points`` and these columns of each."""
        found = [
            {**row, "points": self.points[row["pk"]]}
            for row in self.among(rows).order_by().values("pk", *names, **columns)
        ]
        return sorted(found, key=lambda row: (-row["points"], -row["pk"]))[:most]


@dataclass(frozen=True)
class Covered:
    """``points`` of pages by their ids; ``lacks``: words that a page does not hold, as they were typed; ``nowhere``: those
    that no page and no file holds."""

    points: dict[int, float]
    lacks: dict[int, tuple[str, ...]]
    nowhere: tuple[Group, ...] = ()


def covered(question: Question, site: Site) -> Covered:
    """Public pages that hold all of the words; behind a few of them, or where there are many words, those that hold most
    of what the words tell."""
    groups = question.words.groups
    everything = FoundPages(question.plain, site).rows().count()
    held = [_holding(question.with_words(question.words.only(group)), site) for group in groups]
    pairs = list(zip(groups, held, strict=True))
    worth = [group.weight * math.log(1 + everything / len(pages)) if pages else 0.0 for group, pages in pairs]
    whole_worth = sum(worth) or 1.0
    points: dict[int, float] = defaultdict(float)
    for weight, pages in zip(worth, held, strict=True):
        for pk, number in pages.items():
            points[pk] += WHOLE * weight / whole_worth + number * PART_OF_POINTS
    needed = [(group, pages) for group, pages in pairs if pages and (group.is_needed or group.is_phrase)]
    lacks = {pk: tuple(group.typed for group, pages in needed if pk not in pages) for pk in points}
    whole = [pk for pk, words in lacks.items() if not words]
    if len(groups) < MANY:
        points.update({pk: points[pk] + WHOLE for pk in whole})
    if len(whole) < FEW or len(groups) >= MANY:
        quoted = [pages for group, pages in pairs if group.is_phrase]
        parts = (pk for pk, number in points.items() if number >= WHOLE * LEAST_SHARE and lacks[pk])
        whole += [pk for pk in parts if all(pk in pages for pages in quoted)]
    best = sorted(whole, key=lambda pk: (-points[pk], -pk))[:MOST_CHOSEN]
    nowhere = tuple(group for group, pages in pairs if not pages)
    return Covered({pk: points[pk] for pk in best}, {pk: lacks[pk] for pk in best}, nowhere)


def _holding(question: Question, site: Site) -> dict[int, float]:
    """Points of the public pages that hold the words, or offer a file that does."""
    found: dict[int, float] = {}
    for file in matching_files(question, site):
        for pk in file.pages:
            found[pk] = max(found.get(pk, 0), file.points * FILES_PART)
    pages = FoundPages(question.plain, site)
    for row in pages.matches.ranked(pages.rows(), MOST_PAGES):
        found[row["pk"]] = max(found.get(row["pk"], 0), row["points"])
    return found
