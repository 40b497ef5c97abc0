"""How consultations are shown by the newsroom: in lists, below other pages, in the API, to search engines."""

from collections.abc import Iterable
from typing import Any

from wagtail.api import APIField
from wagtail.models import Page

from tests.third_party.models import ConsultationPage
from wagtail_newsroom.news.api.endpoints import PublicPagesAPIViewSet
from wagtail_newsroom.news.registry import Card, Surroundings, without_empty
from wagtail_newsroom.news.serializers import PublicPagesField
from wagtail_newsroom.news.visibility import public_pages

CARD = Card("consultations/consultation_card.html", rows=lambda pages: pages.prefetch_related("topics", "corrections"))


def consultations_about(page: Page) -> Iterable[Page]:
    """Public consultations about ``page``, in its language."""
    if page.pk is None:
        return []
    found = ConsultationPage.objects.filter(about__translation_key=page.translation_key, locale=page.locale_id)
    return public_pages(found, page.get_site()).order_by("-date", "-pk")


class ConsultationsField(PublicPagesField):
    """The public consultations about a page."""

    def get_attribute(self, instance: Any) -> Any:
        return consultations_about(instance)


CONSULTATIONS_FIELD = APIField("consultations", serializer=ConsultationsField())


class ConsultationsAPIViewSet(PublicPagesAPIViewSet):
    """Public consultations at an address of their own."""

    model = ConsultationPage
    name = "consultations"


def consultation_data(page: ConsultationPage, around: Surroundings) -> dict[str, Any]:
    """A consultation to search engines: a question."""
    return without_empty(
        {
            "@type": "Question",
            "@id": f"{around.url}#question",
            "name": page.question or page.title,
            "url": around.url,
            "inLanguage": around.language,
            "publisher": around.publisher,
        }
    )
