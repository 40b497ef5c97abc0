"""An order in which each row has one place: without it, rows of equal keys come twice or never when a list is paged."""

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy


def settled(rows: Any) -> Any:
    """``rows`` in their order, those of equal keys by their id.

    Left alone: what is no queryset, a part of one, rows in a random order, and values that the id would change.
    """
    if not isinstance(rows, QuerySet) or rows.query.is_sliced:
        return rows
    keys = _keys(rows)
    if "?" in keys:
        return rows
    if rows.query.combinator:
        return _settled_union(rows, keys)
    if rows.query.values_select or rows.query.distinct_fields or rows.query.extra_order_by:
        return rows
    primary = rows.model._meta.pk
    if {_name(key) for key in keys} & {"pk", primary.name, primary.attname}:
        return rows
    return rows.order_by(*keys, F("pk").asc())


def _keys(rows: QuerySet[Any]) -> tuple[Any, ...]:
    """What ``rows`` are ordered by, said of them or of their model."""
    query = rows.query
    return tuple(query.order_by) or (tuple(rows.model._meta.ordering) if query.default_ordering else ())


def _settled_union(rows: QuerySet[Any], keys: tuple[Any, ...]) -> QuerySet[Any]:
    """Rows of several tables have no common id: all columns that the union holds decide."""
    columns = [*rows.query.values_select, *rows.query.annotation_select]
    named = {_name(key) for key in keys}
    missing = [column for column in columns if column not in named]
    return rows.order_by(*keys, *missing) if missing else rows


def _name(key: Any) -> str:
    if isinstance(key, OrderBy):
        key = key.expression
    return key.lstrip("-") if isinstance(key, str) else str(getattr(key, "name", ""))
