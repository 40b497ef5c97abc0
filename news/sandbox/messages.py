"""Messages between the server and a child that is kept: a line of JSON, and the bytes that it announces."""

import json
import sys
from typing import IO, Any

from wagtail_newsroom.news.sandbox.errors import OutputTooLargeError

Message = tuple[dict[str, Any], list[bytes]]
LONGEST_HEAD = 1 << 20
CHUNK = 1 << 20


def send(stream: IO[bytes], head: dict[str, Any], blobs: list[bytes]) -> None:
    """Write one message."""
    line = json.dumps({**head, "lengths": [len(blob) for blob in blobs]}) + "\n"
    for part in (line.encode(), *blobs):
        rest = memoryview(part)
        while rest:  # a pipe without a buffer takes a part only
            rest = rest[stream.write(rest) :]
    stream.flush()


def receive(stream: IO[bytes], *, most: int = sys.maxsize) -> Message | None:
    """Read one message from a stream without a buffer; ``None`` where it ends before the message does.

    ``most``: bytes of all blobs together, else ``OutputTooLargeError``. Raises ``ValueError`` for what is no message.
    """
    line = bytearray()
    while not line.endswith(b"\n"):
        letter = stream.read(1)
        if not letter:
            return None
        line += letter
        if len(line) > LONGEST_HEAD:
            raise OutputTooLargeError(f"a head of more than {LONGEST_HEAD} bytes")
    head = json.loads(line)
    lengths = head.pop("lengths", None) if isinstance(head, dict) else None
    if not isinstance(lengths, list) or not all(type(length) is int and length >= 0 for length in lengths):
        raise ValueError("not a message")
    if sum(lengths) > most:
        raise OutputTooLargeError(f"more than {most} bytes")
    blobs = [_read(stream, length) for length in lengths]
    whole = [blob for blob in blobs if blob is not None]
    return (head, whole) if len(whole) == len(blobs) else None


def _read(stream: IO[bytes], length: int) -> bytes | None:
    blob = bytearray()
    while len(blob) < length:
        part = stream.read(min(length - len(blob), CHUNK))
        if not part:
            return None
        blob += part
    return bytes(blob)
