"""Where in a text the words stand that were asked for, in whatever form they stand there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wagtail_newsroom.news.search.words.asking import Asked
from wagtail_newsroom.news.search.words.cutting import Cut, Word, cut
from wagtail_newsroom.news.search.words.dates import dated
from wagtail_newsroom.news.search.words.dates import keys_of as keys_of_dates
from wagtail_newsroom.news.search.words.matches import All, Either, Match, Run, Token, tokens_in
from wagtail_newsroom.news.search.words.terms import PRESENT, counted, keys_of_word, tokens_of

Stretch = tuple[int, int]


class _Place(NamedTuple):
    """A word of a text with the tokens that an index has of it."""

    word: Word
    tokens: frozenset[str]


def marks(text: str, question: Asked) -> list[Stretch]:
    """Start and end of each word of ``text`` that answers to a part of the question, in their order."""
    if question.is_empty:
        return []
    language = question.languages[0]
    matches = list(_single(group.match for group in question.groups))
    wanted = frozenset(each.text for each in matches if isinstance(each, Token))
    cuts = list(cut(text))
    places = [_Place(word, _tokens(word, language)) for each in cuts for word in each.words]
    found = [stretch for each in cuts for stretch in _in_cut(each, wanted, language)]
    found += [(start, end) for start, end, key in counted(text) if PRESENT + key in wanted]
    found += [(date.start, date.end) for date in dated(text) if wanted & {PRESENT + key for key in keys_of_dates(date)}]
    for match in matches:
        if isinstance(match, Run):
            found += _runs(places, match)
        elif isinstance(match, All):
            found += _together(places, match)
    return _joined(found)


def _single(matches: Iterable[Match]) -> Iterator[Match]:
    """What answers by itself: tokens, runs, and words that only count together."""
    for match in matches:
        if isinstance(match, Either):
            yield from _single(match.parts)
        else:
            yield match


def _tokens(word: Word, language: str) -> frozenset[str]:
    return frozenset((word.surface, *tokens_of(keys_of_word(word, language))))


def _in_cut(found: Cut, wanted: frozenset[str], language: str) -> list[Stretch]:
    """The words that are wanted; where dashes hold wanted words together, all of it is one."""
    words = [word for word in found.words if _tokens(word, language) & wanted]
    if len(words) == len(found.words) or f"{PRESENT}h{found.whole}" in wanted:
        return [(found.start, found.end)]
    return [(word.start, word.end) for word in words]


def _runs(places: list[_Place], run: Run) -> Iterator[Stretch]:
    length = len(run.texts)
    for first in range(len(places) - length + 1):
        stretch = places[first : first + length]
        if all(place.word.surface == text for place, text in zip(stretch, run.texts, strict=True)):
            yield stretch[0].word.start, stretch[-1].word.end


def _together(places: list[_Place], match: All) -> Iterator[Stretch]:
    """Words that answer to all parts, next to each other."""
    parts = [{each.text for each in tokens_in(part) if isinstance(each, Token)} for part in match.parts]
    for first in range(len(places) - len(parts) + 1):
        stretch = places[first : first + len(parts)]
        if all(any(part & place.tokens for place in stretch) for part in parts):
            yield stretch[0].word.start, stretch[-1].word.end


def _joined(found: list[Stretch]) -> list[Stretch]:
    """Overlapping stretches as one."""
    joined: list[Stretch] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
