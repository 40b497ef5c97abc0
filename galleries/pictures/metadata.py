"""What a picture says about its author, its licence and its day: EXIF, IPTC and XMP, read before they are taken out."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from PIL import Image

from wagtail_newsroom.galleries.pictures.results import Facts

ORIENTATION, ARTIST, COPYRIGHT, CHANGED, XP_AUTHOR = 0x0112, 0x013B, 0x8298, 0x0132, 0x9C9D
EXIF_BLOCK, TAKEN = 0x8769, 0x9003
BY_LINE, DATE_CREATED, IPTC_CREDIT, COPYRIGHT_NOTICE = 80, 55, 110, 116
FIRST_PHOTO = dt.date(1826, 1, 1)
XMP_LIMIT = 1024 * 1024
CC_LICENCE = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/zero/(\d\.\d))", re.IGNORECASE
)
RDF, DC = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://purl.org/dc/elements/1.1/}"
RIGHTS, PHOTOSHOP = "{http://ns.adobe.com/xap/1.0/rights/}", "{http://ns.adobe.com/photoshop/1.0/}"
XMP_BASIC, XMP_EXIF, CC = (
    "{http://ns.adobe.com/xap/1.0/}",
    "{http://ns.adobe.com/exif/1.0/}",
    "{http://creativecommons.org/ns#}",
)


def read_orientation(exif: bytes) -> int:
    """How the picture has to be turned, 1 (not at all) to 8, as EXIF counts it."""
    value = _exif(exif).get(ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def read_facts(
    *, exif: bytes = b"", xmp: bytes = b"", photoshop: bytes = b"", texts: dict[str, str] | None = None
) -> Facts:
    """Author, licence and day. What photographers write (IPTC, XMP) goes before what a camera was once told (EXIF)."""
    said = dict(_iptc(photoshop))
    texts = texts or {}
    tags = _exif(exif)
    written = list(_xmp(xmp))
    days = tags.get_ifd(EXIF_BLOCK).get(TAKEN) if exif else None
    return Facts(
        credit=_first_line(
            [
                said.get(BY_LINE),
                *_of(written, "credit"),
                said.get(IPTC_CREDIT),
                tags.get(ARTIST),
                _utf16(tags.get(XP_AUTHOR)),
                texts.get("Author"),
            ],
            200,
        ),
        licence=_licence(
            [*_of(written, "licence"), said.get(COPYRIGHT_NOTICE), tags.get(COPYRIGHT), texts.get("Copyright")]
        ),
        taken_on=_first_day([days, said.get(DATE_CREATED), *_of(written, "day"), texts.get("Creation Time")]),
    )


def _exif(data: bytes) -> Image.Exif:
    exif = Image.Exif()
    if data:
        try:
            exif.load(data if data.startswith(b"Exif\0\0") else b"Exif\0\0" + data.removeprefix(b"Exif\0"))
            dict(exif), exif.get_ifd(EXIF_BLOCK)
        except Exception:  # noqa: BLE001  (whatever a made-up table of tags may do to its reader)
            return Image.Exif()
    return exif


def _iptc(photoshop: bytes) -> Iterator[tuple[int, str]]:
    """Records of IPTC-IIM in Photoshop's blocks (8BIM 0x0404)."""
    at = 0
    while photoshop[at : at + 4] == b"8BIM" and at + 12 <= len(photoshop):
        kind = int.from_bytes(photoshop[at + 4 : at + 6], "big")
        name = photoshop[at + 6] + 1
        at += 6 + name + name % 2
        length = int.from_bytes(photoshop[at : at + 4], "big")
        if kind == 0x0404:
            yield from _records(photoshop[at + 4 : at + 4 + length])
        at += 4 + length + length % 2


def _records(data: bytes) -> Iterator[tuple[int, str]]:
    at, known = 0, set()
    while at + 5 <= len(data) and data[at] == 0x1C:
        record, number = data[at + 1], data[at + 2]
        length = int.from_bytes(data[at + 3 : at + 5], "big")
        value = data[at + 5 : at + 5 + length]
        at += 5 + length
        if record == 2 and number not in known and length < 0x8000:
            known.add(number)
            yield number, _text(value)


def _xmp(data: bytes) -> Iterator[tuple[str, str]]:
    """What an XMP packet says, each with the field it is for."""
    if not data or len(data) > XMP_LIMIT:
        return
    begun, ended = data.find(b"<x:xmpmeta"), data.rfind(b">")
    if begun < 0:
        begun = max(data.find(b"<rdf:RDF"), 0)
    try:
        tree = ElementTree.fromstring(data[begun : ended + 1], forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return
    places = {
        f"{DC}creator": "credit", f"{PHOTOSHOP}Credit": "credit", f"{CC}license": "licence",
        f"{RIGHTS}WebStatement": "licence_link", f"{RIGHTS}UsageTerms": "licence", f"{DC}rights": "licence",
        f"{PHOTOSHOP}DateCreated": "day", f"{XMP_EXIF}DateTimeOriginal": "day", f"{XMP_BASIC}CreateDate": "day",
    }  # fmt: skip
    for element in tree.iter():
        for name, value in element.attrib.items():
            if name in places:
                yield places[name], value
        if element.tag in places:
            values = [item.text or "" for item in element.iter(f"{RDF}li")] or [element.text or ""]
            yield places[element.tag], element.get(f"{RDF}resource") or ", ".join(filter(None, values))


def _of(written: list[tuple[str, str]], name: str) -> list[str]:
    links = [
        value for known, value in written if name == "licence" and known == "licence_link" and CC_LICENCE.search(value)
    ]
    return [*links, *(value for known, value in written if known == name)]


def _text(value: object) -> str:
    """Text of whatever a tag holds. Cameras write UTF-8 where the standards want ASCII or nothing in particular."""
    if isinstance(value, tuple):
        value = ", ".join(str(part) for part in value)
    raw = value if isinstance(value, bytes) else str(value or "").encode("latin-1", "ignore")
    if isinstance(value, str) and any(ord(letter) > 255 for letter in value):
        return value
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1250", "replace")


def _utf16(value: object) -> str:
    raw = bytes(value) if isinstance(value, bytes | tuple) and all(isinstance(each, int) for each in value) else b""
    return raw.decode("utf-16-le", "ignore")


def _first_line(values: Iterable[object], length: int) -> str:
    """The first of ``values`` that says anything, on one line."""
    for value in values:
        visible = "".join(letter if letter.isprintable() else " " for letter in _text(value))
        if text := " ".join(visible.split()):
            return text[:length].rstrip()
    return ""


def _licence(values: list[object]) -> str:
    for value in values:
        if found := CC_LICENCE.search(_text(value)):
            name, version, zero = found.groups()
            return f"CC0 {zero}" if zero else f"CC {name.upper()} {version}"
    return _first_line(values, 120)


def _first_day(values: Iterable[object]) -> dt.date | None:
    for value in values:
        if found := re.match(r"\s*(\d{4})[:\-./]?(\d{2})[:\-./]?(\d{2})", _text(value)):
            try:
                day = dt.date(*(int(part) for part in found.groups()))
            except ValueError:
                continue
            if FIRST_PHOTO <= day <= dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1):
                return day
    return None
