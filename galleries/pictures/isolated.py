"""The same work, apart: in child processes with bounded memory and time, two at most.

Why processes and no threads: a decoder that swells, hangs or crashes on a hostile file takes a child with it and not the
site; the memory of a 100-megapixel photo is given back; two photos use two cores. The children are kept for the next
photo (starting one costs a quarter of a second) and end by themselves when nobody asks.
"""

import atexit
import datetime as dt
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from wagtail_newsroom.galleries.pictures.results import CleanPicture, Facts, Limits, Reason, RefusedError
from wagtail_newsroom.galleries.pictures.sizing import Order
from wagtail_newsroom.news.documents.inspection import passed_on

CHILDREN = 2
MEMORY = 2 * 1024 * 1024 * 1024


def clean_apart(stream: IO[bytes], name: str, limits: Limits, *, timeout: float) -> CleanPicture:
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


def make_sizes_apart(data: bytes, orders: list[Order], limits: Limits, *, timeout: float) -> list[bytes]:
    """As :func:`wagtail_newsroom.galleries.pictures.make_sizes`, in a child. ``timeout`` in seconds."""
    asked = {"act": "sizes", "limits": asdict(limits), "orders": [order.as_data() for order in orders]}
    return _ask(asked, data, timeout)[1]


class Child:
    """One process that works on pictures."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  (our own file, with our own interpreter)
            [sys.executable, "-m", "wagtail_newsroom.galleries.pictures.child", str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[2],
            env={**passed_on(), "MALLOC_ARENA_MAX": "2"},
        )

    def ask(self, head: dict[str, Any], blob: bytes, timeout: float) -> tuple[dict[str, Any], list[bytes]]:
        """Send one piece of work and wait for its answer. Raises ``OSError`` where the child is gone."""
        asked, told = self.process.stdin, self.process.stdout
        if asked is None or told is None:
            raise OSError("no pipe")
        alarm = threading.Timer(timeout, self.process.kill)
        alarm.start()
        try:
            asked.write((json.dumps({**head, "lengths": [len(blob)]}) + "\n").encode())
            asked.write(blob)
            asked.flush()
            line = told.readline()
            if not line:
                raise OSError("the child ended")
            answer = json.loads(line)
            blobs = [told.read(length) for length in answer["lengths"]]
            if [len(each) for each in blobs] != answer["lengths"]:
                raise OSError("the child ended")
            return answer, blobs
        finally:
            alarm.cancel()

    def end(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        self.process.wait()


_places = threading.BoundedSemaphore(CHILDREN)
_idle: list[Child] = []


@contextmanager
def _child(*, fresh: bool) -> Iterator[Child]:
    """A child of this very process, waited for while all are at work; one that fails is not used again."""
    with _places:
        child = None
        while _idle and not fresh and child is None:
            known = _idle.pop()
            if known.owner == os.getpid():
                if known.process.poll() is None:
                    child = known
                else:
                    known.end()
        child = child or Child()
        try:
            yield child
        except BaseException:
            child.end()
            raise
        if len(_idle) < CHILDREN:
            _idle.append(child)
        else:
            child.end()


def _ask(head: dict[str, Any], blob: bytes, timeout: float) -> tuple[dict[str, Any], list[bytes]]:
    answer: dict[str, Any] | None = None
    for fresh in (False, True):
        begun = dt.datetime.now(tz=dt.UTC)
        try:
            with _child(fresh=fresh) as child:
                answer, blobs = child.ask(head, blob, timeout)
                break
        except OSError:
            # A child may have gone to rest at this very moment; one that was busy with the picture is not tried again.
            if fresh or (dt.datetime.now(tz=dt.UTC) - begun).total_seconds() > 1:
                break
    if answer is None:
        raise RefusedError(Reason.TOO_HEAVY)
    if "refused" in answer:
        raise RefusedError(Reason(answer["refused"]), **answer["details"])
    return answer, blobs


def forget_children() -> None:
    """End the children that wait for work."""
    while _idle:
        _idle.pop().end()


atexit.register(forget_children)


def _after_fork() -> None:
    """A forked process has none of its own yet, and may not hold its parent's lock for ever."""
    global _places
    _places = threading.BoundedSemaphore(CHILDREN)
    _idle.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
