"""The watch on writes: whatever changes what the public sees replaces the token, by whatever way it is written.

A wrapper on each database connection reads every statement (``execute_wrapper`` of Django; a fifth of a microsecond for
a SELECT). What is not listed in :mod:`wagtail_newsroom.news.delivery.private` is public, and marks the transaction; once that is
committed the token is replaced and the signal ``public_write`` is sent. Nothing has to remember to do so: not an act that
uses ``QuerySet.update``, not raw SQL, not a command, not the shell.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.backends.signals import connection_created

from wagtail_newsroom.news.delivery import token
from wagtail_newsroom.news.delivery.draft_rows import is_of_draft
from wagtail_newsroom.news.delivery.private import is_private, keep_the_hosts_own_tables_private
from wagtail_newsroom.news.delivery.statements import Write, writes_of
from wagtail_newsroom.news.signals import public_write

logger = logging.getLogger(__name__)

Observer = Callable[[Write, Any], None]
_observers: list[Observer] = []


class WriteWatch:
    """Reads what one database connection is told. One for each connection, as its first wrapper."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        # What Django asks most, told by its first letters.
        if sql.__class__ is str and sql.startswith(("SELECT ", "SAVEPOINT", "RELEASE ")):
            return execute(sql, params, many, context)
        public = self._public_writes(sql, params, many)
        result = execute(sql, params, many, context)
        if public and not (_changes_rows(sql) and context["cursor"].rowcount == 0):
            for write in public:
                self._mark(write)
        return result

    def _public_writes(self, sql: Any, params: Any, many: bool) -> list[Write]:
        """What the statement is about to write and the public can see. Asked before: rows that go can still be read."""
        text = sql if isinstance(sql, str) else _as_text(sql, self.connection)
        found = [write for write in writes_of(text) if not is_private(write.table, write.columns)]
        if not found or (self._is_marked() and not _observers):
            return found
        # One statement, one table: only such is looked at row by row.
        if len(found) == 1 and not many and is_of_draft(found[0], text, params, self.connection):
            return []
        return found

    def _mark(self, write: Write) -> None:
        for observer in _observers:
            observer(write, self.connection)
        is_marked = self._is_marked()
        if not is_marked:
            self.tables.clear()  # of a transaction that was rolled back
        self.tables.add(write.table)
        if not self.connection.in_atomic_block:
            # Committed by itself; or, where somebody commits by hand, the token is replaced with it.
            self._committed()
        elif not is_marked:
            transaction.on_commit(self._committed, using=self.connection.alias)

    def _is_marked(self) -> bool:
        """Whether the transaction under way will replace the token.

        A mark that still waits is enough: a savepoint that could take it away would take the write at hand with it, and
        one that is over can take nothing away any more.
        """
        return any(waiting[1] == self._committed for waiting in self.connection.run_on_commit)

    def _committed(self) -> None:
        tables, self.tables = frozenset(self.tables), set()
        # At once, or after the transaction that the token's own database may be in.
        transaction.on_commit(token.replace, using=token.database())
        for receiver, error in public_write.send_robust(sender=WriteWatch, using=self.connection.alias, tables=tables):
            if isinstance(error, Exception):
                logger.error("%s failed after a public write.", receiver, exc_info=error)


def _changes_rows(sql: Any) -> bool:
    """Whether the database counts what ``sql`` changed: rows that are there. One that met none changed nothing."""
    return isinstance(sql, str) and sql.startswith(("UPDATE ", "DELETE "))


def _as_text(sql: Any, connection: Any) -> str:
    """A statement that is composed (``psycopg.sql``) or given as bytes, as text."""
    if isinstance(sql, bytes):
        return sql.decode(errors="replace")
    if hasattr(sql, "as_string"):
        return str(sql.as_string(connection.connection))
    return str(sql)


def watch_connection(connection: Any, **kwargs: Any) -> None:
    """Put the watch on ``connection``, once."""
    if not any(isinstance(each, WriteWatch) for each in connection.execute_wrappers):
        connection.execute_wrappers.insert(0, WriteWatch(connection))


def watch_writes() -> None:
    """Watch every connection: those that are open already, and each that is opened from now on."""
    keep_the_hosts_own_tables_private()
    connection_created.connect(watch_connection, dispatch_uid="newsroom_write_watch")
    for connection in connections.all(initialized_only=True):
        watch_connection(connection)


@contextmanager
def observing(observer: Observer) -> Iterator[None]:
    """Call ``observer`` with each public write and its connection, as it happens, rolled back later or not; for tests."""
    _observers.append(observer)
    try:
        yield
    finally:
        _observers.remove(observer)
