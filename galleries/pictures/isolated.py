"""The same work, apart: in child processes with bounded memory and time, two at most.

Why processes and no threads: a decoder that swells, hangs or crashes on a hostile file takes a child with it and not the
site; the memory of a 100-megapixel photo is given back; two photos use two cores. The children are kept for the next
photo (starting one costs a quarter of a second) and end by themselves when nobody asks.
"""

import datetime as dt
from dataclasses import asdict
from typing import IO, Any

from wagtail_newsroom.galleries.pictures.child import work
from wagtail_newsroom.galleries.pictures.results import CleanPicture, Facts, Limits, Reason, RefusedError
from wagtail_newsroom.galleries.pictures.sizing import Order, Sizes
from wagtail_newsroom.news.sandbox import Bounds, Pool, SandboxError

CHILDREN = 2
GB = 1024 * 1024 * 1024
NICENESS = 5  # answers of the site come first

children = Pool(work, count=CHILDREN, bounds=Bounds(memory=2 * GB, output=GB, niceness=NICENESS))


def clean_isolated(stream: IO[bytes], name: str, limits: Limits, *, timeout: float) -> CleanPicture:
    """As :func:`wagtail_newsroom.galleries.pictures.clean_picture`, in a child. ``timeout`` in seconds; then it is refused as too heavy."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    if size > limits.bytes:
        raise RefusedError(Reason.TOO_MANY_BYTES, bytes=size)
    head, blobs = _ask({"act": "clean", "name": name, "limits": asdict(limits)}, stream.read(), timeout)
    day = head["taken_on"]
    return CleanPicture(
        content=blobs[0],
        name=head["name"],
        kind=head["kind"],
        width=head["width"],
        height=head["height"],
        sha256=head["sha256"],
        facts=Facts(head["credit"], head["licence"], dt.date.fromisoformat(day) if day else None),
        re_encoded=head["re_encoded"],
    )


def make_sizes_isolated(data: bytes, orders: list[Order], limits: Limits, *, timeout: float) -> Sizes:
    """As :func:`wagtail_newsroom.galleries.pictures.make_sizes`, in a child. ``timeout`` in seconds."""
    asked = {"act": "sizes", "limits": asdict(limits), "orders": [order.as_data() for order in orders]}
    head, files = _ask(asked, data, timeout)
    return Sizes(files, head["color"])


def _ask(head: dict[str, Any], blob: bytes, timeout: float) -> tuple[dict[str, Any], list[bytes]]:
    try:
        answer, blobs = children.ask(head, blob, seconds=timeout)
    except SandboxError as error:
        raise RefusedError(Reason.TOO_HEAVY) from error
    if "refused" in answer:
        raise RefusedError(Reason(answer["refused"]), **answer["details"])
    return answer, blobs
