"""In the child process: the text of a PDF, as JSON."""

import io
import json
import time
from typing import IO, Any

MOST_PAGES = 40
ENOUGH_SECONDS = 0.7


def write_text(source: IO[bytes], answer: IO[bytes]) -> None:
    """Write ``{"text", "pages", "read", "protected"}``. Raises whatever a broken file makes pypdf raise."""
    from pypdf import PdfReader  # needed in the child only
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(source.read()))
        locked = reader.is_encrypted and not reader.decrypt("")
        texts = [] if locked else _texts(reader)
        pages = 0 if locked else len(reader.pages)
    except DependencyError:  # locked in a way that is read with a package which is not there
        locked, texts, pages = True, [], 0
    told = {"text": "\n\n".join(texts), "pages": pages, "read": len(texts), "protected": locked}
    answer.write(json.dumps(told).encode())


def _texts(reader: Any) -> list[str]:
    """The texts of the first pages, as many as a reading needs."""
    texts: list[str] = []
    begun = time.process_time()
    for page in reader.pages[:MOST_PAGES]:
        texts.append(page.extract_text() or "")
        if time.process_time() - begun > ENOUGH_SECONDS or sum(map(len, texts)) > 250_000:
            break
    return texts
