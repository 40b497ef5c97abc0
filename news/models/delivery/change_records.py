"""The log of what changed for the public, in its order: what the API, webhooks and caches go by.

Public: other apps may import from here.
"""

from django.db import connections, models
from django.utils import timezone


class ChangeKind(models.TextChoices):
    """What became of an object, as strangers see it."""

    UPSERT = "upsert", "upsert"
    DELETE = "delete", "delete"
    MOVE = "move", "move"


class ChangeRecordQuerySet(models.QuerySet["ChangeRecord"]):
    """Records in the order in which they can be read on from."""

    def after(self, cursor: int) -> "ChangeRecordQuerySet":
        """Records after ``cursor`` (the id of the last one that was read), oldest first, none of which can be missed.

        PostgreSQL gives ids before the transactions that hold them are committed, and a later id may be seen first:
        records wait there until every transaction that began before theirs is over. Read outside a transaction.
        """
        rows = self.filter(pk__gt=cursor).order_by("pk")
        connection = connections[rows.db]
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            table = self.model._meta.db_table
            rows = rows.extra(  # type: ignore[assignment]  # noqa: S610  (a name of ours)
                where=[f'age("{table}".xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)']
            )
        return rows


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
