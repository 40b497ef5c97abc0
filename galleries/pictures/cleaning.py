"""From the bytes of an upload to a picture that may be published: upright, of a known kind, without hidden data."""

import hashlib
import re
from pathlib import PurePosixPath
from typing import IO

from wagtail_newsroom.galleries.pictures import containers, pixels
from wagtail_newsroom.galleries.pictures.jpeg import read_jpeg
from wagtail_newsroom.galleries.pictures.kinds import kind_of
from wagtail_newsroom.galleries.pictures.metadata import read_facts, read_orientation
from wagtail_newsroom.galleries.pictures.results import (
    CleanPicture,
    Facts,
    Limits,
    Reason,
    RefusedError,
    check_animation,
    check_pixels,
)

EXTENSIONS = {"jpeg": ".jpg", "png": ".png", "gif": ".gif", "webp": ".webp", "avif": ".avif"}
SAME_EXTENSION = {"jpeg": {".jpg", ".jpeg"}}
READERS = {"png": containers.read_png, "webp": containers.read_webp, "gif": containers.read_gif}


def clean_picture(stream: IO[bytes], name: str, limits: Limits | None = None) -> CleanPicture:
    """Make the picture in ``stream`` (a seekable binary file, read from its start) safe to publish.

    JPEG, PNG, WebP and GIF lose their hidden data chunk by chunk, their pixels untouched; they are written anew only to
    be turned upright, or brought to eight bits of RGB or grey. AVIF is always written anew, and so is HEIC, as JPEG
    (WebP where it has transparent parts). Raises :class:`RefusedError`.
    """
    limits = limits or Limits()
    stream.seek(0)
    data = stream.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        stream.seek(0, 2)
        raise RefusedError(Reason.TOO_MANY_BYTES, bytes=stream.tell())
    kind = kind_of(data)
    if kind == "jpeg":
        found = _clean_jpeg(data, limits)
    elif kind in READERS:
        found = _clean_chunks(data, kind, limits)
    else:
        found = _clean_boxes(data, kind, limits)
    content, kind, (width, height), facts, re_encoded = found
    return CleanPicture(
        content=content,
        name=named(name, kind),
        kind=kind,
        width=width,
        height=height,
        sha256=hashlib.sha256(data).hexdigest(),
        facts=facts,
        re_encoded=re_encoded,
    )


Cleaned = tuple[bytes, str, tuple[int, int], Facts, bool]


def named(name: str, kind: str) -> str:
    """The last part of ``name``, with the extension of ``kind``."""
    path = PurePosixPath(re.sub(r"[\x00-\x1f\x7f]", "", name.replace("\\", "/")) or "photo")
    if path.suffix.lower() in SAME_EXTENSION.get(kind, {EXTENSIONS[kind]}):
        return path.name
    return (path.stem.strip(". ") or "photo") + EXTENSIONS[kind]


def _clean_jpeg(data: bytes, limits: Limits) -> Cleaned:
    parts = read_jpeg(data)
    check_pixels(parts.width, parts.height, limits)
    facts = read_facts(exif=parts.exif, xmp=parts.xmp, photoshop=parts.photoshop)
    orientation = read_orientation(parts.exif)
    if orientation == 1 and parts.components in (1, 3):
        pixels.check_whole(parts.kept, "jpeg", limits)
        if parts.has_icc and not _icc_suits(parts.kept, limits):
            parts.drop_icc()
        return parts.kept, "jpeg", (parts.width, parts.height), facts, False
    with pixels.opened(parts.kept, "jpeg", limits) as image:
        was_cmyk = image.mode not in ("L", "RGB")
        how = {} if was_cmyk else pixels.same_jpeg(image, orientation)
        image.load()
        known, profile = pixels.as_browsers_know(image)
        turned = pixels.upright(known, orientation)
        return pixels.write(turned, "jpeg", profile, **how), "jpeg", turned.size, facts, True


def _icc_suits(data: bytes, limits: Limits) -> bool:
    with pixels.opened(data, "jpeg", limits) as image:
        return pixels.profile_suits(image.info.get("icc_profile") or b"", image.mode)


def _clean_chunks(data: bytes, kind: str, limits: Limits) -> Cleaned:
    parts = READERS[kind](data)
    check_pixels(parts.width, parts.height, limits)
    check_animation(parts.frames, parts.seconds, parts.loops, parts.width * parts.height, limits)
    facts = read_facts(exif=parts.exif, xmp=parts.xmp, texts=parts.texts)
    orientation = read_orientation(parts.exif)
    if parts.frames > 1 or (orientation == 1 and parts.depth <= 8):
        pixels.check_whole(parts.kept, kind, limits, frames=parts.frames)
        return parts.kept, kind, (parts.width, parts.height), facts, False
    with pixels.opened(parts.kept, kind, limits) as image:
        image.load()
        known, profile = pixels.as_browsers_know(image)
        turned = pixels.upright(known, orientation)
        return pixels.write(turned, kind, profile), kind, turned.size, facts, True


def _clean_boxes(data: bytes, kind: str, limits: Limits) -> Cleaned:
    """AVIF and HEIC. Their decoders turn the picture themselves, so what EXIF says of it is not asked again."""
    with pixels.opened(data, kind, limits) as image:
        if kind == "avif" and getattr(image, "n_frames", 1) > 1:
            raise RefusedError(Reason.ENDLESS)
        exif, xmp = image.info.get("exif") or b"", image.info.get("xmp") or b""
        orientation = read_orientation(exif) if kind == "avif" else 1
        image.load()
        facts = read_facts(exif=exif, xmp=xmp)
        known, profile = pixels.as_browsers_know(image)
        turned = pixels.upright(known, orientation)
        if kind == "avif":
            return pixels.write(turned, "avif", profile), "avif", turned.size, facts, True
        target = "webp" if _is_transparent(turned) and max(turned.size) < 16384 else "jpeg"
        return pixels.write(turned, target, profile), target, turned.size, facts, True


def _is_transparent(image: pixels.Image.Image) -> bool:
    # One channel has one pair of extrema.
    return image.mode in pixels.WITH_ALPHA and image.getchannel("A").getextrema()[0] < 255  # type: ignore[operator]
