"""Writing what was counted: one row for each thing and day, one statement for many of them."""

import datetime as dt
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from django.db import connections, models, router, transaction

from wagtail_newsroom.news.models import DownloadCount, MissedSearchCount, PageViewCount
from wagtail_newsroom.news.publishing.missed_searches import SEARCH, with_searches

# What is counted, by the word for it: the rows, and the key in them that names the thing.
KINDS: dict[str, tuple[type[models.Model], str]] = {
    "file": (DownloadCount, "document"),
    "page": (PageViewCount, "page"),
    SEARCH: (MissedSearchCount, "search"),
}
# Three values a row: SQLite took 999 in a statement for long.
ROWS_AT_ONCE = 300

Key = tuple[str, Any, dt.date]
Row = tuple[Any, dt.date, int]


def add_counts(counts: Mapping[Key, int]) -> None:
    """Add ``counts`` (by kind, id and day) to the rows, all in one transaction. Of things that are gone nothing is kept.

    A search is counted by site, language and words. Raises ``DatabaseError``; nothing is added then.
    """
    counts = with_searches(counts)
    # In one order everywhere: two processes that write the same rows would wait for each other.
    found = {
        kind: sorted((pk, day, counts[kind_, pk, day]) for kind_, pk, day in counts if kind_ == kind) for kind in KINDS
    }
    # Read before the transaction: one of SQLite that begins with reading may not go on to write.
    rows = {kind: _still_there(kind, rows) for kind, rows in found.items()}
    with ExitStack() as transactions:
        for using in {router.db_for_write(model) for model, _key in KINDS.values()}:
            transactions.enter_context(transaction.atomic(using=using))
        for kind, of_kind in rows.items():
            for start in range(0, len(of_kind), ROWS_AT_ONCE):
                _add(kind, of_kind[start : start + ROWS_AT_ONCE])


def _still_there(kind: str, rows: list[Row]) -> list[Row]:
    model, key = KINDS[kind]
    things: Any = model._meta.get_field(key).related_model
    wanted = list({pk for pk, _day, _number in rows})
    there: set[Any] = set()
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        some = things._base_manager.using(router.db_for_write(model)).filter(
            pk__in=wanted[start : start + ROWS_AT_ONCE]
        )
        there.update(some.values_list("pk", flat=True))
    return [row for row in rows if row[0] in there]


def _add(kind: str, rows: list[Row]) -> None:
    model, key = KINDS[kind]
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in (key, "day", "count")]
    thing, day, count = (quote(field.column) for field in fields)
    table = quote(model._meta.db_table)
    values = ", ".join(["(%s, %s, %s)"] * len(rows))
    told = [field.get_db_prep_save(value, connection) for row in rows for field, value in zip(fields, row, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({thing}, {day}, {count}) VALUES {values} "  # noqa: S608  (names of ours)
            f"ON CONFLICT ({thing}, {day}) DO UPDATE SET {count} = {table}.{count} + excluded.{count}",
            told,
        )
