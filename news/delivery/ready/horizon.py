"""Until when nothing public changes with time alone: how long an era may last."""

import datetime as dt

from django.db.models import F, Min, Q
from wagtail.models import Page

from wagtail_newsroom.news.models.delivery.page_moments import PageMoment
from wagtail_newsroom.news.registry.moments import moments_of_lists
from wagtail_newsroom.news.timing.next_change import earliest, midnight, next_own_change

# Pages whose moment the scheduler has not worked out yet, and that are asked here; with more of them nothing is known.
ASKED = 25
UNKNOWN = dt.timedelta(seconds=1)


def next_moment(now: dt.datetime) -> dt.datetime:
    """The first moment after ``now`` (aware) at which some public page or list may look different.

    Pages have theirs noted (``PageMoment``); those of which it is not known yet are asked themselves. Where many are unknown
    the answer is a second from now, or before that what is found without asking them: the expiry of any page, say.
    """
    unsure = Q(unsure_since__isnull=False) | Q(at__lte=now)
    waiting = list(PageMoment.objects.filter(unsure).order_by(F("page")).values_list("page", flat=True)[: ASKED + 1])
    found = [midnight(now), *moments_of_lists(None, now)]
    found.append(PageMoment.objects.filter(at__gt=now).aggregate(first=Min("at"))["first"])
    if len(waiting) > ASKED:
        found.append(now + UNKNOWN)
    elif waiting:
        found += [next_own_change(page, now) for page in Page.objects.filter(pk__in=waiting, live=True).specific()]
    return earliest(found, now) or now + UNKNOWN
