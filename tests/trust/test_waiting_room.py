"""N14: nothing that was uploaded and not accepted stays on disk, and what waits for its form is clean."""

import datetime as dt
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import UploadedFile

from tests.documents import making
from tests.factories import NewsPageFactory
from tests.trust.planting import World
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.documents import safe_name
from wagtail_newsroom.news.models import DraftLink, DraftRemark, Original
from wagtail_newsroom.news.publishing.files.originals import clear_unclaimed, keep_text
from wagtail_newsroom.news.publishing.files.waiting import WAITING_KEPT, clear_waiting_room
from wagtail_newsroom.news.publishing.sharing.links import clear_ended_links, share_draft

LONG_NAME = "żółć" * 45  # 180 letters, 315 bytes
NO_FORM = {"title": "", "collection": ""}  # the form is not finished: Wagtail keeps the file and asks on


@pytest.fixture
def boss(world: World) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@example.org"))
    return client


def send(boss: Client, kind: str, content: bytes, name: str) -> Any:
    upload = SimpleUploadedFile(name, content)
    return boss.post(f"/admin/{kind}/multiple/add/", {"files[]": upload, **NO_FORM})


def waiting(media_root: Path) -> list[Path]:
    return [path for path in (media_root / "wagtail_uploads").glob("*") if path.is_file()]


def test_t25_photo_that_waits_for_its_form_has_no_place_and_no_name_in_it(boss: Client, media_root: Path) -> None:
    answer = send(boss, "images", making.placed_picture(), "IMG_1.jpg")

    (path,) = waiting(media_root)
    assert answer.json()["success"]
    assert UploadedFile.objects.get().file.path == str(path)
    with Image.open(path) as image:
        assert not image.getexif()
        assert not image.getexif().get_ifd(0x8825)
    assert "Jan Przykładny".encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [
        ("images", making.huge_png, "bomba.png"),
        ("images", lambda: b"MZ" + b"\0" * 500, "program.jpg"),
        ("images", lambda: making.picture()[:200], "urwane.jpg"),
        ("documents", making.stream_bomb, "bomba.pdf"),
        ("documents", lambda: making.pdf(b"/OpenAction<</S/JavaScript/JS(x)>>"), "skrypt.pdf"),
        ("documents", lambda: making.protected_pdf(user="haslo"), "zamknięty.pdf"),
    ],
)
def test_t25_what_is_refused_leaves_nothing(
    boss: Client, media_root: Path, kind: str, content: Callable[[], bytes], name: str
) -> None:
    before = {path for path in media_root.rglob("*") if path.is_file()}
    answer = send(boss, kind, content(), name)

    assert answer.status_code in {200, 400}
    assert answer.status_code == 400 or not answer.json()["success"]
    assert {path for path in media_root.rglob("*") if path.is_file()} == before
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize("model", [get_image_model(), get_document_model()], ids=lambda model: model._meta.model_name)
def test_t25_file_that_code_puts_there_and_nobody_may_take_in_is_emptied(
    world: World, media_root: Path, model: type[Any]
) -> None:
    """The door below Wagtail's views: whatever way a file comes."""
    kind = ContentType.objects.get_for_model(model)
    UploadedFile.objects.create(for_content_type=kind, file=ContentFile(b"MZ" + b"\0" * 99, "a.exe"))
    (path,) = waiting(media_root)
    assert path.read_bytes() == b""


@pytest.mark.parametrize(("kind", "ending"), [("images", "jpg"), ("documents", "pdf")])
@pytest.mark.parametrize("finished", [False, True])
def test_t25_long_name_with_diacritics_is_shortened(
    boss: Client, world: World, media_root: Path, kind: str, ending: str, finished: bool
) -> None:
    content = making.placed_picture() if kind == "images" else making.pdf()
    data = {"title": "Zdjęcie", "collection": "1"} if finished else NO_FORM
    upload = SimpleUploadedFile(f"{LONG_NAME}.{ending}", content)
    answer = boss.post(f"/admin/{kind}/multiple/add/", {"files[]": upload, **data})

    assert answer.status_code == 200
    assert answer.json()["success"], answer.content
    stored = [path.name for path in media_root.rglob("*") if path.is_file() and path.suffix == f".{ending}"]
    assert stored
    assert all(len(name.encode()) <= 255 for name in stored)


