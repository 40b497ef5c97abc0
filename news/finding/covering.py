"""Pages by how much of a question they hold, in their own text or in that of the files that they offer.

A word that few pages hold tells more than one that many hold. Counted is among public pages alone: nobody learns from an order
what is in pages that are hidden.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Site

from wagtail_newsroom.news.finding.files import FoundFile
from wagtail_newsroom.news.finding.matching import strength
from wagtail_newsroom.news.finding.pages import FoundPages
from wagtail_newsroom.news.finding.questions import Question
from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.search.words import Group

MOST_PAGES = 1_000  # that hold any of the words: those that hold most of them
MOST_CHOSEN = 200
WHOLE = 1_000  # points for all of the words
# How much more a word counts in a page that is about it than in one that only holds it. The answer to a whole question is
# about what is asked, and need not hold all of its words.
MUCH, MUCH_OF_QUESTIONS = 0.5, 2.0
FILES_PART = 0.6  # of the points of a word that stands in a file
LEAST_SHARE = 0.4
# Of so many words no page has to hold all; of fewer that hold all, others follow.
MANY, FEW = 4, 3


@dataclass(frozen=True)
class Covered:
    """``points`` of pages by their ids; ``lacks``: words that a page does not hold, as they were typed; ``nowhere``: those
    that no page and no file holds."""

    points: dict[int, float]
    lacks: dict[int, tuple[str, ...]]
    nowhere: tuple[Group, ...] = ()


def covered(question: Question, site: Site, files: Iterable[FoundFile]) -> Covered:
    """Public pages that hold all of the words; behind a few of them, or where there are many words, those that hold most
    of what the words tell. ``files``: those that hold any of them."""
    groups = question.words.groups
    search = FoundPages(question.plain, site)
    held, counts = _held(search, files)
    key = ("public pages", site.pk, question.locale_id)
    everything = remembered(key, lambda: search.rows().count())
    worth = {group: group.weight * math.log(1 + everything / counts[group]) for group in groups if group in counts}
    whole_worth = sum(worth.values()) or 1.0
    much = MUCH_OF_QUESTIONS if question.words.is_question else MUCH
    shares = {pk: sum(worth[group] for group in found) / whole_worth for pk, found in held.items()}
    points = {
        pk: sum(
            WHOLE * worth[group] / whole_worth * (1 + much * strength(group, number)) for group, number in found.items()
        )
        for pk, found in held.items()
    }
    needed = [group for group in groups if group in counts and (group.is_needed or group.is_phrase)]
    lacks = {pk: tuple(group.typed for group in needed if group not in found) for pk, found in held.items()}
    whole = [pk for pk, words in lacks.items() if not words]
    if len(groups) < MANY:
        points.update({pk: points[pk] + (1 + much) * WHOLE for pk in whole})
    if len(whole) < FEW or len(groups) >= MANY:
        quoted = [group for group in groups if group.is_phrase]
        parts = (pk for pk, share in shares.items() if share >= LEAST_SHARE and lacks[pk])
        whole += [pk for pk in parts if all(group in held[pk] for group in quoted)]
    best = sorted(whole, key=lambda pk: (-points[pk], -pk))[:MOST_CHOSEN]
    nowhere = tuple(group for group in groups if group not in counts)
    return Covered({pk: points[pk] for pk in best}, {pk: lacks[pk] for pk in best}, nowhere)


def _held(search: FoundPages, files: Iterable[FoundFile]) -> tuple[dict[int, dict[Group, float]], dict[Group, int]]:
    """By their ids, the points of public pages for each word that they hold, or a file that they offer does; and how many
    pages hold each word: none of those that nothing holds."""
    held: dict[int, dict[Group, float]] = defaultdict(dict)
    rows = search.by_group(MOST_PAGES)
    for row in rows:
        held[row["pk"]].update(row["held"])
    for file in files:
        for pk in file.pages:
            found = held[pk]
            for group, points in file.held.items():
                found[group] = max(found.get(group, 0), points * FILES_PART)
    counts: dict[Group, int] = defaultdict(int)
    for found in held.values():
        for group in found:
            counts[group] += 1
    if len(rows) == MOST_PAGES:
        counts.update(
            {group: max(counts[group], number) for group, number in search.count_by_group().items() if number}
        )
    return held, counts
