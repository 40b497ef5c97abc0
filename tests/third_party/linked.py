"""What consultations add to items of the delivery API: links of the page that they are about, and fields of their own."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ninja import Schema

from tests.third_party.models import ConsultationPage
from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.registry import DeliveredFields, DeliveredLinks


def consultations_of(rows: Sequence[Any], answer: Any) -> dict[int, list[int]]:
    """Public consultations about each page, in its language, the latest first. One query."""
    places = {(row["key"], row["locale_id"]): row["id"] for row in rows}
    about = ConsultationPage.objects.filter(about__translation_key__in={key for key, _locale in places})
    found: dict[int, list[int]] = defaultdict(list)
    for pk, key, locale_id in (
        answer.public(about).order_by("-date", "-pk").values_list("pk", "about__translation_key", "locale_id")
    ):
        if (key, locale_id) in places:
            found[places[key, locale_id]].append(pk)
    return found


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
