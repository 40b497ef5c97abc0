"""Inside the child: take the bounds on, load the work, do it."""

import math
import os
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import IO, Any

from wagtail_newsroom.news.sandbox.messages import Message, receive, send

try:
    import resource
except ImportError:  # a system without limits: the server's own of time and output still hold
    resource = None  # type: ignore[assignment]

FAILED, OUT_OF_MEMORY, NOT_LOADED = 1, 2, 3  # exit statuses


def do_work(order: dict[str, Any]) -> int:
    """Do what :class:`wagtail_newsroom.news.sandbox.process.Process` orders; return the exit status."""
    bounds = order["bounds"]
    _limit(bounds["memory"], bounds["cpu_seconds"])
    if bounds["niceness"] and hasattr(os, "nice"):  # not on Windows
        os.nice(bounds["niceness"])
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    try:
        try:
            work = getattr(import_module(order["module"]), order["name"])
        except Exception as error:  # noqa: BLE001  (told to the server, whatever it is)
            answer.write(repr(error).encode())
            answer.flush()
            return NOT_LOADED
        work(sys.stdin.buffer, answer, *order["arguments"])
        answer.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # noqa: BLE001  (nobody reads what a child prints)
        return FAILED
    return 0


def serve(
    source: IO[bytes],
    answer: IO[bytes],
    reply: Callable[[dict[str, Any], bytes], Message],
    *,
    idle: float,
) -> None:
    """Answer each message by what ``reply`` makes of its head and its blob, until nobody asks for ``idle`` seconds."""
    pipe: IO[bytes] = getattr(source, "raw", source)
    with suppress(BrokenPipeError):
        while _is_asked(pipe, idle) and (message := receive(pipe)):
            head, (blob,) = message
            send(answer, *reply(head, blob))


def _is_asked(pipe: IO[bytes], idle: float) -> bool:
    try:
        return bool(select.select([pipe], [], [], idle)[0])
    except OSError:
        return True  # Windows waits on sockets only: there it waits for the end of the pipe


def _limit(memory: int, cpu_seconds: float | None) -> None:
    if resource is None:
        return
    limits = [(resource.RLIMIT_AS, memory, 0), (resource.RLIMIT_CORE, 0, 0), (resource.RLIMIT_FSIZE, 0, 0)]
    if cpu_seconds is not None:
        # A second between the two, so that the status says why it ended.
        limits.append((resource.RLIMIT_CPU, max(1, math.ceil(cpu_seconds)), 1))
    for kind, most, more in limits:
        hard = resource.getrlimit(kind)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (soft, soft + more if hard == resource.RLIM_INFINITY else min(most + more, hard)))
