"""What changed, as targets are told of it: the events of the log of changes, each with its place there."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from wagtail.models import Site

from wagtail_newsroom.news.models import ChangeRecord
from wagtail_newsroom.news.publishing.changes.events import event_of, records_after


@dataclass(frozen=True)
class Change:
    """One change: its place in the log, and what is told of it."""

    cursor: int
    kind: str
    type: str
    subject: str
    path: str
    at: dt.datetime
    data: dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """Changes in their order. ``end``: up to where the log was looked through for them."""

    changes: list[Change]
    end: int


def changes_after(cursor: int, site: Site, limit: int = 100) -> Changes:
    """The changes of ``site`` after ``cursor``, oldest first.

    Raises :class:`wagtail_newsroom.news.publishing.changes.events.FullSyncError` where changes are lost.
    """
    page = records_after(cursor, site, limit)
    return Changes([_change(row) for row in page.rows], page.cursor)


def _change(row: ChangeRecord) -> Change:
    return Change(row.pk, row.kind, row.type, f"{row.type}:{row.object_id}", row.path, row.at, event_of(row))
