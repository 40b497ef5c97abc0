"""Portraits of accounts: upright, small, and without what the camera wrote beside the picture."""

import io
from typing import IO

from PIL import Image, ImageOps

LONGEST_SIDE = 400  # pixels, as Wagtail shows them at most
MOST_PIXELS = 50_000_000
TRANSPARENT = frozenset({"RGBA", "LA", "P", "PA"})


def portrait(picture: IO[bytes]) -> tuple[bytes, str]:
    """The picture anew, turned as its orientation (EXIF) says: its bytes, and ``png`` or ``jpg``.

    Raises ``ValueError`` for what is no whole picture, or has more than :data:`MOST_PIXELS`.
    """
    picture.seek(0)
    try:
        return _written_anew(picture)
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("no picture") from error


def _written_anew(picture: IO[bytes]) -> tuple[bytes, str]:
    with Image.open(picture) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(opened)
        kind = "png" if upright.mode in TRANSPARENT else "jpg"
        plain = upright.convert("RGBA" if kind == "png" else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    written = io.BytesIO()
    bare.save(written, "PNG" if kind == "png" else "JPEG", quality=88)
    return written.getvalue(), kind
