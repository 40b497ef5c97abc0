"""What the rows of an answer point to: noted while they are read, then fetched from each source at once.

Public: other apps may import from here.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.texts import Written, write_rich_text

Source = Callable[[set[Any], Answer, "Wanted"], Mapping[Any, Any]]


@dataclass(frozen=True)
class InLanguages:
    """One thing in several languages, from a source: an item shows it in its own one, else as it was chosen."""

    chosen: dict[str, Any] | None
    by_locale: Mapping[int, dict[str, Any]]

    def of(self, locale_id: int) -> dict[str, Any] | None:
        """What an item in the language ``locale_id`` shows."""
        return self.by_locale.get(locale_id, self.chosen)


class Wanted:
    """Keys by kind (``"image"``, ``"page"``, ``"document"``, ``"person"`` …)."""

    def __init__(self) -> None:
        self._keys: dict[str, set[Any]] = defaultdict(set)

    def add(self, kind: str, pk: Any) -> None:
        """Want one object; ``None`` and the empty string are nothing."""
        if pk not in (None, ""):
            self._keys[kind].add(pk)

    def take(self, kind: str) -> set[Any]:
        """What is wanted of ``kind`` by now."""
        return self._keys.get(kind, set())


class Found:
    """What the public may see of what was wanted.

    ``locale_id``: of the item that is read just now; ``tags``: of the pages that were taken out.
    """

    def __init__(self, answer: Answer, by_kind: dict[str, Mapping[Any, Any]]) -> None:
        self.answer = answer
        self.locale_id = 0
        self.tags: set[str] = set()
        self._by_kind = by_kind

    def get(self, kind: str, pk: Any) -> dict[str, Any] | None:
        """One object as the API shows it; ``None`` where it is gone or not public."""
        found = self._by_kind.get(kind, {}).get(pk)
        if isinstance(found, InLanguages):
            found = found.of(self.locale_id)
        if kind == "page" and found is not None:  # of many that are wanted, those that are shown
            self.tags.add(f"{found['type']}:{found['id']}")
        return found

    def rich_text(self, html: Any) -> Written:
        """A stored rich text in the format that was asked for, its links to what was found."""
        return write_rich_text(html, self)


def gather(wanted: Wanted, answer: Answer, own: dict[str, Source]) -> Found:
    """Ask each source once: those of other apps, then ``own`` in their order, whose later ones the earlier may want of."""
    found: dict[str, Mapping[Any, Any]] = {}
    for kind, source in {**registry.sources(), **own}.items():
        keys = wanted.take(kind)
        found[kind] = source(keys, answer, wanted) if keys else {}
    return Found(answer, found)
