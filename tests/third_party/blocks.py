"""A consultation, and what was answered to it, in the middle of a story."""

from typing import Any

from wagtail import blocks

from wagtail_newsroom.news.visibility import public_pages


class ConsultationBlock(blocks.StructBlock):
    consultation = blocks.PageChooserBlock(page_type="consultations.ConsultationPage", label="Consultation")

    class Meta:
        icon = "comment"
        label = "Consultation"
        description = "The question of a consultation, in the middle of the text"
        template = "consultations/consultation_block.html"
        preview_template = "consultations/consultation_block.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context=parent_context), "consultation": public_consultation(value)}

    api_keeps_fields = True

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        found = public_consultation(value)
        return {"consultation": found.pk if found else None}


class AnswersBlock(ConsultationBlock):
    class Meta:
        icon = "list-ul"
        label = "Answers"
        description = "What was answered to a consultation, in the middle of the text"
        template = "consultations/answers_block.html"
        preview_template = "consultations/answers_block.html"


def public_consultation(value: Any) -> Any:
    """The chosen consultation where the public may see it."""
    chosen = value.get("consultation") if value else None
    return public_pages(type(chosen).objects.filter(pk=chosen.pk)).first() if chosen else None
