"""A public page that links, shows or mirrors something hidden gives away neither its title nor its address."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage, StandardPage
from tests.trust.doors import RICH_TEXT_FORMATS, V2, V3, address_of, ask, ask_all, leaks
from tests.trust.hiding import Hide, draft, past_its_expiry
from tests.trust.planting import Planter, World
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import EventPage, NewsPage

WORD = "zqtajne"


def private(planter: Planter, model: type[Page]) -> Page:
    page = planter.page(model)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def pages_pointing_to(world: World, hidden: Page) -> list[Page]:
    """Public pages that name ``hidden`` wherever a page can be chosen: fields, blocks, texts, related pages."""
    planter = Planter(world, "zqjawne", target=hidden)
    pages = [planter.page(model) for model in (NewsPage, EventPage, GalleryPage, StandardPage)]
    HomePage.objects.filter(pk=world.tree["home"].pk).update(featured=hidden.pk)
    return pages


@pytest.mark.parametrize(
    ("hide", "model"),
    [
        (private, NewsPage),
        (draft, EventPage),
        (private, GalleryPage),
        (past_its_expiry, EventPage),
        (draft, StandardPage),
    ],
    ids=lambda given: given.__name__,
)
def test_l8_public_page_does_not_tell_of_hidden_page(
    world: World, stranger: Client, hide: Hide, model: type[Page]
) -> None:
    hidden = hide(Planter(world, WORD), model)
    pages = pages_pointing_to(world, hidden)

    answers = ask_all(stranger, [*(address for page in pages for address in _doors_of(page)), "/", *_lists(world)])

    assert leaks(answers.values(), WORD) == []


@pytest.mark.parametrize("model", [EventPage, GalleryPage], ids=lambda model: model.__name__)
def test_l8_public_page_tells_of_public_page(world: World, stranger: Client, model: type[Page]) -> None:
    """The counterpart: the pages do point there, so the test above asks something."""
    pages = pages_pointing_to(world, Planter(world, WORD).page(model))

    answers = ask_all(stranger, [address for page in pages for address in _doors_of(page)])

    assert len({answer.address.split("?")[0] for answer in answers.values() if answer.holds(WORD)}) >= len(pages)


def _doors_of(page: Page) -> list[str]:
    formats = [f"?rich_text_format={form}" for form in RICH_TEXT_FORMATS]
    return [address_of(page), *(f"{api}/pages/{page.pk}/{query}" for api in (V2, V3) for query in formats)]


def _lists(world: World) -> list[str]:
    return [address_of(page) for page in world.tree.values()]


@pytest.mark.parametrize("hide", [draft, private], ids=lambda hide: hide.__name__)
def test_l8_alias_does_not_name_hidden_original(world: World, stranger: Client, hide: Hide) -> None:
    original = Planter(world, WORD).page(StandardPage)
    alias = original.create_alias(parent=world.tree["home"], update_slug="odbicie")
    Page.objects.filter(pk=original.pk).update(slug=f"{WORD}-adres")
    Page.objects.filter(pk=alias.pk).update(live=True)
    if hide is private:
        PageViewRestriction.objects.create(page=original, restriction_type=PageViewRestriction.LOGIN)
    else:
        Page.objects.filter(pk=original.pk).update(live=False)

    answers = ask_all(stranger, [f"{V2}/pages/{alias.pk}/?fields=*", f"{V3}/pages/{alias.pk}/"])

    assert {answer.status for answer in answers.values()} == {200}
    assert leaks(answers.values(), original.slug) == []
    assert [answer.address for answer in answers.values() if f'"id": {original.pk},' in answer.body] == []


def test_l8_link_to_a_public_page_and_file_works_in_every_format(world: World, stranger: Client) -> None:
    """The counterpart: what is public keeps its address."""
    planter = Planter(world, "zqjawne", target=world.ground[EventPage])
    page = planter.page(NewsPage)
    addresses = (world.ground[EventPage].url, planter.any_document().url)

    for api in (V2, V3):
        for form in ("html", "markdown"):
            answer = ask(stranger, f"{api}/pages/{page.pk}/?rich_text_format={form}")
            assert [address for address in addresses if address not in answer.body] == [], answer.address
    assert all(address in ask(stranger, address_of(page)).body for address in addresses)


def test_l8_link_to_a_replaced_file_leads_to_the_current_one(world: World, stranger: Client) -> None:
    planter = Planter(world, "zqjawne")
    page = planter.page(NewsPage)
    newer = Planter(world, "zqnowsze").any_document()
    newer.supersedes = planter.any_document()
    newer.save()

    body = ask(stranger, address_of(page)).body

    assert newer.url in body
    assert planter.any_document().url not in body
