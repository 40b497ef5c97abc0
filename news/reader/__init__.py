"""Reads a programme or an invitation, Polish or English, into structured data. No Django in here.

``read_text`` reads what was pasted, ``read_file`` a file; both return a ``Reading`` or raise ``ReadError``. What they
need loads with the first use, so that importing this package costs next to nothing.

    reading = read_text("Zapraszamy na spotkanie 7 grudnia 2026 r. o godz. 10.00 …")
    reading.event_start.value               # "2026-12-07T10:00"
    reading.source[reading.event_start.start : reading.event_start.end]  # the words that say so
    reading.as_json()                       # the plain form
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wagtail_newsroom.news.reader.errors import ReadError

if TYPE_CHECKING:
    from wagtail_newsroom.news.reader.reading import Reading

__all__ = ["ReadError", "read_file", "read_text"]


def read_text(text: str, *, published: date | None = None) -> Reading:
    """Read a text. Spans are positions in it. Raises ``ReadError``."""
    from wagtail_newsroom.news.reader import reader

    return reader.read_text(text, published=published)


def read_file(data: bytes, name: str, *, published: date | None = None) -> Reading:
    """Read a file by its content and name. Spans are positions in ``Reading.source``, its extracted text. Raises ``ReadError``."""
    from wagtail_newsroom.news.reader import reader
    from wagtail_newsroom.news.reader.formats import extract

    found = extract(data, name)
    return reader.read_text(
        found.text,
        published=published or found.sent,
        subject=found.subject,
        enclosed=found.enclosed,
        pages_read=found.pages_read,
    )
