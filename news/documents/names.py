"""Names of files that are safe on every disk, in every header and in every address."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_STEM = 70  # characters: with its folder and a mark against doubles a name fits a column of 100
_LONGEST_BYTES = 200  # of the stem: a name on disk has 255, and its folder's own file system may add to it
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def safe_name(name: str) -> str:
    """Return ``name`` without folders, control and direction marks, not too long; letters of any alphabet stay.

    >>> safe_name("../../Umowa\\u202efdp.exe.pdf")
    'Umowafdp.exe.pdf'
    """
    last = name.replace("\\", "/").replace("\0", "").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFC", last)
    plain = "".join(char for char in plain if unicodedata.category(char)[0] != "C")
    plain = re.sub(r"[^\w.\-()+ ]", "_", plain)
    path = PurePosixPath(re.sub(r"[\s_]+", "_", plain.strip()) or "plik")
    stem, suffix = path.stem.strip(" ._-"), path.suffix.lower()
    if not stem or _RESERVED.match(stem.split(".")[0]):
        stem = f"plik_{stem}".rstrip("_")
    stem = stem[:LONGEST_STEM].encode()[:_LONGEST_BYTES].decode(errors="ignore")
    return stem.rstrip(" ._-") + suffix[:10]
