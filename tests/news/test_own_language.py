"""A page speaks its own language, whatever the browser asks for, in a host with Django's LocaleMiddleware."""

from typing import Any

import bs4
import pytest
from django.test import Client
from django.urls import include, path
from django.utils import translation
from wagtail import urls as wagtail_urls
from wagtail.models import Locale, Page

from tests.factories import EventPageFactory, NewsPageFactory, make_site

pytestmark = pytest.mark.django_db

POLISH, ENGLISH = "Rodzaj", "Kind"


@pytest.fixture
def pages(site_with: Any, settings: Any) -> dict[str, Page]:
    """One list of news in each language, on a site whose language is the browser's and whose addresses have no prefix."""
    settings.MIDDLEWARE = [
        "django.middleware.locale.LocaleMiddleware" if each == "config.middleware.PathLocaleMiddleware" else each
        for each in settings.MIDDLEWARE
    ]
    site_with([path("", include("wagtail_newsroom.news.urls")), path("", include(wagtail_urls))])
    tree = make_site()
    english = Locale.objects.get_or_create(language_code="en")[0]
    foreign = tree["news"].copy(
        update_attrs={"locale": english, "slug": "news", "title": "News"}, reset_translation_key=True, recursive=False
    )
    for parent in (tree["news"], foreign):
        for kind in ("news", "report"):
            NewsPageFactory(parent=parent, locale=parent.locale, slug=f"{parent.slug}-{kind}", kind=kind)
    return {"pl": tree["news"], "en": foreign, "events": tree["events"]}


@pytest.mark.parametrize("asked", ["pl", "en", "de", ""])
@pytest.mark.parametrize(("language", "word", "others"), [("pl", POLISH, ENGLISH), ("en", ENGLISH, POLISH)])
def test_words_around_follow_the_page_and_not_the_browser(
    pages: dict[str, Page], asked: str, language: str, word: str, others: str
) -> None:
    answer = Client().get(pages[language].url, headers={"Accept-Language": asked})
    text = bs4.BeautifulSoup(answer.content, "html.parser").find("main").get_text(" ", strip=True)
    assert word in text
    assert others not in text
    assert bs4.BeautifulSoup(answer.content, "html.parser").html["lang"] == language
    assert answer["Content-Language"] == language


@pytest.mark.parametrize("below", ["", "atom.xml"])
def test_answer_does_not_vary_on_the_browsers_language(pages: dict[str, Page], below: str) -> None:
    for language in ("pl", "en"):
        bodies = set()
        for asked in ("pl", "en"):
            answer = Client().get(f"{pages[language].url}{below}", headers={"Accept-Language": asked})
            assert answer.status_code == 200
            assert "accept-language" not in answer.get("Vary", "").lower()
            assert answer["Content-Language"] == language
            bodies.add(answer.content)
        assert len(bodies) == 1


def test_preview_speaks_the_pages_language_too(pages: dict[str, Page]) -> None:
    with translation.override("pl"):
        response = pages["en"].make_preview_request()
        assert response["Content-Language"] == "en"
        assert (
            ENGLISH in response.rendered_content if hasattr(response, "rendered_content") else response.content.decode()
        )


def test_event_and_its_file_speak_its_language(pages: dict[str, Page]) -> None:
    event = EventPageFactory(parent=pages["events"])
    for below in ("", "event.ics"):
        answers = {
            Client().get(f"{event.url}{below}", headers={"Accept-Language": asked}).content for asked in ("pl", "en")
        }
        assert len(answers) == 1


def test_language_of_the_visit_is_left_as_it_was(pages: dict[str, Page], rf: Any) -> None:
    with translation.override("de"):
        response = pages["en"].serve(rf.get("/"))
        assert translation.get_language() == "de"
        assert response.language == "en"
