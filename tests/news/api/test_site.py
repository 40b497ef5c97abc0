"""What stands on every page of a site: as the pages show it, by language and by host."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from tests.factories import (
    EventIndexPageFactory,
    HomePageFactory,
    NewsPageFactory,
    StandardPageFactory,
    TopicFactory,
    make_photo,
    private_collection,
    restrict,
)
from tests.trust.delivery_doors import V1
from wagtail_newsroom.news.models import NewsroomSettings, SiteTexts

pytestmark = [pytest.mark.django_db, pytest.mark.services]

Tree = dict[str, Page]


@pytest.fixture
def english(tree: Tree) -> Page:
    """The home page in English."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    home: Page = tree["home"].copy_for_translation(locale)
    home.save_revision().publish()
    return home


def test_site_says_who_publishes_it_and_where_its_menus_lead(client: Client, tree: Tree, english: Page) -> None:
    polish = Locale.get_default()
    texts = SiteTexts.objects.create(organisation_name="Centrum", address="ul. Długa 1\nLipogród", locale=polish)
    site = Site.objects.get(is_default_site=True)
    NewsroomSettings.objects.create(
        site=site, texts=texts, logo=make_photo("Logo"), phone="123", youtube_url="https://youtube.example/c"
    )
    StandardPageFactory(parent=tree["home"], title="O nas", slug="o-nas")
    StandardPageFactory(parent=tree["home"], title="Szkic", live=False, show_in_menus=True)
    restrict(StandardPageFactory(parent=tree["home"], title="Tajne", show_in_menus=True))
    StandardPageFactory(parent=tree["news"], title="Głębiej", show_in_menus=True)
    shown, hidden = TopicFactory(name="Zdrowie", slug="zdrowie"), TopicFactory(name="Szkice")
    for topic, is_live in ((shown, True), (hidden, False)):
        page = NewsPageFactory(parent=tree["news"], live=is_live)
        page.topics.add(topic)
        page.save()

    told = client.get(f"{V1}/site/").json()

    assert (told["name"], told["phone"], told["language"], told["banner"]) == ("Centrum", "123", "pl", None)
    assert (told["logo"]["alt"], told["social"]) == (
        "Centrum",
        [{"label": "YouTube", "url": "https://youtube.example/c"}],
    )
    here, there = told["languages"]
    assert [(page["title"], page["path"], page["in_menu"]) for page in here["pages"]] == [
        ("Aktualności", "/aktualnosci/", True), ("Wydarzenia", "/wydarzenia/", True), ("Galerie", "/galerie/", True),
        ("Dokumenty", "/dokumenty/", True), ("O nas", "/o-nas/", False),
    ]  # fmt: skip
    assert [(topic["name"], topic["slug"]) for topic in here["topics"]] == [("Zdrowie", "zdrowie")]
    assert [feed["url"] for feed in here["feeds"]] == [
        f"http://localhost/{each}"
        for each in ("aktualnosci/atom.xml", "wydarzenia/calendar.ics", "wydarzenia/atom.xml")
    ]
    assert [client.get(feed["url"]).status_code for feed in here["feeds"]] == [200] * 3
    assert (here["address"], here["access_request_url"]) == (
        "ul. Długa 1\nLipogród", "http://localhost/dostepnosc/prosba/"
    )  # fmt: skip
    assert (there["code"], there["name"], there["prefix"], there["home"]["path"]) == ("en", "English", "/en/", "/en/")
    assert there["access_request_url"] == "http://localhost/en/accessibility/request/"


def test_l11_site_is_that_of_the_host_and_shows_no_private_logo(client: Client, tree: Tree, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "obca.example"]
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="obca", title="Obca")
    other = Site.objects.create(hostname="obca.example", root_page=home, site_name="Obca")
    EventIndexPageFactory(parent=home, title="Imprezy", slug="imprezy")
    NewsroomSettings.objects.create(site=other, logo=make_photo("Tajne", collection=private_collection()), phone="987")

    ours, theirs = (client.get(f"{V1}/site/", headers={"host": host}).json() for host in ("localhost", "obca.example"))

    assert (ours["name"], ours["phone"], theirs["name"], theirs["phone"]) == ("Próba", "", "Obca", "987")
    assert theirs["logo"] is None
    assert [page["title"] for page in theirs["languages"][0]["pages"]] == ["Imprezy"]
    assert "Imprezy" not in str(ours)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_site_asks_as_often_for_thirty_pages_and_topics_as_for_one(client: Client, tree: Tree, count: int) -> None:
    news = NewsPageFactory(parent=tree["news"])
    for _number in range(count):
        StandardPageFactory(parent=tree["home"])
        news.topics.add(TopicFactory())
    news.save()
    client.get(f"{V1}/site/")
    with CaptureQueriesContext(connection) as queries:
        told = client.get(f"{V1}/site/").json()
    assert len(told["languages"][0]["topics"]) == count
    assert len(queries) == 13