@pytest.mark.parametrize("letter", ["ż", "a", "中", "𐐷", "é"])
def test_safe_name_fits_every_disk(letter: str) -> None:
    name = safe_name(f"{letter * 300}.pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 255


@pytest.fixture
def lost_connection(settings: Any, tmp_path: Path) -> Path:
    """What a killed process leaves of an upload that never arrived whole."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    left = settings.FILE_UPLOAD_TEMP_DIR / "tmpabc.upload.jpg"
    left.write_bytes(b"\xff\xd8" + b"x" * 1000)
    return left


class BrokenOff(io.BytesIO):
    """A body that ends before its time."""

    def read(self, *args: Any) -> bytes:
        found = super().read(*args)
        if not found:
            raise OSError("the connection is gone")
        return found


def test_t25_show_6_after_the_chore_nothing_of_what_was_abandoned_is_on_disk(
    boss: Client, world: World, media_root: Path, lost_connection: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """Eight uploads abandoned half-way, a refused bomb, a lost connection."""
    before = {path for path in media_root.rglob("*") if path.is_file()}
    for number in range(4):
        send(boss, "images", making.placed_picture() + bytes([number]), f"zdjecie{number}.jpg")
        send(boss, "documents", making.pdf(text=f"Tekst {number}"), f"plik{number}.pdf")
    send(boss, "images", making.huge_png(), "bomba.png")
    boundary = "zq"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="files[]"; filename="a.jpg"\r\n\r\n'.encode()
    boss.raise_request_exception = False
    boss.generic(
        "POST", "/admin/images/multiple/add/", content_type=f"multipart/form-data; boundary={boundary}",
        **{"wsgi.input": BrokenOff(head + b"\xff\xd8" * 500), "CONTENT_LENGTH": "999999"},
    )  # fmt: skip
    assert len(waiting(media_root)) == UploadedFile.objects.count() == 8
    stray = media_root / "wagtail_uploads" / "sierota.jpg"
    stray.write_bytes(b"x")

    with django_capture_on_commit_callbacks(execute=True):
        assert clear_waiting_room() == 0  # people may still be at it
    assert len(waiting(media_root)) == 9
    yesterday = (timezone.now() - WAITING_KEPT - dt.timedelta(minutes=1)).timestamp()
    for path in [*waiting(media_root), lost_connection]:
        os.utime(path, (yesterday, yesterday))
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_waiting_room() == 10

    assert {path for path in media_root.rglob("*") if path.is_file()} == before
    assert not lost_connection.exists()
    assert not UploadedFile.objects.exists()


def test_t25_each_kind_of_leftover_has_a_chore() -> None:
    functions = {chore.function for chore in registry.chores()}
    assert {clear_waiting_room, clear_unclaimed, clear_ended_links} <= functions


def test_t25_links_that_ended_long_ago_go_with_their_remarks(world: World) -> None:
    page = NewsPageFactory(parent=world.tree["news"], title="Szkic")
    user = get_user_model().objects.create_superuser("autor", "autor@example.org")
    old, recent, working = (share_draft(page, user) for _ in range(3))
    DraftRemark.objects.create(link=old, name="Jan", text="Uwaga")
    now = timezone.now()
    DraftLink.objects.filter(pk=old.pk).update(expires_at=now - dt.timedelta(days=91))
    DraftLink.objects.filter(pk=recent.pk).update(expires_at=now - dt.timedelta(days=89))

    assert clear_ended_links() == 1
    assert set(DraftLink.objects.all()) == {recent, working}
    assert not DraftRemark.objects.exists()
    assert clear_ended_links() == 0


def test_t25_originals_of_which_nothing_was_made_go(world: World, django_capture_on_commit_callbacks: Any) -> None:
    user = get_user_model().objects.create_superuser("autor", "autor@example.org")
    kept = keep_text("Zaproszenie", user=user, purpose="event")
    path = Path(kept.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        clear_unclaimed(timezone.now() + dt.timedelta(days=8))
    assert not Original.objects.exists()
    assert not path.exists()
