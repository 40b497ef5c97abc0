"""Rows of prepared queries as objects of their models, with what they name and what hangs on them: no query of their own.

Django makes objects of a query that it builds for each request; what is built once (``prepared.py``) gives rows.

Public: other apps may import from here.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from inspect import getattr_static
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import OuterRef, QuerySet
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.signals import post_init, pre_init
from wagtail.fields import StreamField

from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.queries.prepared import PreparedQueries

Made = TypeVar("Made", bound=models.Model)
Row = Mapping[str, Any]

# Whose constructors of models do nothing for a row that is stored but what :func:`stored` does.
CONSTRUCTORS = ("builtins", "django", "modelcluster", "treebeard", "wagtail")
_WHOLE = PreparedQueries()
_NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the query hangs on no moment


def columns_of(model: type[models.Model], path: str = "", without: tuple[str, ...] = ()) -> list[str]:
    """What ``values()`` has to read for :func:`made_of`; ``path``: of the key that leads there (``"venue__"``)."""
    return [f"{path}{name}" for name in _names(model, without)]


def made_of(model: type[Made], row: Row, path: str = "", without: tuple[str, ...] = ()) -> Made:
    """The object that the columns of ``row`` below ``path`` are; what it is ``without`` it asks for where it is needed."""
    names = _names(model, without)
    return stored(model, names, [row[f"{path}{name}"] for name in names])


def stored(model: type[Made], names: Sequence[str], values: Sequence[Any]) -> Made:
    """As ``model.from_db``, without a constructor that does nothing for what is stored: that of pages takes ten times as long."""
    if not _has_plain_constructor(model):
        return model.from_db(DEFAULT_DB_ALIAS, names, values)
    made = model.__new__(model)
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    known = made.__dict__
    known.update(zip(names, values, strict=True))
    for name in _read_when_set(model):
        if name in known:
            setattr(made, name, known.pop(name))
    return made


@cache
def _has_plain_constructor(model: type[models.Model]) -> bool:
    makers = [each for each in model.__mro__ if {"__init__", "__new__", "from_db"} & vars(each).keys()]
    is_known = all(each.__module__.partition(".")[0] in CONSTRUCTORS for each in makers)
    return is_known and not pre_init.has_listeners(model) and not post_init.has_listeners(model)


@cache
def _read_when_set(model: type[models.Model]) -> tuple[str, ...]:
    """Fields whose values become something else when they are set: texts of blocks, files."""
    names = (field.attname for field in model._meta.concrete_fields)
    return tuple(
        name
        for name in names
        if hasattr(descriptor := getattr_static(model, name), "__set__")
        and type(descriptor) is not ForeignKeyDeferredAttribute
    )


def as_type(page: Any, model: Any) -> Any:
    """``page`` as one of ``model``, a type below its own, as far as it was read: the rest is asked for where it is needed."""
    known = {**vars(page), model._meta.pk.attname: page.pk}
    names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    made: Any = stored(model, names, [known[name] for name in names])
    made._state.fields_cache.update(page._state.fields_cache)
    return made


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
    made = stored(model, names, values)
    for name, value in known.items():
        setattr(made, name, value)
    return made


def children_of(page: Any) -> dict[str, list[Any]]:
    """The rows that hang on ``page``, where modelcluster keeps those that were read."""
    found: dict[str, list[Any]] = vars(page).setdefault("_cluster_related_objects", {})
    return found


def read_of_type(page: Any, model: Any) -> Any:
    """``page`` as one of ``model``, a type below its own, with all that is stored of it. One query."""
    rows = _WHOLE.rows(model, lambda now, ids: _whole_rows(model, ids), _NOW, [page.pk])
    if not rows:
        raise model.DoesNotExist
    made = made_of(model, rows[0])
    made._state.fields_cache.update(page._state.fields_cache)
    return made


def _whole_rows(model: Any, ids: Sequence[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(pk__in=ids).order_by().values(*columns_of(model))
    return rows


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
