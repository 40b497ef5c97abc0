"""Pictures in the API: what is there, in one query; and nothing is made because somebody asks."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images.models import Filter
from wagtail.images.models import Image as StockImage
from wagtail.images.models import Rendition as StockRendition

from tests.factories import GalleryPageFactory, NewsPageFactory, add_photos, make_photo, make_site, private_collection
from wagtail_newsroom.galleries.models import Photo, PhotoRendition
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Wanted
from wagtail_newsroom.news.api.v1.reading.images import as_used, images
from wagtail_newsroom.news.api.v1.schemas.images import Image
from wagtail_newsroom.news.images.renditions import CROPS, FORMATS, all_specs
from wagtail_newsroom.news.publishing.files.sizes import make_image_sizes, queue_missing_sizes
from wagtail_newsroom.news.publishing.tasks import unfinished, work

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def answer(db: None) -> Answer:
    make_site()
    return Answer(RequestFactory().get("/api/v1/news/", SERVER_NAME="localhost"))


def read(answer: Answer, *ids: int) -> dict[int, dict[str, Any]]:
    shown = images(set(ids), answer, Wanted())
    for each in shown.values():
        assert Image.model_validate(each).model_dump() == each
    return shown


def addresses(image: dict[str, Any]) -> set[str]:
    crops = [crop for crop in image["renditions"].values() if crop]
    sets = [source for crop in crops for source in crop["srcset"].values() if source]
    return {each.split()[0] for source in sets for each in source.split(", ")} | {crop["url"] for crop in crops}


def widths(source_set: str) -> list[int]:
    return [int(each.split()[1].removesuffix("w")) for each in source_set.split(", ")]


def fetched(client: Client, address: str) -> tuple[int, bytes]:
    response = client.get(address.removeprefix("http://localhost"))
    return response.status_code, response.getvalue()


def two_halves(size: tuple[int, int]) -> bytes:
    """Red on the left, blue on the right third."""
    picture = Picture.new("RGB", size, (200, 30, 30))
    picture.paste((20, 40, 200), (size[0] * 2 // 3, 0, *size))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_any_number_of_images_is_read_in_one_query(answer: Answer, count: int) -> None:
    private_collection()
    facts = {"width": 60, "height": 40, "focal_point_x": 6, "focal_point_y": 9}
    photos = Photo.objects.bulk_create([Photo(title="a", file=f"a{n}.jpg", **facts) for n in range(count)])
    PhotoRendition.objects.bulk_create(
        PhotoRendition(
            image=photo,
            filter_spec=spec,
            focal_point_key=Filter(spec).get_cache_key(photo),
            file=f"images/{photo.pk}ż.{number}.jpg",
            width=number + 1,
            height=1,
        )
        for photo in photos
        for number, spec in enumerate(all_specs())
    )
    images({0}, answer, Wanted())  # the site is known, and what the database can do
    answer.tags.clear()
    with CaptureQueriesContext(connection) as asked:
        shown = images({photo.pk for photo in photos}, answer, Wanted())
    assert len(asked) == 1
    promised = sum(map(len, CROPS.values())) * len(FORMATS)
    assert {len(addresses(each)) for each in shown.values()} == {promised}
    name = PhotoRendition.objects.get(image=photos[0], filter_spec="format-webp|width-960")
    assert f"http://localhost{name.url} " in shown[photos[0].pk]["srcset"]["webp"]
    assert "%C5%BC" in name.url
    assert answer.tags == {f"photo:{photo.pk}" for photo in photos}


def test_no_size_is_made_by_reading(answer: Answer) -> None:
    photo = make_photo(size=(1000, 500))
    assert read(answer, photo.pk)[photo.pk]["renditions"] == dict.fromkeys(CROPS)
    photo.get_renditions("format-webp|width-480", "format-webp|width-960", "width-77")
    files = photo.file.storage.listdir("images")
    shown = read(answer, photo.pk)[photo.pk]
    assert {name for name, crop in shown["renditions"].items() if crop} == {"original"}
    original = shown["renditions"]["original"]
    assert (original["format"], original["width"], original["height"]) == ("webp", 960, 480)
    assert {kind: bool(found) for kind, found in shown["srcset"].items()} == {
        "avif": False,
        "webp": True,
        "jpeg": False,
    }
    assert (photo.renditions.count(), photo.file.storage.listdir("images")) == (3, files)


def test_crops_have_their_ratio_and_keep_the_focal_point_and_every_address_is_served(
    answer: Answer, client: Client
) -> None:
    photo = Photo.objects.create(
        title="Sala",
        file=ContentFile(two_halves((1800, 900)), name="sala.png"),
        description="Dwa kolory",
        licence="CC BY-SA 4.0",
        focal_point_x=1700,
        focal_point_y=450,
        focal_point_width=20,
        focal_point_height=20,
    )
    Photo.objects.filter(pk=photo.pk).update(focal_point_x=90)
    moved = Photo.objects.get(pk=photo.pk)
    moved.get_renditions("format-jpeg|fill-640x640", "format-avif|fill-640x640")  # around an earlier point
    Photo.objects.filter(pk=photo.pk).update(focal_point_x=1700)
    assert prepare_sizes([Photo.objects.get(pk=photo.pk)]) == {}
    gallery = GalleryPageFactory(parent=answer.site.root_page.get_children().get(slug="galerie"))
    add_photos(gallery, photo)

    shown = read(answer, photo.pk)[photo.pk]
    ratios = {"wide": Fraction(16, 9), "landscape": Fraction(3, 2), "square": Fraction(1)}
    crops = shown["renditions"]
    assert {name: Fraction(crop["width"], crop["height"]) for name, crop in crops.items() if name in ratios} == ratios
    assert (crops["original"]["width"], crops["original"]["height"]) == (1600, 800)
    for name, sizes in CROPS.items():
        promised = [int(size.partition("-")[2].partition("x")[0]) for size in sizes]
        assert [widths(source) for source in crops[name]["srcset"].values()] == [promised] * len(FORMATS)
    with Picture.open(io.BytesIO(fetched(client, crops["square"]["url"])[1])) as picture:
        red, _green, blue = picture.convert("RGB").getpixel((600, 300))
        assert blue > 150 > 90 > red
    assert {fetched(client, each)[0] for each in addresses(shown)} == {200}
    red, green, blue = (int(shown["color"][at : at + 2], 16) for at in (1, 3, 5))
    assert max(abs(red - 200), abs(green - 30), abs(blue - 30)) < 4
    assert shown["focal_point"] == {"x": 0.9444, "y": 0.5}
    assert (shown["licence_url"], shown["credit"]) == ("https://creativecommons.org/licenses/by-sa/4.0/", None)
    used = as_used(shown, alt="Na sali", caption="Dzień pierwszy", credit="Zbiory własne")
    assert used is not None
    assert (used["alt"], used["caption"], used["credit"]) == ("Na sali", "Dzień pierwszy", "Zbiory własne")
    assert (shown["alt"], shown["caption"], (as_used(shown, decorative=True) or {})["alt"]) == ("Dwa kolory", None, "")


def test_size_that_is_larger_than_the_photo_stands_once(answer: Answer) -> None:
    photo = make_photo(size=(600, 300))
    prepare_sizes([photo])
    crops = read(answer, photo.pk)[photo.pk]["renditions"]
    assert {name: widths(crop["srcset"]["avif"]) for name, crop in crops.items()} == {
        "original": [480, 600],
        "wide": [480, 534],
        "landscape": [450],
        "square": [300],
    }


def test_withdrawn_photo_and_one_of_a_private_collection_are_left_out(answer: Answer) -> None:
    below = private_collection().add_child(name="Niżej")
    hidden, withdrawn, public = make_photo("A", collection=below), make_photo("B"), make_photo("C")
    Photo.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    assert set(read(answer, hidden.pk, withdrawn.pk, public.pk, 10**9)) == {public.pk}


def test_stock_images_are_shown_with_what_is_there(answer: Answer, settings: Any) -> None:
    settings.WAGTAILIMAGES_IMAGE_MODEL = "wagtailimages.Image"
    stock = StockImage.objects.create(title="Sala", file=ContentFile(two_halves((90, 60)), name="sala.png"))
    drawing = StockImage(title="Znak", file=ContentFile(b"<svg/>", name="znak.svg"), width=20, height=10)
    StockImage.objects.bulk_create([drawing])
    stock.get_rendition("format-jpeg|fill-480x320")
    shown = read(answer, stock.pk, drawing.pk)
    landscape = shown[stock.pk]["renditions"]["landscape"]
    assert (landscape["width"], landscape["height"], shown[stock.pk]["color"]) == (90, 60, None)
    assert shown[stock.pk]["alt"] == ""
    original = shown[drawing.pk]["renditions"]["original"]
    assert (original["format"], original["url"]) == ("svg", f"http://localhost{drawing.file.url}")
    assert StockRendition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sizes_that_public_photos_lack_are_queued_once_and_made(queue: None, answer: Answer) -> None:
    news = answer.site.root_page.get_children().get(slug="aktualnosci")
    whole, broken, unused = make_photo("A"), make_photo("B"), make_photo("C")
    prepare_sizes([whole, broken, unused])
    for photo in (whole, broken):
        NewsPageFactory(parent=news, lead_image=photo)
    work()
    assert queue_missing_sizes() == 0
    PhotoRendition.objects.filter(filter_spec__contains="fill-480x270").delete()
    with broken.file.storage.open(broken.file.name, "wb") as stream:
        stream.write(b"no picture")
    assert (queue_missing_sizes(), queue_missing_sizes()) == (2, 0)
    work()
    assert read(answer, whole.pk)[whole.pk]["renditions"]["wide"] is not None
    assert (whole.renditions.count(), queue_missing_sizes()) == (len(all_specs()), 0)
    assert unfinished(make_image_sizes) == [[broken.pk]]
    assert not unused.renditions.filter(filter_spec__contains="fill-480x270").exists()
