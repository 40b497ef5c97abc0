"""In which order rows are found: by points that SQLite and PostgreSQL count alike, with whole numbers.

A word in the title weighs most; then one that the other texts have often for their length, or early; nouns weigh more than
verbs. How often a word is in all other rows counts for nothing: nobody learns from the order what is in rows that
are hidden, and saving one row moves no other.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from wagtail_newsroom.news.search.words.asking import Group
from wagtail_newsroom.news.search.words.matches import Match, Token, all_of, either_of
from wagtail_newsroom.news.search.words.terms import STRONG, STRONGEST

IN_TITLE, VERY_MUCH, MUCH, PRESENT = 40, 24, 12, 30  # points for each unit of a group's weight
ALL_IN_TITLE = 100
MOST_KEYS = 8


class Points(NamedTuple):
    """So many points for what is found by ``match``, in the title and what stands beside it or anywhere."""

    match: Match
    points: int
    in_title: bool = True


def points(groups: Sequence[Group], *, any_of: bool) -> Iterator[Points]:
    """What the rows get points for that are found by ``groups``, with ``any_of`` by one of them at least."""
    for group in groups:
        yield from points_of_group(group)
        if any_of:
            yield Points(group.match, PRESENT * group.weight, in_title=False)
    if len(groups) > 1:
        yield Points(all_of([group.match for group in groups]), ALL_IN_TITLE)


def points_of_group(group: Group) -> Iterator[Points]:
    """What rows that hold ``group`` get points for because of it alone."""
    yield Points(group.match, IN_TITLE * group.weight)
    if keys := group.keys[:MOST_KEYS]:
        yield Points(either_of([Token(STRONGEST + key) for key in keys]), VERY_MUCH * group.weight)
        yield Points(either_of([Token(STRONG + key) for key in keys]), MUCH * group.weight)


def points_together(found: Mapping[Group, int], groups: Sequence[Group], *, any_of: bool) -> int:
    """As an index counts :func:`points` of a row of which it told what each group ``found`` in it counts alone."""
    held = {group: found[group] for group in groups if group in found}
    # What is not in the title counts less than the title does.
    is_in_title = len(groups) > 1 and all(held.get(group, 0) >= IN_TITLE * group.weight for group in groups)
    present = sum(PRESENT * group.weight for group in held) if any_of else 0
    return sum(held.values()) + present + (ALL_IN_TITLE if is_in_title else 0)
