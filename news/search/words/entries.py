"""What an index has of a text: its words folded and in order, then a token for each word that they are forms of."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from wagtail_newsroom.news.search.words.cutting import CUT, HAS_FIGURE
from wagtail_newsroom.news.search.words.dates import dated
from wagtail_newsroom.news.search.words.dates import keys_of as keys_of_dates
from wagtail_newsroom.news.search.words.terms import (
    PRESENT,
    STRONG,
    STRONGEST,
    keys_of_counted,
    terms_of,
    tokens_of,
)

# Between two values, so that no phrase begins in one and ends in the next.
BREAK = "xqb"
LEAD = 40  # words
# PostgreSQL takes one megabyte a row; of longer texts the beginning is searched.
MOST_WORDS = 40_000
_IN_LEAD = 0.15
_STRONG, _STRONGEST = 0.42, 0.62


class Entry:
    """What stands in an index for some texts of one language."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self.surfaces: list[str] = []
        self.keys: dict[str, int] = {}
        self._early: set[str] = set()
        self._language = language
        for text in texts:
            self._add(text)

    def _add(self, text: str) -> None:
        if self.surfaces:
            self.surfaces.append(BREAK)
        room = max(0, MOST_WORDS - len(self.surfaces))
        found = CUT.findall(text)[:room]
        numbers = Counter(found)
        terms = {each: terms_of(each, self._language) for each in numbers}
        early = max(0, LEAD - len(self.surfaces))
        self._early.update(key for each in found[:early] for key in terms[each].keys)
        self.surfaces += chain.from_iterable(terms[each].surfaces for each in found)
        for each, number in numbers.items():
            self._count(terms[each].keys, number)
        if HAS_FIGURE.search(text):
            self._count(keys_of_counted(text))
            for date in dated(text):
                self._count(keys_of_dates(date))

    def _count(self, keys: Iterable[str], number: int = 1) -> None:
        for key in keys:
            self.keys[key] = self.keys.get(key, 0) + number

    @property
    def tokens(self) -> list[str]:
        """One token for each word that the texts have forms of."""
        return list(tokens_of(self.keys))

    @property
    def strong_tokens(self) -> list[str]:
        """Tokens of what the texts are about: what they say often for their length, and early."""
        return [prefix + key for key, count in self.keys.items() if (prefix := self._strength(key, count)) != PRESENT]

    def _strength(self, key: str, count: int) -> str:
        share = count / (count + 0.3 + 0.9 * len(self.surfaces) / 250)
        share += _IN_LEAD if key in self._early else 0
        return STRONGEST if share >= _STRONGEST else STRONG if share >= _STRONG else PRESENT

    def __str__(self) -> str:
        return " ".join([*self.surfaces, *self.tokens])


def indexed(text: str, language: str) -> str:
    """What of ``text`` is written into an index: tokens of a–z and figures, which every database cuts alike."""
    return str(Entry([text], language))
