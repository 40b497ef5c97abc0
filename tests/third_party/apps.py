"""Plugs the consultations in."""

import datetime as dt
from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class ConsultationsConfig(AppConfig):
    name = "tests.third_party"
    label = "consultations"
    verbose_name = "Consultations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tests.third_party.acts import (
            CLOSING_STEP,
            check_consultation,
            close_consultations,
            has_consultation,
            moments_of_consultation,
            moments_of_lists,
        )
        from tests.third_party.block_forms import ANSWERS, AnswersForm, answers
        from tests.third_party.blocks import AnswersBlock, ConsultationBlock
        from tests.third_party.delivered import ConsultationReading
        from tests.third_party.linked import FIELDS, LINKS
        from tests.third_party.models import ConsultationIndexPage, ConsultationPage
        from tests.third_party.reading import CONSULTATIONS
        from tests.third_party.shown import (
            CARD,
            CONSULTATIONS_FIELD,
            ConsultationsAPIViewSet,
            consultation_data,
            consultations_about,
        )
        from tests.third_party.views import consultation_listing, keep_own_look, serve_ended, serve_question
        from wagtail_newsroom.news import registry

        registry.register_story_block("consultation", ConsultationBlock)
        registry.register_story_block("answers", AnswersBlock)
        registry.register_block_form("answers", AnswersForm())
        registry.register_source(ANSWERS, answers)
        registry.register_card("consultations.ConsultationPage", CARD)
        registry.register_page_listing(ConsultationIndexPage, consultation_listing)
        registry.register_page_reader(ConsultationPage, CONSULTATIONS)
        registry.register_page_file(ConsultationPage, "question.txt", serve_question)
        registry.register_retired_view(ConsultationPage, serve_ended)
        registry.register_front_end_preview(ConsultationPage, keep_own_look)
        registry.register_change_type("consultations.ConsultationPage", "consultation")
        registry.register_shown_sets("consultations.ConsultationIndexPage", lambda page: ["list:event:pl"])
        registry.register_moments("consultations.ConsultationPage", moments_of_consultation)
        registry.register_moments_of_lists(moments_of_lists)
        registry.register_page_finder(
            consultations_about, heading="Consultations", template="consultations/consultations_about.html"
        )
        registry.register_shown_everywhere("consultations.Answer")
        registry.register_structured_data("consultations.ConsultationPage", consultation_data)
        registry.register_stylesheet("consultations/consultations.css")
        registry.register_script("consultations/consultations.js")
        registry.register_api_endpoint("consultations", ConsultationsAPIViewSet)
        registry.register_api_field("newsroom.EventPage", CONSULTATIONS_FIELD)
        registry.register_delivered_type(
            registry.DeliveredType(
                "consultation", "consultations", "consultations.ConsultationPage", ConsultationReading
            )
        )
        registry.register_delivered_links("newsroom.EventPage", LINKS)
        registry.register_delivered_fields("consultations.ConsultationPage", FIELDS)
        registry.register_preflight_check(check_consultation)
        registry.register_followup_condition(has_consultation)
        registry.register_library_step(CLOSING_STEP)
        registry.register_chore("Closing consultations", dt.timedelta(hours=1), close_consultations)
        registry.register_admin_listing(_listing)
        registry.register_model_admin(_answers)
        registry.register_menu_item(_menu_item)
        registry.register_desk_panel(_desk_panel)


def _listing() -> Any:
    from tests.third_party.admin import ConsultationListing

    return ConsultationListing("consultations")


def _answers() -> Any:
    from tests.third_party.admin import AnswerAdmin

    return AnswerAdmin


def _menu_item() -> Any:
    from tests.third_party.admin import guide

    return guide()


def _desk_panel(request: HttpRequest) -> Any:
    from tests.third_party.admin import OpenPanel

    return OpenPanel(request)
