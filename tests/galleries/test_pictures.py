"""Pictures as files: verdicts, orientation, colours, hidden data, bounds; no site needed."""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import asdict
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms

from tests.galleries import pictures
from tests.galleries.pictures import AUTHOR, BAD, GOOD, LICENCE, SECRET, SRGB, Case, drawing, loaded_jpeg, saved
from wagtail_newsroom.galleries.pictures import (
    Limits,
    Order,
    Reason,
    RefusedError,
    clean_picture,
    make_sizes,
    strip_picture,
)
from wagtail_newsroom.galleries.pictures.isolated import children, clean_isolated
from wagtail_newsroom.news.sandbox import PASSED_ON

KINDS = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF"}


def shown(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def hidden(data: bytes) -> list[str]:
    """What a file still tells beside its pixels and colours."""
    image = shown(data)
    told = [word for word in (SECRET, "GPS", "Exif", "xmpmeta", "8BIM", "JFXX", "MPF") if word.encode() in data]
    known = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "icc_profile", "progressive", "progression", "dpi", "loop",
             "background", "timestamp", "duration", "version", "extension", "adobe", "adobe_transform", "transparency", "srgb",
             "gamma", "default_image", "bbox", "interlace"}  # fmt: skip
    return told + sorted(map(str, set(image.info) - known)) + [str(tag) for tag in image.getexif()]


