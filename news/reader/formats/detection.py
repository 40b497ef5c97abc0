"""Which reader a file needs, by its content first and its name second; what is no text is refused here."""

from __future__ import annotations

import re
from pathlib import PurePath

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.extracted import LARGEST_FILE, LARGEST_TEXT, MB, Extracted

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"8BPS")
_PICTURE_NAMES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".heif", ".tif", ".tiff", ".bmp", ".svg", ".avif"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<!doctype html|<html|<body|<table|<p[ >]|<div[ >]|<br ?/?>|<h[1-6][ >]|<ul[ >]", re.IGNORECASE)
_HEADERS = re.compile(
    rb"\A(?:(?:From|To|Cc|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Delivered-To|Content-[\w-]+|X-[\w-]+|DKIM-Signature|Reply-To|Sender|ARC-[\w-]+|Authentication-Results):[^\n]*\n(?:[ \t][^\n]*\n){0,60}){3,}",
    re.IGNORECASE,
)


def extract(data: bytes, name: str) -> Extracted:
    """Return the text of a file. Raises ``ReadError`` for what cannot or must not be read."""
    kind = kind_of(data, name)
    if kind == "pdf":
        from wagtail_newsroom.news.reader.formats.pdf import extract_pdf

        return extract_pdf(data)
    if kind == "archive":
        from wagtail_newsroom.news.reader.formats.archives import extract_archive

        return extract_archive(data)
    if kind == "eml":
        from wagtail_newsroom.news.reader.formats.eml import extract_eml

        return extract_eml(data)
    if kind == "html":
        from wagtail_newsroom.news.reader.formats.html import extract_html

        return extract_html(decode(data))
    return Extracted(decode(data))


def kind_of(data: bytes, name: str, *, largest_text: int = LARGEST_TEXT) -> str:
    """Tell what a file is: ``pdf``, ``archive`` (.docx, .odt), ``eml``, ``html`` or ``text``.

    ``largest_text``: bytes that a file of text may have. Raises ``ReadError`` for what cannot or must not be read.
    """
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise ReadError("empty")
    if len(data) > LARGEST_FILE:
        raise ReadError("too_large", size=len(data) // MB, limit=LARGEST_FILE // MB)
    if (
        data.startswith(_PICTURES)
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or data[4:8] == b"ftyp"
        or (suffix in _PICTURE_NAMES and not data.startswith(b"%PDF"))
    ):
        raise ReadError("picture")
    if data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "archive"
    if data.startswith(_OLE):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data[: 4 * MB]:
            raise ReadError("protected")
        raise ReadError("unsupported", kind=suffix.lstrip(".").upper() or "DOC")
    if data.startswith(b"{\\rtf"):
        raise ReadError("unsupported", kind="RTF")
    if len(data) > largest_text:
        raise ReadError("too_large", size=len(data) // MB, limit=largest_text // MB)
    if suffix == ".eml" or _HEADERS.match(data[:20_000].replace(b"\r\n", b"\n")):
        return "eml"
    return "html" if suffix in {".htm", ".html", ".xhtml"} or _HTML.search(data[:4000]) else "text"


_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w-]{3,20})", re.IGNORECASE)


def decode(data: bytes) -> str:
    """Decode text: by its byte-order mark, as UTF-8, by what its HTML says, else as the likelier of CP1250 and ISO 8859-2."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(codec, errors="replace")
    if b"\x00" in data[:100_000]:
        raise ReadError("not_text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(data[:3000])
    codecs = [named[1].decode("ascii")] if named and named[1].lower() not in {b"utf-8", b"utf8"} else []
    readings = []
    for codec in [*codecs, "cp1250", "iso8859-2"]:
        try:
            text = data.decode(codec, errors="replace")
        except LookupError:
            continue
        polish = len(re.findall("[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]", text))
        strange = len(re.findall("[\x80-\x9f\ufffd¶¼±¦¬]", text))
        readings.append((polish - 3 * strange, text))
    best, text = max(readings, key=lambda reading: reading[0])
    if best < -len(text) * 0.02:
        raise ReadError("not_text")
    return text
