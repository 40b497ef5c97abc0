"""Where in a text the words stand that were asked for, in whatever form they stand there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wagtail_newsroom.news.search.words.asking import Asked
from wagtail_newsroom.news.search.words.cutting import CUT, HAS_FIGURE, Word, cut, words_in
from wagtail_newsroom.news.search.words.dates import dated
from wagtail_newsroom.news.search.words.dates import keys_of as keys_of_dates
from wagtail_newsroom.news.search.words.matches import All, Either, Match, Run, Token, tokens_in
from wagtail_newsroom.news.search.words.terms import PRESENT, counted, keys_of_word, tokens_of

Stretch = tuple[int, int]


class _Place(NamedTuple):
    """A word of a text with the tokens that an index has of it."""

    start: int
    end: int
    surface: str
    tokens: frozenset[str]


class Marker:
    """Looks for one question in many texts; each word is read once."""

    def __init__(self, question: Asked) -> None:
        self._language = question.languages[0] if question.languages else ""
        matches = list(_single(group.match for group in question.groups))
        self._wanted = frozenset(each.text for each in matches if isinstance(each, Token))
        self._together = [each for each in matches if isinstance(each, Run | All)]
        self._known: dict[str, tuple[Stretch, ...]] = {}

    def marks(self, text: str) -> list[Stretch]:
        """Start and end of each word of ``text`` that answers to a part of the question, in their order."""
        found = []
        if self._wanted:
            for match in CUT.finditer(text):
                for start, end in self._in_cut(match.group()):
                    found.append((match.start() + start, match.start() + end))
            if HAS_FIGURE.search(text):
                found += self._numbers(text)
        places = self._places(text) if self._together else []
        for each in self._together:
            found += _runs(places, each) if isinstance(each, Run) else _together(places, each)
        return _joined(found)

    def _in_cut(self, found: str) -> tuple[Stretch, ...]:
        """The words that are wanted; where dashes hold wanted words together, all of it is one."""
        if found not in self._known:
            words = words_in(found)
            wanted = [word for word in words if _tokens(word, self._language) & self._wanted]
            is_whole = (
                len(wanted) == len(words) or f"{PRESENT}h{''.join(word.surface for word in words)}" in self._wanted
            )
            stretches = [(0, len(found))] if is_whole and words else [(word.start, word.end) for word in wanted]
            self._known[found] = tuple(stretches)
        return self._known[found]

    def _numbers(self, text: str) -> Iterator[Stretch]:
        yield from ((start, end) for start, end, key in counted(text) if PRESENT + key in self._wanted)
        for date in dated(text):
            if self._wanted & {PRESENT + key for key in keys_of_dates(date)}:
                yield date.start, date.end

    def _places(self, text: str) -> list[_Place]:
        return [
            _Place(word.start, word.end, word.surface, _tokens(word, self._language))
            for each in cut(text)
            for word in each.words
        ]


def marks(text: str, question: Asked) -> list[Stretch]:
    """Start and end of each word of ``text`` that answers to a part of the question, in their order."""
    return Marker(question).marks(text)


def _single(matches: Iterable[Match]) -> Iterator[Match]:
    """What answers by itself: tokens, runs, and words that only count together."""
    for match in matches:
        if isinstance(match, Either):
            yield from _single(match.parts)
        else:
            yield match


def _tokens(word: Word, language: str) -> frozenset[str]:
    return frozenset((word.surface, *tokens_of(keys_of_word(word, language))))


def _runs(places: list[_Place], run: Run) -> Iterator[Stretch]:
    length = len(run.texts)
    for first in range(len(places) - length + 1):
        stretch = places[first : first + length]
        if all(place.surface == text for place, text in zip(stretch, run.texts, strict=True)):
            yield stretch[0].start, stretch[-1].end


def _together(places: list[_Place], match: All) -> Iterator[Stretch]:
    """Words that answer to all parts, next to each other."""
    parts = [{each.text for each in tokens_in(part) if isinstance(each, Token)} for part in match.parts]
    for first in range(len(places) - len(parts) + 1):
        stretch = places[first : first + len(parts)]
        if all(any(part & place.tokens for place in stretch) for part in parts):
            yield stretch[0].start, stretch[-1].end


def _joined(found: list[Stretch]) -> list[Stretch]:
    """Overlapping stretches as one."""
    joined: list[Stretch] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
