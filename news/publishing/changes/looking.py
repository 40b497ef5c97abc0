"""Marking pages at which the scheduler looks again: something changed, and with it, maybe, when they change by themselves."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from wagtail_newsroom.news.models import PageMoment

BATCH = 500


def look_again(pages: Iterable[int], since: dt.datetime | None = None) -> None:
    """Have the scheduler work out anew when ``pages`` (ids) change by themselves, from ``since`` (now) on."""
    since, ids = since or timezone.now(), sorted(set(pages))  # in one order: two acts never wait for each other
    for start in range(0, len(ids), BATCH):
        PageMoment.objects.bulk_create(
            [PageMoment(page=pk, unsure_since=since) for pk in ids[start : start + BATCH]],
            update_conflicts=True,
            update_fields=["at", "unsure_since"],
            unique_fields=["page"],
        )
