"""What consultations add to items of the delivery API: links of the page that they are about, and fields of their own."""

from typing import Any

from django.db.models import OuterRef, QuerySet
from ninja import Schema

from tests.third_party.models import ConsultationPage
from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.registry import DeliveredFields, DeliveredLinks


def consultations_of(answer: Any) -> QuerySet[Any]:
    """Public consultations about a page, in its language, the latest first."""
    about = ConsultationPage.objects.filter(
        about__translation_key=OuterRef("translation_key"), locale_id=OuterRef("locale_id")
    )
    return answer.public(about).order_by("-date", "-pk")


LINKS = DeliveredLinks("consultations", "Consultations about it, the latest first.", consultations_of)


class ConsultationFields(Schema):
    """What is asked about."""

    closed: bool
    about: PageLink | None


FIELDS = DeliveredFields(
    "consultation",
    ConsultationFields,
    ("closed", "about_id"),
    lambda row: {"closed": row["closed"], "about": row["about_id"]},
    points_to={"about_id": "page"},
)
