"""The original's text with the words of each value marked, linked both ways."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Place:
    """A stretch of the source that belongs to ``key``; ``href``: where the value stands in the form."""

    key: str
    start: int
    end: int
    href: str = ""


@dataclass
class _Mark:
    start: int
    end: int
    id: str
    href: str
    inside: list["_Mark"] = field(default_factory=list)


def mark_source(source: str, places: Iterable[Place]) -> tuple[SafeString, dict[str, str]]:
    """Return the text as HTML, and by key the id of the ``<mark>`` that holds its words.

    Marks nest; where two overlap, the later one ends with the one around it. Stretches that are the same share a mark.
    """
    ids: dict[str, str] = {}
    by_stretch: dict[tuple[int, int], _Mark] = {}
    for place in places:
        start, end = max(0, place.start), min(len(source), place.end)
        if end <= start:
            continue
        mark = by_stretch.setdefault((start, end), _Mark(start, end, f"from-{place.key}", place.href))
        ids[place.key] = mark.id
    whole = _Mark(0, len(source), "", "")
    open_marks = [whole]
    for mark in sorted(by_stretch.values(), key=lambda each: (each.start, -each.end)):
        while open_marks[-1].end <= mark.start and len(open_marks) > 1:
            open_marks.pop()
        mark.end = min(mark.end, open_marks[-1].end)
        open_marks[-1].inside.append(mark)
        open_marks.append(mark)
    return _written(source, whole), ids


def _written(source: str, mark: _Mark) -> SafeString:
    pieces: list[SafeString] = []
    at = mark.start
    for inner in mark.inside:
        pieces += [format_html("{}", source[at : inner.start]), _written(source, inner)]
        at = inner.end
    pieces.append(format_html("{}", source[at : mark.end]))
    words = format_html_join("", "{}", ((piece,) for piece in pieces))
    if not mark.id:
        return words
    if mark.href and not mark.inside:  # a link within a link would be none
        words = format_html('<a href="{}">{}</a>', mark.href, words)
    return format_html('<mark id="{}" tabindex="-1">{}</mark>', mark.id, words)


def quoted(source: str, start: int, end: int) -> str:
    """The words of a stretch on one line, shortened."""
    words = " ".join(source[start:end].split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1].rstrip()}…"


__all__ = ["Place", "mark_source", "quoted"]
