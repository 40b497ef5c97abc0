"""Read what a file says of itself, in a child process with bounded time and memory.

A hostile PDF can make its reader loop or swell; the child is ended then, and nothing is known of the file.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MEMORY_LIMIT = 512 * 1024 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Inspection:
    """What was read. ``sha256``: hexadecimal; ``pages``: ``None`` where the file has none or could not be read."""

    sha256: str
    pages: int | None


def sha256_of(stream: IO[bytes]) -> str:
    """SHA-256 of ``stream`` from its start, as hexadecimal."""
    stream.seek(0)
    digest = hashlib.sha256()
    while block := stream.read(CHUNK):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()


def inspect_file(stream: IO[bytes], *, timeout: float, max_bytes: int) -> Inspection:
    """Inspect ``stream`` (a seekable binary file). ``timeout`` in seconds; larger files than ``max_bytes`` are only hashed."""
    digest = sha256_of(stream)
    head = stream.read(5)
    stream.seek(0, 2)
    size = stream.tell()
    pages = None
    if head == b"%PDF-" and size <= max_bytes:
        stream.seek(0)
        pages = _count_pages(stream.read(), timeout)
    stream.seek(0)
    return Inspection(sha256=digest, pages=pages)


def _count_pages(data: bytes, timeout: float) -> int | None:
    try:
        done = subprocess.run(  # noqa: S603  (our own file, with our own interpreter)
            [
                sys.executable,
                "-I",
                str(Path(__file__).with_name("pdf_pages.py")),
                str(MEMORY_LIMIT),
            ],
            input=data,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        return json.loads(done.stdout)["pages"] if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError):
        return None
