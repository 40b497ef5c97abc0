"""Photos from before photos were cleaned are cleaned in one go, and what cannot be is told."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_photo
from tests.galleries.pictures import AUTHOR, loaded_jpeg
from tests.galleries.test_pictures import hidden
from wagtail_newsroom.galleries.models import Photo
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes

pytestmark = pytest.mark.services


def store_uncleaned(photo: Photo, data: bytes) -> None:
    with photo.file.storage.open(photo.file.name, "wb") as stream:
        stream.write(data)
    Photo.objects.filter(pk=photo.pk).update(uploaded_sha256="", sizes_ready=False)


@pytest.mark.django_db
def test_old_photos_are_cleaned_and_get_their_sizes() -> None:
    old, broken, new = make_photo("Stare"), make_photo("Zepsute"), make_photo("Nowe")
    store_uncleaned(old, loaded_jpeg(6))
    store_uncleaned(broken, b"no picture at all")
    told, troubles = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="To look at: 2"):
        call_command("check_library", stdout=told, stderr=troubles)
    assert "Photos cleaned: 2 done, 1 to look at.\nSizes of photos: 3 done, 1 to look at." in told.getvalue()
    assert {line.split()[0].rstrip(":") for line in troubles.getvalue().splitlines()} == {str(broken.pk)}
    photos = Photo.objects.in_bulk()
    assert [photos[each.pk].sizes_ready for each in (old, broken, new)] == [True, False, True]
    cleaned = photos[old.pk]
    with cleaned.file.open() as stream:
        assert hidden(stream.read()) == []
    assert (cleaned.width, cleaned.height, cleaned.credit) == (32, 48, AUTHOR)
    names = set(cleaned.file.storage.listdir("original_images")[1])
    assert names == {each.file.name.rpartition("/")[2] for each in photos.values()}
    Photo.objects.filter(pk=broken.pk).delete()
    told = io.StringIO()
    call_command("check_library", stdout=told)
    assert "Photos cleaned: 0 done, 0 to look at.\nSizes of photos: 0 done, 0 to look at." in told.getvalue()


@pytest.mark.django_db
def test_photos_from_before_a_size_was_added_get_it_and_their_colour() -> None:
    photo, whole = make_photo("Stare"), make_photo("Całe")
    prepare_sizes([photo, whole])
    photo.renditions.filter(filter_spec__contains="fill-480x270").delete()
    Photo.objects.filter(pk=photo.pk).update(color="")
    told = io.StringIO()
    call_command("check_library", stdout=told)
    assert "Sizes of photos: 1 done, 0 to look at." in told.getvalue()
    photo.refresh_from_db()
    assert (photo.color, photo.renditions.count()) == (whole.color, whole.renditions.count())
    assert len(photo.color) == 7
