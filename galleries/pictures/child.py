"""A process that works on pictures for another one: asked on standard input, answering on standard output.

Each message is a line of JSON and the bytes that it announces. It ends with its input, and when nobody asks for a while.
Nothing that a hostile picture does to a decoder reaches the process that serves the site: answers are JSON and pictures,
never Python's objects.
"""

import contextlib
import io
import json
import os
import select
import sys
from typing import IO, Any

IDLE_SECONDS = 120
NICENESS = 5  # answers of the site come first


def main() -> None:
    """Answer until the end. ``argv``: bytes of memory that this process may take."""
    _limit(int(sys.argv[1]))
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)
    asked, told = sys.stdin.buffer.raw, os.fdopen(os.dup(1), "wb")  # type: ignore[union-attr]  # a pipe is buffered
    os.dup2(2, 1)  # whatever a library prints is no answer
    while message := receive(asked, idle=IDLE_SECONDS):
        head, blob = message
        with contextlib.suppress(BrokenPipeError):
            send(told, *answer(head, blob))


def answer(head: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Do what is asked: ``clean`` a picture or make ``sizes`` of it."""
    from wagtail_newsroom.galleries.pictures import Limits, Order, Reason, RefusedError, clean_picture, make_sizes

    try:
        limits = Limits(**head["limits"])
        if head["act"] == "sizes":
            return {}, make_sizes(blob, [Order.from_data(order) for order in head["orders"]], limits)
        found = clean_picture(io.BytesIO(blob), head["name"], limits)
        facts = found.facts
        return {
            "name": found.name,
            "kind": found.kind,
            "width": found.width,
            "height": found.height,
            "sha256": found.sha256,
            "re_encoded": found.re_encoded,
            "credit": facts.credit,
            "licence": facts.licence,
            "taken_on": facts.taken_on.isoformat() if facts.taken_on else None,
        }, [found.content]
    except RefusedError as error:
        return {"refused": error.reason.value, "details": error.details}, []
    except MemoryError:
        return {"refused": Reason.TOO_HEAVY.value, "details": {}}, []
    except Exception:  # noqa: BLE001  (whatever a decoder may do with what no decoder expects)
        return {"refused": Reason.BROKEN.value, "details": {}}, []


def send(stream: IO[bytes], head: dict[str, Any], blobs: list[bytes]) -> None:
    """Write one message."""
    line = json.dumps({**head, "lengths": [len(blob) for blob in blobs]}) + "\n"
    stream.write(line.encode())
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: IO[bytes], *, idle: float) -> tuple[dict[str, Any], bytes] | None:
    """Read one message with one blob; ``None`` at the end, or after ``idle`` seconds without one."""
    if not select.select([stream], [], [], idle)[0]:
        return None
    line = bytearray()
    while not line.endswith(b"\n"):
        letter = stream.read(1)
        if not letter:
            return None
        line += letter
    head = json.loads(line)
    length = sum(head["lengths"])
    blob = bytearray()
    while len(blob) < length:
        part = stream.read(min(length - len(blob), 1 << 20))
        if not part:
            return None
        blob += part
    return head, bytes(blob)


def _limit(limit: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for kind, most in ((resource.RLIMIT_AS, limit), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
