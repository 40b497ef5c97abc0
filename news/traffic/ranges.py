"""Which part of a file a request asks for (RFC 9110, section 14): one range of bytes. Several are answered whole.

A server may do so with any range that it doesn't like; what it must not do is hand out the bytes of another file than the
one that the client has the beginning of.
"""

import re
from typing import Final, Literal

# The answer to a range behind the end: 416, with the size in ``Content-Range``.
UNSATISFIABLE: Final = "unsatisfiable"
ByteRange = tuple[int, int] | None | Literal["unsatisfiable"]

SPECIFIER = re.compile(r"([0-9]*)-([0-9]*)", re.ASCII)
# No file has more bytes than a number of so many digits, and Python refuses to read very long ones.
DIGITS = 18


def byte_range(header: str, if_range: str, size: int, etag: str, modified: str) -> ByteRange:
    """The first and the last byte that a GET with these values of ``Range`` and ``If-Range`` is to be given; counted from 0.

    ``None``: the whole file (200), :data:`UNSATISFIABLE`: 416. ``size`` is in bytes; ``etag`` and ``modified`` are the
    headers of the file as it is now, empty where it has none. ``If-Range`` holds for this very strong tag or this very date:
    a stored file never changes below its name, so that its date is as good as a tag.
    """
    unit, equals, listed = header.partition("=")
    if not equals or unit.strip().lower() != "bytes" or not _is_still(if_range.strip(), etag, modified):
        return None
    wanted = [each for part in listed.split(",") if (each := part.strip(" \t"))]
    found = SPECIFIER.fullmatch(wanted[0]) if len(wanted) == 1 else None
    if found is None or found.group() == "-":
        return None
    first, last = (_number(digits) for digits in found.groups())
    if first is None:
        return _end(last or 0, size)
    if last is not None and last < first:
        return None
    return (first, size - 1 if last is None else min(last, size - 1)) if first < size else UNSATISFIABLE


def content_range(part: tuple[int, int] | Literal["unsatisfiable"], size: int) -> str:
    """The value of ``Content-Range`` for what :func:`byte_range` found."""
    return f"bytes */{size}" if part == UNSATISFIABLE else f"bytes {part[0]}-{part[1]}/{size}"


def _is_still(if_range: str, etag: str, modified: str) -> bool:
    """Whether the client has the beginning of this file; ``If-Range`` that is not sent asks nothing."""
    return not if_range or (if_range == etag and not etag.startswith("W/")) or if_range == modified


def _end(length: int, size: int) -> ByteRange:
    """The last ``length`` bytes. An empty file has none, yet so it is asked for rightly."""
    if not length:
        return UNSATISFIABLE
    return (max(size - length, 0), size - 1) if size else None


def _number(digits: str) -> int | None:
    significant = digits.lstrip("0")
    return (int(significant[:DIGITS] or "0") if len(significant) <= DIGITS else 10**DIGITS) if digits else None
