"""Changes as other front ends are told them: what ``changes/`` answers and webhooks send. One source for both.

Public: other apps may import from here.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from wagtail.models import Site

from wagtail_newsroom.news.models.delivery.change_records import ChangeRecord

# The most that is read in one go.
MOST = 1000
EVERYTHING = "*"


class FullSyncError(LookupError):
    """Records after the cursor are gone: whoever asks has to read everything anew."""

    code = "full_sync"


@dataclass(frozen=True)
class Events:
    """A page of the log. ``cursor``: what to read on from; ``more``: whether something is there already."""

    events: list[dict[str, Any]]
    cursor: int
    more: bool


@dataclass(frozen=True)
class Records:
    """The same, as rows of the log."""

    rows: list[ChangeRecord]
    cursor: int
    more: bool


def events_after(cursor: int, site: Site, limit: int = 100) -> Events:
    """What changed on ``site`` after ``cursor``, oldest first, at most ``limit`` (1 to 1,000) events.

    An event is ``kind type id key locale path old_path at affects``; what it has not is ``None``, moments are RFC 3339 in
    UTC. ``affects``: paths whose answers differ by it, ``["*"]`` for all of the site.
    Raises :class:`FullSyncError` where records after ``cursor`` were deleted, or where it lies ahead of the log.
    """
    page = records_after(cursor, site, limit)
    return Events([event_of(row) for row in page.rows], page.cursor, page.more)


def records_after(cursor: int, site: Site, limit: int = 100) -> Records:
    """As :func:`events_after`, for who needs the place of each event in the log."""
    kept = ChangeRecord.objects.aggregate(first=Min("pk"), newest=Max("pk"))
    if cursor < 0 or cursor > (kept["newest"] or 0) or cursor < (kept["first"] or 0) - 1:
        raise FullSyncError("The records after this cursor are gone. Read everything anew, then go on from its cursor.")
    end = max(cursor, latest_cursor())
    limit = max(1, min(limit, MOST))
    rows = list(ChangeRecord.objects.filter(pk__gt=cursor, pk__lte=end, site=site).order_by("pk")[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return Records(rows, rows[-1].pk if more else end, more)


def latest_cursor() -> int:
    """The cursor of whoever starts now and reads everything after: later :func:`events_after` leaves out nothing."""
    return ChangeRecord.objects.settled_until()


def event_of(record: ChangeRecord) -> dict[str, Any]:
    """One record as an event."""
    return {
        "kind": record.kind,
        "type": record.type,
        "id": int(record.object_id) if record.object_id.isdecimal() else record.object_id,
        "key": str(record.key) if record.key else None,
        "locale": record.locale or None,
        "path": record.path or None,
        "old_path": record.old_path if record.old_path != record.path and record.old_path else None,
        "at": written(record.at),
        "affects": record.affects,
    }


def written(moment: dt.datetime) -> str:
    """A moment as the API writes it: RFC 3339, UTC."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
