"""The pictures of a text: collected with limits, recognised by their first bytes, never fetched from elsewhere."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import PurePath
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from wagtail_newsroom.news.reader.formats.extracted import MB
from wagtail_newsroom.news.reader.story.parts import FORMAT, MISSING, REMOTE, TOO_LARGE, TOO_MANY, Picture

LARGEST_PICTURE = 10 * MB
LARGEST_TOGETHER = 40 * MB
MOST_PICTURES = 40
LONGEST_ALT = 255

_HEADS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"))
_DATA = re.compile(r"""data:image/[a-z0-9.+-]{1,40}(?:;[a-z0-9=-]{1,40})*;base64,([A-Za-z0-9+/=%\s]*)""", re.IGNORECASE)
_MACHINE = re.compile(
    r"automatycznie|wygenerowan|automatically|generated|^(?:obraz|picture|image|grafika|graphic|zdjęcie|rysunek)\s*\d*$",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"^\S+\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|svg|emf|wmf)$", re.IGNORECASE)


def extension_of(data: bytes) -> str:
    """``jpg``, ``png``, ``gif``, ``webp`` or ``avif`` by the first bytes; empty for anything else."""
    for head, extension in _HEADS:
        if data.startswith(head):
            return extension
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "avif" if data[4:12] == b"ftypavif" else ""


def suggestion(alt: str) -> str:
    """The alternative text of a file as a suggestion; empty for a file name and for what a program made up."""
    alt = " ".join(alt.split())
    return "" if _MACHINE.search(alt) or _FILE_NAME.match(alt) else alt[:LONGEST_ALT]


class Album:
    """The pictures of one text. Those that are known stand in its HTML as ``picture:N``."""

    def __init__(self) -> None:
        self._kept: list[Picture] = []
        self._together = 0

    @property
    def is_full(self) -> bool:
        return len(self._kept) >= MOST_PICTURES or self._together >= LARGEST_TOGETHER

    def add(self, data: bytes, name: str = "") -> str:
        """Take a picture in and return the address under which the HTML names it."""
        number = len(self._kept)
        extension = extension_of(data)
        stem = (
            re.sub(r"[^\w.-]+", "-", PurePath(name.replace("\\", "/")).stem)[:60].strip("-.") or f"picture-{number + 1}"
        )
        trouble = ""
        if not extension:
            trouble = FORMAT if data else MISSING
        elif len(data) > LARGEST_PICTURE or self._together + len(data) > LARGEST_TOGETHER:
            trouble = TOO_LARGE
        elif number >= MOST_PICTURES:
            trouble = TOO_MANY
        self._together += 0 if trouble else len(data)
        shown = f"{stem}.{extension}" if extension else PurePath(name.replace("\\", "/")).name[:80] or stem
        self._kept.append(Picture(shown, b"" if trouble else data, trouble=trouble))
        return f"picture:{number}"

    def add_trouble(self, name: str, trouble: str) -> str:
        """Note a picture that stands in the text and cannot be had."""
        self._kept.append(Picture(name[:80] or f"picture-{len(self._kept) + 1}", trouble=trouble))
        return f"picture:{len(self._kept) - 1}"

    def take_data_addresses(self, html: str) -> str:
        """Move pictures that are written into the HTML itself (``data:``) into the album."""
        if "base64," not in html:
            return html
        return _DATA.sub(lambda found: self._add_written(found[1]), html)

    def _add_written(self, base64_text: str) -> str:
        if len(base64_text) > LARGEST_PICTURE * 3 // 2:
            return self.add_trouble("", TOO_LARGE)
        return self.add(_decoded(base64_text))

    def find(self, address: str, alt: str) -> Picture:
        """The picture under an address of the HTML: one of the album's, or the note that one stands elsewhere."""
        known = re.fullmatch(r"picture:(\d{1,4})", address)
        if known and int(known[1]) < len(self._kept):
            kept = self._kept[int(known[1])]
            return Picture(kept.name, kept.data, suggestion(alt), trouble=kept.trouble)
        try:
            parts = urlsplit(address.strip())
            is_remote = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            return Picture("", alt=suggestion(alt), trouble=MISSING)
        name = PurePath(unquote(parts.path).replace("\\", "/")).name[:80] if parts.scheme != "data" else ""
        trouble = REMOTE if is_remote else MISSING
        return Picture(name, alt=suggestion(alt), address=address.strip()[:500] if is_remote else "", trouble=trouble)


def _decoded(base64_text: str) -> bytes:
    try:
        plain = unquote_to_bytes(base64_text) if "%" in base64_text else base64_text.encode("ascii")
        return base64.b64decode(b"".join(plain.split()) + b"==", validate=False)
    except (binascii.Error, ValueError):
        return b""
