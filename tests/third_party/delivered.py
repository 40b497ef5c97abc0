"""Consultations in the delivery API: a list and items of their own, which are stories like ours."""

import datetime as dt
from typing import Any, Literal

from django.db.models import F

from tests.third_party.models import ConsultationPage
from wagtail_newsroom.news.api.v1.reading.stories import StoryReading, StorySummaryPart
from wagtail_newsroom.news.api.v1.schemas.pages import StoryParts, StorySummary


class ConsultationSummary(StorySummary):
    """A consultation in a list."""

    type: Literal["consultation"]
    question: str
    closes_on: dt.date | None


class ConsultationItem(ConsultationSummary, StoryParts):
    """A whole consultation."""


class ConsultationSummaryPart(StorySummaryPart):
    word = "consultation"

    def columns(self, answer: Any) -> dict[str, Any]:
        return {**super().columns(answer), "question": F("question"), "closes_on": F("closes_on")}

    def read(self, row: Any, found: Any, prepared: Any) -> dict[str, Any]:
        own = {"question": row["question"], "closes_on": row["closes_on"]}
        return {**super().read(row, found, prepared), **own}


class ConsultationReading(StoryReading):
    word, address, model = "consultation", "consultations", ConsultationPage
    summary_schema, item_schema, summary = ConsultationSummary, ConsultationItem, ConsultationSummaryPart()
