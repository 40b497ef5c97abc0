"""Galleries: a photo has an address of its own, counts and covers are what the public may see."""

from typing import Any

import bs4
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    add_photos,
    make_photo,
    private_collection,
    restrict,
)
from tests.standing import Tree
from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


@pytest.fixture
def gallery(tree: dict[str, Page]) -> GalleryPage:
    """A gallery of three photos."""
    page = GalleryPageFactory(parent=tree["galleries"], title="Konferencja")
    add_photos(page, *(make_photo(f"Sala {number}", name=f"sala{number}.jpg") for number in (1, 2, 3)))
    return page


def stored(gallery: GalleryPage) -> GalleryPage:
    return GalleryPage.objects.get(pk=gallery.pk)


def pictures(client: Client, url: str) -> list[Any]:
    """The photos on a page, without the empty frame of the viewer."""
    answer = client.get(url)
    assert answer.status_code == 200
    return bs4.BeautifulSoup(answer.content, "html.parser").select("main img:not([data-nr-viewer-image])")


# The address of a photo


def test_each_photo_has_an_address_of_its_own(gallery: GalleryPage, client: Client) -> None:
    photos = stored(gallery).shown_photos
    assert [photo.url for photo in photos] == [f"{gallery.url}foto/{photo.photo_id}/" for photo in photos]
    for position, photo in enumerate(photos, start=1):
        answer = client.get(photo.url)
        assert answer.status_code == 200
        shown = answer.context["shown"]
        assert (shown.photo_id, shown.position) == (photo.photo_id, position)
        (picture,) = pictures(client, photo.url)
        assert picture["alt"] == f"Na zdjęciu: Sala {position}"


def test_photos_lead_to_their_neighbours_without_javascript(gallery: GalleryPage, client: Client) -> None:
    first, second, third = stored(gallery).shown_photos
    for photo, neighbours in (
        (first, {"next": second}),
        (second, {"prev": first, "next": third}),
        (third, {"prev": second}),
    ):
        page = bs4.BeautifulSoup(client.get(photo.url).content, "html.parser")
        assert {link["rel"][0]: link["href"] for link in page.select("main a[rel~=prev], main a[rel~=next]")} == {
            name: neighbour.url for name, neighbour in neighbours.items()
        }


def test_address_of_a_photo_that_hangs_elsewhere_is_none(
    gallery: GalleryPage, tree: dict[str, Page], client: Client
) -> None:
    other = GalleryPageFactory(parent=tree["galleries"])
    foreign, loose = make_photo("Obca"), make_photo("Bez galerii")
    add_photos(other, foreign)
    for photo_id in (foreign.pk, loose.pk, 987654):
        assert client.get(f"{gallery.url}foto/{photo_id}/").status_code == 404
    for odd in ("foto/", "foto/abc/", "foto/-1/", f"foto/{foreign.pk}/x/"):
        assert client.get(f"{gallery.url}{odd}").status_code == 404


def test_photo_of_a_private_or_unpublished_gallery_is_not_there(gallery: GalleryPage, client: Client) -> None:
    url = stored(gallery).shown_photos[0].url
    stored(gallery).unpublish()
    assert client.get(url).status_code == 404
    stored(gallery).save_revision().publish()
    assert client.get(url).status_code == 200
    restrict(gallery)
    assert client.get(url).status_code == 302


def test_photo_hung_twice_is_shown_once(tree: dict[str, Page], client: Client) -> None:
    gallery, photo = GalleryPageFactory(parent=tree["galleries"]), make_photo()
    add_photos(gallery, photo, photo)
    assert stored(gallery).photo_count == 1
    assert client.get(f"{gallery.url}foto/{photo.pk}/").status_code == 200


# What the photos show


@pytest.mark.parametrize(
    ("row", "description", "expected"),
    [
        ({"alt": "Prelegentka przy mównicy"}, "Sala pełna ludzi", "Prelegentka przy mównicy"),
        ({"alt": ""}, "Sala pełna ludzi", "Sala pełna ludzi"),
        ({"alt": ""}, "", ""),
        ({"alt": "Prelegentka", "decorative": True}, "Sala pełna ludzi", ""),
    ],
    ids=["said_here", "said_in_the_library", "said_nowhere", "decorative"],
)
def test_alt_text_is_what_somebody_wrote_and_never_the_title(
    row: dict[str, Any], description: str, expected: str, tree: dict[str, Page], client: Client
) -> None:
    gallery = GalleryPageFactory(parent=tree["galleries"])
    photo = make_photo("DSC_0012.jpg", description=description)
    gallery.photos.add(GalleryPhoto(photo=photo, **row))
    gallery.save_revision().publish()
    (shown,) = stored(gallery).shown_photos
    assert shown.alt_text == expected
    for url in (gallery.url, shown.url):
        (picture,) = pictures(client, url)
        assert picture["alt"] == expected
    for url in (gallery.url, shown.url, tree["galleries"].url, tree["home"].url):
        assert "DSC_0012" not in "".join(str(picture.get("alt")) for picture in pictures(client, url))
    api = client.get(f"/api/v2/pages/{gallery.pk}/").json()["photos"]
    assert [entry["alt_text"] for entry in api] == [expected]


