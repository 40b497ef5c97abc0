"""Portraits of accounts: upright, small, and without what the camera wrote beside the picture."""

import io
from typing import IO

from PIL import Image, ImageOps

LONGEST_SIDE = 400  # pixels, as Wagtail shows them at most
TRANSPARENT = frozenset({"RGBA", "LA", "P", "PA"})


def portrait(picture: IO[bytes]) -> tuple[bytes, str]:
    """The picture anew, turned as its orientation (EXIF) says: its bytes, and ``png`` or ``jpg``.

    Raises what Pillow does for what is no picture.
    """
    picture.seek(0)
    with Image.open(picture) as opened:
        upright = ImageOps.exif_transpose(opened)
        kind = "png" if upright.mode in TRANSPARENT else "jpg"
        plain = upright.convert("RGBA" if kind == "png" else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    written = io.BytesIO()
    bare.save(written, "PNG" if kind == "png" else "JPEG", quality=88)
    return written.getvalue(), kind
