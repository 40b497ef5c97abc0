"""Child process: counts the pages of a PDF on standard input, within the memory limit given as its argument (bytes)."""

import io
import json
import sys


def main() -> int:
    """Print ``{"pages": n}``; exit status 1 where the file cannot be read."""
    try:
        import resource

        limit = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        pass  # a system without limits: the parent's time limit still holds
    from pypdf import PdfReader

    try:
        pages = len(PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages)
    except Exception:  # noqa: BLE001  (whatever a broken file does, it has no pages we could tell)
        return 1
    sys.stdout.write(json.dumps({"pages": pages}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
