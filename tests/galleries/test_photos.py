"""Photos: what a description may be, and that a title never stands in for one."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import Client
from PIL import Image

from tests.factories import NewsPageFactory, make_photo, make_site
from tests.galleries.pictures import loaded_jpeg
from wagtail_newsroom.galleries.models import GalleryPhoto, Photo
from wagtail_newsroom.galleries.models.photo_files import clean_file
from wagtail_newsroom.news.validators import is_file_name, validate_alt_text


@pytest.mark.parametrize(
    "text",
    [
        "DSC_0012.jpg",
        "DSC_0012",
        "IMG_20260512_101530",
        "PXL_20260512_101530123",
        "WhatsApp Image 2026-05-12 at 10.15.30.jpeg",
        "skan 12",
        "img-0012.JPEG",
        "IMG 2041",
        "zdjęcie 12",
        "foto12",
        "20260512",
        "Zrzut_ekranu.png",
        "plakat wersja 2 (ostateczna).pdf",
        "  DSC_0012.jpg  ",
    ],
)
def test_name_of_a_file_is_no_description(text: str) -> None:
    assert is_file_name(text)
    with pytest.raises(ValidationError) as caught:
        validate_alt_text(text)
    assert caught.value.code == "file_name"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Sala pełna ludzi.",
        "Prelegentka przy mównicy, za nią ekran z napisem „Razem”",
        "12 osób przy okrągłym stole",
        "Strona www.example.org na ekranie",
        "Rok 2026",
        "12 osób 12 maja 2026",
        "Skan odręcznej notatki z 1920 roku",
    ],
)
def test_sentence_is_a_description(text: str) -> None:
    validate_alt_text(text, title="DSC_0012")


@pytest.mark.parametrize("text", ["Sala obrad", "sala OBRAD", "  Sala obrad "])
def test_repeat_of_the_title_is_no_description(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_alt_text(text, title=" Sala obrad")
    assert caught.value.code == "repeats_title"


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["DSC_0012.jpg", "Sala obrad"])
def test_title_never_stands_in_for_a_description(title: str) -> None:
    photo = make_photo(title, description="")
    assert photo.default_alt_text == ""
    shown = Template("{% load wagtailimages_tags %}{% image photo width-20 %}").render(Context({"photo": photo}))
    assert 'alt=""' in shown
    assert title not in shown.replace(photo.file.name, "")
    assert GalleryPhoto(photo=photo).alt_text == ""
    page = NewsPageFactory(parent=make_site()["news"], lead_image=photo)
    assert page.lead_image_alt_text == ""


@pytest.mark.django_db
def test_description_of_the_library_is_checked_by_the_model_too() -> None:
    photo = Photo(title="Sala obrad", description="sala obrad")
    with pytest.raises(ValidationError) as caught:
        photo.clean()
    assert list(caught.value.message_dict) == ["description"]


@pytest.mark.django_db
def test_deleted_photo_takes_its_files_along(django_capture_on_commit_callbacks: object) -> None:
    photo = make_photo()
    sizes = [photo.get_rendition("width-20"), photo.get_rendition("fill-10x10")]
    files = [photo.file, *(size.file for size in sizes)]
    assert all(file.storage.exists(file.name) for file in files)
    names = [(file.storage, file.name) for file in files]
    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()
    assert [storage.exists(name) for storage, name in names] == [False] * 3


@pytest.mark.django_db
def test_stored_photo_leaves_no_bytes_with_the_form_that_took_it_in() -> None:
    clean = clean_file(io.BytesIO(loaded_jpeg()), "sala.jpg")
    assert clean.read()
    photo = Photo(title="Sala", file=clean)
    photo.save()
    clean.seek(0)
    assert (clean.read(), clean.picture.content) == (b"", b"")
    assert Image.open(Photo.objects.get(pk=photo.pk).file).size == (photo.width, photo.height)


def test_broken_picture_breaks_no_page(db: None, client: Client) -> None:
    tree = make_site()
    photo = make_photo("Sala")
    page = NewsPageFactory(parent=tree["news"], lead_image=photo)
    with photo.file.storage.open(photo.file.name, "wb") as stream:
        stream.write(b"no picture at all")
    for address in (page.url, tree["news"].url, tree["home"].url):
        assert client.get(address).status_code == 200
