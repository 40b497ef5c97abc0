"""Step 1: one spelling for everything that programmes spell in ten ways, with the way back to the source.

``normalise`` mends and evens out; ``Normalised.source_span`` says where a stretch of the result stood in the
text that came in. ``Normalised.folded`` is as long as ``Normalised.text``: lower case without diacritics, so that the
grammar is written once and reads text typed without Polish letters too.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

COLUMN_GAP = 5  # justified text has gaps of three
HYPHEN, DASH, BULLET = "-", "–", "•"

_EVEN = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2010\u2011\u2043\ufe63\uff0d\u058a", HYPHEN),
    **dict.fromkeys("\u2012\u2013\u2014\u2015\u2212\ufe58\u2e3a\u2e3b\u301c\x96\x97", DASH),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\x00", ""),
    **dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\uf0b7\uf0a7\uf0fc\uf0d8\uf02d\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u25a1\u2023\u2219\u27a2\u2713\u2714", BULLET),
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"

# Polish letters of ISO 8859-2 and CP1250 as they look when taken for Latin 1, CP1252 or each other.
_LEGACY = dict(zip("±æê³ñ¶¼¿¡ÆÊ£Ñ¦¬¯¹œŸ¥Œ", "ąćęłńśźżĄĆĘŁŃŚŹŻąśźĄŚ", strict=True)) | {
    "\x8f": "Ź",
    "\x9f": "ź",
    "\x9c": "ś",
    "\x8c": "Ś",
}
# Signs that tell of a wrong encoding within a word. A raised figure at its end may be a footnote or a unit: "m³".
_EVIDENCE = re.compile(r"[^\W\d_][±¶¼¿¦¬¯\x9c\x9f]|[±³¶¼¿¹\x9c\x9f¦¬¯][a-ząćęłńóśźż]")
_UNIT = re.compile(r"(?:\b|\d)[kcdm]?m[²³]\b")


def _utf8_taken_for_another() -> dict[str, str]:
    table = {}
    for letter in _POLISH + "–—„”“’…§°\u00a0•":
        for codec in ("cp1250", "cp1252", "latin-1"):
            try:
                table[letter.encode("utf-8").decode(codec)] = letter
            except UnicodeDecodeError:
                continue
    return table


_UTF8 = _utf8_taken_for_another()
_UTF8_PATTERN = re.compile("|".join(re.escape(key) for key in sorted(_UTF8, key=len, reverse=True)))

_TO_EVEN = re.compile(
    r"[ \t\u00a0]{2,}|(?:[ \t]*\r?\n){8,}|(?P<sign>[^\w\s])(?P=sign){30,}|\r\n?|"
    + f"[{re.escape(''.join(_EVEN))}]"
    + r"|.[\u0300-\u036f]+|^[ \t]*[·§o](?=[ \t\u00a0]{1,20}\S)|"
    + _UTF8_PATTERN.pattern,
    re.MULTILINE,
)
_LEGACY_PATTERN = re.compile("[" + "".join(_LEGACY) + "]")
_LINE_BREAK_HYPHEN = re.compile(r"(?<=[a-ząćęłńóśźż])-\n(?=[a-ząćęłńóśźż])")
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, slots=True)
class Normalised:
    """The evened text and where each of its characters stood."""

    text: str
    folded: str
    source: str
    mended: tuple[int, int] | None  # the first stretch of the source that had the wrong encoding
    _starts: tuple[int, ...]  # positions in `text` where the shift changes …
    _shifts: tuple[int, ...]  # … and the shift to the source from there

    def origin(self, position: int) -> int:
        """Return where the character at ``position`` of the normalised text stands in the source."""
        index = bisect_right(self._starts, position) - 1
        return min(len(self.source), position + self._shifts[index]) if index >= 0 else position

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch of the normalised text as a stretch of the source, never outside it."""
        if end <= start:
            at = self.origin(start)
            return at, at
        return self.origin(start), max(self.origin(start), min(len(self.source), self.origin(end - 1) + 1))


def fold(text: str) -> str:
    """Lower case without diacritics, character by character: the answer is as long as the text."""
    return text.translate(_FOLD)


