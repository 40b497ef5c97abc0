"""A size of a picture without hidden data, whatever made it."""

from wagtail_newsroom.galleries.pictures import containers
from wagtail_newsroom.galleries.pictures.jpeg import read_jpeg
from wagtail_newsroom.galleries.pictures.kinds import kind_of
from wagtail_newsroom.galleries.pictures.results import RefusedError


def strip_picture(data: bytes) -> bytes:
    """``data`` without metadata where it is a JPEG, PNG, WebP or GIF; as it is where it is anything else."""
    try:
        kind = kind_of(data)
        if kind == "jpeg":
            return read_jpeg(data).kept
        if kind == "png":
            return containers.read_png(data).kept
        if kind == "webp":
            return containers.read_webp(data).kept
        return containers.read_gif(data).kept if kind == "gif" else data
    except RefusedError:
        return data
