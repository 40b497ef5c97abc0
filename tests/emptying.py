"""The database as the migrations left it, brought back after each test that commits.

Django empties every table there and saves what the migrations had planted object by object, after such a test and
before the next one again: a second on SQLite, five on PostgreSQL, which makes and deletes some 700 files for it.
"""

import sqlite3

from django.db import connection

from tests.databases import is_sqlite

Rows = dict[str, list[bytes]]  # of each table that has any, as PostgreSQL copies them

_migrated: list[sqlite3.Connection | Rows] = []


def remember_migrated() -> None:
    """Remember the database of this process as it is; it holds what the migrations made and nothing else."""
    connection.ensure_connection()
    if is_sqlite():
        copy = sqlite3.connect(":memory:")
        connection.connection.backup(copy)
        _migrated[:] = [copy]
    else:
        _migrated[:] = [_rows_of(_tables_with_rows())]


def put_migrated_back() -> None:
    """Make the database what it was when it was remembered; only the sequences of PostgreSQL go on counting."""
    connection.ensure_connection()
    (migrated,) = _migrated
    if isinstance(migrated, sqlite3.Connection):
        migrated.backup(connection.connection, progress=_wait_for_nobody)
    else:
        _put_back(migrated)


def _wait_for_nobody(status: int, *_pages: int) -> None:
    """Stop a copy that SQLite could not begin within the time-out of the connection: Python would try for ever."""
    if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise sqlite3.OperationalError("Something else still holds the database at the end of a test that commits.")


def _put_back(migrated: Rows) -> None:
    now = _rows_of(list(migrated))
    others = [table for table in _tables_with_rows() if table not in migrated]
    changed = [table for table in migrated if now[table] != migrated[table]]
    # Past Django: who watches what is written would leave rows of that.
    with connection.connection.transaction(), connection.connection.cursor() as cursor:
        for table in (*others, *changed):
            cursor.execute(f'DELETE FROM "{table}"')
        for table in changed:
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                for row in migrated[table]:
                    copy.write(row)


def _tables_with_rows() -> list[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        asked = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables]
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def _rows_of(tables: list[str]) -> Rows:
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                rows[table] = sorted(b"".join(copy).splitlines(keepends=True))
    return rows
