"""Rows that were planted once, put into the database again as they are: planting itself takes a hundred times as long."""

from typing import Any

from django.db import connection

Tables = dict[str, list[tuple[Any, ...]]]


def all_rows() -> Tables:
    """The rows of every table of the SQLite database as they are stored, those of indexes of search apart."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if "_fts" not in name]
        # A plus before a column does nothing to a value, and hides its declared type from Python's conversions.
        return {
            name: _fetch(f'SELECT {", ".join(f"+{each}" for each in _columns(name))} FROM "{name}"') for name in names
        }


def _columns(table: str) -> list[str]:
    return [f'"{column[1]}"' for column in _fetch(f'PRAGMA table_info("{table}")')]


def _fetch(query: str) -> list[tuple[Any, ...]]:
    return connection.connection.execute(query).fetchall()


class Planted:
    """What lies between two readings of :func:`all_rows`."""

    def __init__(self, before: Tables, after: Tables) -> None:
        self.before = before
        self.changed = {name: rows for name, rows in after.items() if rows != before[name]}

    def put_back(self) -> bool:
        """Put the rows there again, where all is as it was before they were planted; tell whether it was."""
        if all_rows() != self.before:
            return False
        for name, rows in self.changed.items():
            connection.connection.execute(f'DELETE FROM "{name}"')
            marks = ", ".join("?" * len(_columns(name)))
            connection.connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        return True
