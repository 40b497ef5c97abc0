"""Two languages: Polish without a prefix, English under /en/, each with its own pages, filters and words."""

from typing import Any

import bs4
import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Locale, Page

from home.models import HomePage
from tests.factories import EventPageFactory, NewsPageFactory, TopicFactory
from tests.standing import Tree
from wagtail_newsroom.news.models import NewsIndexPage, NewsPage, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def english() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


@pytest.fixture
def both(tree: dict[str, Page], english: Locale) -> dict[str, dict[str, Page]]:
    """The tree in Polish and, published, in English."""
    translated = {}
    for name, page in tree.items():
        copied = page.copy_for_translation(english)
        copied.title = f"English {name}"
        copied.slug = f"english-{name}"
        copied.save_revision().publish()
        translated[name] = type(page).objects.get(pk=copied.pk)
    return {"pl": tree, "en": translated}


def translated(page: Page, locale: Locale, **fields: Any) -> Any:
    copied = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copied, name, value)
    copied.save_revision().publish()
    return type(page).objects.get(pk=copied.pk)


def soup(client: Client, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return bs4.BeautifulSoup(answer.content, "html.parser")


def languages_offered(client: Client, url: str) -> dict[str, str]:
    """Links to this page in other languages, by code."""
    links = soup(client, url).select("a[hreflang][lang]")
    return {link["hreflang"]: link["href"].removeprefix("http://localhost") for link in links}


def test_polish_has_no_prefix_and_english_has_one(both: dict[str, dict[str, Page]], client: Client) -> None:
    for code, prefix in (("pl", "/"), ("en", "/en/")):
        assert both[code]["home"].url == prefix
        assert both[code]["news"].url.startswith(prefix)
        answer = client.get(prefix)
        assert (answer.status_code, answer["Content-Language"]) == (200, code)
        assert soup(client, prefix).html["lang"] == code
    assert client.get("/pl/").status_code == 404


@pytest.mark.parametrize("header", ["en", "en-GB,en;q=0.9", "de", ""])
def test_language_is_the_addresss_and_not_the_browsers(
    header: str, both: dict[str, dict[str, Page]], client: Client
) -> None:
    answer = client.get("/", headers={"Accept-Language": header})
    assert (answer.status_code, answer["Content-Language"]) == (200, "pl")
    assert "Accept-Language" not in answer.get("Vary", "")
    assert client.get("/en/", headers={"Accept-Language": "pl"})["Content-Language"] == "en"


def test_page_of_one_language_is_not_under_the_others_prefix(both: dict[str, dict[str, Page]], client: Client) -> None:
    assert client.get(f"/en/{both['pl']['news'].slug}/").status_code == 404
    assert client.get(f"/{both['en']['news'].slug}/").status_code == 404


def test_translations_link_to_each_other(both: dict[str, dict[str, Page]], english: Locale, client: Client) -> None:
    item = NewsPageFactory(parent=both["pl"]["news"], slug="wiadomosc")
    other = translated(item, english, title="News in English", slug="news-in-english")
    assert other.url == "/en/english-news/news-in-english/"
    assert languages_offered(client, item.url) == {"en": other.url}
    assert languages_offered(client, other.url) == {"pl": item.url}


def test_page_without_a_translation_leads_to_the_other_home(both: dict[str, dict[str, Page]], client: Client) -> None:
    item = NewsPageFactory(parent=both["pl"]["news"])
    assert languages_offered(client, item.url) == {"en": "/en/"}


def test_draft_translation_is_not_linked(both: dict[str, dict[str, Page]], english: Locale, client: Client) -> None:
    item = NewsPageFactory(parent=both["pl"]["news"])
    draft = item.copy_for_translation(english)
    assert not draft.live
    assert languages_offered(client, item.url) == {"en": "/en/"}


def test_alias_in_another_language_shows_its_source(
    both: dict[str, dict[str, Page]], english: Locale, client: Client
) -> None:
    item = NewsPageFactory(parent=both["pl"]["news"], title="Wiadomość", lead="O czym jest.")
    alias = item.copy_for_translation(english, alias=True)
    alias.refresh_from_db()
    assert alias.live
    assert soup(client, alias.url).h1.get_text(strip=True) == "Wiadomość"
    item.title = "Wiadomość poprawiona"
    item.save_revision().publish()
    assert soup(client, alias.url).h1.get_text(strip=True).replace("\xa0", " ") == "Wiadomość poprawiona"
    item.unpublish()
    assert client.get(alias.url).status_code == 404


def test_lists_hold_pages_of_their_own_language(
    both: dict[str, dict[str, Page]], english: Locale, client: Client
) -> None:
    polish = NewsPageFactory(parent=both["pl"]["news"], title="Po polsku")
    event = EventPageFactory(parent=both["pl"]["events"], title="Zaproszenie")
    other = translated(polish, english, title="In English", slug="in-english")
    for code, titles in (("pl", {"Po polsku", "Zaproszenie"}), ("en", {"In English"})):
        context = client.get(both[code]["news"].url).context
        assert {item.title for item in context["items"]} == titles
    assert {item.pk for item in client.get(both["en"]["events"].url).context["items"]} == set()
    assert {event.pk} == {item.pk for item in client.get(both["pl"]["events"].url).context["items"]}
    assert other.locale == english


def test_filters_speak_the_language_of_the_list(
    both: dict[str, dict[str, Page]], english: Locale, client: Client
) -> None:
    topic = TopicFactory(name="Edukacja", slug="edukacja")
    education = topic.copy_for_translation(english)
    education.name, education.slug = "Education", "education"
    education.save()
    item = NewsPageFactory(parent=both["pl"]["news"])
    item.topics.add(topic)
    item.save_revision().publish()
    NewsPageFactory(parent=both["pl"]["news"])
    other = translated(NewsPage.objects.get(pk=item.pk), english, title="In English", slug="in-english")

    def options(code: str) -> list[tuple[str, str]]:
        filters = client.get(both[code]["news"].url).context["filters"]
        (found,) = [entry for entry in filters if entry.name == "topic"]
        return [(option.value, str(option.label)) for option in found.options if option.value]

    def shown(code: str, topic_slug: str) -> set[int]:
        return {page.pk for page in client.get(f"{both[code]['news'].url}?topic={topic_slug}").context["items"]}

    assert options("pl") == [("edukacja", "Edukacja")]
    assert options("en") == [("education", "Education")]
    assert shown("pl", "edukacja") == {item.pk}
    assert shown("en", "education") == {other.pk}
    assert Topic.objects.count() == 2


def test_words_around_the_text_are_in_the_pages_language(
    both: dict[str, dict[str, Page]], english: Locale, client: Client
) -> None:
    texts = {code: client.get(both[code]["events"].url).content.decode() for code in ("pl", "en")}
    assert "Przejdź do treści" in texts["pl"]
    assert "Przejdź do treści" not in texts["en"]


def test_slug_is_free_in_another_language(both: dict[str, dict[str, Page]], english: Locale) -> None:
    item = NewsPageFactory(parent=both["pl"]["news"], slug="warsztat")
    other = translated(item, english)
    assert (other.slug, other.url) == ("warsztat", "/en/english-news/warsztat/")


def test_editor_translates_a_page_with_its_parents(tree: dict[str, Page], english: Locale, client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    item = NewsPageFactory(parent=tree["news"])
    translated(tree["home"], english)
    url = f"/admin/translation/submit/page/{item.pk}/"
    answer = client.post(f"/admin/translation/submit/page/{tree['news'].pk}/", {"locales": [english.pk]})
    assert answer.status_code == 302
    answer = client.post(url, {"locales": [english.pk]})
    assert answer.status_code == 302
    copied = NewsPage.objects.get(locale=english)
    assert copied.translation_key == item.translation_key
    assert isinstance(copied.get_parent().specific, NewsIndexPage)
    assert client.get(f"/admin/pages/{copied.pk}/edit/").status_code == 200
    assert HomePage.objects.filter(locale=english).count() == 1
