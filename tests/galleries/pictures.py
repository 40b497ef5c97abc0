"""Odd, hostile and benign pictures, made here byte by byte, each with the verdict that it deserves."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms
from pillow_heif import register_heif_opener

from wagtail_newsroom.galleries.pictures import Reason

SECRET = "zqtajne"  # stands in every hidden place; may not come out anywhere
AUTHOR, LICENCE = f"Anna {SECRET}ska", "CC BY 4.0"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:r="http://ns.adobe.com/xap/1.0/rights/" '
    'r:WebStatement="https://creativecommons.org/licenses/by/4.0/"><dc:creator><rdf:Seq><rdf:li>'
    f"{AUTHOR}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


def drawing(size: tuple[int, int] = (48, 32), mode: str = "RGB") -> Image.Image:
    """A picture with four different corners, so that a turn shows: red, green, blue, white from the top left."""
    image = Image.new("RGB", size)
    half = (size[0] // 2, size[1] // 2)
    for place, colour in {
        (0, 0): (220, 20, 20),
        (half[0], 0): (20, 180, 20),
        (0, half[1]): (20, 20, 220),
        half: (240, 240, 240),
    }.items():
        image.paste(colour, (*place, place[0] + half[0], place[1] + half[1]))
    return image.convert(mode)


def saved(kind: str, image: Image.Image | None = None, **how: Any) -> bytes:
    out = io.BytesIO()
    (image or drawing()).save(out, kind, **how)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112], tags[0x010F], tags[0x010E] = orientation, f"Maker {SECRET}", SECRET
    tags[0x013B], tags[0x8298] = AUTHOR, "https://creativecommons.org/licenses/by/4.0/"
    tags.get_ifd(0x8769)[0x9003] = "2026:05:12 10:15:30"
    tags.get_ifd(0x8769)[0x927C] = SECRET.encode() * 4
    tags.get_ifd(0x8825).update({1: "N", 2: (52.0, 24.0, 30.0), 3: "E", 4: (16.0, 55.0, 10.0), 29: SECRET})
    return tags


def segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def iptc() -> bytes:
    records = b"".join(
        b"\x1c\x02" + bytes((number,)) + len(value).to_bytes(2, "big") + value
        for number, value in ((80, AUTHOR.encode()), (55, b"20260512"), (120, SECRET.encode()))
    )
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(records).to_bytes(4, "big") + records + b"\0" * (len(records) % 2)


def loaded_jpeg(orientation: int = 1) -> bytes:
    """A JPEG with every hidden thing: EXIF with GPS, maker's note, XMP, IPTC, comment, thumbnails, second images."""
    plain = saved("JPEG", exif=exif(orientation), icc_profile=SRGB, quality=92)
    hidden = [
        segment(0xE0, b"JFXX\0\x10" + SECRET.encode()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET.encode()),
        segment(0xE2, b"MPF\0" + SECRET.encode()),
        segment(0xED, iptc()),
        segment(0xEF, SECRET.encode()),
        segment(0xFE, SECRET.encode()),
    ]
    return plain[:2] + b"".join(hidden) + plain[2:] + saved("JPEG") + SECRET.encode()


