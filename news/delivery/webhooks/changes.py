"""What changed, as targets are told of it: from the log of changes, in its order."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Site

from wagtail_newsroom.news.models import ChangeRecord
from wagtail_newsroom.news.models.delivery.webhooks import newest_change


class FullSyncError(LookupError):
    """What comes after a cursor is not in the log any more: whoever asks has to read everything anew."""


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
    """The changes of ``site`` after ``cursor``, oldest first. Outside a transaction.

    Raises :class:`FullSyncError` where records after ``cursor`` were deleted, or where it lies ahead of the log.
    """
    first = ChangeRecord.objects.order_by("pk").values_list("pk", flat=True).first()
    if cursor > newest_change() or (first is not None and cursor < first - 1):
        raise FullSyncError
    end = ChangeRecord.objects.after(cursor).values_list("pk", flat=True).last() or cursor
    rows = list(ChangeRecord.objects.after(cursor).filter(Q(site=site) | Q(site=None), pk__lte=end)[:limit])
    return Changes([_change(row) for row in rows], rows[-1].pk if len(rows) == limit else end)


def _change(row: ChangeRecord) -> Change:
    data = {
        "kind": row.kind,
        "type": row.type,
        "id": row.object_id,
        "key": str(row.key) if row.key else None,
        "locale": row.locale,
        "path": row.path,
        "old_path": row.old_path,
        "at": written(row.at),
    }
    return Change(row.pk, row.kind, row.type, f"{row.type}:{row.object_id}", row.path, row.at, data)


def written(moment: dt.datetime) -> str:
    """A moment as the API writes it: RFC 3339, UTC."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
