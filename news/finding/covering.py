"""Pages by how much of a question they hold, in their own text or in that of the files that they offer.

A word that few pages hold tells more than one that many hold. Counted is among public pages alone: nobody learns from an order
what is in pages that are hidden.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Site

from wagtail_newsroom.news.finding.files import found_files
from wagtail_newsroom.news.finding.pages import FoundPages
from wagtail_newsroom.news.finding.questions import Question

MOST_PAGES = 2_000  # of one word, the best
MOST_CHOSEN = 200
WHOLE = 1_000  # points for all of the words
PART_OF_POINTS = 0.25  # of those that the index gives to one word
FILES_PART = 0.6  # of the points of a word that stands in a file
LEAST_SHARE = 0.5


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
    """``points`` of pages by their ids; ``nowhere``: words that no page and no file holds; ``missing``: those that the best
    page lacks. ``is_whole``: each page holds all that any page holds."""

    points: dict[int, float]
    nowhere: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_whole: bool = True


def covered(question: Question, site: Site, *, is_strict: bool) -> Covered:
    """Public pages that hold all of the words, or where none does (or not ``is_strict``) most of what they tell."""
    groups = question.words.groups
    every = FoundPages(question.without("types", "topics", "year", "kind"), site)
    everything = every.rows().count()
    held = [_holding(question.with_words(replace(question.words, groups=(group,))), site) for group in groups]
    worth = [group.weight * math.log(1 + everything / len(each)) if each else 0.0 for group, each in zip(groups, held, strict=True)]
    nowhere = tuple(group.typed for group, each in zip(groups, held, strict=True) if not each)
    shares: dict[int, float] = defaultdict(float)
    points: dict[int, float] = defaultdict(float)
    for weight, pages in zip(worth, held, strict=True):
        for pk, number in pages.items():
            shares[pk] += weight / sum(worth)
            points[pk] += number * PART_OF_POINTS
    is_whole = is_strict and any(share > 0.999 for share in shares.values())
    least = 0.999 if is_whole else LEAST_SHARE
    chosen = {pk: WHOLE * share + points[pk] for pk, share in shares.items() if share >= least}
    best = sorted(chosen, key=lambda pk: (-chosen[pk], -pk))[:MOST_CHOSEN]
    missing = tuple(group.typed for group, pages in zip(groups, held, strict=True) if best and best[0] not in pages)
    return Covered({pk: chosen[pk] for pk in best}, nowhere, missing, is_whole)


def _holding(question: Question, site: Site) -> dict[int, float]:
    """Points of the public pages that hold the words, or offer a file that does."""
    found: dict[int, float] = {}
    for file in found_files(question, site):
        for pk in file.pages:
            found[pk] = max(found.get(pk, 0), file.points * FILES_PART)
    for row in FoundPages(question.without("types", "topics", "year", "kind"), site).ranked(MOST_PAGES):
        found[row["pk"]] = max(found.get(row["pk"], 0), row["points"])
    return found

