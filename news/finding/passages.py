"""Passages of a long text: to look for words in all of a file of a hundred pages takes too long for one answer."""

import textwrap

from wagtail_newsroom.news.search.words import Asked
from wagtail_newsroom.news.search.words.signs import fold_in_place

LONG = 1_500  # characters
MOST = 12  # passages that are looked at
LETTERS = 3  # that the forms of a word begin with alike, as a rule


def likely_passages(text: str, words: Asked) -> list[str]:
    """Those parts of ``text`` in which ``words`` begin, at most a dozen; its first ones where none does."""
    if len(text) <= LONG:
        return [text]
    passages = textwrap.wrap(text, LONG, break_on_hyphens=False)
    beginnings = {surface[:LETTERS] for surface in words.surfaces if len(surface) >= LETTERS}
    numbers = {}
    for place, passage in enumerate(passages):
        plain = fold_in_place(passage)
        numbers[place] = sum(beginning in plain for beginning in beginnings)
    best = sorted(numbers, key=lambda place: (-numbers[place], place))[:MOST]
    return [passages[place] for place in best]
