"""What becomes of a photo whose consent was withdrawn: search, copies, its double, its sizes, drafts that name it."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images.models import SourceImageIOError

from tests.factories import GalleryPageFactory, NewsPageFactory, add_photos, make_photo, make_site
from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto, Photo
from wagtail_newsroom.galleries.publishing.backfill import photos_without_sizes
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.galleries.publishing.withdrawing import withdraw_photo
from wagtail_newsroom.news.publishing.files.draft_files import files_of_draft
from wagtail_newsroom.news.publishing.preflight.preflight import findings

pytestmark = pytest.mark.services

WORD = "zqwycofane"


@pytest.fixture
def director(db: None) -> User:
    return User.objects.create_superuser("director")


def test_search_forgets_the_words_beside_it(stranger: Client, director: User, db: None) -> None:
    photo, tree = make_photo(size=(64, 48)), make_site()
    gallery = GalleryPageFactory(parent=tree["galleries"])
    gallery.photos.add(GalleryPhoto(photo=make_photo("Inne", size=(50, 30)), caption="Zostaje"))
    gallery.photos.add(GalleryPhoto(photo=photo, caption=f"{WORD} podpis"))
    gallery.save_revision().publish()
    gallery.save_revision().publish()  # Wagtail indexes a page before its new rows are stored
    body = [{"type": "image", "value": {"image": photo.pk, "alt": "Sala", "caption": f"{WORD} podpis"}}]
    news = NewsPageFactory(parent=tree["news"], body=body)
    found = "/api/v2/pages/?search=" + WORD
    assert {each["id"] for each in stranger.get(found).json()["items"]} == {gallery.pk, news.pk}
    withdraw_photo(photo, director, reason="Pismo.", keep_file=False)
    assert stranger.get(found).json()["items"] == []
    still = "/api/v2/pages/?search=Zostaje"
    assert gallery.pk in {each["id"] for each in stranger.get(still).json()["items"]}


def test_copies_and_translations_of_the_page_show_it_no_more(stranger: Client, director: User, db: None) -> None:
    tree = make_site()
    photo = make_photo(name="zqkopia.jpg", size=(64, 48))
    gallery = GalleryPageFactory(parent=tree["galleries"])
    add_photos(gallery, photo, make_photo("Inne", size=(50, 30)))
    copy = gallery.copy(update_attrs={"slug": "kopia"}, copy_revisions=False)
    assert all(b"zqkopia" in stranger.get(page.url).content for page in (gallery, copy))
    withdraw_photo(photo, director, reason="Pismo.", keep_file=True)
    for page in (gallery, copy):
        answer = stranger.get(page.url)
        assert b"zqkopia" not in answer.content
        assert GalleryPage.objects.with_photo_count().get(pk=page.pk).photo_count == 1


def test_other_rows_with_the_same_file_go_along(director: User, db: None) -> None:
    first, copy = make_photo(size=(64, 48)), make_photo("Kopia", size=(64, 48))
    other = make_photo("Inne", size=(50, 30))
    done = withdraw_photo(first, director, reason="Pismo.", keep_file=False)
    assert {each.pk for each in done.photos} == {first.pk, copy.pk}
    assert Photo.objects.get(withdrawn_at=None) == other


def test_same_file_does_not_come_in_again(director: User, english: None, db: None) -> None:
    photo = make_photo(size=(64, 48))
    with photo.open_file() as stream:
        published = stream.read()
    withdraw_photo(photo, director, reason="Tajny powód.", keep_file=False)
    with pytest.raises(ValidationError) as caught:
        Photo.objects.create(title="Znów", file=ContentFile(published, name="inna-nazwa.jpg"))
    [message] = caught.value.messages
    assert "inna-nazwa.jpg" in message
    assert "withdrawn on" in message
    assert "Tajny" not in message
    make_photo("Inne", size=(50, 30))
    assert Photo.objects.count() == 2


def test_page_that_still_refers_to_it_is_not_published(director: User, english: None, db: None) -> None:
    tree = make_site()
    photo = make_photo(size=(64, 48))
    news = NewsPageFactory(parent=tree["news"], lead_image=photo)
    gallery = GalleryPageFactory(parent=tree["galleries"], cover=photo)
    add_photos(gallery, photo)
    withdraw_photo(photo, director, reason="Pismo.", keep_file=False)
    for page, fields in ((news, {"lead_image"}), (gallery, {"cover", "photos-0-photo"})):
        found = [each for each in findings(type(page).objects.get(pk=page.pk)) if each.code == "photo_withdrawn"]
        assert {each.field for each in found} == fields
        assert all(each.blocks and "Take it away" in each.message for each in found)


def test_no_size_of_it_is_made_any_more(director: User, db: None) -> None:
    photo = make_photo(size=(64, 48))
    read_before = Photo.objects.get(pk=photo.pk)
    withdraw_photo(photo, director, reason="Pismo.", keep_file=True)
    for each in (photo, read_before):
        with pytest.raises(SourceImageIOError):
            each.get_rendition("width-20")
    assert photo.pk in prepare_sizes([read_before], ["width-20", "width-30"])
    assert photos_without_sizes(again=True) == []
    assert not photo.renditions.exists()


def test_draft_link_shows_it_no_more(director: User, db: None) -> None:
    photo = make_photo(size=(64, 48))
    page = NewsPageFactory(parent=make_site()["news"], lead_image=photo, live=False)
    assert photo.pk in files_of_draft(page, director).images
    withdraw_photo(photo, director, reason="Pismo.", keep_file=True)
    assert photo.pk not in files_of_draft(page, director).images
