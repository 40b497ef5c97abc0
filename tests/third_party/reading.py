"""How the page of a consultation is read: as every story, and with the event that it is about."""

from wagtail.models import Site

from tests.third_party.models import ConsultationPage
from wagtail_newsroom.news.listings.whole import prepare_story, read_story
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.registry import PageReader


def prepare(consultation: ConsultationPage, site: Site) -> None:
    """Tell ``consultation``, which is public on ``site``, what it shows."""
    prepare_story(consultation, site)
    if consultation.about_id:
        consultation.about = EventPage.objects.filter(pk=consultation.about_id).first()


CONSULTATIONS = PageReader(read_story, prepare)
