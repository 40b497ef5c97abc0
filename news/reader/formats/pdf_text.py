"""In the child process: the text of a PDF, as JSON."""

import io
import json
import time
from typing import IO

MOST_PAGES = 40
ENOUGH_SECONDS = 0.7


def write_text(source: IO[bytes], answer: IO[bytes]) -> None:
    """Write ``{"text", "pages", "read", "protected"}``. Raises whatever a broken file makes pypdf raise."""
    from pypdf import PdfReader  # needed in the child only

    reader = PdfReader(io.BytesIO(source.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        answer.write(json.dumps({"text": "", "pages": 0, "read": 0, "protected": True}).encode())
        return
    pages = len(reader.pages)
    texts: list[str] = []
    begun = time.process_time()
    for page in reader.pages[:MOST_PAGES]:
        texts.append(page.extract_text() or "")
        if time.process_time() - begun > ENOUGH_SECONDS or sum(map(len, texts)) > 250_000:
            break
    told = {"text": "\n\n".join(texts), "pages": pages, "read": len(texts), "protected": False}
    answer.write(json.dumps(told).encode())