class _FoldTable(dict[int, str]):
    """Folds a character when it is first met; what has no fold of one character stays as it is."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        low = letter.lower()
        base = unicodedata.normalize("NFD", low)[:1] or low
        folded = {"ł": "l", "ø": "o", "đ": "d"}.get(base, base)
        if letter in "“”„«»″’‘`´":
            folded = '"' if letter in "“”„«»″" else "'"
        self[code] = folded if len(folded) == 1 else letter
        return self[code]


_FOLD = _FoldTable()


def normalise(source: str) -> Normalised:
    """Even out spaces, dashes, bullets, line ends, split letters and wrong encodings."""
    edits: list[tuple[int, int, str]] = []
    mended: tuple[int, int] | None = None
    for match in _TO_EVEN.finditer(source):
        found = match.group()
        if found[0] == "\r" and len(found) < 3:
            new = "\n"
        elif not found.strip(" \t\u00a0"):
            new = _gap(source, match.start(), found)
        elif len(found) >= 8:  # rows of dots, blank pages: nothing to read, and slow to look through
            new = (
                "\n\n\n"
                if "\n" in found
                else "\t"
                if "\t" in found
                else found[0]
                if found[0] in " \u00a0"
                else found[0] * 5
            )
            new = _EVEN.get(new, new)
        elif found in _UTF8:
            new, mended = _UTF8[found], mended or match.span()
            new = _EVEN.get(new, new)
        elif len(found) > 1 and unicodedata.combining(found[-1]):
            new = unicodedata.normalize("NFC", found)
        elif found in _EVEN:
            new = _EVEN[found]
        else:  # Word's bullets, which other programs show as a sign or as the letter o
            new = found[:-1] + BULLET
        if found in _SUPERSCRIPT and (
            match.start() == 0
            or (not source[match.start() - 1].isdigit() and source[match.start() - 1] not in _SUPERSCRIPT)
        ):
            continue
        if new != found:
            edits.append((match.start(), match.end(), new))
    if _EVIDENCE.search(source):
        taken = {start for start, _end, _new in edits}
        for match in _LEGACY_PATTERN.finditer(source):
            if (
                match.start() not in taken
                and _within_word(source, match.start())
                and not _UNIT.match(source, max(0, match.start() - 2))
            ):
                edits.append((match.start(), match.end(), _LEGACY[match.group()]))
                mended = mended or match.span()
        edits.sort()
    return _apply(source, edits, mended)


def _gap(source: str, at: int, found: str) -> str:
    """Spaces in a row: one, or a tab where they set columns apart."""
    if "\t" in found:
        return "\t"
    begins_line = at == 0 or source[at - 1] in "\n\r·§o•"
    return "\t" if len(found) >= COLUMN_GAP and not begins_line else " "


def _within_word(source: str, at: int) -> bool:
    before, after = source[at - 1 : at] if at else "", source[at + 1 : at + 2]
    return before.isalpha() or before in _LEGACY or (after.isalpha() and not before.isdigit())


def _apply(source: str, edits: list[tuple[int, int, str]], mended: tuple[int, int] | None) -> Normalised:
    pieces: list[str] = []
    starts, shifts = [0], [0]
    length = at = 0
    for start, end, new in edits:
        if start < at:
            continue
        pieces += [source[at:start], new]
        length += start - at
        for offset in range(1, len(new)):  # each new letter points at the sign it came from
            starts.append(length + offset)
            shifts.append(start - length - offset)
        length += len(new)
        at = end
        if end - length != shifts[-1] or len(new) > 1:
            starts.append(length)
            shifts.append(end - length)
    pieces.append(source[at:])
    text = "".join(pieces)
    return Normalised(text, fold(text), source, mended, tuple(starts), tuple(shifts))


def squeeze(text: str) -> str:
    """One line, single spaces."""
    return " ".join(text.split())


def trim(text: str, start: int, end: int, strip: str = " \t\n") -> tuple[int, int]:
    """Move both ends of a stretch inwards over the signs in ``strip``."""
    while start < end and text[start] in strip:
        start += 1
    while end > start and text[end - 1] in strip:
        end -= 1
    return start, end


def lines_of(text: str) -> list[tuple[int, int]]:
    """Return the stretch of every line, without its line end."""
    breaks = [-1, *(index for index, letter in enumerate(text) if letter == "\n"), len(text)]
    return [(before + 1, after) for before, after in pairwise(breaks)]
