"""Sizes of a picture: decoded once, scaled once for each size, written once for each format."""

from dataclasses import asdict, dataclass
from typing import Any

from PIL import Image

from wagtail_newsroom.galleries.pictures import pixels
from wagtail_newsroom.galleries.pictures.colors import dominant_color
from wagtail_newsroom.galleries.pictures.kinds import kind_of
from wagtail_newsroom.galleries.pictures.metadata import read_orientation
from wagtail_newsroom.galleries.pictures.results import Limits

# AV1's encoder works along the ten steps between careful (0) and quick (10). Measured on photos 1600 pixels wide: 8 needs a third of the time
# of 6 for files a few per cent larger; 9 and 10 gain little more and lose visibly.
AVIF_SPEED = 8
WEBP_METHOD = 3
PROFILE_LIMIT = 4096  # larger colour profiles would outweigh a small size; its colours become sRGB instead


@dataclass(frozen=True)
class Order:
    """One size to make. ``box``: what is cut out of the upright picture (left, top, right, bottom), in its pixels;
    ``size``: in pixels; ``kind``: jpeg, png, webp or avif."""

    box: tuple[int, int, int, int]
    size: tuple[int, int]
    kind: str
    quality: int = 80
    lossless: bool = False

    def as_data(self) -> dict[str, Any]:
        """What JSON can carry."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Order":
        return cls(**{**data, "box": tuple(data["box"]), "size": tuple(data["size"])})


@dataclass(frozen=True)
class Sizes:
    """What was made of a picture: ``files`` in the order in which they were ordered, and its dominant ``color``, as
    ``#rrggbb``; empty where it has none."""

    files: list[bytes]
    color: str


def make_sizes(data: bytes, orders: list[Order], limits: Limits | None = None) -> Sizes:
    """Make what is ordered of the picture ``data``. Raises :class:`RefusedError` for one that is broken.

    A JPEG is decoded to the smallest of 1/1, 1/2, 1/4, 1/8 that is large enough. No metadata gets into a size.
    """
    kind = kind_of(data)
    with pixels.opened(data, kind, limits or Limits()) as image:
        orientation = read_orientation(image.info.get("exif") or b"") if kind != "heic" else 1
        width, height = image.size
        if kind == "jpeg":
            scale = max(
                (max(order.size[0] / _width(order), order.size[1] / _height(order)) for order in orders), default=1
            )
            image.draft(None, (max(int(width * scale), 1), max(int(height * scale), 1)))
        image.load()
        known, profile = pixels.as_browsers_know(image)
    known = pixels.upright(known, orientation)
    if orientation in pixels.LIES_ON_ITS_SIDE:
        width, height = height, width
    scale_x, scale_y = known.width / width, known.height / height
    made: dict[tuple[Any, ...], tuple[Image.Image, bytes]] = {}
    written: dict[tuple[Any, ...], bytes] = {}
    results = []
    for order in orders:
        cut = (order.box, order.size)
        if cut not in made:
            made[cut] = _scaled(known, order, scale_x, scale_y, profile)
        key = (*cut, order.kind, order.quality, order.lossless)
        if key not in written:
            written[key] = _written(*made[cut], order)
        results.append(written[key])
    return Sizes(results, dominant_color(known, profile))


def _width(order: Order) -> int:
    return max(order.box[2] - order.box[0], 1)


def _height(order: Order) -> int:
    return max(order.box[3] - order.box[1], 1)


def _scaled(
    image: Image.Image, order: Order, scale_x: float, scale_y: float, profile: bytes
) -> tuple[Image.Image, bytes]:
    left, top, right, bottom = order.box
    box = (left * scale_x, top * scale_y, min(right * scale_x, image.width), min(bottom * scale_y, image.height))
    scaled = image
    if order.size != image.size or box != (0, 0, *image.size):
        scaled = image.resize(order.size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
    if len(profile) > PROFILE_LIMIT:
        return pixels.to_srgb(scaled, profile), b""
    return scaled, profile


def _written(image: Image.Image, profile: bytes, order: Order) -> bytes:
    if order.kind == "jpeg":
        return pixels.write(
            image, "jpeg", profile, quality=order.quality, subsampling=2, progressive=True, optimize=True
        )
    if order.kind == "webp":
        return pixels.write(image, "webp", profile, quality=order.quality, lossless=order.lossless, method=WEBP_METHOD)
    if order.kind == "avif":
        how: dict[str, Any] = {"quality": 100, "subsampling": "4:4:4"} if order.lossless else {"quality": order.quality}
        return pixels.write(image, "avif", profile, speed=AVIF_SPEED, max_threads=1, **how)
    return pixels.write(image, order.kind, profile, optimize=True)