# Counts and covers


def test_cover_is_the_chosen_photo_else_the_first(gallery: GalleryPage) -> None:
    first, _second, third = stored(gallery).shown_photos
    assert stored(gallery).cover_photo == first.photo
    page = stored(gallery)
    page.cover = third.photo
    page.save_revision().publish()
    assert stored(gallery).cover_photo == third.photo


def test_private_photos_are_neither_counted_nor_shown(gallery: GalleryPage, client: Client) -> None:
    first, second, third = (row.photo for row in stored(gallery).shown_photos)
    for photo in (first, third):
        photo.collection = private_collection(f"Wewnętrzne {photo.pk}")
        photo.save()
    assert [row.photo for row in stored(gallery).shown_photos] == [second]
    assert stored(gallery).photo_count == 1
    assert GalleryPage.objects.with_photo_count().get(pk=gallery.pk).photo_count == 1
    assert stored(gallery).cover_photo == second
    for photo in (first, third):
        assert client.get(f"{gallery.url}foto/{photo.pk}/").status_code == 404
    assert client.get(f"/api/v2/pages/{gallery.pk}/").json()["photo_count"] == 1


def test_private_cover_gives_way_to_the_first_photo(gallery: GalleryPage) -> None:
    page = stored(gallery)
    page.cover = make_photo("Tajna", collection=private_collection())
    page.save_revision().publish()
    assert stored(gallery).cover_photo == stored(gallery).shown_photos[0].photo


@pytest.mark.parametrize("photos", [0, 1, 3])
def test_count_in_lists_is_the_count_on_the_page(photos: int, tree: dict[str, Page], client: Client) -> None:
    gallery = GalleryPageFactory(parent=tree["galleries"])
    add_photos(gallery, *(make_photo(name=f"{number}.jpg") for number in range(photos)))
    listed = GalleryPage.objects.with_photo_count().get(pk=gallery.pk)
    assert (listed.photo_count, stored(gallery).photo_count) == (photos, photos)
    assert len(pictures(client, gallery.url)) == photos
    assert client.get(tree["galleries"].url).status_code == 200


def test_empty_gallery_has_no_cover_and_a_page(tree: dict[str, Page], client: Client) -> None:
    gallery = GalleryPageFactory(parent=tree["galleries"])
    assert stored(gallery).cover_photo is None
    assert client.get(gallery.url).status_code == 200


# What the gallery belongs to


def test_gallery_and_event_link_to_each_other(tree: dict[str, Page], client: Client) -> None:
    event = EventPageFactory(parent=tree["events"])
    gallery = GalleryPageFactory(parent=tree["galleries"], about=event)
    add_photos(gallery, make_photo())
    assert stored(gallery).about_page == event
    assert [group.pages for group in type(event).objects.get(pk=event.pk).pages_about] == [[gallery]]
    assert event.url in client.get(gallery.url).content.decode()


def test_private_page_is_not_named_by_its_gallery(tree: dict[str, Page], client: Client) -> None:
    news = NewsPageFactory(parent=tree["news"], title="Tajna narada")
    gallery = GalleryPageFactory(parent=tree["galleries"], about=news)
    add_photos(gallery, make_photo())
    restrict(news)
    assert stored(gallery).about_page is None
    assert "Tajna narada" not in client.get(gallery.url).content.decode()
    assert "Tajna narada" not in client.get(f"/api/v2/pages/{gallery.pk}/").content.decode()


def test_gallery_in_a_story_shows_what_is_public(gallery: GalleryPage, tree: dict[str, Page], client: Client) -> None:
    news = NewsPageFactory(parent=tree["news"])
    news.body = news.body.stream_block.to_python([{"type": "gallery", "value": {"gallery": gallery.pk}}])
    news.save_revision().publish()
    assert len(pictures(client, news.url)) == 3
    assert client.get(f"/api/v2/pages/{news.pk}/").json()["body"][0]["value"] == {"gallery": gallery.pk}
    stored(gallery).unpublish()
    assert pictures(client, news.url) == []
    assert client.get(f"/api/v2/pages/{news.pk}/").json()["body"][0]["value"] == {"gallery": None}


# Versions


def test_version_is_read_with_as_many_queries_for_many_photos_as_for_few(
    gallery: GalleryPage, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        stored(gallery).get_latest_revision_as_object()
    add_photos(gallery, *(make_photo(f"Hala {number}", name=f"hala{number}.jpg") for number in range(9)))
    page = stored(gallery)
    with django_assert_num_queries(len(few) - 1):  # the page itself was read before
        draft = page.get_latest_revision_as_object()
    assert [row.photo_id for row in draft.photos.all()] == [row.photo_id for row in page.photos.all()]


def test_version_loses_a_photo_that_was_deleted_since(gallery: GalleryPage) -> None:
    gone, *left = (row.photo for row in gallery.photos.all())
    gone.delete()
    draft = stored(gallery).get_latest_revision_as_object()
    assert [(row.photo, row.alt) for row in draft.photos.all()] == [
        (each, f"Na zdjęciu: {each.title}") for each in left
    ]
