"""What happens to consultations: a check before publication, the chore that closes them, what follows an event."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from tests.third_party.models import ConsultationPage
from wagtail_newsroom.news.models.delivery.change_records import ChangeKind
from wagtail_newsroom.news.publishing.changes.records import record
from wagtail_newsroom.news.registry import Finding, LibraryStep, Severity


def check_consultation(page: Any) -> Iterator[Finding]:
    """Warn of a consultation that never ends."""
    if isinstance(page, ConsultationPage) and page.closes_on is None:
        yield Finding("consultation_open_end", Severity.WARN, "Say until when people can answer.", "closes_on")


def close_consultations() -> int:
    """Close those whose day is over; how many were."""
    over = ConsultationPage.objects.filter(live=True, closed=False, closes_on__lt=timezone.localdate())
    return sum(1 for _closed in _tend(list(over.values_list("pk", flat=True))))


def has_consultation() -> Exists:
    """Condition on events: a public consultation is about the event."""
    found = ConsultationPage.objects.filter(live=True, about__translation_key=OuterRef("translation_key"))
    return Exists(found)


def _waiting(again: bool) -> list[int]:
    over = ConsultationPage.objects.filter(closes_on__lt=timezone.localdate())
    return list((over if again else over.filter(closed=False)).values_list("pk", flat=True))


def _tend(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    for page in ConsultationPage.objects.filter(pk__in=ids):
        with transaction.atomic():
            ConsultationPage.objects.filter(pk=page.pk).update(closed=True)
            record(ChangeKind.UPSERT, page)
        yield page.pk, page.title, ""


def moments_of_consultation(page: ConsultationPage, now: dt.datetime) -> Iterator[dt.datetime | None]:
    """A consultation looks different once its last day is over."""
    if page.closes_on is not None:
        yield _end_of(page.closes_on)


def moments_of_lists(site: Any, now: dt.datetime) -> Iterator[dt.datetime | None]:
    """The nearest end of an open one."""
    ahead = ConsultationPage.objects.filter(live=True, closes_on__gte=timezone.localdate(now))
    yield from map(_end_of, ahead.order_by("closes_on").values_list("closes_on", flat=True)[:1])


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


CLOSING_STEP = LibraryStep("Consultations closed", _waiting, _tend)
