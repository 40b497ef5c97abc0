"""Child process: writes the text of the PDF on standard input as JSON, within the memory given as its argument (bytes)."""

import io
import json
import sys
import time

MOST_PAGES = 40
ENOUGH_SECONDS = 0.7


def main() -> int:
    """Print ``{"text", "pages", "read", "protected"}``; exit status 1 where the file cannot be read."""
    try:
        import resource

        limit = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (3, 4))
    except (ImportError, OSError, ValueError):
        pass  # a system without limits: the parent's time limit still holds
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            sys.stdout.write(json.dumps({"text": "", "pages": 0, "read": 0, "protected": True}))
            return 0
        pages = len(reader.pages)
        texts: list[str] = []
        begun = time.process_time()
        for page in reader.pages[:MOST_PAGES]:
            texts.append(page.extract_text() or "")
            if time.process_time() - begun > ENOUGH_SECONDS or sum(map(len, texts)) > 250_000:
                break
        text = "\n\n".join(texts)
    except Exception:  # noqa: BLE001  (whatever a broken file does, it cannot be read)
        return 1
    sys.stdout.write(json.dumps({"text": text, "pages": pages, "read": len(texts), "protected": False}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
