"""U1–U8: every file of the table, through every door by which files come in."""

import json
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from wagtail.models import APIToken, Page
from wagtail.users.models import UserProfile

from tests.documents import making as make
from tests.documents.files import FILES, REFUSED, Row, by_id
from tests.factories import NewsPageFactory, attach, make_attachment, make_site
from wagtail_newsroom.news.models import Attachment
from wagtail_newsroom.news.visibility import is_public_file

API = "/api/v3-preview/documents/"
AJAX = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def boss(db: None, settings: Any) -> Client:
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}
    user = get_user_model().objects.create_superuser("boss", "boss@example.org", "haslo")
    UserProfile.objects.create(user=user, preferred_language="en")
    client = Client()
    client.force_login(user)
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
    _row, secret = APIToken.create_token(user=user, name="Próba")
    answer = Client().post(
        API,
        {"title": "Plik", "file": upload_of(row, content)},
        headers={"Authorization": f"Bearer {secret}"},
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
    Attachment.objects.filter(version_group=document.version_group).delete()
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


# The API answers in the site's own language, whoever asks.
IN_WORDS = {
    "form": ("“%s” was not taken in. ", "Allowed: csv, docx"),
    "api": ("Nie przyjęto pliku „%s”. ", "Dozwolone: csv, docx"),
}

SOME = FILES[::7]  # the form of an old file is the form of a new one: not every file has to be asked twice


def stored(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("row", FILES, ids=str)
def test_u1_u5_every_door_judges_a_file_alike(
    row: Row, boss: Client, english: None, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content = row.content()
    for name, door in DOORS.items():
        if name == "replacing" and row not in SOME:
            continue
        # A request leaves its language behind, and the next door may be code.
        with translation.override("en"), django_capture_on_commit_callbacks(execute=True):
            message = door(boss, row, content)
        if not row.danger:
            assert message == "", name
            continue
        assert not Attachment.objects.exists(), f"{name}: a half-made record"
        left = [each for each in stored(media_root) if each != "stary.txt"]
        assert left == [], f"{name}: a file left behind"
        if content:  # an empty one never gets as far as us in a form
            refused, allowed = IN_WORDS.get(name, IN_WORDS["form"])
            assert refused % row.name.replace("UMOWA.DOCX", "UMOWA.docx") in message, name
            assert allowed in message, name
    if row.danger:
        return
    found = list(Attachment.objects.all())
    assert len(found) == len(DOORS) - 1  # what replaced another was deleted again, with the other
    for document in found:
        assert set(document.findings) == row.findings
        assert set(document.hidden) == row.hidden
        assert document.verdict == row.verdict
        assert document.sha256
        assert document.inspected_at


def test_batch_goes_on_after_a_refusal(boss: Client, english: None) -> None:
    messages = [
        by_several(boss, by_id(name), by_id(name).content()) for name in ("pdf", "macros_docm", "docx", "program")
    ]
    assert [bool(message) for message in messages] == [False, True, False, True]
    assert sorted(Attachment.objects.values_list("media_type", flat=True)) == [
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]


def test_every_code_has_its_sentence() -> None:
    """Every code has a sentence of the catalogue, and none promises too much."""
    from wagtail_newsroom.news.wording import files as file_wording

    assert {row.danger for row in REFUSED} <= set(file_wording.REFUSALS)
    found = {code for row in FILES for code in row.findings} | {code for row in FILES for code in row.hidden}
    assert found <= set(file_wording.FINDINGS) | set(file_wording.HIDDEN)
    texts = [*file_wording.HIDDEN.values(), *(text for _name, text in file_wording.FINDINGS.values())]
    assert not [text for text in texts if re.search(r"\bcompliant|zgodny", str(text))]


def test_notes_stand_beside_the_form_after_upload(boss: Client, english: None) -> None:
    row = by_id("docx_author")
    sent = {"title": "Plik", "files[]": upload_of(row, row.content()), "collection": 1}
    form = boss.post("/admin/documents/multiple/add/", sent, headers=AJAX).json()["form"]
    note = "It names its author: Jan Przykładny."
    assert note in form
    assert "Accessibility: Probably accessible." in form
    document = Attachment.objects.get()
    assert note in boss.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    Attachment.objects.update(hidden={"author": {"count": 1, "names": ["<img src=x onerror=alert(1)>"]}})
    assert "<img src=x" not in boss.get(f"/admin/documents/edit/{document.pk}/").content.decode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/cron.d/plik.txt", "plik.txt"),
        ("um\u202eowa.txt", "umowa.txt"),
        ("um\x00owa.txt", "umowa.txt"),
        ("Zażółć gęślą.TXT", "Zażółć_gęślą.txt"),
        ("x" * 300 + ".txt", "x" * 70 + ".txt"),
        ("a\r\nSet-Cookie: b.txt", "aSet-Cookie_b.txt"),
    ],
)
def test_u6_stored_name_is_safe(name: str, kept: str, db: None, client: Client, media_root: Path) -> None:
    tree = make_site()
    document = Attachment.objects.create(title="Plik", file=ContentFile(b"Tekst", name="x.txt"))
    document.file.save(name, ContentFile(b"Inny"))
    assert document.filename == kept
    assert (media_root / "documents" / kept).is_file()
    attach(NewsPageFactory(parent=tree["news"]), document)
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == ("nosniff", "default-src 'none'")


def test_u7_two_files_of_one_name_both_survive(db: None) -> None:
    first, second = make_attachment(content=b"Pierwszy"), make_attachment(content=b"Drugi")
    assert first.file.name != second.file.name
    for document, content in ((first, b"Pierwszy"), (second, b"Drugi")):
        with document.open_file() as stream:
            assert stream.read() == content


def test_file_larger_than_allowed_is_refused_everywhere(db: None, settings: Any, english: None) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "INSPECT_MAX_BYTES": 2048}
    with pytest.raises(ValidationError, match="larger than 2 KB"):
        make_attachment(content=b"x" * 2049)
    assert make_attachment(content=b"x" * 2048).pk


