"""What a file is, by its first bytes; its name and what the browser says of it count for nothing."""

import re

from wagtail_newsroom.galleries.pictures.results import Reason, RefusedError

HEAD = 512
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}
AVIF_BRANDS = {b"avif", b"avis"}

# Pictures that are not taken in, and what a wrong choice in a file dialog brings most often.
OTHER_PICTURES = (
    (re.compile(rb"II\*\0|MM\0\*|II\x2b\0|MM\0\x2b"), "TIFF"),
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), "BMP"),
    (re.compile(rb"8BPS\0"), "PSD"),
    (re.compile(rb"\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51"), "JPEG 2000"),
    (re.compile(rb"\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n"), "JPEG XL"),
    (re.compile(rb"\0\0\x01\0"), "ICO"),
    (re.compile(rb"(?i)\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg\b", re.DOTALL), "SVG"),
)
OTHER_FILES = (
    (re.compile(rb"(?i)\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|script|iframe|\w+[\s>/])", re.DOTALL), "HTML"),
    (re.compile(rb"\s*<\?xml"), "XML"),
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"PK\x03\x04|PK\x05\x06"), "ZIP"),
    (re.compile(rb"MZ|\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|#!"), "program"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf"), "document"),
    (re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI ", re.DOTALL), "film"),
)


def kind_of(data: bytes) -> str:
    """``jpeg``, ``png``, ``gif``, ``webp``, ``avif`` or ``heic``; refuses everything else and says what it seems to be."""
    if not data:
        raise RefusedError(Reason.EMPTY)
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and (kind := _kind_of_boxes(data)):
        return kind
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    for pattern, name in OTHER_PICTURES:
        if pattern.match(head):
            raise RefusedError(Reason.KIND_NOT_ALLOWED, found=name)
    for pattern, name in OTHER_FILES:
        if pattern.match(head):
            raise RefusedError(Reason.NOT_A_PICTURE, found=name)
    raise RefusedError(Reason.NOT_A_PICTURE, found="")


def _kind_of_boxes(data: bytes) -> str:
    size = min(int.from_bytes(data[:4], "big"), HEAD)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, size, 4))]
    if AVIF_BRANDS.intersection(brands):
        return "avif"
    return "heic" if HEIC_BRANDS.intersection(brands) else ""
