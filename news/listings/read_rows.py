"""Child rows that came with their parent, in its query: as the objects that a prefetch would have made, without its query.

Objects are made when somebody looks at them.
"""

from typing import Any

from django.db.models import Model, QuerySet

from wagtail_newsroom.news.queries.instances import made_of_json


def give_rows(parent: Any, name: str, model: type[Model], rows: list[dict[str, Any]], **condition: Any) -> None:
    """Let ``parent.<name>.all()`` give ``rows``, read as :func:`~wagtail_newsroom.news.queries.instances.json_rows` of ``model``.

    ``condition``: by which narrower questions find the same rows in the database.
    """
    known = ReadRows(model, using=parent._state.db)
    known.read, known.condition = rows, condition
    parent.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known


class ReadRows(QuerySet[Any]):
    """Rows that are known. What is asked of them further is asked of the database."""

    read: list[dict[str, Any]]
    condition: dict[str, Any]

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._result_cache = [made_of_json(self.model, row) for row in self.read]

    def _chain(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.using(self.db).filter(**self.condition)
        return rows
