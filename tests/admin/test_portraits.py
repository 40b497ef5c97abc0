"""The picture of an account: upright, bare of what the camera wrote, for colleagues only."""

import io
from pathlib import Path
from typing import Any

import bs4
import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from tests.admin.desk import Desk
from tests.documents import making

WIDE, TALL = (60, 30), (1200, 600)


def sideways(size: tuple[int, int], kind: str = "JPEG") -> bytes:
    """Red on the left as it is stored; orientation 6 turns it clockwise, so that red is on top. It says where it was taken."""
    picture, stream = Image.new("RGB", size, "blue"), io.BytesIO()
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    facts = Image.Exif()
    facts[0x0112] = 6
    facts[0x013B] = "Jan Przykładny"
    facts.get_ifd(0x8825).update({1: "N", 2: (52.0, 13.0, 47.0)})
    picture.save(stream, kind, exif=facts)
    return stream.getvalue()


def upload(desk: Desk, content: bytes, name: str) -> Any:
    address = reverse("wagtailadmin_account")
    page = bs4.BeautifulSoup(desk.client.get(address).content, "html.parser")
    shown = dict(querydict_from_html(str(page.find("input", {"name": "name_email-email"}).find_parent("form"))).lists())
    named = {"name_email-first_name": "Ewa", "name_email-last_name": "Lis", "name_email-email": "ewa@example.org"}
    return desk.client.post(address, {**shown, **named, "avatar-avatar": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("size", [WIDE, TALL], ids=["small", "large"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_c11_portrait_is_upright_and_says_nothing_of_the_camera(editor: Desk, size: tuple[int, int], kind: str) -> None:
    assert upload(editor, sideways(size, kind), "ja.jpg").status_code == 302

    profile = UserProfile.objects.get(user=editor.user)
    data = Path(profile.avatar.path).read_bytes()
    with Image.open(io.BytesIO(data)) as stored:
        assert stored.height > stored.width
        red, _green, blue = stored.convert("RGB").getpixel((stored.width // 2, 2))
        assert red > 200 > 100 > blue
        assert not stored.getexif()
        assert max(stored.size) <= 400
    assert "Przykładny".encode() not in data


def test_c11_portrait_is_shown_to_colleagues_and_to_nobody_else(editor: Desk, publisher: Desk, client: Client) -> None:
    upload(editor, sideways(TALL), "ja.jpg")
    address = UserProfile.objects.get(user=editor.user).avatar.url
    reader = Client()
    reader.force_login(get_user_model().objects.create_user("czytelnik"))

    for colleague in (editor.client, publisher.client):
        answer = colleague.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        assert answer["Content-Type"] in {"image/jpeg", "image/png"}
    assert {client.get(address).status_code, reader.get(address).status_code} == {404}
    assert editor.client.get("/media/avatar_images/inny.jpg").status_code == 404


def test_c11_what_is_no_picture_is_refused_at_the_field(editor: Desk) -> None:
    for content in (b"MZ" + b"\0" * 99, sideways(TALL)[:900], making.huge_png()):
        assert upload(editor, content, "ja.jpg").status_code == 200
    assert not UserProfile.objects.get(user=editor.user).avatar


def test_c11_long_name_is_shortened(editor: Desk) -> None:
    assert upload(editor, sideways(WIDE), f"{'żółć' * 45}.jpg").status_code == 302
    assert UserProfile.objects.get(user=editor.user).avatar
