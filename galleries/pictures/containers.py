"""PNG, WebP and GIF, chunk by chunk: what shows is kept, the rest is left out. No pixel is touched."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from wagtail_newsroom.galleries.pictures.results import Reason, RefusedError

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"sBIT", b"bKGD", b"pHYs"}  # fmt: skip
PNG_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"}
WEBP_EXIF_FLAG, WEBP_XMP_FLAG, WEBP_ICC_FLAG = 0x08, 0x04, 0x20
XMP_KEYWORD = b"XML:com.adobe.xmp\0"
TEXT_LIMIT = 1024 * 1024
FOREVER = 0


@dataclass
class Chunks:
    """A file taken apart. ``kept``: the same picture without anything else. ``seconds``: one run of an animation;
    ``loops``: how often it runs, 0 for ever; ``depth``: bits of a channel."""

    width: int = 0
    height: int = 0
    depth: int = 8
    frames: int = 1
    seconds: float = 0.0
    loops: int = 1
    exif: bytes = b""
    xmp: bytes = b""
    texts: dict[str, str] = field(default_factory=dict)
    kept: bytes = b""


def read_png(data: bytes) -> Chunks:
    """Take a PNG apart. Of an animated one (APNG) the still picture in it is kept."""
    parts, pieces, at = Chunks(), [PNG_START], len(PNG_START)
    while True:
        if at + 12 > len(data):
            raise RefusedError(Reason.TRUNCATED)
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise RefusedError(Reason.TRUNCATED)
        payload = data[at + 8 : end - 4]
        if kind == b"IHDR" and length >= 13:
            parts.width, parts.height, parts.depth = struct.unpack_from(">IIB", payload)
        elif kind == b"eXIf":
            parts.exif = payload
        elif kind in PNG_TEXTS:
            _read_text(parts, kind, payload)
        if kind in PNG_KEPT:
            pieces.append(data[at:end])
        at = end
        if kind == b"IEND":
            parts.kept = b"".join(pieces)
            return parts


def _read_text(parts: Chunks, kind: bytes, payload: bytes) -> None:
    """Texts of a PNG that may name its author. An unreadable one says nothing."""
    keyword, _, rest = payload.partition(b"\0")
    try:
        if kind == b"tEXt":
            text = rest.decode("latin-1")
        elif kind == b"zTXt":
            text = _inflated(rest[1:]).decode("latin-1")
        else:
            compressed, _method, rest = rest[0], rest[1], rest[2:]
            _language, _, rest = rest.partition(b"\0")
            _translated, _, rest = rest.partition(b"\0")
            text = (_inflated(rest) if compressed else rest).decode("utf-8")
    except (zlib.error, UnicodeDecodeError, IndexError):
        return
    if keyword == XMP_KEYWORD[:-1]:
        parts.xmp = text.encode()
    else:
        parts.texts[keyword.decode("latin-1")] = text


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, TEXT_LIMIT)


def read_webp(data: bytes) -> Chunks:
    """Take a WebP apart."""
    size = int.from_bytes(data[4:8], "little") + 8
    if size > len(data):
        raise RefusedError(Reason.TRUNCATED)
    parts, pieces, at = Chunks(frames=0), [], 12
    while at + 8 <= size:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if at + 8 + length > size:
            raise RefusedError(Reason.TRUNCATED)
        chunk, payload = data[at:end], data[at + 8 : at + 8 + length]
        if kind == b"VP8X" and length >= 10:
            parts.width = int.from_bytes(payload[4:7], "little") + 1
            parts.height = int.from_bytes(payload[7:10], "little") + 1
            flags = payload[0] & ~(WEBP_EXIF_FLAG | WEBP_XMP_FLAG)
            chunk = chunk[:8] + bytes((flags,)) + chunk[9:]
        elif kind in (b"VP8 ", b"VP8L"):
            parts.frames += 1
            if not parts.width:
                parts.width, parts.height = _webp_size(kind, payload)
        elif kind == b"ANIM" and length >= 6:
            parts.loops = int.from_bytes(payload[4:6], "little")
        elif kind == b"ANMF" and length >= 16:
            parts.frames += 1
            parts.seconds += int.from_bytes(payload[12:15], "little") / 1000
        elif kind == b"EXIF":
            parts.exif = payload
        elif kind == b"XMP ":
            parts.xmp = payload
        if kind in WEBP_KEPT:
            pieces.append(chunk if len(chunk) == end - at else chunk + b"\0")
        at = end
    if not parts.frames:
        raise RefusedError(Reason.BROKEN)
    body = b"WEBP" + b"".join(pieces)
    parts.kept = b"RIFF" + len(body).to_bytes(4, "little") + body
    return parts


def _webp_size(kind: bytes, payload: bytes) -> tuple[int, int]:
    if kind == b"VP8 " and payload[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", payload, 6)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and payload[:1] == b"\x2f" and len(payload) >= 5:
        bits = int.from_bytes(payload[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise RefusedError(Reason.BROKEN)


def read_gif(data: bytes) -> Chunks:
    """Take a GIF apart."""
    if len(data) < 13:
        raise RefusedError(Reason.TRUNCATED)
    parts = Chunks(frames=0)
    parts.width, parts.height = struct.unpack_from("<HH", data, 6)
    at = 13 + _colour_table(data[10])
    pieces = [data[:at]]
    while True:
        block = data[at : at + 1]
        if block == b";":
            parts.kept = b"".join([*pieces, b";"])
            return parts
        if block == b",":
            if at + 10 > len(data):
                raise RefusedError(Reason.TRUNCATED)
            end = _after_blocks(data, at + 10 + _colour_table(data[at + 9]) + 1)
            parts.frames += 1
            pieces.append(data[at:end])
        elif block == b"!":
            end = _after_blocks(data, at + 2)
            label, extension = data[at + 1 : at + 2], data[at:end]
            if label == b"\xf9" and len(extension) >= 8:
                parts.seconds += int.from_bytes(extension[4:6], "little") / 100
                pieces.append(extension)
            elif label == b"\xff" and extension[3:14] in (b"NETSCAPE2.0", b"ANIMEXTS1.0") and len(extension) >= 19:
                repeats = int.from_bytes(extension[16:18], "little")
                parts.loops = FOREVER if repeats == 0 else repeats + 1
                pieces.append(extension)
        else:
            raise RefusedError(Reason.BROKEN if block else Reason.TRUNCATED)
        at = end


def _colour_table(flags: int) -> int:
    """Bytes of the colour table that ``flags`` announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    """Position behind a chain of data blocks."""
    for length in _lengths(data, at):
        at += 1 + length
    return at


def _lengths(data: bytes, at: int) -> Iterator[int]:
    while True:
        if at >= len(data):
            raise RefusedError(Reason.TRUNCATED)
        length = data[at]
        yield length
        if not length:
            return
        at += 1 + length
