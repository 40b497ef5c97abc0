"""Nothing crosses from one site to another, or from one language to another: see also test_hidden.py."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from tests.trust.delivery_doors import V1
from tests.trust.doors import V2, V3, address_of, ask, ask_all, leaks
from tests.trust.hiding import fill_other_site
from tests.trust.planting import Planter, World
from wagtail_newsroom.news.models import EventPage, NewsPage

WORD = "zqobce"


@pytest.fixture
def other_site(world: World, settings: Any) -> Site:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "other.example.org"]
    home = Planter(world, WORD).page(HomePage, parent=Page.get_first_root_node())
    site = Site.objects.create(hostname="other.example.org", port=80, root_page=home, site_name="Inna")
    Site.clear_site_root_paths_cache()
    return site


@pytest.mark.parametrize("site", ["other.example.org", "other.example.org:80"])
def test_l11_other_site_cannot_be_asked_for_by_name(
    world: World, stranger: Client, other_site: Site, site: str
) -> None:
    page = fill_other_site(Planter(world, WORD), other_site)[-1]
    names = ("pages/?", f"pages/{page.pk}/?", f"pages/find/?id={page.pk}&", "pages/find/?html_path=/&")

    answers = ask_all(stranger, [f"{api}/{name}site={site}" for api in (V2, V3) for name in names])

    assert leaks(answers.values(), WORD) == []


def test_l11_other_site_shows_its_own_pages_and_none_of_this_one(world: World, other_site: Site) -> None:
    fill_other_site(Planter(world, WORD), other_site)
    mine = Planter(world, "zqtutaj").page(NewsPage)
    visitor = Client(headers={"host": "other.example.org"})

    apis = [f"{V2}/pages/?limit=100", f"{V3}/pages/?limit=100", f"{V1}/export.ndjson", "/llms.txt"]
    answers = ask_all(visitor, ["/", "/sitemap.xml", *apis])

    assert [answer.address for answer in answers.values() if not answer.holds(WORD)] == []
    assert leaks(answers.values(), "zqtutaj") == []
    assert ask(visitor, f"{V2}/pages/{mine.pk}/").status == ask(visitor, f"{V1}/news/{mine.pk}/").status == 404


def test_c14_addresses_in_the_apis_are_those_of_the_site_that_was_asked(world: World, other_site: Site) -> None:
    fill_other_site(Planter(world, WORD), other_site)
    visitor = Client(headers={"host": "other.example.org"})

    for api in (V2, V3):
        items = visitor.get(f"{api}/pages/?limit=100").json()["items"]
        assert items
        for item in items:
            address = item.get("meta", item)["detail_url"]
            assert address.startswith(("http://other.example.org/", "/")), address
            assert ask(visitor, address.removeprefix("http://other.example.org")).status == 200
        found = visitor.get(f"{api}/pages/find/?id={items[0]['id']}")
        assert found.status_code == 302
        assert urlsplit(found["Location"]).hostname in {None, "other.example.org"}


@pytest.mark.services
def test_l11_lists_hold_pages_of_their_own_language(world: World, stranger: Client) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    for page in world.tree.values():
        page.copy_for_translation(english, copy_parents=True).save_revision().publish()
    event = world.ground[EventPage].copy_for_translation(english)
    event.title = f"{WORD} title"
    event.save_revision().publish()

    answers = ask_all(stranger, [address_of(page) for page in world.tree.values()])

    assert leaks(answers.values(), f"{WORD} title") == []
