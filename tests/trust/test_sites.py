"""Nothing crosses from one site to another, or from the draft of one language to another."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from tests.factories import EventIndexPageFactory, GalleryIndexPageFactory, NewsIndexPageFactory
from tests.soak import sample
from tests.trust.crawls import changed, told_apart
from tests.trust.delivery_doors import V1
from tests.trust.doors import V2, V3, address_of, all_doors, ask, ask_all, doors_of_any_type, doors_of_type, leaks
from tests.trust.planting import Planter, World
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import EventPage, NewsPage

WORD = "zqobce"
PARENTS = {NewsPage: NewsIndexPageFactory, EventPage: EventIndexPageFactory, GalleryPage: GalleryIndexPageFactory}


@pytest.fixture
def other_site(world: World, settings: Any) -> Site:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "other.example.org"]
    home = Planter(world, WORD).page(HomePage, parent=Page.get_first_root_node())
    site = Site.objects.create(hostname="other.example.org", port=80, root_page=home, site_name="Inna")
    Site.clear_site_root_paths_cache()
    return site


def fill_other_site(world: World, site: Site) -> list[Page]:
    """Pages of the other site, about pages of this one."""
    planter = Planter(world, WORD)
    pages: list[Page] = [site.root_page]
    for model, index in PARENTS.items():
        parent = index(parent=site.root_page, title=f"{WORD} lista", slug=f"{WORD}-{model._meta.model_name}")
        pages += [parent, planter.page(model, parent=parent)]
    return pages


def test_l11_pages_of_another_site_are_behind_no_door_of_this_one(
    world: World, stranger: Client, other_site: Site
) -> None:
    """Above ten seconds: twice round all doors, and the doors of seven foreign pages."""
    doors = all_doors(world.ground.values(), WORD)
    before = ask_all(stranger, doors)

    foreign = fill_other_site(world, other_site)
    after = ask_all(stranger, doors)

    assert leaks(after.values(), WORD) == []
    assert changed(before, after) == []
    assert told_apart(stranger, foreign) == []


@pytest.mark.parametrize("site", ["other.example.org", "other.example.org:80"])
def test_l11_other_site_cannot_be_asked_for_by_name(
    world: World, stranger: Client, other_site: Site, site: str
) -> None:
    page = fill_other_site(world, other_site)[-1]
    names = ("pages/?", f"pages/{page.pk}/?", f"pages/find/?id={page.pk}&", "pages/find/?html_path=/&")

    answers = ask_all(stranger, [f"{api}/{name}site={site}" for api in (V2, V3) for name in names])

    assert leaks(answers.values(), WORD) == []


def test_l11_other_site_shows_its_own_pages_and_none_of_this_one(world: World, other_site: Site) -> None:
    fill_other_site(world, other_site)
    mine = Planter(world, "zqtutaj").page(NewsPage)
    visitor = Client(headers={"host": "other.example.org"})

    apis = [f"{V2}/pages/?limit=100", f"{V3}/pages/?limit=100", f"{V1}/export.ndjson", "/llms.txt"]
    answers = ask_all(visitor, ["/", "/sitemap.xml", *apis])

    assert [answer.address for answer in answers.values() if not answer.holds(WORD)] == []
    assert leaks(answers.values(), "zqtutaj") == []
    assert ask(visitor, f"{V2}/pages/{mine.pk}/").status == ask(visitor, f"{V1}/news/{mine.pk}/").status == 404


def test_c14_addresses_in_the_apis_are_those_of_the_site_that_was_asked(world: World, other_site: Site) -> None:
    fill_other_site(world, other_site)
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


@pytest.mark.slow
@pytest.mark.sampled
def test_l11_hidden_translation_is_behind_no_door(world: World, stranger: Client, subtests: pytest.Subtests) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    # The English home page is one of the pages that get hidden: its own address is no door of another.
    doors = [address for address in all_doors(world.tree.values(), WORD) if address != "/en/"]
    before = ask_all(stranger, doors)

    hidden = [page.copy_for_translation(english, copy_parents=True) for page in world.tree.values()]
    hidden += [page.copy_for_translation(english) for model, page in world.ground.items() if model in PARENTS]
    for page in hidden:
        page.title, page.slug = f"{WORD} tytuł", f"{WORD}-{page.pk}"
        page.save()
    for kind in ("draft", "past its expiry"):
        if kind == "past its expiry":
            Page.objects.filter(pk__in=[page.pk for page in hidden]).update(live=True, expire_at=timezone.now())
        with subtests.test(kind):
            after = ask_all(stranger, doors)
            pages = [Page.objects.get(pk=page.pk).specific for page in hidden]

            assert leaks(after.values(), WORD) == []
            assert changed(before, after) == []
            assert told_apart(stranger, pages, by_address=False, doors=doors_of_type) == []
            assert told_apart(stranger, sample(pages, pages[::3]), by_address=False, doors=doors_of_any_type) == []


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
