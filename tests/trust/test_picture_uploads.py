"""Photos at every door: what is refused says why and leaves nothing; what is taken in hides nothing. (U1–U4, U6, U7, U9)"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image
from wagtail.models import APIToken, UploadedFile
from wagtail.users.models import UserProfile

from tests.factories import make_photo
from tests.galleries import pictures
from tests.galleries.pictures import AUTHOR, LICENCE, loaded_jpeg, saved
from tests.galleries.test_pictures import hidden
from wagtail_newsroom.galleries.models import Photo, PhotoRendition
from wagtail_newsroom.news.images.renditions import all_specs

pytestmark = pytest.mark.django_db
ALLOWED = "JPEG, PNG, WebP, AVIF, HEIC, GIF"
AJAX = {"X-Requested-With": "XMLHttpRequest"}
Answer = tuple[bool, str]


@pytest.fixture
def boss(settings: Any) -> Client:
    """Somebody who may upload, and reads the admin in English."""
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}
    client = Client()
    user = get_user_model().objects.create_superuser("boss", "boss@example.org")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def file_of(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def by_form(client: Client, name: str, data: bytes) -> Answer:
    answer = client.post("/admin/images/add/", {"title": "Sala", "collection": 1, "file": file_of(name, data)})
    return answer.status_code == 302, "" if answer.status_code == 302 else answer.context["form"].errors.as_text()


def by_several(client: Client, name: str, data: bytes) -> Answer:
    sent = {"title": "Sala", "collection": 1, "files[]": file_of(name, data)}
    answer = client.post("/admin/images/multiple/add/", sent, headers=AJAX).json()
    return answer["success"], answer.get("error_message", "")


def by_chooser(client: Client, name: str, data: bytes) -> Answer:
    sent = {
        "image-chooser-upload-title": "Sala",
        "image-chooser-upload-collection": 1,
        "image-chooser-upload-file": file_of(name, data),
    }
    answer = client.post("/admin/images/chooser/create/", sent).json()
    return answer["step"] == "chosen", json.dumps(answer, ensure_ascii=False)


def by_api(client: Client, name: str, data: bytes) -> Answer:
    _row, key = APIToken.create_token(user=get_user_model().objects.get(username="boss"), name="próba")
    sent = {"title": "Sala", "collection_id": 1, "file": file_of(name, data)}
    answer = Client().post("/api/v3-preview/images/", sent, headers={"Authorization": f"Bearer {key}"})
    return answer.status_code == 201, answer.content.decode()


def by_code(_client: Client, name: str, data: bytes) -> Answer:
    try:
        Photo.objects.create(title="Sala", file=ContentFile(data, name=name))
    except ValidationError as error:
        return False, " ".join(error.messages)
    return True, ""


def by_field(_client: Client, name: str, data: bytes) -> Answer:
    """What Wagtail does with a file of an upload whose form needs a second look."""
    photo = Photo(title="Sala")
    try:
        photo.file.save(name, ContentFile(data), save=False)
    except ValidationError as error:
        return False, " ".join(error.messages)
    photo.save()
    return True, ""


DOORS: list[Callable[[Client, str, bytes], Answer]] = [by_form, by_several, by_chooser, by_api, by_code, by_field]
REFUSED = {
    "u1-page.jpg": (lambda: b"<html><script>alert(1)</script></html>", "HTML"),
    "u1-drawing.jpg": (lambda: b"<svg onload='alert(1)'/>", "SVG"),
    "u4-bomb.png": (pictures.png_bomb, "900 megapi"),
    "u4-endless.gif": (lambda: pictures.animation("GIF", loop=0), "never stops|nigdy się nie kończy"),
    "half.jpg": (lambda: saved("JPEG")[:-60], "ends too early|urywa się za wcześnie"),
}


def stored(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_refusal_names_the_file_the_reason_and_what_is_allowed(
    door: Callable[..., Answer], boss: Client, media_root: Path, english: None
) -> None:
    for name, (make, reason) in REFUSED.items():
        taken, said = door(boss, name, make())
        said = said.encode().decode("unicode_escape") if "\\u" in said else said
        assert not taken, name
        assert [part for part in (name, reason, ALLOWED, "100 megapi") if not re.search(part, said)] == [], said
    assert not Photo.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored(media_root) == []


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_u8_photo_with_a_virus_is_refused_at_whatever_door(
    door: Callable[..., Answer], boss: Client, media_root: Path, scanner: Any, english: None
) -> None:
    peer, clean, ill = scanner(), saved("JPEG"), saved("JPEG", comment=b"WIRUS")
    taken, said = door(boss, "chora.jpg", ill)
    assert (taken, "Proba.Wirus" in said) == (False, True), said
    assert (Photo.objects.count(), stored(media_root)) == (0, [])
    assert door(boss, "zdrowa.jpg", clean)[0]
    assert peer.heard[-1] == clean


def test_u8_no_photo_is_taken_in_while_the_scanner_is_silent(db: None, media_root: Path, scanner: Any) -> None:
    scanner("silent")
    with pytest.raises(ValidationError) as refused:
        Photo.objects.create(title="Sala", file=ContentFile(saved("JPEG"), name="sala.jpg"))
    assert refused.value.error_dict["file"][0].code == "scanner_down"
    assert stored(media_root) == []


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_photo_hides_nothing_by_whatever_door_it_comes(
    door: Callable[..., Answer], boss: Client, media_root: Path, english: None
) -> None:
    for name, make, kept in (
        ("DSC 1.JPG", lambda: loaded_jpeg(6), (32, 48)),
        ("telefon.heic", pictures.heic, (64, 48)),
    ):
        taken, said = door(boss, name, make())
        assert taken, said
        photo = Photo.objects.latest("pk")
        with photo.file.open() as stream:
            data = stream.read()
        assert hidden(data) == []
        assert Image.open(io.BytesIO(data)).size == (photo.width, photo.height)
        assert Path(photo.file.name).suffix.lower() == ".jpg"
        assert name == "telefon.heic" or (photo.width, photo.height) == (48, 32) or kept == (photo.width, photo.height)
        assert (photo.credit, photo.licence, len(photo.uploaded_sha256)) == (AUTHOR, LICENCE, 64)
        assert photo.taken_on in (dt.date(2026, 5, 12), None)
        assert photo.file_size == len(data)
    assert len(stored(media_root / "original_images")) == 2


def test_refused_file_stops_no_other_of_the_batch(boss: Client) -> None:
    answers = [by_several(boss, f"{n}.jpg", data) for n, data in enumerate([saved("JPEG"), b"<html>", saved("JPEG")])]
    assert [taken for taken, _said in answers] == [True, False, True]
    assert Photo.objects.count() == 2
    assert len({photo.file.name for photo in Photo.objects.all()}) == 2


def test_refusal_is_in_the_editors_language(boss: Client) -> None:
    UserProfile.objects.update(preferred_language="pl")
    _taken, said = by_several(boss, "strona.jpg", b"<html>")
    with translation.override("pl"):
        assert said.startswith(gettext("“%(name)s” was not added: %(reason)s") % {"name": "strona.jpg", "reason": ""})


def test_what_is_typed_stays_and_the_same_file_is_known_again() -> None:
    data = loaded_jpeg()
    first = Photo.objects.create(title="A", file=ContentFile(data, name="a.jpg"), credit="Jan Wpisany", licence="umowa")
    second = Photo.objects.create(title="B", file=ContentFile(data, name="b.jpg"), taken_on=dt.date(2020, 1, 2))
    assert (first.credit, first.licence, second.taken_on) == ("Jan Wpisany", "umowa", dt.date(2020, 1, 2))
    assert first.uploaded_sha256 == second.uploaded_sha256
    assert list(Photo.objects.filter(uploaded_sha256=first.uploaded_sha256)) == [first, second]


def test_replaced_file_is_cleaned_and_a_refused_one_leaves_the_old(
    boss: Client, media_root: Path, english: None
) -> None:
    photo = make_photo()
    before = stored(media_root / "original_images")
    sent = {"title": "Sala", "description": photo.description, "collection": 1, "rights_basis": "own"}
    answer = boss.post(f"/admin/images/{photo.pk}/", {**sent, "file": file_of("a.jpg", b"<html>")})
    assert "a.jpg" in answer.context["form"].errors["file"][0]
    assert stored(media_root / "original_images") == before
    assert boss.post(f"/admin/images/{photo.pk}/", {**sent, "file": file_of("b.jpg", loaded_jpeg())}).status_code == 302
    photo.refresh_from_db()
    with photo.file.open() as stream:
        assert hidden(stream.read()) == []
    assert (photo.width, photo.credit) == (48, AUTHOR)


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.jpg", "a\0b.jpg", "ż" * 300 + ".jpg", "zdjęcie\u202egpj.exe", ".jpg", "C:\\x\\y.jpg"]
)
def test_u6_odd_name_is_made_safe(name: str, media_root: Path) -> None:
    photo = Photo.objects.create(title="Sala", file=ContentFile(saved("JPEG"), name=name))
    assert re.fullmatch(r"original_images/[\w.\-]+\.jpg", photo.file.name)
    assert len(photo.file.name) <= 100
    assert stored(media_root) == [photo.file.name]


def test_r10_database_that_fails_leaves_no_file(media_root: Path) -> None:
    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("INSERT INTO") and "newsroom_galleries_photo" in sql:
            raise DatabaseError("disk full")
        return execute(sql, *rest)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.execute_wrapper(fail):
        Photo.objects.create(title="Sala", file=ContentFile(saved("JPEG"), name="a.jpg"))
    assert stored(media_root) == []
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "spec", ["scale-9000", "width-99999|format-png", "fill-9000x9000", "width-481", "original|format-heic"]
)
def test_u9_only_sizes_of_the_site_can_be_ordered(spec: str, boss: Client) -> None:
    photo = make_photo()
    assert boss.get(f"/admin/images/{photo.pk}/preview/{spec}/").status_code == 400
    assert Client().get(f"/admin/images/{photo.pk}/preview/{spec}/").status_code == 302
    for address in (f"/images/{photo.pk}/{spec}/", f"/media/images/sala.{spec}.jpg", f"/images/abc/{photo.pk}/{spec}/"):
        assert Client().get(address).status_code == 404
    assert not PhotoRendition.objects.exists()


def test_u9_size_of_the_site_can_be_previewed(boss: Client) -> None:
    photo = make_photo()
    assert {
        boss.get(f"/admin/images/{photo.pk}/preview/{spec}/").status_code for spec in ("max-800x600", "original")
    } == {200}
    assert all("scale" not in spec for spec in all_specs())
