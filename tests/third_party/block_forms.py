"""How the delivery API shows the answers to a consultation in a story: not what is stored, what the block shows."""

from collections.abc import Set as AbstractSet
from typing import Any

from ninja import Field, Schema

from tests.third_party.models import Answer, ConsultationPage
from wagtail_newsroom.news.api.v1.blocks import raw

ANSWERS = "answers"


class AnswersValue(Schema):
    """What people answered to a consultation."""

    question: str
    answers: list[str] = Field(examples=[["W parku", "Przy szkole"]])


class AnswersForm:
    """Left out where the consultation is not public."""

    schema = AnswersValue

    def wants(self, value: Any, wanted: Any) -> None:
        wanted.add(ANSWERS, raw.pk(raw.struct(value).get("consultation")))

    def read(self, value: Any, found: Any) -> dict[str, Any] | None:
        return found.get(ANSWERS, raw.pk(raw.struct(value).get("consultation")))


def answers(ids: AbstractSet[int], answer: Any, wanted: Any) -> dict[int, dict[str, Any]]:
    """Questions and answers of those of the consultations ``ids`` that the public may see, in two queries."""
    asked = answer.public(ConsultationPage.objects.filter(pk__in=ids)).values_list("pk", "question")
    found = {pk: {"question": question, "answers": []} for pk, question in asked}
    for page, text in Answer.objects.filter(page__in=found).order_by("pk").values_list("page_id", "text"):
        found[page]["answers"].append(text)
    answer.tags.update(f"consultation:{pk}" for pk in found)
    return found
