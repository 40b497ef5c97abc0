"""PDFs with text, read in a child process: a file that eats time or memory ends there, not here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.extracted import MB, Extracted
from wagtail_newsroom.news.reader.formats.html import tidy

MEMORY = 400 * MB  # address space, of which a plain PDF touches a quarter
PATIENCE = 10  # seconds of the clock on a busy machine; the child gives itself one second of work
_CHILD = Path(__file__).with_name("pdf_text.py")


def extract_pdf(data: bytes) -> Extracted:
    """Return the text of a PDF. A scan has none and is refused."""
    try:
        answer = subprocess.run(  # noqa: S603  (our own file, no shell)
            [sys.executable, "-I", str(_CHILD), str(MEMORY)],
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError("broken") from error
    if answer.returncode:
        raise ReadError("broken")
    found = json.loads(answer.stdout)
    if found["protected"]:
        raise ReadError("protected")
    text = tidy(found["text"])
    if sum(letter.isalpha() for letter in text) < 20:
        raise ReadError("scan")
    return Extracted(text, pages_read=found["read"] if found["read"] < found["pages"] else None)
