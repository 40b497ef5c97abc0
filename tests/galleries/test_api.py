"""Galleries in the delivery API: what is public of them, whole, in a bounded number of queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    TopicFactory,
    add_photos,
    make_photo,
    private_collection,
    restrict,
)
from tests.news.api.validating import faults
from tests.standing import Tree
from tests.trust.delivery_doors import V1
from wagtail_newsroom.galleries.api.in_stories import GalleryForm
from wagtail_newsroom.galleries.api.schemas import GalleryBlockValue
from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto, Photo
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Wanted, gather
from wagtail_newsroom.news.api.v1.reading.sources import SOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.services]
LIST, ITEM = f"{V1}/galleries/", f"{V1}/galleries/{{id}}/"


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


def answered(client: Client, path: str, query: str = "", **names: Any) -> Any:
    answer = client.get(path.format(**names) + query)
    assert answer.status_code == 200, answer.content[:500]
    content = answer.json()
    assert faults(path, 200, content) == []
    return content


def listed(client: Client, query: str = "") -> list[int]:
    return [item["id"] for item in answered(client, LIST, query)["items"]]


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def gallery_of(tree: dict[str, Page], count: int, **fields: Any) -> GalleryPage:
    """A gallery of photos without files, each in it twice."""
    gallery = GalleryPageFactory(parent=tree["galleries"], **fields)
    photos = Photo.objects.bulk_create([Photo(title="a", file=f"{n}.jpg", width=9, height=6) for n in range(count)])
    GalleryPhoto.objects.bulk_create(
        GalleryPhoto(page=gallery, photo=photo, alt=f"Zdjęcie {photo.pk}", sort_order=number)
        for number, photo in enumerate([*photos, *photos])
    )
    return gallery


@pytest.mark.parametrize("count", [1, 3, 30])
def test_number_of_queries_hangs_on_neither_photos_nor_galleries(
    client: Client, tree: dict[str, Page], count: int
) -> None:
    gallery = gallery_of(tree, count)
    for _number in range(count - 1):
        gallery_of(tree, 2)
    whole = answered(client, ITEM, id=gallery.pk)
    assert whole["photo_count"] == len(whole["photos"]) == count
    assert queries_of(client, f"{V1}/galleries/{gallery.pk}/") <= 7
    assert len(answered(client, LIST, "?limit=20&include=photos,about,seo")["items"]) == min(count, 20)
    assert queries_of(client, f"{LIST}?limit=20&include=photos,about,seo") <= 8


def test_gallery_is_whole_and_holds_what_the_public_may_see(client: Client, tree: dict[str, Page]) -> None:
    topic = TopicFactory(name="Zdrowie")
    event = EventPageFactory(parent=tree["events"])
    event.topics.add(topic)
    event.save()
    gallery = GalleryPageFactory(
        parent=tree["galleries"], about=event, date=dt.date(2026, 5, 8), place="Poznań", lead="Warsztaty"
    )
    first, second, hidden, gone = (make_photo(name) for name in "ABCD")
    add_photos(gallery, hidden, gone, first, second)
    GalleryPhoto.objects.filter(photo=second).update(caption="Przerwa", decorative=True)
    Photo.objects.filter(pk=hidden.pk).update(collection=private_collection(), title="tajne")
    Photo.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
    GalleryPage.objects.filter(pk=gallery.pk).update(cover=hidden)
    prepare_sizes([first])

    whole = answered(client, ITEM, id=gallery.pk)
    shown = GalleryPage.objects.get(pk=gallery.pk)
    assert [photo["image"]["id"] for photo in whole["photos"]] == [each.photo_id for each in shown.shown_photos]
    assert [photo["path"] for photo in whole["photos"]] == [each.url for each in shown.shown_photos]
    assert {client.get(photo["path"]).status_code for photo in whole["photos"]} == {200}
    described = [
        (each["image"]["alt"], each["image"]["caption"], each["image"]["decorative"]) for each in whole["photos"]
    ]
    assert described == [("Na zdjęciu: A", None, False), ("", "Przerwa", True)]
    assert (whole["photo_count"], whole["image"]["id"], whole["image"]["alt"]) == (2, first.pk, "Na zdjęciu: A")
    assert whole["image"]["renditions"]["square"]["width"] == 40
    assert (whole["about"]["id"], [each["slug"] for each in whole["topics"]]) == (event.pk, [topic.slug])
    assert whole["display"]["kicker"] == shown.kicker == "8 maja 2026 · Poznań"
    assert [each["title"] for each in whole["breadcrumbs"]] == ["Strona główna", "Galerie"]
    tags = set(client.get(f"{V1}/galleries/{gallery.pk}/")["Surrogate-Key"].split())
    assert tags >= {f"gallery:{gallery.pk}", f"photo:{first.pk}", f"event:{event.pk}", f"topic:{topic.pk}"}

    assert (listed(client, f"?topic={topic.slug}"), listed(client, "?topic=inny")) == ([gallery.pk], [])
    assert (listed(client, "?year=2026"), listed(client, "?year=2025")) == ([gallery.pk], [])
    assert (listed(client, f"?about={event.pk}"), listed(client, f"?about={tree['news'].pk}")) == ([gallery.pk], [])
    restrict(event)
    whole = answered(client, ITEM, id=gallery.pk)
    assert (whole["about"], whole["topics"]) == (None, [])
    assert listed(client, f"?topic={topic.slug}") == listed(client, f"?about={event.pk}") == []


def test_words_of_photos_are_found(client: Client, tree: dict[str, Page]) -> None:
    gallery = gallery_of(tree, 1, title="Warsztaty")
    add_photos(gallery, make_photo("Stoły"))
    gallery_of(tree, 1)
    assert listed(client, "?q=warsztaty") == [gallery.pk]
    assert listed(client, "?q=stoły") == [gallery.pk]


def test_chosen_cover_stands_before_the_first_photo(client: Client, tree: dict[str, Page]) -> None:
    cover = make_photo("Okładka")
    gallery = gallery_of(tree, 1, cover=cover)
    assert answered(client, LIST)["items"][0]["image"]["id"] == cover.pk
    assert answered(client, ITEM, id=gallery.pk)["seo"]["image"]["id"] == cover.pk


def test_galleries_about_an_item_stand_beside_it(client: Client, tree: dict[str, Page]) -> None:
    item = NewsPageFactory(parent=tree["news"])
    old, new = (gallery_of(tree, 1, about=item, date=dt.date(2026, 1, day)) for day in (2, 3))
    draft = gallery_of(tree, 1, about=item)
    draft.unpublish()
    whole = answered(client, f"{V1}/news/{{id}}/", id=item.pk)
    assert [each["id"] for each in whole["galleries"]] == [new.pk, old.pk]
    assert [each["type"] for each in whole["galleries"]] == ["gallery", "gallery"]
    restrict(tree["galleries"])
    assert answered(client, f"{V1}/news/{{id}}/", id=item.pk)["galleries"] == []
    assert client.get(f"{V1}/galleries/{new.pk}/").status_code == 404


def test_gallery_in_a_text_is_whole_where_it_is_public(tree: dict[str, Page]) -> None:
    gallery, empty = gallery_of(tree, 2), gallery_of(tree, 0)
    draft = gallery_of(tree, 2)
    draft.unpublish()
    answer, wanted, form = Answer(RequestFactory().get(LIST, SERVER_NAME="localhost")), Wanted(), GalleryForm()
    blocks: list[Any] = [{"gallery": each.pk} for each in (gallery, empty, draft)]
    blocks += [{"gallery": str(gallery.pk)}, {"gallery": None}, {}, None, "nonsense", 10**30]
    for block in blocks:
        form.wants(block, wanted)
    with CaptureQueriesContext(connection) as asked:
        found = gather(wanted, answer, SOURCES)
    assert len(asked) <= 5
    shown = [form.read(block, found) for block in blocks]
    assert [each and each["id"] for each in shown] == [gallery.pk, None, None, gallery.pk, *[None] * 5]
    whole = GalleryBlockValue.model_validate(shown[0]).model_dump()
    assert whole == shown[0]
    assert (whole["photo_count"], whole["path"]) == (2, gallery.url)
    assert [each["path"] for each in whole["photos"]] == [each.url for each in gallery.shown_photos]
