"""When requests arrive in a flood: what belongs together, and what the office is told."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.models.workflow.access_requests import AccessRequestQuerySet


@dataclass(frozen=True)
class Flood:
    """``number``: how many arrived within a day; ``alike``: how many of them say the same."""

    number: int
    alike: int


def of_a_day() -> AccessRequestQuerySet:
    """Requests of the last 24 hours."""
    return AccessRequest.objects.filter(received_at__gt=timezone.now() - dt.timedelta(days=1))


def is_flooded() -> bool:
    """Whether ``ACCESS_REQUESTS_PER_DAY`` have arrived within a day."""
    return of_a_day().count() >= setting("ACCESS_REQUESTS_PER_DAY")


def most_alike() -> int:
    """With so many alike they count as one flood: twice as many as one sender may send."""
    return 2 * int(setting("ACCESS_REQUESTS_PER_SENDER"))


def is_one_of_many(facts: dict[str, Any]) -> bool:
    """Whether many with this text or this e-mail address have arrived within a day."""
    alike = Q(barrier=facts["barrier"])
    if facts["email"]:
        alike |= Q(email__iexact=facts["email"])
    return of_a_day().filter(alike).count() >= most_alike()


def flood() -> Flood | None:
    """The flood that goes on; ``None`` on an ordinary day."""
    number = of_a_day().count()
    by_text = of_a_day().values("barrier").annotate(alike=Count("pk")).order_by("-alike")
    alike = by_text.values_list("alike", flat=True).first() or 0
    if number < setting("ACCESS_REQUESTS_PER_DAY") and alike < most_alike():
        return None
    return Flood(number, alike)
