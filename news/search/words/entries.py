"""What an index has of a text: its words folded and in order, then a token for each word that they are forms of."""

from collections.abc import Iterable

from wagtail_newsroom.news.search.words.cutting import CUT
from wagtail_newsroom.news.search.words.dates import dated
from wagtail_newsroom.news.search.words.dates import keys_of as keys_of_dates
from wagtail_newsroom.news.search.words.terms import (
    COUNTED,
    PRESENT,
    STRONG,
    STRONGEST,
    key_of_counted,
    terms_of,
    tokens_of,
)

# Between two values, so that no phrase begins in one and ends in the next.
BREAK = "xqb"
LEAD = 40  # words
_IN_LEAD = 0.15
_STRONG, _STRONGEST = 0.42, 0.62


class Entry:
    """What stands in an index for some texts of one language."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self.surfaces: list[str] = []
        self.keys: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._language = language
        for text in texts:
            self._add(text)

    def _add(self, text: str) -> None:
        if self.surfaces:
            self.surfaces.append(BREAK)
        what, end = "", 0  # what the word before counts, and where it ends
        for match in CUT.finditer(text):
            terms = terms_of(match.group(), self._language)
            if not terms.surfaces:
                continue
            self._count(terms.keys)
            self.surfaces += terms.surfaces
            first = terms.surfaces[0]
            if what and (key := key_of_counted(what, text[end : match.start()], first)):
                self._count((key,))
            what, end = COUNTED.get(first, ""), match.end()
        for found in dated(text):
            self._count(keys_of_dates(found))

    def _count(self, keys: Iterable[str]) -> None:
        for key in keys:
            if key in self.keys:
                self.keys[key] += 1
            else:
                self.keys[key] = 1
                self._first[key] = len(self.surfaces)

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
        share += _IN_LEAD if self._first[key] < LEAD else 0
        return STRONGEST if share >= _STRONGEST else STRONG if share >= _STRONG else PRESENT

    def __str__(self) -> str:
        return " ".join([*self.surfaces, *self.tokens])


def indexed(text: str, language: str) -> str:
    """What of ``text`` is written into an index: tokens of a–z and figures, which every database cuts alike."""
    return str(Entry([text], language))
