"""The text with what step 1 and 2 found in it: lines, sentences, dates, hours. Later steps ask it for neighbourhoods."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from wagtail_newsroom.news.reader.dates.written_dates import WrittenPeriod, find_dates
from wagtail_newsroom.news.reader.dates.written_times import MASK, Hours, find_hours, mask, mask_dates
from wagtail_newsroom.news.reader.text.normalise import Normalised, lines_of, normalise

LONGEST_SENTENCE = 1200  # characters to either side of what is looked at
_ABBREVIATIONS = (
    r"(?<!\bul)(?<!\bal)(?<!\bpl)(?<!\bos)(?<!\bim)(?<!\bsw)(?<!\bdr)(?<!\bnr)(?<!\bok)(?<!\btj)(?<!\bnp)(?<!\bpt)(?<!\bpn)(?<!\bds)(?<!\bks)(?<!\btel)(?<!\bgodz)(?<!\bprof)(?<!\bhab)(?<!\bmgr)"
    r"(?<!\binz)(?<!\bm\.in)(?<!\bitp)(?<!\bitd)(?<!\bwoj)(?<!\bpow)(?<!\bmr)(?<!\bmrs)(?<!\bst)(?<!\bmec)(?<!\bred)(?<!\bkom)(?<!\bgen)(?<!\bp)(?<!\bk)(?<!\bg)(?<!\bw)(?<! [a-z])"
)
_SENTENCE_END = re.compile(
    rf"(?:{_ABBREVIATIONS}\.|[!?])[\"')]?[ \t]+(?=[\"(]?[A-ZĄĆĘŁŃÓŚŹŻ0-9])|\n\s*\n|\n(?=[ \t]*[•\-–*])"
)


# No date is read out of an address: "…/2017/11/16/", "?id=7 do 10 października".
_ADDRESSES = re.compile(r"(?:https?://|www\.)[^\s<>\"]{3,400}|[\w.+-]{1,64}@[\w.-]{3,100}")


@dataclass
class Page:
    """One text under reading. Positions are those of the normalised text."""

    norm: Normalised
    periods: list[WrittenPeriod] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    masked: str = ""  # dates and what looks like hours but is none are blanked
    dated: str = ""  # dates alone are blanked

    @classmethod
    def of(cls, source: str) -> Page:
        page = cls(normalise(source))
        page.look_for_hours(find_dates(_ADDRESSES.sub(lambda match: MASK * len(match.group()), page.folded)))
        return page

    def look_for_hours(self, periods: list[WrittenPeriod]) -> None:
        self.periods = periods
        self.dated = mask_dates(self.folded, periods)
        self.masked = mask(self.dated)
        self.hours = find_hours(self.masked, self.dated)

    @property
    def text(self) -> str:
        return self.norm.text

    @property
    def folded(self) -> str:
        return self.norm.folded

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        return lines_of(self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [start for start, _end in self.lines]

    def line_index(self, position: int) -> int:
        return max(0, bisect_right(self._line_starts, position) - 1)

    def line(self, position: int) -> tuple[int, int]:
        return self.lines[self.line_index(position)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        # Looked for in a text that is folded except for the capitals that begin a sentence.
        cased = "".join(
            letter if letter.isupper() and letter.lower() != low and low.isascii() else low
            for letter, low in zip(self.text, self.folded, strict=True)
        )
        return [0, *(match.end() for match in _SENTENCE_END.finditer(cased))]

    def sentence(self, position: int) -> tuple[int, int]:
        """Return the sentence around a position; blank lines and list items end one too. Never longer than LONGEST_SENTENCE."""
        index = bisect_right(self._sentence_starts, position) - 1
        end = self._sentence_starts[index + 1] if index + 1 < len(self._sentence_starts) else len(self.text)
        return max(self._sentence_starts[index], position - LONGEST_SENTENCE), min(end, position + LONGEST_SENTENCE)

    def blank(self, index: int) -> bool:
        start, end = self.lines[index]
        return not self.text[start:end].strip()
