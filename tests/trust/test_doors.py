"""The doors themselves: whatever is registered has one here, and what is public comes through it."""

import pytest
from django.test import Client
from wagtail.models import Page

from tests.trust.delivery_doors import V1
from tests.trust.doors import (
    V2,
    V3,
    address_of,
    ask,
    ask_all,
    fill_route,
    own_addresses,
    url_patterns,
    v2_endpoints,
    v3_routes,
)
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.news.models import SearchPageMixin

# A new address family has to be looked at once, then enters here.
KNOWN_PATTERNS = (
    "documents/",
    "api/v1/",
    "llms.txt",
    "api/v2/",
    "api/v3-preview/",
    "sitemap.xml",
    "robots.txt",
    "media/",
    "draft/",
    "podglad/",
    "files/",
    "dokumenty/",
    "accessibility/",
    "dostepnosc/",
    "_util/",
    "static/",
)
PAGES_AND_THEIR_FILES = {r"^((?:[\w\-]+/)*)$", "<newsroom_file:path>"}
KNOWN_V3 = {"pages", "schema", "sites", "whoami", "redirects", "locales", "snippets", "documents", "images"}


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model._meta.label)
def test_public_page_of_each_type_comes_through_the_doors_with_all_its_words(
    world: World, stranger: Client, model: type[Page]
) -> None:
    page = Planter(world, "zqjawne").page(model)

    pages = f"{V2}/pages"
    doors = [address_of(page), f"{pages}/{page.pk}/", f"{pages}/?limit=100&search=zqjawne", f"{V3}/pages/{page.pk}/"]
    doors += [f"{V1}/by-path/?path={address_of(page)}", f"{V1}/export.ndjson", "/llms.txt"]
    answers = ask_all(stranger, [*doors, f"{pages}/?limit=100", "/sitemap.xml"])

    left_out = ["/sitemap.xml"] if issubclass(model, SearchPageMixin) else []  # no search engine lists what it finds
    assert [answer.address for answer in answers.values() if not answer.holds("zqjawne")] == left_out


@pytest.mark.services
def test_each_registered_endpoint_of_v2_lists_and_searches(world: World, stranger: Client) -> None:
    for name in v2_endpoints():
        for query in ("", "?fields=*", "?order=-id", "?search=zwykle", "?search=zwykle&order=id"):
            assert ask(stranger, f"{V2}/{name}/{query}").status == 200, f"{V2}/{name}/{query}"


def test_address_families_are_known() -> None:
    unknown = [
        pattern
        for pattern in url_patterns()
        if not pattern.startswith((*KNOWN_PATTERNS, "admin/")) and pattern not in PAGES_AND_THEIR_FILES
    ]

    assert unknown == [], "New addresses: give them doors in tests/trust/doors.py, then name them in KNOWN_PATTERNS."


def test_route_families_of_v3_are_known() -> None:
    unknown = {pattern.split("/")[0] for pattern in v3_routes()} - KNOWN_V3

    assert unknown == set(), "New routes in v3: give them doors in tests/trust/doors.py, then name them in KNOWN_V3."


def test_each_route_of_v3_can_be_asked(db: None) -> None:
    assert all(fill_route(pattern) for pattern in v3_routes())


def test_each_route_of_each_page_can_be_asked(world: World) -> None:
    assert all(own_addresses(page) for page in world.ground.values())
