"""The rows that hold the words, as the search index knows it, and in its order."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends import get_search_backend

from wagtail_newsroom.news.search.questions import Question as IndexQuestion
from wagtail_newsroom.news.search.ranking import IN_TITLE, VERY_MUCH
from wagtail_newsroom.news.search.typed import searchable
from wagtail_newsroom.news.search.words import Asked, Group

MOST_FOUND = 10_000  # rows of one search, where the index is none of the database's
# By how many points the rows of an index fall, one behind the other, that counts points in a way of its own.
STEP = 20


class Matches:
    """Rows of ``model`` that hold ``words``. What is asked of them besides is asked of the database, not of the index."""

    def __init__(self, model: Any, words: Asked) -> None:
        self.model, self.words = model, words
        self._ids: list[Any] | None = None

    def among(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of ``rows`` that match, in no order."""
        if self.words.is_empty:
            return rows.none()
        if (backend := _backend()) is not None:
            return backend.found_among(rows, IndexQuestion(self.words))
        found = self._results(in_order=False)
        if hasattr(found, "get_queryset"):  # the index is in this database
            return rows.filter(pk__in=found.get_queryset().order_by().values("pk"))
        return rows.filter(pk__in=self._known_ids())

    def ranked(self, rows: QuerySet[Any], most: int, *names: str, **columns: Any) -> list[dict[str, Any]]:
        """The first ``most`` of ``rows`` that match, the best first: ``pk``, ``points`` and these columns of each."""
        if self.words.is_empty:
            return []
        if (backend := _backend()) is not None:
            matching = backend.ranked_among(rows, IndexQuestion(self.words))
            return list(matching.values("pk", "points", *names, **columns)[:most])
        by_id = {row["pk"]: row for row in self.among(rows).order_by().values("pk", *names, **columns)}
        known = [by_id[pk] for pk in self._known_ids() if pk in by_id][:most]
        return [{**row, "points": -STEP * place} for place, row in enumerate(known)]

    def by_group(self, rows: QuerySet[Any], most: int, *names: str) -> list[dict[str, Any]]:
        """The first ``most`` of ``rows`` that hold any of the groups of the words, those that hold most first: ``pk``,
        ``held`` (by the groups that a row holds, its points for each) and the columns ``names``."""
        groups = self.words.groups
        if not groups:
            return []
        if (backend := _backend()) is None:
            return self._group_after_group(rows, most, *names)
        told = [f"points_{number}" for number in range(len(groups))]
        matching = backend.found_by_group(rows, IndexQuestion(self.words)).values_list(*told, "pk", *names)[:most]
        found = []
        for row in matching:
            held = {group: number for group, number in zip(groups, row, strict=False) if number is not None}
            found.append({"held": held, **dict(zip(("pk", *names), row[len(groups) :], strict=True))})
        return found

    def _group_after_group(self, rows: QuerySet[Any], most: int, *names: str) -> list[dict[str, Any]]:
        found: dict[Any, dict[str, Any]] = {}
        for group in self.words.groups:
            for row in Matches(self.model, self.words.only(group)).ranked(rows, most, *names):
                points = row.pop("points")
                found.setdefault(row["pk"], {**row, "held": {}})["held"][group] = points
        return sorted(found.values(), key=lambda row: (-len(row["held"]), -sum(row["held"].values())))[:most]

    def count_by_group(self, rows: QuerySet[Any]) -> dict[Group, int]:
        """How many of ``rows`` hold each group of the words."""
        groups = self.words.groups
        if (backend := _backend()) is not None:
            return dict(zip(groups, backend.count_by_group(rows, IndexQuestion(self.words)), strict=True))
        return {group: Matches(self.model, self.words.only(group)).among(rows).count() for group in groups}

    def _results(self, *, in_order: bool) -> Any:
        rows = self.model._default_manager.all()
        words = searchable(self.words.typed)
        return get_search_backend().search(words, rows, operator="and", order_by_relevance=in_order)

    def _known_ids(self) -> Sequence[Any]:
        if self._ids is None:
            self._ids = [each.pk for each in self._results(in_order=True)[:MOST_FOUND]]
        return self._ids


def strength(group: Group, points: float) -> float:
    """From 0 to 1, how much a row is about ``group`` that has these ``points`` for it: 1 in the title and often."""
    if points < 0:  # of another index, which puts rows in order alone
        return 1 / (1 - points / STEP)
    return min(1.0, points / (group.weight * (IN_TITLE + VERY_MUCH)))


def _backend() -> Any:
    """The newsroom's own search; ``None`` where the site has another."""
    backend = get_search_backend()
    return backend if getattr(backend, "reads_typed_words", False) else None
