"""Counting a download: one row for each file and day, one statement for each download."""

import datetime as dt
import logging
from typing import Any

from django.db import DatabaseError
from django.db.models import F

from wagtail_newsroom.news.models.files.downloads import DownloadCount

logger = logging.getLogger(__name__)


def count_download(document_id: Any, day: dt.date) -> None:
    """Add one to the downloads of a file on ``day``. Never raises for the database: a count is not worth an error."""
    try:
        row = DownloadCount.objects.filter(document=document_id, day=day)
        if not row.update(count=F("count") + 1):
            DownloadCount.objects.get_or_create(document_id=document_id, day=day)
            row.update(count=F("count") + 1)
    except DatabaseError:
        logger.warning("A download of file %s was not counted.", document_id, exc_info=True)
