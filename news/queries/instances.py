"""Rows of prepared queries as objects of their models, with what they name and what hangs on them: no query of their own.

Django makes objects of a query that it builds for each request; what is built once (``prepared.py``) gives rows.

Public: other apps may import from here.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import OuterRef, QuerySet
from wagtail.fields import StreamField

from wagtail_newsroom.news.queries.json_rows import JsonRows

Made = TypeVar("Made", bound=models.Model)
Row = Mapping[str, Any]


def columns_of(model: type[models.Model], path: str = "", without: tuple[str, ...] = ()) -> list[str]:
    """What ``values()`` has to read for :func:`made_of`; ``path``: of the key that leads there (``"venue__"``)."""
    return [f"{path}{name}" for name in _names(model, without)]


def made_of(model: type[Made], row: Row, path: str = "", without: tuple[str, ...] = ()) -> Made:
    """The object that the columns of ``row`` below ``path`` are; what it is ``without`` it asks for where it is needed."""
    names = _names(model, without)
    return model.from_db(DEFAULT_DB_ALIAS, names, [row[f"{path}{name}"] for name in names])


def json_rows(rows: QuerySet[Any], **more: Any) -> JsonRows:
    """All columns of ``rows`` for :func:`made_of_json`, in their order; ``more``: what else is read of each."""
    return JsonRows(rows, **{name: name for name in columns_of(rows.model)}, **more)


def child_rows(model: type[models.Model], key: str = "page") -> JsonRows:
    """The rows of ``model`` that hang on the page that is read, in the editor's order."""
    return json_rows(model._default_manager.filter(**{key: OuterRef("pk")}).order_by("sort_order", "pk"))


def made_of_json(model: type[Made], row: Row, **known: Any) -> Made:
    """The object that a row of :func:`json_rows` is; ``known``: what its keys name."""
    names, readers = _readers(model)
    values = [
        row[name] if reader is None or row[name] is None else reader(row[name])
        for name, reader in zip(names, readers, strict=True)
    ]
    made = model.from_db(DEFAULT_DB_ALIAS, names, values)
    for name, value in known.items():
        setattr(made, name, value)
    return made


def children_of(page: Any) -> dict[str, list[Any]]:
    """The rows that hang on ``page``, where modelcluster keeps those that were read."""
    found: dict[str, list[Any]] = vars(page).setdefault("_cluster_related_objects", {})
    return found


def with_row(page: Any, read: Callable[[Any, Any], Row]) -> Any:
    """The base row ``page`` as a page of its own type, with the row that ``read(model, pk)`` gives: for :func:`row_of`."""
    model = page.specific_class
    row = read(model, page.pk)
    made = made_of(model, row)
    made.__dict__["read_row"] = row
    return made


def row_of(page: Any, read: Callable[[Any, Any], Row]) -> Any:
    """The row with which ``page`` was made by :func:`with_row`, given once; else it is read now."""
    return page.__dict__.pop("read_row", None) or read(type(page), page.pk)


@cache
def streams_of(model: type[models.Model]) -> tuple[str, ...]:
    """The texts made of blocks that objects of ``model`` have: cards show none."""
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, StreamField))


@cache
def _names(model: type[models.Model], without: tuple[str, ...]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.attname not in without]


@cache
def _readers(model: type[models.Model]) -> tuple[list[str], list[Callable[[Any], Any] | None]]:
    return _names(model, ()), [_reader(field) for field in model._meta.concrete_fields]


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """What makes a value of JSON one of Python's; nothing for texts and numbers."""
    field = getattr(field, "target_field", field)
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.JSONField):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    plain = (models.CharField, models.TextField, models.IntegerField, models.FileField)
    return None if isinstance(field, plain) else field.to_python


def _moment(value: str) -> dt.datetime:
    """SQLite tells a moment without its zone, which is UTC."""
    moment = dt.datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
