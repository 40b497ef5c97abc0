"""What happens to consultations: a check before publication, the chore that closes them, what follows an event."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from tests.third_party.models import ConsultationPage
from wagtail_newsroom.news.registry import Finding, LibraryStep, Severity


def check_consultation(page: Any) -> Iterator[Finding]:
    """Warn of a consultation that never ends."""
    if isinstance(page, ConsultationPage) and page.closes_on is None:
        yield Finding("consultation_open_end", Severity.WARN, "Say until when people can answer.", "closes_on")


def close_consultations() -> int:
    """Close those whose day is over; how many were."""
    over = ConsultationPage.objects.filter(live=True, closed=False, closes_on__lt=timezone.localdate())
    return over.update(closed=True)


def has_consultation() -> Exists:
    """Condition on events: a public consultation is about the event."""
    found = ConsultationPage.objects.filter(live=True, about__translation_key=OuterRef("translation_key"))
    return Exists(found)


def _waiting(again: bool) -> list[int]:
    over = ConsultationPage.objects.filter(closes_on__lt=timezone.localdate())
    return list((over if again else over.filter(closed=False)).values_list("pk", flat=True))


def _tend(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    for page in ConsultationPage.objects.filter(pk__in=ids):
        ConsultationPage.objects.filter(pk=page.pk).update(closed=True)
        yield page.pk, page.title, ""


CLOSING_STEP = LibraryStep("Consultations closed", _waiting, _tend)
