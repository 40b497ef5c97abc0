"""How often files are downloaded: a number for each file and day, and nothing about anybody who did it."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string


class DownloadCount(models.Model):
    """Downloads of one file by the public on one day (in the site's time zone). No address, cookie or browser is kept."""

    # A count is no place where the file is offered.
    wagtail_reference_index_ignore = True

    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("file"),
        on_delete=models.CASCADE,
        related_name="newsroom_download_counts",
    )
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads by day")
        constraints = [models.UniqueConstraint(fields=["document", "day"], name="newsroom_downloadcount_once_a_day")]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.day}: {self.count}"


def downloads_of(documents: Any, since: dt.date | None = None) -> int:
    """Downloads of ``documents`` (rows, ids or a queryset) together, from the day ``since`` on where it is given."""
    counts = DownloadCount.objects.filter(document__in=documents)
    if since is not None:
        counts = counts.filter(day__gte=since)
    return counts.aggregate(total=Sum("count"))["total"] or 0
