"""Rows of a list come as what they are, whatever their type, with all that a card shows."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from tests.factories import EventPageFactory, NewsPageFactory, VenueFactory, make_photo
from tests.standing import Tree
from wagtail_newsroom.news.images.renditions import specs_of
from wagtail_newsroom.news.listings.cards import with_cards
from wagtail_newsroom.news.listings.stories import announced_pages, featured_items, latest_items, newest_items
from wagtail_newsroom.news.models import EventPage, EventStop, NewsPage, NewsroomPage


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


def of_a_type_nobody_names(tree: dict[str, Page]) -> NewsroomPage:
    """A page on our base that is neither news nor event, as a host's own type is."""
    page = NewsroomPage(title="Biuletyn", lead="Co miesiąc.", slug="biuletyn", live=True)
    tree["news"].add_child(instance=page)
    return page


def test_items_come_in_their_order_as_their_own_types(tree: dict[str, Page]) -> None:
    pages = [
        NewsPageFactory(parent=tree["news"]),
        EventPageFactory(parent=tree["events"]),
        of_a_type_nobody_names(tree),
        NewsPageFactory(parent=tree["news"]),
    ]
    rows = [NewsroomPage.objects.get(pk=page.pk) for page in pages]

    assert [type(item) for item in with_cards(rows)] == [NewsPage, EventPage, NewsroomPage, NewsPage]
    assert [item.pk for item in with_cards(rows)] == [page.pk for page in pages]


def test_type_that_nobody_names_is_in_list_feed_and_home(tree: dict[str, Page], client: Client) -> None:
    page, site = of_a_type_nobody_names(tree), Site.objects.get()

    announced = announced_pages(tree["news"], site)
    assert [item.pk for item in latest_items(announced)] == [page.pk]
    assert [item.pk for item in newest_items(tree["home"], site, count=3)] == [page.pk]
    assert [item.pk for item in featured_items([page.pk], site)] == [page.pk]
    for address in ("/aktualnosci/", "/"):
        assert "Biuletyn" in client.get(address).content.decode()


def test_card_asks_nothing_more_of_its_row(tree: dict[str, Page]) -> None:
    event = EventPageFactory(parent=tree["events"], venue=VenueFactory(), lead_image=make_photo())
    event.stops = [EventStop(place="Konin")]
    event.save()
    (item,) = with_cards([NewsroomPage.objects.get(pk=event.pk)])

    with CaptureQueriesContext(connection) as captured:
        assert item.venue.name == "Dom Kultury"
        assert [stop.place for stop in item.stops.all()] == ["Konin"]
        assert list(item.lead_image.renditions.all()) is not None
        assert list(item.topics.all()) == list(item.corrections.all()) == []
    assert len(captured) == 0


def test_visitor_of_a_site_with_a_queue_makes_no_size(tree: dict[str, Page], client: Client, queue: None) -> None:
    photo = make_photo()
    NewsPageFactory(parent=tree["news"], lead_image=photo)

    assert "<picture" not in client.get("/aktualnosci/").content.decode()
    assert not photo.renditions.exists()
    photo.get_renditions(*specs_of("card", ("webp", "jpeg")))
    assert 'type="image/webp"' in client.get("/aktualnosci/").content.decode()
    assert photo.renditions.count() == len(specs_of("card", ("webp", "jpeg")))


def test_new_item_changes_no_older_page(tree: dict[str, Page]) -> None:
    today = timezone.localdate()
    days = [today - dt.timedelta(days=number) for number in (9, 6, 3)]
    first, second, third = (NewsPageFactory(parent=tree["news"], date=day) for day in days)

    def related(page: Page) -> list[int]:
        return [item.pk for item in NewsPage.objects.get(pk=page.pk).related_items]

    assert (related(first), related(second), related(third)) == ([], [first.pk], [second.pk, first.pk])
    same_day = NewsPageFactory(parent=tree["news"], date=days[2])
    assert (related(first), related(second), related(third)) == ([], [first.pk], [second.pk, first.pk])
    assert related(same_day) == [third.pk, second.pk, first.pk]
