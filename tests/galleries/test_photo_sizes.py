"""Sizes of photos: made in the background, found by the pages, without anything hidden; and those that nobody may order."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.test import Client
from PIL import Image
from wagtail.images.models import SourceImageIOError

from tests.factories import NewsPageFactory, make_photo, make_site
from tests.galleries.pictures import loaded_jpeg, loaded_png, saved
from tests.galleries.test_pictures import hidden
from wagtail_newsroom.galleries.models import Photo, PhotoRendition
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.images.renditions import all_specs, specs_of
from wagtail_newsroom.news.publishing.tasks import work

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def stored_names(photo: Photo) -> set[str]:
    return set(photo.file.storage.listdir("images")[1]) if photo.renditions.exists() else set()


@pytest.mark.django_db(transaction=True)
def test_sizes_are_made_in_the_background_and_found_by_the_page(queue: None, client: Client) -> None:
    tree = make_site()
    photo = make_photo(
        size=(1800, 1200), focal_point_x=900, focal_point_y=600, focal_point_width=90, focal_point_height=60
    )
    page = NewsPageFactory(parent=tree["news"], lead_image=photo)
    other = make_photo("Druga")
    before = client.get(page.url).content.decode()
    assert not PhotoRendition.objects.exists()
    assert not any(kind in before for kind in ("image/webp", "image/avif", "/media/images/"))
    assert work() == 2
    photo.refresh_from_db()
    other.refresh_from_db()
    assert (photo.sizes_ready, other.sizes_ready) == (True, True)
    assert set(photo.renditions.values_list("filter_spec", flat=True)) == set(all_specs())
    made = PhotoRendition.objects.count()
    names = stored_names(photo)
    shown = client.get(page.url).content.decode()
    assert PhotoRendition.objects.count() == made
    assert stored_names(photo) == names
    assert shown.index("image/avif") < shown.index("image/webp") < shown.index("<img")
    for spec in specs_of("lead"):
        assert photo.renditions.get(filter_spec=spec).url in shown
    Template("{% load newsroom_pictures %}{% photo_sizes photo 'card' as s %}").render(Context({"photo": photo}))
    assert PhotoRendition.objects.count() == made


def test_size_is_the_one_that_wagtail_would_make() -> None:
    photo = make_photo(
        size=(600, 900), focal_point_x=500, focal_point_y=100, focal_point_width=60, focal_point_height=60
    )
    assert prepare_sizes([photo]) == {}
    for row in photo.renditions.all():
        with row.file.storage.open(row.file.name) as stream, Image.open(stream) as image:
            assert image.size == (row.width, row.height)
    wide = photo.renditions.get(filter_spec="format-jpeg|width-480")
    assert (wide.width, wide.height) == (480, 720)
    cut = photo.renditions.get(filter_spec="format-webp|fill-480x320")
    assert (cut.width, cut.height) == (480, 320)
    assert cut.focal_point_key in cut.file.name
    assert photo.get_rendition("format-webp|fill-480x320") == cut


@pytest.mark.django_db(transaction=True)
def test_moved_focal_point_has_the_sizes_made_anew(queue: None) -> None:
    photo = make_photo(size=(1000, 500))
    work()
    photo = Photo.objects.get(pk=photo.pk)
    assert photo.sizes_ready
    photo.title = "Inny tytuł"
    photo.save()
    assert work() == 0
    photo.focal_point_x = photo.focal_point_y = photo.focal_point_width = photo.focal_point_height = 90
    photo.save(update_fields=["focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"])
    assert not Photo.objects.get(pk=photo.pk).sizes_ready
    assert work() == 1
    assert photo.renditions.filter(filter_spec="format-avif|fill-480x320").count() == 2
    assert photo.renditions.filter(filter_spec="format-avif|width-480").count() == 1


def test_broken_photo_stops_no_other_and_leaves_no_file(queue: None) -> None:
    broken, whole = make_photo("Zepsute"), make_photo("Całe")
    with broken.file.storage.open(broken.file.name, "wb") as stream:
        stream.write(saved("JPEG")[:200])
    assert list(prepare_sizes([broken, whole])) == [broken.pk]
    whole.refresh_from_db()
    broken.refresh_from_db()
    assert (broken.sizes_ready, whole.sizes_ready) == (False, True)
    assert not broken.renditions.exists()
    with pytest.raises(SourceImageIOError):
        broken.get_rendition("width-20")
    assert len(stored_names(whole)) == whole.renditions.count()


def test_two_makers_at_once_keep_one_size_each() -> None:
    photo = make_photo(size=(1000, 500))
    from wagtail.images.models import Filter

    from wagtail_newsroom.galleries.models.photo_sizes import make_files, store_sizes

    sizes = [Filter("format-webp|width-480"), Filter("format-jpeg|width-480")]
    first, second = make_files(photo, sizes), make_files(photo, sizes)
    kept = store_sizes(photo, first)
    assert store_sizes(photo, second) == kept
    assert len(stored_names(photo)) == 2


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif", "gif"])
@pytest.mark.parametrize("stored_before", [False, True], ids=["cleaned", "stored before photos were cleaned"])
def test_rendition_carries_nothing_hidden(kind: str, stored_before: bool) -> None:
    photo = Photo.objects.create(title="Sala", file=ContentFile(loaded_jpeg(), name="a.jpg"))
    if stored_before:
        with photo.file.storage.open(photo.file.name, "wb") as stream:
            stream.write(loaded_jpeg())
        Photo.objects.filter(pk=photo.pk).update(uploaded_sha256="")
        photo = Photo.objects.get(pk=photo.pk)
    for spec in (f"format-{kind}|width-24", f"format-{kind}|width-30|bgcolor-fff"):
        with photo.get_rendition(spec).file.open() as stream:
            assert hidden(stream.read()) == []


def test_size_of_a_transparent_picture_is_on_white_where_there_is_no_transparency() -> None:
    clear = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    photo = Photo.objects.create(title="Znak", file=ContentFile(saved("PNG", clear), name="a.png"))
    with photo.get_rendition("format-jpeg|width-20").file.open() as stream, Image.open(stream) as image:
        assert min(image.getpixel((5, 5))) > 250
    with photo.get_rendition("width-20").file.open() as stream, Image.open(stream) as image:
        assert (image.format, image.getpixel((5, 5))[3]) == ("PNG", 0)
    assert hidden(loaded_png()) != []  # the test of what is hidden can fail
