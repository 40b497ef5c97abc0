"""Until when nothing public changes with time alone: how long an era may last."""

import datetime as dt
from typing import Any

from django.db.models import F, Q, QuerySet
from wagtail.models import Page

from wagtail_newsroom.news.models.delivery.page_moments import PageMoment
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.registry.moments import moments_of_lists
from wagtail_newsroom.news.timing.next_change import earliest, midnight, next_own_change

# Pages whose moment the scheduler has not worked out yet, and that are asked here; with more of them nothing is known.
ASKED = 25
UNKNOWN = dt.timedelta(seconds=1)
_QUERIES = PreparedQueries()


def next_moment(now: dt.datetime) -> dt.datetime:
    """The first moment after ``now`` (aware) at which some public page or list may look different.

    Pages have theirs noted (``PageMoment``); those of which it is not known yet are asked themselves. Where many are unknown
    the answer is a second from now, or before that what is found without asking them: the expiry of any page, say.
    """
    found = [midnight(now), *moments_of_lists(None, now)]
    found += [row["at"] for row in _QUERIES.all_rows("next", _next, now)]
    waiting = [row["page"] for row in _QUERIES.all_rows("waiting", _waiting, now)]
    if len(waiting) > ASKED:
        found.append(now + UNKNOWN)
    elif waiting:
        found += [next_own_change(page, now) for page in Page.objects.filter(pk__in=waiting, live=True).specific()]
    return earliest(found, now) or now + UNKNOWN


def _next(now: dt.datetime) -> QuerySet[Any]:
    return PageMoment.objects.filter(at__gt=now).order_by("at").values("at")[:1]


def _waiting(now: dt.datetime) -> QuerySet[Any]:
    unsure = Q(unsure_since__isnull=False) | Q(at__lte=now)
    return PageMoment.objects.filter(unsure).order_by(F("page")).values("page")[: ASKED + 1]
