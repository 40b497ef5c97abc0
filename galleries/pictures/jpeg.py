"""JPEG files, segment by segment (ITU T.81, annex B): what shows is kept, the rest is left out. No pixel is touched."""

import re
from dataclasses import dataclass, field

from wagtail_newsroom.galleries.pictures.results import Reason, RefusedError

# The next marker in a scan: not a stuffed zero, not a restart.
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
SCANS = 200  # a progressive file of a camera has about ten; thousands are made to keep a reader busy
EXIF, XMP, ICC, PHOTOSHOP = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0", b"ICC_PROFILE\0", b"Photoshop 3.0\0"
START, END, SCAN, APP0, APP1, APP2, APP13, APP14, COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE
FRAMES = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}
UNREADABLE_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF}


@dataclass
class JpegParts:
    """A JPEG taken apart. ``kept``: the same picture without anything else; lengths in pixels, ``precision`` in bits."""

    width: int = 0
    height: int = 0
    components: int = 0
    precision: int = 8
    exif: bytes = b""
    xmp: bytes = b""
    photoshop: bytes = b""
    has_icc: bool = False
    pieces: list[bytes] = field(default_factory=list)

    @property
    def kept(self) -> bytes:
        return b"".join(self.pieces)

    def drop_icc(self) -> None:
        """Leave a colour profile out that nobody can read."""
        self.pieces = [piece for piece in self.pieces if piece[4:16] != ICC]
        self.has_icc = False


def read_jpeg(data: bytes) -> JpegParts:
    """Take a JPEG apart. Refuses what ends too early or holds no picture. What stands behind its end is left out."""
    parts = JpegParts(pieces=[bytes((0xFF, START))])
    at, scans = 2, 0
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data):
            raise RefusedError(Reason.TRUNCATED)
        if data[at] != 0xFF:
            raise RefusedError(Reason.BROKEN)
        marker = data[at + 1]
        if marker == END:
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
            continue
        if at + 4 > len(data):
            raise RefusedError(Reason.TRUNCATED)
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise RefusedError(Reason.TRUNCATED if end > len(data) else Reason.BROKEN)
        _take(parts, marker, data[at:end])
        at = end
        if marker == SCAN:
            scans += 1
            found = NEXT_MARKER.search(data, at)
            if scans > SCANS or not found:
                raise RefusedError(Reason.BROKEN if found else Reason.TRUNCATED)
            parts.pieces.append(data[at : found.start()])
            at = found.end() - 2
    if not scans or not parts.components:
        raise RefusedError(Reason.BROKEN)
    parts.pieces.append(bytes((0xFF, END)))
    return parts


def _take(parts: JpegParts, marker: int, segment: bytes) -> None:
    payload = segment[4:]
    if marker in UNREADABLE_FRAMES:
        raise RefusedError(Reason.BROKEN)
    if marker in FRAMES and len(payload) >= 6:
        parts.precision = payload[0]
        parts.height = int.from_bytes(payload[1:3], "big")
        parts.width = int.from_bytes(payload[3:5], "big")
        parts.components = payload[5]
    if marker == APP0 and payload[:5] == b"JFIF\0" and len(payload) >= 14:
        # Its density stays, its thumbnail goes.
        parts.pieces.append(b"\xff\xe0\0\x10" + payload[:12] + b"\0\0")
    elif marker == APP14 and payload[:5] == b"Adobe":
        parts.pieces.append(b"\xff\xee\0\x0e" + payload[:12].ljust(12, b"\0"))
    elif marker == APP2 and payload[:12] == ICC:
        parts.has_icc = True
        parts.pieces.append(segment)
    elif marker == APP1 and payload.startswith(EXIF):
        parts.exif = parts.exif or payload
    elif marker == APP1 and payload.startswith(XMP):
        parts.xmp = parts.xmp or payload[len(XMP) :]
    elif marker == APP13 and payload.startswith(PHOTOSHOP):
        parts.photoshop += payload[len(PHOTOSHOP) :]
    elif not (APP0 <= marker <= 0xEF or marker == COMMENT):
        parts.pieces.append(segment)