def far(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures, of 255."""
    assert one.size == other.size
    grey = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    histogram = grey.histogram()
    return sum(value * count for value, count in enumerate(histogram)) / sum(histogram)


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_good_picture_is_kept_without_what_it_hides(case: Case) -> None:
    data = case.make()
    clean = clean_picture(io.BytesIO(data), case.name)
    image = shown(clean.content)
    assert (clean.kind, image.format, image.size) == (case.kind, KINDS[case.kind], (clean.width, clean.height))
    assert hidden(clean.content) == []
    if case.tells:
        assert (clean.facts.credit, clean.facts.licence) == (AUTHOR, LICENCE)
        assert clean.facts.taken_on in (dt.date(2026, 5, 12), None)
    if case.name != "on-its-side.jpg":
        pictures.register_heif_opener(thumbnails=False)
        assert far(image, shown(data)) < 4
    again = clean_picture(io.BytesIO(clean.content), clean.name)
    assert (again.name, again.width, again.height) == (clean.name, clean.width, clean.height)


@pytest.mark.parametrize("case", BAD, ids=str)
def test_bad_picture_is_refused_for_its_reason(case: Case) -> None:
    with pytest.raises(RefusedError) as caught:
        clean_picture(io.BytesIO(case.make()), case.name)
    assert caught.value.reason == case.reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_is_turned_upright_before_its_orientation_is_forgotten(kind: str, orientation: int) -> None:
    asked = Image.Exif()
    asked[0x0112] = orientation
    undone = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    as_held = drawing() if orientation == 1 else drawing().transpose(Image.Transpose(turns[undone]))
    clean = clean_picture(io.BytesIO(saved(kind, as_held, exif=asked)), f"a.{kind}")
    assert (clean.width, clean.height) == (48, 32)
    assert far(shown(clean.content), drawing()) < 8
    assert dict(shown(clean.content).getexif()) == {}


def test_upright_jpeg_keeps_each_pixel_and_a_turned_one_shows_no_loss() -> None:
    data = loaded_jpeg()
    kept = clean_picture(io.BytesIO(data), "a.jpg")
    assert not kept.re_encoded
    assert shown(kept.content).tobytes() == shown(data).tobytes()
    photo = saved("JPEG", Image.effect_noise((96, 64), 40).convert("RGB"), quality=85, exif=pictures.exif(6))
    turned = clean_picture(io.BytesIO(photo), "b.jpg")
    assert turned.re_encoded
    assert far(shown(turned.content), shown(photo).transpose(Image.Transpose.ROTATE_270)) < 1.5
    assert len(turned.content) < 1.5 * len(photo)


def test_colour_profile_stays_and_cmyk_becomes_srgb() -> None:
    assert shown(clean_picture(io.BytesIO(loaded_jpeg()), "a.jpg").content).info["icc_profile"] == SRGB
    assert shown(clean_picture(io.BytesIO(loaded_jpeg(6)), "a.jpg").content).info["icc_profile"] == SRGB
    assert "icc_profile" not in shown(clean_picture(io.BytesIO(pictures.bad_profile()), "a.jpg").content).info
    cmyk = saved("JPEG", drawing(mode="CMYK"))
    clean = shown(clean_picture(io.BytesIO(cmyk), "a.jpg").content)
    assert (clean.mode, far(clean, drawing()) < 8) == ("RGB", True)


def test_profile_of_another_kind_of_pixels_is_left_out() -> None:
    gray = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert "icc_profile" not in shown(clean_picture(io.BytesIO(saved("JPEG", icc_profile=gray)), "a.jpg").content).info


def test_sixteen_bits_become_eight() -> None:
    clean = shown(clean_picture(io.BytesIO(pictures.png_16()), "a.png").content)
    assert (clean.mode, clean.getpixel((0, 0))) == ("RGB", (0xC8, 0x64, 0x32))
    wide = Image.new("I;16", (4, 4), 0x8000)
    grey = shown(clean_picture(io.BytesIO(saved("PNG", wide)), "a.png").content)
    assert (grey.mode, grey.getpixel((0, 0))) == ("L", 0x80)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zdjęcie 1.JPEG", "Zdjęcie 1.JPEG"),
        ("../../etc/a.png", "a.jpg"),
        ("C:\\zdjęcia\\b.heic", "b.jpg"),
        ("bez", "bez.jpg"),
        ("c.php.jfif", "c.php.jpg"),
        ("", "photo.jpg"),
    ],
)
def test_name_fits_what_the_file_is(name: str, expected: str) -> None:
    assert clean_picture(io.BytesIO(saved("JPEG")), name).name == expected


def test_bounds_are_the_callers() -> None:
    data = saved("JPEG")
    for limits, reason in (
        (Limits(pixels=1000), Reason.TOO_MANY_PIXELS),
        (Limits(bytes=100), Reason.TOO_MANY_BYTES),
    ):
        with pytest.raises(RefusedError) as caught:
            clean_picture(io.BytesIO(data), "a.jpg", limits)
        assert caught.value.reason == reason


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
def test_size_carries_nothing_hidden(kind: str) -> None:
    for data in (loaded_jpeg(6), pictures.loaded_png()):
        (made,) = make_sizes(data, [Order((0, 0, 32, 32), (16, 16), kind)]).files
        assert (shown(made).size, hidden(made)) == ((16, 16), [])


def test_size_is_cut_where_it_is_asked_for() -> None:
    orders = [
        Order((0, 0, 24, 16), (12, 8), "png"),
        Order((24, 16, 48, 32), (12, 8), "png"),
        Order((0, 0, 48, 32), (24, 16), "jpeg"),
    ]
    red, white, whole = (shown(made) for made in make_sizes(saved("PNG"), orders).files)
    assert far(red, Image.new("RGB", (12, 8), (220, 20, 20))) < 3
    assert far(white, Image.new("RGB", (12, 8), (240, 240, 240))) < 3
    assert far(whole, drawing().resize((24, 16))) < 8


def test_colour_is_that_of_most_of_what_is_seen() -> None:
    red = Image.new("RGB", (300, 200), (220, 20, 20))
    red.paste((20, 20, 220), (0, 0, 90, 200))
    faded = red.convert("RGBA")
    faded.paste((20, 180, 20, 40), (0, 0, 300, 150))
    colours = [
        make_sizes(saved(*picture), [Order((0, 0, 90, 200), (9, 20), "jpeg")]).color
        for picture in (
            ("PNG", red),
            ("PNG", faded),
            ("PNG", Image.new("LA", (9, 20), (200, 255))),
            ("PNG", Image.new("RGBA", (90, 200), (220, 20, 20, 0))),
        )
    ]
    assert colours == ["#dc1414", "#dc1414", "#c8c8c8", ""]


@pytest.mark.parametrize("data", [loaded_jpeg(), pictures.loaded_png(), saved("GIF", comment=SECRET)])
def test_stripping_leaves_the_picture(data: bytes) -> None:
    assert hidden(strip_picture(data)) == []
    assert shown(strip_picture(data)).tobytes() == shown(data).tobytes()


def test_work_apart_is_the_same_and_is_ended_in_time() -> None:
    data = loaded_jpeg(6)
    assert clean_isolated(io.BytesIO(data), "a.jpg", Limits(), timeout=30) == clean_picture(io.BytesIO(data), "a.jpg")
    with pytest.raises(RefusedError) as caught:
        clean_isolated(io.BytesIO(pictures.png_bomb()), "a.png", Limits(), timeout=30)
    assert caught.value.reason == Reason.TOO_MANY_PIXELS
    slow = saved("PNG", Image.new("RGB", (6000, 6000)), compress_level=1)
    with pytest.raises(RefusedError) as caught:
        clean_isolated(io.BytesIO(slow), "a.png", Limits(), timeout=0.02)
    assert caught.value.reason == Reason.TOO_HEAVY
    assert clean_isolated(io.BytesIO(data), "a.jpg", Limits(), timeout=30).kind == "jpeg"  # another child took over


def test_child_knows_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "tajne")
    with children.child(fresh=True) as child:
        child.ask({"act": "clean", "name": "a.jpg", "limits": asdict(Limits())}, loaded_jpeg(), 30)
        known = Path(f"/proc/{child.process.pid}/environ")
        if not known.exists():
            pytest.skip("only Linux tells what a process knows")
        assert {each.partition("=")[0] for each in known.read_text().split("\0") if each} <= {
            *PASSED_ON,
            "MALLOC_ARENA_MAX",
        }


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows knows no such priorities")
def test_work_apart_steps_back_for_the_site() -> None:
    with children.child(fresh=True) as child:
        child.ask({"act": "clean", "name": "a.jpg", "limits": asdict(Limits())}, loaded_jpeg(), 30)
        assert os.getpriority(os.PRIO_PROCESS, child.process.pid) > os.getpriority(os.PRIO_PROCESS, 0)
