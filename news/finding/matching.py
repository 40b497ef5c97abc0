"""The rows that hold the words, as the search index knows it, and in its order."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends import get_search_backend

from wagtail_newsroom.news.search.questions import Question as IndexQuestion
from wagtail_newsroom.news.search.typed import searchable
from wagtail_newsroom.news.search.words import Asked

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
        found = self._results(in_order=False)
        if hasattr(found, "get_queryset"):  # the index is in this database
            return rows.filter(pk__in=found.get_queryset().order_by().values("pk"))
        return rows.filter(pk__in=self._known_ids())

    def ranked(self, rows: QuerySet[Any], most: int, *names: str, **columns: Any) -> list[dict[str, Any]]:
        """The first ``most`` of ``rows`` that match, the best first: ``pk``, ``points`` and these columns of each."""
        if self.words.is_empty:
            return []
        found = self._results(in_order=True)
        if getattr(found.backend, "reads_typed_words", False):
            found = found.annotate_score("points")
            matching = found.get_queryset().filter(pk__in=rows.order_by().values("pk"))
            return list(matching.values("pk", "points", *names, **columns)[:most])
        by_id = {row["pk"]: row for row in self.among(rows).order_by().values("pk", *names, **columns)}
        known = [by_id[pk] for pk in self._known_ids() if pk in by_id][:most]
        return [{**row, "points": -STEP * place} for place, row in enumerate(known)]

    def _results(self, *, in_order: bool) -> Any:
        backend = get_search_backend()
        rows = self.model._default_manager.all()
        if getattr(backend, "reads_typed_words", False):
            return backend.search(IndexQuestion(self.words), rows, order_by_relevance=in_order)
        words = searchable(self.words.typed)
        return backend.search(words, rows, operator="and", order_by_relevance=in_order)

    def _known_ids(self) -> Sequence[Any]:
        if self._ids is None:
            self._ids = [each.pk for each in self._results(in_order=True)[:MOST_FOUND]]
        return self._ids
