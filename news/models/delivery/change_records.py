"""The log of what changed for the public, in its order: what the API, webhooks and caches go by.

Public: other apps may import from here.
"""

from typing import Any

from django.db import connections, models, router, transaction
from django.utils import timezone


class ChangeKind(models.TextChoices):
    """What became of an object, as strangers see it."""

    UPSERT = "upsert", "upsert"
    DELETE = "delete", "delete"
    MOVE = "move", "move"


class ChangeRecordQuerySet(models.QuerySet["ChangeRecord"]):
    """Records in the order in which they can be read on from."""

    def settled_until(self) -> int:
        """The highest id up to which no record can come any more; 0 where there is none.

        PostgreSQL gives ids before the transactions that hold them are committed, and a later id may be seen first: what
        comes after the first one that an open transaction may still hold waits for its end.
        """
        rows = self.model._default_manager.using(self.db)
        newest = rows.order_by("pk").values_list("pk", flat=True).last() or 0
        # In this order: who got an id below ``newest`` said so before, and is either heard now or over.
        held = _lowest_held(self.db) if connections[self.db].vendor == "postgresql" else None
        return newest if held is None else min(newest, held)

    def after(self, cursor: int) -> "ChangeRecordQuerySet":
        """Records after ``cursor`` (the id of the last one that was read), oldest first, none of which can be missed."""
        return self.filter(pk__gt=cursor, pk__lte=self.settled_until()).order_by("pk")


class ChangeRecord(models.Model):
    """One change of one object. Its id is the cursor of whoever reads on from here.

    ``type``: a stable word (``news``), never a model's name; ``key``: the same in every language; ``path``: where it
    lives on ``site`` now, or lived last; ``tags``, ``affects``: see docs/delivery.md. Written by
    :mod:`wagtail_newsroom.news.publishing.changes.records` alone, in the transaction of the act; kept for 90 days.
    """

    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    key = models.UUIDField(null=True)
    locale = models.CharField(max_length=32, blank=True, default="")
    site = models.ForeignKey("wagtailcore.Site", null=True, on_delete=models.SET_NULL, related_name="+")
    path = models.TextField(blank=True, default="")
    old_path = models.TextField(blank=True, default="")
    tags = models.JSONField(default=list)
    affects = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ChangeRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "change for the public"
        verbose_name_plural = "changes for the public"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.type}:{self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it. A new record tells readers, until its transaction ends, that lower ids than others' may come."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        if self.pk is not None or connections[using].vendor != "postgresql":
            super().save(*args, **kwargs)
            return
        with transaction.atomic(using):
            _hold_ids(using)
            super().save(*args, **kwargs)


# PostgreSQL: the first half of the locks that open transactions hold, one for each record that they write; the second is
# the last id that was given before. Readers look at them and never wait.
LOCKS = 1_104_611_001
HIGHEST_LOCK = 2**31 - 1


def _hold_ids(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s, LEAST(COALESCE(pg_sequence_last_value("
            "pg_get_serial_sequence(%s, 'id')), 0), %s)::int)",
            [LOCKS, ChangeRecord._meta.db_table, HIGHEST_LOCK],
        )


def _lowest_held(using: str) -> int | None:
    """The id after which records of other transactions that are open may still come."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT min(objid::bigint) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted"
            " AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [LOCKS],
        )
        held: int | None = cursor.fetchone()[0]
    return held
