"""The register of what visitors searched for and did not find: taking words in, showing them, forgetting them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from wagtail_newsroom.news.models import MissedSearch, MissedSearchCount

SEARCH = "search"
KEPT = dt.timedelta(days=365)
# On so many different days something has to be missed until it is shown: one visitor alone is not told of.
FEWEST_DAYS = 3
# Words of all sites; once there are so many, new ones are not taken in until some are forgotten.
MOST_KEPT = 5_000

Key = tuple[str, Any, dt.date]


def with_searches(counts: Mapping[Key, int]) -> dict[Key, int]:
    """``counts`` with the ids of searches in the place of their site (id), language and words; new ones are written down."""
    asked = {pk for kind, pk, _day in counts if kind == SEARCH}
    if not asked:
        return dict(counts)
    known = _known(asked)
    if (new := sorted(asked - known.keys())) and MissedSearch.objects.count() + len(new) <= MOST_KEPT:
        made = [MissedSearch(site_id=site, language=language, text=text) for site, language, text in new]
        MissedSearch.objects.bulk_create(made, ignore_conflicts=True)
        known = _known(asked)
    found = {}
    for (kind, pk, day), number in counts.items():
        key = known.get(pk) if kind == SEARCH else pk
        if key is not None:
            found[kind, key, day] = number
    return found


def shown_searches() -> QuerySet[MissedSearch]:
    """What was missed on three different days, with ``searches``, ``days`` and the ``last`` day."""
    numbered = MissedSearch.objects.annotate(
        searches=Sum("counts__count"), days=Count("counts"), last=Max("counts__day")
    )
    return numbered.filter(days__gte=FEWEST_DAYS)


def forget_old_searches(now: dt.datetime | None = None) -> int:
    """Delete what was counted a year ago, and words that nobody missed since; return how many words."""
    old = MissedSearchCount.objects.filter(day__lt=timezone.localdate(now or timezone.now()) - KEPT)
    if old.exists():  # a deletion of nothing would still ask for SQLite's lock
        old.delete()
    empty = MissedSearch.objects.filter(counts=None)
    return empty.delete()[0] if empty.exists() else 0


def _known(asked: set[Any]) -> dict[Any, int]:
    rows = MissedSearch.objects.filter(text__in={text for _site, _language, text in asked})
    return {(row.site_id, row.language, row.text): row.pk for row in rows}