def png_chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def png_bomb(side: int = 30_000) -> bytes:
    """900 megapixels in a few kilobytes."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 200_000, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (png_chunk(b"IHDR", head), png_chunk(b"IDAT", rows), png_chunk(b"IEND", b""))
    )


def loaded_png(**how: Any) -> bytes:
    plain = saved("PNG", exif=exif(), icc_profile=SRGB, **how)
    texts = (
        png_chunk(b"tEXt", b"Comment\0" + SECRET.encode())
        + png_chunk(b"zTXt", b"Author\0\0" + zlib.compress(AUTHOR.encode()))
        + png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)
        + png_chunk(b"tIME", bytes(7))
    )
    return plain[:33] + texts + plain[33:] + SECRET.encode()


def png_16() -> bytes:
    head = struct.pack(">IIBBBBB", 4, 4, 16, 2, 0, 0, 0)
    rows = b"".join(b"\0" + struct.pack(">HHH", 0xC8FF, 0x6400, 0x3280) * 4 for _row in range(4))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (png_chunk(b"IHDR", head), png_chunk(b"IDAT", zlib.compress(rows)), png_chunk(b"IEND", b""))
    )


def animation(kind: str, frames: int = 3, milliseconds: int = 200, **how: Any) -> bytes:
    """``loop=0`` runs for ever; a GIF without ``loop`` runs once, a WebP runs ``loop`` times."""
    pictures = [Image.new("RGB", (16, 12), (number * 37 % 256, 90, 120)) for number in range(frames)]
    return saved(kind, pictures[0], save_all=True, append_images=pictures[1:], duration=milliseconds, **how)


def heic(orientation: int = 1, mode: str = "RGB") -> bytes:
    register_heif_opener(thumbnails=False)
    return saved("HEIF", drawing((64, 48), mode), quality=90, exif=exif(orientation).tobytes())


def too_many_scans() -> bytes:
    whole = saved("JPEG", progressive=True)
    at = whole.rfind(b"\xff\xda")
    return whole[:at] + whole[at:-2] * 300 + b"\xff\xd9"


def huge_jpeg() -> bytes:
    """128 megapixels, said in the head alone."""
    whole = bytearray(saved("JPEG"))
    at = whole.find(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", 10_000, 12_800)
    return bytes(whole)


def bad_profile() -> bytes:
    return saved("JPEG", icc_profile=b"no profile at all" * 20)


@dataclass(frozen=True)
class Case:
    """One picture. ``kind``: what it is kept as; ``reason``: why it is refused; one of the two."""

    name: str
    make: Callable[[], bytes]
    kind: str = ""
    reason: Reason | None = None
    tells: bool = False  # its author, licence and day

    def __str__(self) -> str:
        return self.name


CASES = [
    Case("plain.jpg", lambda: saved("JPEG"), "jpeg"),
    Case("grey.jpg", lambda: saved("JPEG", drawing(mode="L")), "jpeg"),
    Case("progressive.jpg", lambda: saved("JPEG", progressive=True), "jpeg"),
    Case("cmyk.jpg", lambda: saved("JPEG", drawing(mode="CMYK")), "jpeg"),
    Case("everything-hidden.jpg", loaded_jpeg, "jpeg", tells=True),
    Case("on-its-side.jpg", lambda: loaded_jpeg(6), "jpeg", tells=True),
    Case("iptc-only.jpg", lambda: saved("JPEG")[:2] + segment(0xED, iptc()) + saved("JPEG")[2:], "jpeg"),
    Case("bad-profile.jpg", bad_profile, "jpeg"),
    Case("plain.png", lambda: saved("PNG"), "png"),
    Case("everything-hidden.png", loaded_png, "png", tells=True),
    Case("palette.png", lambda: saved("PNG", drawing(mode="P")), "png"),
    Case("transparent.png", lambda: saved("PNG", drawing(mode="RGBA")), "png"),
    Case("sixteen-bits.png", png_16, "png"),
    Case("moving.png", lambda: animation("PNG", loop=0), "png"),
    Case("lossy.webp", lambda: saved("WEBP", exif=exif(), xmp=XMP, icc_profile=SRGB), "webp", tells=True),
    Case("lossless.webp", lambda: saved("WEBP", lossless=True), "webp"),
    Case("short.webp", lambda: animation("WEBP", loop=1), "webp"),
    Case("still.gif", lambda: saved("GIF", comment=SECRET), "gif"),
    Case("short.gif", lambda: animation("GIF", comment=SECRET), "gif"),
    Case("plain.avif", lambda: saved("AVIF", exif=exif(), xmp=XMP), "avif", tells=True),
    Case("telephone.heic", heic, "jpeg", tells=True),
    Case("transparent.heic", lambda: heic(mode="RGBA"), "jpeg", tells=True),
    Case("really-a-png.jpg", lambda: saved("PNG"), "png"),
    Case("bomb.png", png_bomb, reason=Reason.TOO_MANY_PIXELS),
    Case("bomb.jpg", huge_jpeg, reason=Reason.TOO_MANY_PIXELS),
    Case("endless.gif", lambda: animation("GIF", loop=0), reason=Reason.ENDLESS),
    Case("endless.webp", lambda: animation("WEBP", loop=0), reason=Reason.ENDLESS),
    Case("endless.avif", lambda: animation("AVIF"), reason=Reason.ENDLESS),
    Case("long.gif", lambda: animation("GIF", 30, 500), reason=Reason.TOO_LONG),
    Case("many-frames.gif", lambda: animation("GIF", 300, 10), reason=Reason.TOO_LONG),
    Case("again-and-again.gif", lambda: animation("GIF", loop=20), reason=Reason.TOO_LONG),
    Case("half.jpg", lambda: saved("JPEG")[:-60], reason=Reason.TRUNCATED),
    Case("half.png", lambda: saved("PNG")[:-30], reason=Reason.TRUNCATED),
    Case("half.webp", lambda: saved("WEBP")[:-30], reason=Reason.TRUNCATED),
    Case("half.gif", lambda: saved("GIF")[:-30], reason=Reason.TRUNCATED),
    Case("half.heic", lambda: heic()[:-100], reason=Reason.BROKEN),
    Case("scans.jpg", too_many_scans, reason=Reason.BROKEN),
    Case("page.jpg", lambda: b"<!DOCTYPE html><script>alert(1)</script>", reason=Reason.NOT_A_PICTURE),
    Case("drawing.jpg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', reason=Reason.KIND_NOT_ALLOWED),
    Case("xml-drawing.svg", lambda: b'<?xml version="1.0"?>\n<svg/>', reason=Reason.KIND_NOT_ALLOWED),
    Case("program.jpg", lambda: b"MZ\x90\0" + bytes(200), reason=Reason.NOT_A_PICTURE),
    Case("paper.jpg", lambda: b"%PDF-1.7\n", reason=Reason.NOT_A_PICTURE),
    Case("archive.png", lambda: b"PK\x03\x04" + bytes(60), reason=Reason.NOT_A_PICTURE),
    Case("scan.tiff", lambda: saved("TIFF"), reason=Reason.KIND_NOT_ALLOWED),
    Case("old.bmp", lambda: saved("BMP"), reason=Reason.KIND_NOT_ALLOWED),
    Case("nothing.jpg", lambda: b"", reason=Reason.EMPTY),
    Case("noise.jpg", lambda: bytes(range(256)), reason=Reason.NOT_A_PICTURE),
    Case("head-alone.jpg", lambda: b"\xff\xd8\xff\xe0", reason=Reason.TRUNCATED),
]
GOOD = [case for case in CASES if case.kind]
BAD = [case for case in CASES if case.reason]
