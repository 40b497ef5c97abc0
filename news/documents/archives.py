"""ZIP archives of office files: what they would unpack to is checked before anything is unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass

BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
MB = 1024 * 1024
_UNSAFE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|\\|[\x00-\x1f]")


class ArchiveError(Exception):
    """An archive that must not be unpacked. ``code``: broken, bomb, password or unsafe_names."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Limits:
    """What an archive may hold. Sizes in bytes, unpacked; ``part``: of one part that is XML."""

    parts: int = 2000
    unpacked: int = 60 * MB
    part: int = 8 * MB
    ratio: int = 250  # text compresses to a tenth; a bomb to a thousandth


def check_archive(archive: zipfile.ZipFile, limits: Limits) -> set[str]:
    """Return the names of the parts of ``archive``, from its directory alone. Raises :class:`ArchiveError`."""
    parts = archive.infolist()
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
        raise ArchiveError("bomb")
    names = {part.filename for part in parts}
    if len(names) != len(parts) or any(_UNSAFE.search(part.orig_filename) for part in parts):
        raise ArchiveError("unsafe_names")
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.flag_bits & 1:
            raise ArchiveError("password")
        if part.header_offset < end:  # parts that share their bytes: one page of zeros unpacks to many
            raise ArchiveError("bomb")
        end = part.header_offset + part.compress_size
        if part.filename.lower().endswith((".xml", ".rels")):
            bomb = part.file_size > 100_000 and part.file_size > part.compress_size * limits.ratio
            if bomb or part.file_size > limits.part:
                raise ArchiveError("bomb")
    return names


def read_part(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Unpack one part, never more than ``limit`` bytes: a header may lie. Raises :class:`ArchiveError`."""
    with archive.open(name) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise ArchiveError("bomb")
    return content
