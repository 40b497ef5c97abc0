"""Texts with the words that were asked for marked in them, and the part of a long one that shows most of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]
Mark = Callable[[str], list[Span]]

LONG = 220  # characters of an excerpt
BEFORE = 60  # of them before the first mark
MOST_PLACES = 300  # looked at in one text
ELLIPSIS = "…"


@dataclass(frozen=True)
class Marked:
    """A text, and where in it the words stand: pairs of the first character and that behind the last one."""

    text: str
    marks: tuple[Span, ...] = ()

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is marked."""
        edges = [0, *(edge for mark in self.marks for edge in mark), len(self.text)]
        pieces = [(self.text[start:end], number % 2 == 1) for number, (start, end) in enumerate(pairwise(edges))]
        return [piece for piece in pieces if piece[0]]

    def __bool__(self) -> bool:
        return bool(self.text)


def marked(text: str, mark: Mark) -> Marked:
    """The whole ``text``."""
    return Marked(text, tuple(_apart(mark(text), len(text))))


def excerpt(texts: Iterable[str], mark: Mark) -> Marked:
    """The part of ``texts`` in which most of the words stand, a few of them around; empty where none does."""
    best, best_worth = Marked(""), 0
    for text in texts:
        text = " ".join(text.split())
        spans = _apart(mark(text), len(text))
        for start, _end in spans[:MOST_PLACES]:
            window = [span for span in spans if start <= span[0] and span[1] <= start + LONG - BEFORE]
            worth = len({text[first:last].casefold() for first, last in window})
            if worth > best_worth:
                best, best_worth = _cut(text, spans, start), worth
    return best


def opening(text: str) -> Marked:
    """The beginning of ``text``, nothing marked."""
    return _cut(" ".join(text.split()), [], 0)


def _cut(text: str, spans: Sequence[Span], around: int) -> Marked:
    """The part of ``text`` around a place, cut between words."""
    start = max(0, min(around - BEFORE, len(text) - LONG))
    end = min(len(text), start + LONG)
    if start:
        start = text.find(" ", start, around) + 1 or start
    if end < len(text):
        end = text.rfind(" ", around, end) if text.rfind(" ", around, end) > around else end
    left = ELLIPSIS if start else ""
    right = ELLIPSIS if end < len(text) else ""
    shift = len(left) - start
    kept = tuple((first + shift, last + shift) for first, last in spans if start <= first and last <= end)
    return Marked(f"{left}{text[start:end].strip()}{right}", kept)


def _apart(spans: Iterable[Span], length: int) -> list[Span]:
    """Spans in their order, those that overlap left out."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if 0 <= start < end <= length and (not found or found[-1][1] <= start):
            found.append((start, end))
    return found
