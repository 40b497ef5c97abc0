"""What visitors miss is told editors: words and numbers, never a person's; what they recommend stands above what is found."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Locale, Page, Site

from tests.factories import NewsPageFactory, SearchPageFactory, restrict
from tests.standing import Tree
from wagtail_newsroom.news.models import MissedSearch, MissedSearchCount
from wagtail_newsroom.news.publishing import missed_searches
from wagtail_newsroom.news.publishing.counts import add_counts
from wagtail_newsroom.news.publishing.missed_searches import forget_old_searches, shown_searches
from wagtail_newsroom.news.search.words.persons import may_name_somebody

pytestmark = [pytest.mark.django_db, pytest.mark.services]

READER = "Mozilla/5.0"


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


@pytest.fixture
def search(tree: dict[str, Page]) -> Page:
    NewsPageFactory(parent=tree["news"], title="Nabór do klubu seniora", lead="Kluby seniora w gminach.")
    return SearchPageFactory(parent=tree["home"])


def ask(client: Client, search: Page, text: str, agent: str = READER, **more: Any) -> str:
    return client.get(search.url, {"q": text, **more}, headers={"user-agent": agent}).content.decode()


def kept() -> dict[str, int]:
    return {row.text: sum(each.count for each in row.counts.all()) for row in MissedSearch.objects.all()}


def test_words_that_stand_nowhere_are_counted(client: Client, search: Page) -> None:
    for text in ("Żłobek", "zlobek", "klub szachowy"):
        ask(client, search, text)
    assert kept() == {"zlobek": 2, "klub szachowy": 1}


@pytest.mark.parametrize(
    "text",
    [
        "klub seniora",
        "Jan Kowalski",
        "zamieszkanie Ziętek",
        "zietek",
        "nowak",
        "ktos@example.org",
        "żłobek 601 234 567",
        "żłobek 85010112345",
        "?!",
    ],
)
def test_what_is_found_or_may_be_about_a_person_is_not_kept(client: Client, search: Page, text: str) -> None:
    ask(client, search, text)
    assert kept() == {}


def test_robots_editors_and_narrowed_searches_are_not_counted(
    client: Client, admin_client: Client, search: Page
) -> None:
    ask(client, search, "żłobek", "Googlebot/2.1")
    ask(client, search, "żłobek", type="news")
    ask(admin_client, search, "żłobek")
    assert kept() == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("usługi społeczne w gminie", False),
        ("miejska biblioteka", False),
        ("pomorskie centrum", False),
        ("deinstytucjonalizacja", False),
        ("rada gminy", False),
        ("rada", True),  # a surname too, where nothing else is said
        ("u Haliny Ziętek", True),
        ("szkolenie brzezinskiej", True),
        ("Marek Zima", True),
    ],
)
def test_names_of_people_are_told(text: str, names: bool) -> None:
    assert may_name_somebody(text) is names


def miss(text: str, days: int, site: Site | None = None) -> None:
    site = site or Site.objects.get()
    today = timezone.localdate()
    add_counts({("search", (site.pk, "pl", text), today - dt.timedelta(days=n)): 2 for n in range(days)})


def test_what_was_missed_on_three_days_is_shown(tree: dict[str, Page]) -> None:
    miss("zlobek", 3)
    miss("basen", 2)
    assert [(row.text, row.searches, row.days) for row in shown_searches()] == [("zlobek", 6, 3)]


def test_what_was_missed_a_year_ago_is_forgotten(tree: dict[str, Page]) -> None:
    miss("zlobek", 3)
    miss("basen", 1)
    MissedSearchCount.objects.filter(search__text="basen").update(day=timezone.localdate() - dt.timedelta(days=366))
    assert forget_old_searches() == 1
    assert set(kept()) == {"zlobek"}


def test_register_takes_in_no_more_than_it_holds(tree: dict[str, Page], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed_searches, "MOST_KEPT", 2)
    for text in ("basen", "zlobek", "kino", "basen"):
        miss(text, 1)
    assert kept() == {"basen": 4, "zlobek": 2}


# Recommendations


def recommend(words: str, page: Page | None = None, **fields: Any) -> None:
    SearchPromotion.objects.create(query=Query.get(words), page=page, **fields)


def test_recommended_page_stands_above_what_is_found_in_any_form_of_the_words(
    client: Client, tree: dict[str, Page], search: Page
) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Opieka nad małymi dziećmi")
    recommend("żłobek gminny", page, description="Miejsca oraz zapisy.")
    recommend("żłobek", None, external_link_url="https://example.org/", external_link_text="Urząd")
    for text in ("żłobek gminny", "żłobki gminne", "gminnych zlobkow"):
        said = ask(client, search, text)
        assert "Miejsca oraz zapisy." in said, text
        assert "https://example.org/" not in said, text
    assert "https://example.org/" in ask(client, search, "żłobków")
    assert "Miejsca oraz zapisy." not in ask(client, search, "żłobek gminny basen")


def test_l1_only_public_pages_of_the_language_and_site_are_recommended(
    client: Client, tree: dict[str, Page], search: Page
) -> None:
    closed = NewsPageFactory(parent=tree["news"], title="Zamknięte")
    restrict(closed)
    english, _made = Locale.objects.get_or_create(language_code="en")
    foreign = tree["news"].copy_for_translation(english, copy_parents=True)
    foreign.title = "Foreign"
    foreign.save_revision().publish()
    for page in (NewsPageFactory(parent=tree["news"], title="Szkic", live=False), closed, foreign):
        recommend("żłobek", page, description="Nikt tego nie widzi.")
    recommend("żłobek", None, external_link_url="javascript:alert(1)", external_link_text="Zły odnośnik")
    said = ask(client, search, "żłobek")
    assert not [word for word in ("Szkic", "Zamknięte", "Foreign", "Nikt tego", "javascript:") if word in said]
