"""A size of a picture without hidden data, whatever made it."""

from galleries.pictures import chunks
from galleries.pictures.jpeg import read_jpeg
from galleries.pictures.kinds import kind_of
from galleries.pictures.verdicts import RefusedError


def strip_picture(data: bytes) -> bytes:
    """``data`` without metadata where it is a JPEG, PNG, WebP or GIF; as it is where it is anything else."""
    try:
        kind = kind_of(data)
        if kind == "jpeg":
            return read_jpeg(data).kept
        if kind == "png":
            return chunks.read_png(data).kept
        if kind == "webp":
            return chunks.read_webp(data).kept
        return chunks.read_gif(data).kept if kind == "gif" else data
    except RefusedError:
        return data
