"""A text cut into words: where each stands, and what it is spelled like."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from wagtail_newsroom.news.search.words.signs import DASHES, UNSEEN, fold, small

MOST_REMEMBERED = 50_000  # words; about 15 MB
_PLAIN = rf"[^\W_]+(?:[\u0300-\u036f{UNSEEN}]+[^\W_]*)*(?:['’][a-ząćęłńóśźż]{{1,4}}(?![^\W_]))?"  # Kennedy'ego
CUT = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"  # 10 000
    r"|\d+(?:[.,:]\d+)+(?![^\W_])"  # 7.5, 12.03.2026, 10:00
    rf"|{_PLAIN}(?:[{DASHES}]{_PLAIN})*"
    r"|§"
)
HAS_FIGURE = re.compile(r"\d")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_DECIMAL = re.compile(r"\d+(?:[.,:]\d+)+")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_PARTS = re.compile(f"[^{DASHES}]+")
_APOSTROPHE = re.compile("['’].*")
# Two or more capitals, figures after them (EFS2), and the ending that people add: ROPS-u, ROPSu, ZAZ-y, CIS-ów.
ENDINGS = "owi|ami|em|ie|ów|om|ach|u|y|a|i|e"
_ABBREVIATION = re.compile(rf"([A-ZĄĆĘŁŃÓŚŹŻ]{{2,}}[0-9]*)(?:[{DASHES}]?(?:{ENDINGS}))?")
LONGEST = 60  # letters; what is longer is no word, and counts by its beginning
_LONG_FOR_ABBREVIATION = 6


class Word(NamedTuple):
    """A word, from ``start`` to ``end`` of where it was found."""

    start: int
    end: int
    text: str  # in small letters, with diacritics
    surface: str  # folded
    is_abbreviation: bool = False


class Cut(NamedTuple):
    """What stands between two gaps: one word, or those that dashes hold together."""

    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def whole(self) -> str:
        """The words written as one, folded: ``e-mail`` is ``email``."""
        return "".join(word.surface for word in self.words)


def cut(text: str) -> Iterator[Cut]:
    """Yield what stands in ``text``, in its order; signs that are no words are left out."""
    for match in CUT.finditer(text):
        start = match.start()
        if words := words_in(match.group()):
            moved = (Word(start + each.start, start + each.end, *each[2:]) for each in words)
            yield Cut(start, match.end(), tuple(moved))


@lru_cache(maxsize=MOST_REMEMBERED)
def words_in(found: str) -> tuple[Word, ...]:
    """The words of what stands between two gaps, where it is ``found`` alone."""
    return tuple(word for word in _words(found[:LONGEST]) if word.surface)


def _words(found: str) -> Iterator[Word]:
    length = len(found)
    if found == "§":
        yield Word(0, length, found, "par")
    elif _GROUPED.fullmatch(found):
        yield Word(0, length, fold(found), fold(found))
    elif _DAY.fullmatch(found):  # a day is three words, as ISO dates are
        for match in re.finditer(r"\d+", found):
            yield Word(*match.span(), match.group(), fold(match.group()))
    elif _DECIMAL.fullmatch(found):
        joined = "d".join(fold(each) for each in re.split("[.,:]", found))
        yield Word(0, length, joined, joined)
    elif abbreviation := _ABBREVIATION.fullmatch(found):
        yield _capitals(abbreviation, 0)
    else:
        for part in _PARTS.finditer(found):
            if abbreviation := _ABBREVIATION.fullmatch(part.group()):
                yield _capitals(abbreviation, part.start())
            else:
                bare = _APOSTROPHE.sub("", part.group())
                yield Word(*part.span(), small(bare), fold(bare))


def _capitals(match: re.Match[str], start: int) -> Word:
    """A long word in capitals is one of a heading and keeps its ending."""
    whole, base = match.group(), match[1]
    is_abbreviation = len(base) < _LONG_FOR_ABBREVIATION or len(base) < len(whole)
    kept = base if is_abbreviation else whole
    return Word(start, start + len(whole), small(kept), fold(kept), is_abbreviation)
