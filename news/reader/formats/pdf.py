"""PDFs with text, read in a child process: a file that eats time or memory ends there, not here."""

from __future__ import annotations

import io
import json

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.extracted import MB, Extracted
from wagtail_newsroom.news.reader.formats.html import tidy
from wagtail_newsroom.news.reader.formats.pdf_text import write_text
from wagtail_newsroom.news.sandbox import Bounds, SandboxError, run

# A plain PDF touches a quarter of the memory; the child gives itself one second of work.
BOUNDS = Bounds(memory=400 * MB, output=32 * MB, cpu_seconds=3)
PATIENCE = 10  # seconds of the clock on a busy machine


def extract_pdf(data: bytes) -> Extracted:
    """Return the text of a PDF. A scan has none and is refused."""
    try:
        found = json.loads(run(write_text, io.BytesIO(data), bounds=BOUNDS, seconds=PATIENCE))
    except SandboxError as error:
        raise ReadError("broken") from error
    if found["protected"]:
        raise ReadError("protected")
    text = tidy(found["text"])
    if sum(letter.isalpha() for letter in text) < 20:
        raise ReadError("scan")
    return Extracted(text, pages_read=found["read"] if found["read"] < found["pages"] else None)
