"""Letters and signs: what two spellings of one word have in common."""

import re
import unicodedata

from anyascii import anyascii

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# Signs that nobody sees: soft hyphens, joiners, marks of direction.
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_OTHERS = {"ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}


def _latin_letters() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(map(ord, UNSEEN))
    table |= dict.fromkeys(range(0x300, 0x370))
    for code in (*range(ord("A"), ord("Z") + 1), *range(0xAA, 0x250), *range(0x1E00, 0x1F00), *range(0xFB00, 0xFB07)):
        letter = chr(code).lower()
        plain = "".join(_OTHERS.get(each, each) for each in unicodedata.normalize("NFKD", letter))
        plain = "".join(each for each in plain if not unicodedata.combining(each))
        if plain.isascii() and plain.isalnum():
            table[code] = plain
    return table


_FOLDED = _latin_letters()
_OF_SAME_LENGTH = {
    code: letter[0] if letter else " " if code < 0x300 or code > 0x36F else "" for code, letter in _FOLDED.items()
} | dict.fromkeys(map(ord, "\u00a0\u202f"), " ")
_NEITHER_LETTER_NOR_FIGURE = re.compile("[^a-z0-9]+")


def fold(word: str) -> str:
    """``word`` in small letters of a–z and figures: no diacritics (ł is l), no unseen signs; other scripts in Latin letters."""
    folded = word.translate(_FOLDED)
    if not folded.isascii():
        folded = anyascii(folded).lower()
    return folded if folded.isalnum() else _NEITHER_LETTER_NOR_FIGURE.sub("", folded)


def fold_in_place(text: str) -> str:
    """``text`` folded sign by sign, so that each stays in its place; what has no such form stays as it is."""
    folded = text.translate(_OF_SAME_LENGTH)
    return folded if len(folded) == len(text) else text.lower() if len(text.lower()) == len(text) else text


def small(word: str) -> str:
    """``word`` in small letters as dictionaries write it: composed, without unseen signs."""
    word = word.lower()
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word.translate(dict.fromkeys(map(ord, UNSEEN))))


# Polish letters in a–z and figures, so that sąd and sad stay two words in an index.
_CODES = str.maketrans(
    {"ą": "a1", "ć": "c1", "ę": "e1", "ł": "l1", "ń": "n1", "ó": "o1", "ś": "s1", "ź": "z1", "ż": "z2"}
)


def coded(lemma: str) -> str:
    """A Polish lemma in a–z and figures, with its diacritics told apart."""
    return fold(small(lemma).translate(_CODES))
