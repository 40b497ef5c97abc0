"""What a file gives: its text, and what an e-mail says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MB = 1024 * 1024
LARGEST_FILE = 20 * MB
LARGEST_TEXT = 5 * MB
# How much an archive (docx, odt) may hold when it is unpacked.
LARGEST_UNPACKED = 60 * MB
LARGEST_PART = 8 * MB
MOST_PARTS = 2000
MOST_CHARACTERS = 80_001  # one more than the reader takes: enough to say that it is too much


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text of a file; ``enclosed`` names the files that came with an e-mail, ``sent`` is its date."""

    text: str
    subject: str | None = None
    enclosed: tuple[str, ...] = ()
    sent: date | None = None
    pages_read: int | None = None  # told where pages of a long PDF were left out
