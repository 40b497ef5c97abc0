"""JPEG and PNG that are offered as files: what they really are, how large, and where they say they were taken (in the child)."""

from __future__ import annotations

import zipfile
from typing import IO

from wagtail_newsroom.news.documents.report import Report

MOST_PIXELS = 64_000_000
_FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png"}
_GPS = 0x8825
_ARTIST = 0x013B


def inspect_picture(stream: IO[bytes], report: Report) -> None:
    """Fill ``report`` from the head of a picture; nothing is decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # we say ourselves what is too large, before anything is decoded
    with Image.open(stream, formats=("JPEG", "PNG")) as picture:
        report.extension = _FORMATS[picture.format or ""]
        if picture.width * picture.height > MOST_PIXELS:
            report.danger("picture_too_large")
            return
        if report.extension == "png" and getattr(picture, "n_frames", 1) > 1:
            report.danger("active_content")
        facts = picture.getexif()
        if facts.get_ifd(_GPS):
            report.hide("place")
        if author := str(facts.get(_ARTIST) or "").strip("\0 "):
            report.hide("author", author)
    stream.seek(0)
    if zipfile.is_zipfile(stream):
        report.danger("polyglot")
    report.finding("picture")
    report.checked = True
