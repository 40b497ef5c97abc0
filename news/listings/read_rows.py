"""Child rows that came with their parent, in its query: as the objects that a prefetch would have made, without its query.

Objects are made when somebody looks at them.
"""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from wagtail_newsroom.news.listings.json_rows import JsonRows


def whole_rows(rows: QuerySet[Any]) -> JsonRows:
    """``rows`` (with :class:`~django.db.models.OuterRef`) with all their columns."""
    return JsonRows(rows, **{name: name for name in _names(rows.model)})


def give_rows(parent: Any, name: str, model: type[Model], rows: list[dict[str, Any]], **condition: Any) -> None:
    """Let ``parent.<name>.all()`` give ``rows``, read as :func:`whole_rows` of ``model``.

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
            self._result_cache = list(objects_of(self.model, self.read, self.db))

    def _chain(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.using(self.db).filter(**self.condition)
        return rows


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def objects_of(model: type[Model], rows: list[dict[str, Any]], using: str | None = None) -> Iterable[Any]:
    """Objects of ``model`` from ``rows`` that were read as :func:`whole_rows`."""
    fields = model._meta.concrete_fields
    names = _names(model)
    using = using or DEFAULT_DB_ALIAS
    return (model.from_db(using, names, [field.to_python(row[field.attname]) for field in fields]) for row in rows)
