"""Pixels: decoding within bounds, turning upright, eight bits a channel, colours that browsers know; and writing anew."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageCms, JpegImagePlugin, UnidentifiedImageError

from wagtail_newsroom.galleries.pictures.results import Limits, Reason, RefusedError, check_pixels

PILLOW_NAMES = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF", "heic": "HEIF"}
# How EXIF's orientations are undone; 1 needs nothing.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LIES_ON_ITS_SIDE = {5, 6, 7, 8}
JPEG_QUALITY, WEBP_QUALITY, AVIF_QUALITY, AVIF_SPEED = 93, 92, 85, 8
WITH_ALPHA = {"RGBA", "LA", "PA", "RGBa", "La"}


@contextmanager
def opened(data: bytes, kind: str, limits: Limits) -> Iterator[Image.Image]:
    """Open ``data`` as ``kind`` and as nothing else. More pixels than allowed are refused before any is decoded."""
    if kind == "heic":
        _learn_heic()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=(PILLOW_NAMES[kind],)) as image:
                check_pixels(*image.size, limits)
                yield image
        except Image.DecompressionBombError as error:
            raise RefusedError(Reason.TOO_MANY_PIXELS, width=0, height=0) from error
        except MemoryError as error:
            raise RefusedError(Reason.TOO_HEAVY) from error
        except UnidentifiedImageError as error:
            raise RefusedError(Reason.BROKEN) from error
        except (OSError, SyntaxError, ValueError, EOFError, IndexError, RuntimeError, TypeError) as error:
            early = "truncated" in str(error) or "end of" in str(error).lower()
            raise RefusedError(Reason.TRUNCATED if early else Reason.BROKEN) from error


def _learn_heic() -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False, decode_threads=2)


def check_whole(data: bytes, kind: str, limits: Limits, *, frames: int = 1) -> None:
    """Decode the picture once and forget it. A JPEG is decoded to an eighth of its size: each of its bits is read all
    the same, and 100 megapixels need little memory."""
    with opened(data, kind, limits) as image:
        if kind == "jpeg":
            image.draft(None, (max(image.width // 8, 1), max(image.height // 8, 1)))
        for frame in range(frames):
            if frame:
                image.seek(frame)
            image.load()


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn ``image`` as its EXIF orientation asks."""
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def as_browsers_know(image: Image.Image) -> tuple[Image.Image, bytes]:
    """``image`` in eight bits of grey or RGB, with transparency where it has any, and the colour profile that it keeps.

    CMYK becomes sRGB through its own profile.
    """
    profile = image.info.get("icc_profile") or b""
    if image.mode in ("CMYK", "YCCK", "LAB", "HSV"):
        return to_srgb(image, profile), b""
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bits(image)
    elif image.mode in ("P", "PA", "1"):
        has_alpha = image.mode == "PA" or "transparency" in image.info
        image = image.convert("RGBA" if has_alpha else "RGB" if image.mode == "P" else "L")
    elif image.mode not in ("L", "LA", "RGB", "RGBA"):
        image = image.convert("RGBA" if image.mode in WITH_ALPHA else "RGB")
    elif "transparency" in image.info:
        image = image.convert("RGBA")
    return image, profile if profile_suits(profile, image.mode) else b""


def _eight_bits(image: Image.Image) -> Image.Image:
    wide = image.convert("I")
    return wide.point(lambda value: value * (1 / 256)).convert("L")


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """``image`` in sRGB, its colours read with ``profile`` where that can be done. Transparency stays."""
    mode = "RGBA" if image.mode in WITH_ALPHA else "RGB"
    if profile and profile_suits(profile, image.mode):
        try:
            converted = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted is not None:
            return converted
    return image.convert(mode)


def profile_suits(profile: bytes, mode: str) -> bool:
    """Whether a colour profile can be read, and is for pictures of this mode."""
    if not profile:
        return False
    try:
        space = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.xcolor_space.strip()
    except (OSError, ImageCms.PyCMSError):
        return False
    return space == {"L": "GRAY", "LA": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}.get(mode, "RGB")


def write(image: Image.Image, kind: str, profile: bytes, **how: Any) -> bytes:
    """Write ``image`` anew as ``kind``, with a colour profile (or ``b""``) and nothing else beside the pixels."""
    plain = image.copy()
    plain.info = {}
    if kind == "jpeg" and plain.mode not in ("L", "RGB"):
        plain = on_white(plain)
    out = io.BytesIO()
    if kind == "jpeg":
        how = {"quality": JPEG_QUALITY, "subsampling": 0, "optimize": plain.width * plain.height < 4_000_000, **how}
    elif kind == "webp":
        how = {"quality": WEBP_QUALITY, "method": 4, **how}
    elif kind == "avif":
        how = {"quality": AVIF_QUALITY, "speed": AVIF_SPEED, **how}
    if profile:
        how["icc_profile"] = profile
    plain.save(out, PILLOW_NAMES[kind], **how)
    return out.getvalue()


def on_white(image: Image.Image) -> Image.Image:
    """``image`` without transparency, on white."""
    if image.mode not in WITH_ALPHA:
        return image.convert("RGB")
    coloured = image.convert("RGBA")
    ground = Image.new("RGBA", coloured.size, (255, 255, 255, 255))
    ground.alpha_composite(coloured)
    return ground.convert("RGB")


def same_jpeg(image: Any, orientation: int) -> dict[str, Any]:
    """How to write a turned JPEG with the fineness it came with: its own tables, turned along, so that nothing shows."""
    tables = getattr(image, "quantization", None)
    sampling = JpegImagePlugin.get_sampling(image)
    if not tables:
        return {}
    turned = orientation in LIES_ON_ITS_SIDE
    ours = [[table[8 * (n % 8) + n // 8] for n in range(64)] if turned else list(table) for table in tables.values()]
    # 4:2:2 lying on its side would be 4:4:0, which Pillow does not write: its colours are kept whole instead.
    return {"qtables": ours[:2], "subsampling": sampling if sampling == 2 and len(ours) > 1 else 0, "quality": -1}
