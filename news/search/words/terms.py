"""From a word of a text to what an index has of it: its letters, and keys of what it is a form of.

A key is what stands behind the prefix of a token: ``l`` a word of the dictionary, ``s`` a Polish stem, ``e`` an English
one, ``w`` the letters alone (abbreviations, figures, other languages), ``d`` a day or month, ``n`` a number with what it
counts, ``h`` words with a dash in one.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from wagtail_newsroom.news.search.words.cutting import MOST_REMEMBERED, Word, words_in
from wagtail_newsroom.news.search.words.morphology import lemmas
from wagtail_newsroom.news.search.words.signs import fold
from wagtail_newsroom.news.search.words.small_words import is_small

# Present; often or early in a text; very much so.
PRESENT, STRONG, STRONGEST = "xq", "zq", "yq"
# What is counted by the number behind it.
COUNTED = {
    **dict.fromkeys(("art", "artykul", "artykulu", "artykule", "artykulem", "artykulow", "article"), "art"),
    **dict.fromkeys(("ust", "ustep", "ustepu", "ustepie"), "ust"),
    **dict.fromkeys(("pkt", "punkt", "punktu", "punkcie", "point"), "pkt"),
    **dict.fromkeys(("par", "paragraf", "paragrafu", "paragrafie", "section"), "par"),
    **dict.fromkeys(("nr", "numer", "numeru", "numerze", "numerem", "no"), "nr"),
    **dict.fromkeys(("poz", "pozycja", "pozycji", "pozycje"), "poz"),
}
# Letters alone stand for "§", which has none.
_NUMBER = re.compile(r"(?<![^\W_])([^\W\d_]{2,10}|§)[. \u00a0\u202f]{0,3}(\d[^\W_]*(?:[.,]\d+)*)(?![^\W_])")


class Terms(NamedTuple):
    """What an index has of a word or of words that dashes hold together."""

    surfaces: tuple[str, ...]
    keys: tuple[str, ...]


@lru_cache(maxsize=MOST_REMEMBERED)
def terms_of(found: str, language: str) -> Terms:
    """What an index has of ``found``, which stands between two gaps of a text in this language."""
    words = words_in(found)
    surfaces = tuple(word.surface for word in words)
    keys = [key for word in words for key in keys_of_word(word, language)]
    if len(words) > 1:
        keys.append("h" + "".join(surfaces))
    return Terms(surfaces, tuple(dict.fromkeys(keys)))


def keys_of_word(word: Word, language: str) -> tuple[str, ...]:
    """The keys of a word of a text; none for small words."""
    letters = ("w" + word.surface,)
    if word.is_abbreviation or not word.text.isalpha():
        return letters
    if is_small(word.surface, language):
        return ()
    return lemmas(word.text, language) or letters


def tokens_of(keys: Iterable[str]) -> Iterator[str]:
    """The tokens by which an index has what is present; a word's own letters stand there already."""
    return (PRESENT + key for key in keys if key[0] != "w")


def keys_of_counted(text: str) -> list[str]:
    """The keys of the numbers of a text with what they count."""
    return [key for _start, _end, key in counted(text)]


def counted(text: str) -> list[tuple[int, int, str]]:
    """Where numbers stand with what they count (``art. 19``), and their keys."""
    found = ((match, COUNTED.get(fold(match[1]) or "par")) for match in _NUMBER.finditer(text))
    return [(*match.span(), f"n{what}{words_in(match[2])[0].surface}") for match, what in found if what]