def test_facts_are_kept_and_found_by_search(tree_page: Page, boss: Client) -> None:
    document = make_attachment(
        "Umowa", name="umowa.pdf", content=make.pdf(text="Tajemniczy Wielblad", info=b"/Author(Jan)")
    )
    document.refresh_from_db()
    assert (document.found_title, document.found_language, document.pages) == ("Regulamin", "pl-PL", 1)
    assert document.hidden["author"]["names"] == ["Jan"]
    assert [found.pk for found in Attachment.objects.all().search("wielblad")] == [document.pk]
    document.title = "Inny tytuł"
    document.save()
    document.refresh_from_db()
    assert document.pages == 1, "saved without a new file, nothing is read again"


@pytest.fixture
def tree_page(db: None) -> Page:
    return NewsPageFactory(parent=make_site()["news"])


# U8: the virus scanner


def test_u8_file_is_scanned_whole_before_it_is_stored(db: None, scanner: Any) -> None:
    peer, content = scanner(), b"Umowa " * 40_000
    document = make_attachment(content=content)
    assert peer.heard == [content], "once, and all of it"
    document.refresh_from_db()
    assert document.scanned_at


def test_u8_virus_is_refused_and_leaves_nothing(boss: Client, scanner: Any, media_root: Path, english: None) -> None:
    scanner()
    row = Row("wirus", "umowa.txt", lambda: b"WIRUS")
    for name, door in DOORS.items():
        if name != "replacing":
            with translation.override("en"):
                message = door(boss, row, row.content())
            found = "znalazł w nim: Proba.Wirus." if name == "api" else "The virus scanner found Proba.Wirus in it."
            assert found in message, name
    assert not Attachment.objects.exists()
    assert stored(media_root) == []


@pytest.mark.parametrize("mood", ["silent", "slow", "full", "down"])
def test_u8_scanner_that_is_down_fails_closed(
    mood: str, db: None, scanner: Any, media_root: Path, english: None
) -> None:
    peer = scanner(mood)
    if mood == "down":
        peer.stop()
        peer.peer = socket.socket(socket.AF_UNIX)
        peer.peer.close()
        peer.stop = lambda: None
    begun = time.monotonic()
    with pytest.raises(ValidationError, match="The virus scanner does not answer"):
        make_attachment(content=b"x" * 300_000)
    assert time.monotonic() - begun < 4
    assert not Attachment.objects.exists()
    assert stored(media_root) == []


def test_u8_nothing_is_served_before_it_is_clean(tree_page: Page, client: Client, scanner: Any, boss: Client) -> None:
    """Files that were stored before there was a scanner."""
    good, ill = make_attachment(content=b"Czysty"), make_attachment(name="b.txt", content=b"WIRUS")
    for document in (good, ill):
        attach(tree_page, document)
        assert is_public_file(document)
    silent = scanner("silent")
    for reader in (client, boss):
        answer = reader.get(good.url)
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "120", "no-store")
        assert b"Czysty" not in answer.content
    assert silent.heard
    peer = scanner()
    assert b"".join(client.get(good.url).streaming_content) == b"Czysty"
    assert client.get(good.url).status_code == 200
    assert peer.heard == [b"Czysty"], "scanned once"
    for reader in (client, boss):
        answer = reader.get(ill.url)
        assert answer.status_code == 403
        assert b"WIRUS" not in answer.content
    ill.refresh_from_db()
    assert (ill.infection, ill.scanned_at) == ("Proba.Wirus", None)
    assert peer.heard.count(b"WIRUS") == 1
