"""Rows of pages that nobody can read yet: what Wagtail writes while a page that is not live is being edited.

Of a live page Wagtail keeps drafts as revisions. A page that is not live it saves to its own rows, at every autosave.
Those would count as public by their tables, so the row is looked at: before the write it belongs to no live page, and
after it too. Only statements as Django writes them are read; any other counts as public.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Page, ReferenceIndex

from wagtail_newsroom.news.delivery.statements import DELETE, INSERT, UPDATE, Write

_INTO = re.compile(
    r"INSERT (?:OR IGNORE )?INTO [\"`]?\w+[\"`]? \((?P<columns>[^()]*)\) VALUES (?P<rows>\((?:%s(?:, )?)+\)(?:, \((?:%s(?:, )?)+\))*)"
    r"(?: ON CONFLICT DO NOTHING)?(?: RETURNING [\w\"`., ]*)?\s*$"
)
_SET = re.compile(r'UPDATE "\w+" SET (?P<set>(?:"\w+" = (?:%s|NULL)(?:, )?)+) WHERE ')
_ITEM = re.compile(r'"(\w+)" = (%s|NULL)')
_IS = r'"\w+"\."\w+" (?:= %s|IN \((?:%s(?:, )?)+\))'
_WHERE = re.compile(rf"\s*\(?{_IS}(?: AND {_IS})*\)?\s*$")
_QUOTES = ' "`'


DATABASES = frozenset({"sqlite", "postgresql"})


@dataclass(frozen=True)
class PageRows:
    """A table whose rows belong to pages; ``column`` holds the page's id."""

    table: str
    column: str


@lru_cache(maxsize=1)
def tables_of_pages() -> dict[str, PageRows]:
    """Every table that holds a part of a page, by its name: types, rows below them, relations."""
    return {rows.table: rows for rows in _find_tables()}


def _find_tables() -> Iterator[PageRows]:
    for model in apps.get_models():
        meta = model._meta
        if issubclass(model, Page):
            yield PageRows(meta.db_table, str(meta.pk.column))
            for relation in meta.local_many_to_many:
                if isinstance(relation, ParentalManyToManyField):
                    through = relation.remote_field.through
                    key = through._meta.get_field(relation.m2m_field_name())
                    yield PageRows(through._meta.db_table, key.column)
            continue
        for field in meta.local_fields:
            if isinstance(field, ParentalKey) and issubclass(field.remote_field.model, Page):
                yield PageRows(meta.db_table, str(field.column))


def is_of_draft(write: Write, sql: str, params: Any, connection: Any) -> bool:
    """Whether ``sql``, which is about to write ``write``, concerns pages only that are not live and stay so.

    Never where the database quotes names otherwise than these questions do: every write counts as public there.
    """
    if connection.vendor not in DATABASES:
        return False
    if not isinstance(params, Sequence) or isinstance(params, str):
        return False
    if write.table == ReferenceIndex._meta.db_table:
        return _is_reference_of_draft(write, sql, params, connection)
    rows = tables_of_pages().get(write.table)
    if rows is None:
        return False
    read: dict[str, Callable[..., bool]] = {INSERT: _inserts_draft, UPDATE: _updates_draft, DELETE: _deletes_draft}
    return read[write.verb](rows, write, sql, params, connection)


def _inserts_draft(rows: PageRows, write: Write, sql: str, params: Sequence[Any], connection: Any) -> bool:
    values = _values(sql, params)
    if values is None:
        return False
    if rows.table == Page._meta.db_table:
        return "live" in values and not any(values["live"])
    return rows.column in values and not _any_live(values[rows.column], connection)


def _updates_draft(rows: PageRows, write: Write, sql: str, params: Sequence[Any], connection: Any) -> bool:
    read = _SET.match(sql)
    if read is None:
        return False
    items = _ITEM.findall(read["set"])
    given = iter(params)
    said = {column: next(given) if value == "%s" else None for column, value in items}
    count = sum(value == "%s" for _column, value in items)
    if rows.table == Page._meta.db_table and said.get("live"):
        return False
    if rows.column in said and _any_live([said[rows.column]], connection):
        return False
    return not _concerns_live(rows, write.where, params[count:], connection)


def _deletes_draft(rows: PageRows, write: Write, sql: str, params: Sequence[Any], connection: Any) -> bool:
    return not _concerns_live(rows, write.where, params, connection)


def _is_reference_of_draft(write: Write, sql: str, params: Sequence[Any], connection: Any) -> bool:
    """A reference from a page that is not live: no file becomes public by it."""
    pages = ContentType.objects.db_manager(connection.alias).get_for_model(Page).pk
    if write.verb == INSERT:
        values = _values(sql, params)
        if values is None or not {"base_content_type_id", "object_id"} <= set(values):
            return False
        if set(values["base_content_type_id"]) != {pages}:
            return False
        return not _any_live(values["object_id"], connection)
    if write.verb != DELETE or write.where is None or not _WHERE.match(write.where):
        return False
    return _is_empty(
        f'SELECT 1 FROM "{write.table}" WHERE ({write.where}) AND NOT ("base_content_type_id" = %s AND "object_id" IN '  # noqa: S608
        '(SELECT CAST("id" AS varchar(255)) FROM "wagtailcore_page" WHERE NOT "live")) LIMIT 1',
        [*params, pages],
        connection,
    )


def _values(sql: str, params: Sequence[Any]) -> dict[str, list[Any]] | None:
    """What an INSERT of Django's puts into each column, row by row; ``None`` for any other."""
    found = _INTO.match(sql)
    if found is None:
        return None
    columns = [name.strip(_QUOTES) for name in found["columns"].split(",")]
    if not params or len(params) % len(columns) or found["rows"].count("%s") != len(params):
        return None
    return {name: list(params[place :: len(columns)]) for place, name in enumerate(columns)}


def _any_live(ids: Sequence[Any], connection: Any) -> bool:
    known = [int(pk) for pk in ids if pk is not None]
    if len(known) != len(ids):
        return True
    marks = ", ".join(["%s"] * len(known))
    return not _is_empty(
        f'SELECT 1 FROM "wagtailcore_page" WHERE "live" AND "id" IN ({marks}) LIMIT 1',  # noqa: S608  (marks alone)
        known,
        connection,
    )


def _concerns_live(rows: PageRows, where: str | None, params: Sequence[Any], connection: Any) -> bool:
    """Whether one of the rows that the condition finds belongs to a live page now."""
    if where is None or not _WHERE.match(where):
        return True
    live = '"live"' if rows.table == Page._meta.db_table else ""
    live = live or f'"{rows.column}" IN (SELECT "id" FROM "wagtailcore_page" WHERE "live")'  # noqa: S608  (our names)
    return not _is_empty(f'SELECT 1 FROM "{rows.table}" WHERE ({where}) AND {live} LIMIT 1', params, connection)  # noqa: S608


def _is_empty(sql: str, params: Sequence[Any], connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return cursor.fetchone() is None
