"""U1–U8: every file of the table, through every door by which files come in."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import APIToken, Page

from news.models import Attachment
from news.visibility import is_public_file
from tests.documents import making as make
from tests.documents.files import FILES, REFUSED, Row, by_id
from tests.factories import NewsPageFactory, attach, make_attachment, make_site

API = "/api/v3-preview/documents/"
AJAX = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def boss(db: None, settings: Any) -> Client:
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@example.org", "haslo"))
    return client


def upload_of(row: Row, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(row.name, content, "application/octet-stream")


def by_form(client: Client, row: Row, content: bytes) -> str:
    answer = client.post(
        "/admin/documents/add/", {"title": "Plik", "file": upload_of(row, content), "kind": "other", "collection": 1}
    )
    return "" if answer.status_code == 302 else " ".join(answer.context["form"].errors["file"])


def by_several(client: Client, row: Row, content: bytes) -> str:
    sent = {"title": "Plik", "files[]": upload_of(row, content), "collection": 1}
    answer = client.post("/admin/documents/multiple/add/", sent, headers=AJAX).json()
    return "" if answer["success"] else answer["error_message"]


def by_chooser(client: Client, row: Row, content: bytes) -> str:
    prefix = "document-chooser-upload"
    sent = {
        f"{prefix}-title": "Plik",
        f"{prefix}-file": upload_of(row, content),
        f"{prefix}-collection": 1,
        f"{prefix}-kind": "other",
    }
    answer = client.post("/admin/documents/chooser/create/", sent).json()
    if answer["step"] == "chosen":
        return ""
    return " ".join(str(part) for part in answer.values())


def by_api(client: Client, row: Row, content: bytes) -> str:
    user = get_user_model().objects.get(username="boss")
    token = APIToken.objects.create(user=user, name=f"Próba {APIToken.objects.count()}")
    answer = Client().post(
        API, {"title": "Plik", "file": upload_of(row, content)}, headers={"Authorization": f"Bearer {token.key}"}
    )
    if answer.status_code == 201:
        return ""
    assert 400 <= answer.status_code < 500, answer.content
    return json.dumps(answer.json(), ensure_ascii=False)


def by_code(client: Client, row: Row, content: bytes) -> str:
    try:
        Attachment.objects.create(title="Plik", file=ContentFile(content, name=row.name))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def by_storing_alone(client: Client, row: Row, content: bytes) -> str:
    """As Wagtail does for files that wait for more facts: the file is stored before the row."""
    document = Attachment(title="Plik")
    try:
        document.file.save(row.name, ContentFile(content), save=False)
        document.save()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def by_replacing(client: Client, row: Row, content: bytes) -> str:
    """Another file in the place of one that was taken in."""
    document = make_attachment("Plik", name="stary.txt", content=b"Stary")
    sent = {"title": "Plik", "file": upload_of(row, content), "kind": "other", "collection": 1}
    answer = client.post(f"/admin/documents/edit/{document.pk}/", sent)
    message = "" if answer.status_code == 302 else " ".join(answer.context["form"].errors["file"])
    if message:
        document.refresh_from_db()
        with document.open_file() as stream:
            assert stream.read() == b"Stary", "the old file stays"
    document.delete()
    return message


DOORS: dict[str, Callable[[Client, Row, bytes], str]] = {
    "form": by_form,
    "several": by_several,
    "chooser": by_chooser,
    "api": by_api,
    "code": by_code,
    "storing_alone": by_storing_alone,
    "replacing": by_replacing,
}


def stored(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("row", FILES, ids=str)
def test_u1_u5_every_door_judges_a_file_alike(
    row: Row, boss: Client, english: None, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content = row.content()
    for name, door in DOORS.items():
        with django_capture_on_commit_callbacks(execute=True):
            message = door(boss, row, content)
        if not row.danger:
            assert message == "", name
            continue
        assert not Attachment.objects.exists(), f"{name}: a half-made record"
        left = [each for each in stored(media_root) if each != "stary.txt"]
        assert left == [], f"{name}: a file left behind"
        if content:  # an empty one never gets as far as us in a form
            assert f"“{row.name}” was not taken in. ".replace("“UMOWA.DOCX”", "“UMOWA.docx”") in message, name
            assert "Allowed: csv, docx" in message, name
    if row.danger:
        return
    found = list(Attachment.objects.all())
    assert len(found) == len(DOORS) - 1
    for document in found:
        assert set(document.findings) == row.findings
        assert set(document.hidden) == row.hidden
        assert document.verdict == row.verdict
        assert document.sha256
        assert document.inspected_at
