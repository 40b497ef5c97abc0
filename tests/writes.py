"""Public writes in tests: each leaves a record of what changed, and a visitor who reads writes nothing.

Requests through the test client are watched, and management commands: there the whole act is at hand. An act that a test
calls by itself is watched where it passes one of these.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models.signals import post_save

from wagtail_newsroom.news.delivery.statements import Write
from wagtail_newsroom.news.delivery.write_watch import observing
from wagtail_newsroom.news.models import ChangeRecord
from wagtail_newsroom.news.signals import public_write

# Public tables whose writes need no record of their own, each for a reason.
WITHOUT_RECORD = {
    "newsroom_attachment": "a file is recorded where the public may read it, which is decided row by row",
    "newsroom_galleries_photo": "a photo is recorded where the public may see it, which is decided row by row",
    "newsroom_galleries_photorendition": "a size is made from a photo that is recorded",
    "taggit_tag": "tags of files, written with the file",
    "taggit_taggeditem": "tags of files, written with the file",
    "wagtailcore_referenceindex": "follows the row that refers, which is recorded",
    "wagtailembeds_embed": "what another site says of its film, kept when it is first shown",
    "wagtailimages_rendition": "a size is made from a photo that is recorded",
    "wagtailredirects_redirect": "made beside a move, whose record says the old address; by hand it is recorded",
}
# What a visitor's reading may still write (issue 12): sizes that were not made beforehand.
READING_MAY_WRITE = {"newsroom_galleries_photorendition", "wagtailimages_rendition", "wagtailembeds_embed"}
_ROLLBACK = re.compile(r'ROLLBACK TO SAVEPOINT "?(\w+)"?', re.IGNORECASE)


@dataclass
class Written:
    """What was written while it was watched, without what was rolled back."""

    writes: list[tuple[Write, frozenset[Any]]] = field(default_factory=list)
    records: int = 0
    committed: bool = False
    is_in_transaction: bool = False

    @property
    def tables(self) -> set[str]:
        """Public tables that stay written."""
        if not (self.is_in_transaction or self.committed):
            return set()
        return {write.table for write, _savepoints in self.writes}

    def note(self, write: Write, database: Any) -> None:
        self.writes.append((write, frozenset(database.savepoint_ids)))

    def forget(self, savepoint: str) -> None:
        self.writes = [each for each in self.writes if savepoint not in each[1]]


@contextmanager
def watching() -> Iterator[Written]:
    """Watch the public writes of this thread's connection, and the records that are left."""
    written = Written(is_in_transaction=connection.in_atomic_block)
    thread = threading.get_ident()  # signals and observers hear of other threads' acts too

    def count(**kwargs: Any) -> None:
        written.records += threading.get_ident() == thread

    def commit(**kwargs: Any) -> None:
        written.committed = written.committed or threading.get_ident() == thread

    def follow(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if sql[:8].upper() == "ROLLBACK" and (found := _ROLLBACK.match(sql)):
            written.forget(found[1])
        return execute(sql, params, many, context)

    def note(write: Write, database: Any) -> None:
        if threading.get_ident() == thread:
            written.note(write, database)

    post_save.connect(count, sender=ChangeRecord)
    public_write.connect(commit)
    try:
        with observing(note), connection.execute_wrapper(follow):
            yield written
    finally:
        public_write.disconnect(commit)
        post_save.disconnect(count, sender=ChangeRecord)


def unrecorded(written: Written) -> set[str]:
    """Tables that were written for the public though no record says so."""
    return set() if written.records else written.tables - set(WITHOUT_RECORD)
