"""Files and photos in the library: what is refused, beside which field, and that nothing half-made stays."""

import io
from typing import Any

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image
from wagtail.models import Page

from tests.admin.desk import Desk
from tests.factories import make_attachment, make_photo
from wagtail_newsroom.galleries.models import Photo
from wagtail_newsroom.news.models import Attachment

FILE_NAME = "“DSC_0012.jpg” is a file name. Say in one sentence what the photo shows."
REPEATS = "The description repeats the title. Say in one sentence what the photo shows."


def picture(name: str = "sala.jpg") -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (15, 76, 74)).save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


def text_file(name: str = "regulamin.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "Regulamin zajęć".encode(), "text/plain")


def form_of(desk: Desk, url: str) -> dict[str, Any]:
    """What the form at ``url`` holds, without its file."""
    form = desk.client.get(url).context["form"]
    return {
        name: "" if value is None else getattr(value, "pk", value)
        for name in form.fields
        if name not in {"file", "tags"} and (value := form[name].value()) is not False
    }


def beside(response: HttpResponse, field: str) -> list[str]:
    soup = bs4.BeautifulSoup(response.content, "html.parser")
    around = soup.find(id=f"id_{field}").find_parent(class_="w-field__wrapper")
    return [message.get_text(" ", strip=True) for message in around.find_all(class_="error-message")]


@pytest.mark.parametrize(
    ("name", "cause"), [("program.exe", "exe"), ("strona.html", "html"), ("znak.svg", "svg"), ("bez-typu", "")]
)
def test_file_of_a_type_we_do_not_offer_is_refused(name: str, cause: str, tree: dict[str, Page], editor: Desk) -> None:
    url = "/admin/documents/add/"
    answer = editor.client.post(url, {**form_of(editor, url), "title": "Regulamin", "file": text_file(name)})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    (message,) = beside(answer, "file")
    assert cause in message
    assert "pdf" in message, "it says what is allowed"
    assert 'value="Regulamin"' in answer.content.decode()
    assert not Attachment.objects.exists()


def test_file_of_a_type_we_offer_is_stored(tree: dict[str, Page], editor: Desk) -> None:
    url = "/admin/documents/add/"
    answer = editor.client.post(url, {**form_of(editor, url), "title": "Regulamin", "file": text_file()})
    assert answer.status_code == 302
    assert Attachment.objects.get().kind == "other"


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (
            {"valid_from": "2026-05-02", "valid_until": "2026-05-01"},
            "valid_until",
            "The file stops being valid before it starts to be. Correct one of the two dates.",
        ),
        (
            {"belongs_to": "itself"},
            "belongs_to",
            "A file cannot belong to itself. Choose the regulations, or leave this empty.",
        ),
        (
            {"supersedes": "itself"},
            "supersedes",
            "A file cannot replace itself. Choose the version before it, or leave this empty.",
        ),
        (
            {"supersedes": "successor"},
            "supersedes",
            "That version comes after this one. Choose the version before, or leave this empty.",
        ),
        ({"language": "klingon"}, "language", "Select a valid choice. klingon is not one of the available choices."),
    ],
    ids=["valid_until", "belongs_to_itself", "replaces_itself", "replaces_its_successor", "language"],
)
def test_impossible_facts_about_a_file_are_refused(
    typed: dict[str, str], field: str, message: str, tree: dict[str, Page], publisher: Desk
) -> None:
    document = make_attachment()
    successor = make_attachment("Regulamin 2", supersedes=document)
    known = {"itself": document.pk, "successor": successor.pk}
    url = f"/admin/documents/edit/{document.pk}/"
    sent = form_of(publisher, url) | {name: known.get(value, value) for name, value in typed.items()}
    answer = publisher.client.post(url, sent)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert beside(answer, field) == [message]
    for name, value in typed.items():
        assert str(answer.context["form"][name].value()) == str(known.get(value, value))
    document.refresh_from_db()
    assert (document.valid_until, document.belongs_to, document.supersedes, document.language) == (None, None, None, "")


def test_second_successor_of_a_file_is_refused(tree: dict[str, Page], publisher: Desk) -> None:
    first = make_attachment()
    make_attachment("Regulamin 2", supersedes=first)
    third = make_attachment("Regulamin 3")
    url = f"/admin/documents/edit/{third.pk}/"
    answer = publisher.client.post(url, form_of(publisher, url) | {"supersedes": first.pk})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["supersedes"]
    assert len(beside(answer, "supersedes")) == 1


@pytest.mark.parametrize(("description", "message"), [("DSC_0012.jpg", FILE_NAME), (" sala OBRAD ", REPEATS)])
def test_description_that_describes_nothing_is_refused(
    description: str, message: str, tree: dict[str, Page], editor: Desk
) -> None:
    url = "/admin/images/add/"
    sent = {**form_of(editor, url), "title": "Sala obrad", "description": description, "file": picture()}
    answer = editor.client.post(url, sent)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["description"]
    assert beside(answer, "description") == [message]
    assert answer.context["form"]["description"].value() == description
    assert not Photo.objects.exists()


def test_photo_may_wait_for_its_description(tree: dict[str, Page], editor: Desk) -> None:
    url = "/admin/images/add/"
    assert editor.client.post(url, {**form_of(editor, url), "title": "Sala", "file": picture()}).status_code == 302
    assert Photo.objects.get().description == ""


@pytest.mark.parametrize(
    ("name", "content"), [("zdjecie.jpg", b"<html>"), ("zdjecie.svg", b"<svg/>"), ("zdjecie.png", b"%PDF-1.7")]
)
def test_picture_that_is_none_is_refused(name: str, content: bytes, tree: dict[str, Page], editor: Desk) -> None:
    url = "/admin/images/add/"
    file = SimpleUploadedFile(name, content, "image/jpeg")
    answer = editor.client.post(url, {**form_of(editor, url), "title": "Sala", "file": file})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert beside(answer, "file")
    assert not Photo.objects.exists()


def test_several_files_at_once_are_refused_one_by_one(tree: dict[str, Page], editor: Desk) -> None:
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    url = "/admin/documents/multiple/add/"
    good, bad = (
        editor.client.post(url, {"title": name, "files[]": text_file(name), "collection": 1}, headers=ajax).json()
        for name in ("regulamin.txt", "program.exe")
    )
    assert good["success"] is True
    assert bad["success"] is False
    assert "exe" in bad["error_message"]
    assert Attachment.objects.filter(title="program.exe").count() == 0


def test_description_of_an_uploaded_photo_is_checked_too(tree: dict[str, Page], publisher: Desk) -> None:
    photo = make_photo("Sala obrad", description="")
    url = f"/admin/images/{photo.pk}/"
    sent = form_of(publisher, url) | {"description": "DSC_0012.jpg"}
    answer = publisher.client.post(url, sent)
    assert answer.status_code == 200
    assert beside(answer, "description") == [FILE_NAME]
    photo.refresh_from_db()
    assert photo.description == ""
