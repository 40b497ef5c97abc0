"""What the tests of the sandbox have a child do: a child imports its work, so it stands in a module without pytest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

from wagtail_newsroom.news.sandbox import serve

# A grandchild: says its number once it runs, then sleeps; "away" leaves the session of its parent.
GRANDCHILD = (
    "import os, sys, time; {away}; sys.stdout.write(str(os.getpid()) + ' '); sys.stdout.flush(); time.sleep(60)"
)


def echo(source: IO[bytes], answer: IO[bytes], *arguments: Any) -> None:
    answer.write(json.dumps(arguments).encode() + source.read())


def read_backwards(source: IO[bytes], answer: IO[bytes]) -> None:
    source.seek(-3, os.SEEK_END)
    answer.write(source.read())


def chatter(source: IO[bytes], answer: IO[bytes]) -> None:
    print("a library prints")  # noqa: T201
    os.write(1, b"and so does its C")
    answer.write(b"the answer")


def tell_environment(source: IO[bytes], answer: IO[bytes], *arguments: Any) -> None:
    answer.write(json.dumps({"title": " ".join(os.environ), "extension": "pdf"}).encode() + b"\n")


def tell_niceness(source: IO[bytes], answer: IO[bytes]) -> None:
    answer.write(str(os.getpriority(os.PRIO_PROCESS, 0)).encode())


def tell_nonsense(source: IO[bytes], answer: IO[bytes], *arguments: Any) -> None:
    answer.write(b"[not JSON\n")


def eat_memory(source: IO[bytes], answer: IO[bytes]) -> None:
    eaten = []
    while True:
        eaten.append(bytearray(16 << 20))


def work_for_ever(source: IO[bytes], answer: IO[bytes]) -> None:
    answer.write(b"begun")
    answer.flush()
    while True:
        pass


def sleep(source: IO[bytes], answer: IO[bytes]) -> None:
    answer.write(b"begun")
    answer.flush()
    time.sleep(60)


def say_much(source: IO[bytes], answer: IO[bytes]) -> None:
    while True:
        answer.write(b"x" * 1000)


def write_file(source: IO[bytes], answer: IO[bytes], path: str) -> None:
    Path(path).write_bytes(b"stored")


def fail(source: IO[bytes], answer: IO[bytes], *arguments: Any) -> None:
    answer.write(b"half")
    answer.flush()
    raise RuntimeError


def end_hard(source: IO[bytes], answer: IO[bytes]) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def start_grandchild(source: IO[bytes], answer: IO[bytes], away: str, wait: bool) -> None:
    """Start a process that says its number; ``wait`` for it, or end while it runs."""
    grandchild = subprocess.Popen([sys.executable, "-c", GRANDCHILD.format(away=away)], stdout=subprocess.PIPE)
    assert grandchild.stdout is not None
    answer.write(grandchild.stdout.read1(20))
    answer.flush()
    if wait:
        time.sleep(60)


def start_heir(source: IO[bytes], answer: IO[bytes], away: str) -> None:
    """Start a process that keeps the answer open, and end."""
    subprocess.Popen([sys.executable, "-c", GRANDCHILD.format(away=away)], stdout=answer)


def answer_questions(source: IO[bytes], answer: IO[bytes]) -> None:
    serve(source, answer, reply, idle=30)


def answer_once(source: IO[bytes], answer: IO[bytes]) -> None:
    """Go to rest as soon as nobody asks."""
    serve(source, answer, reply, idle=0.2)


def reply(head: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], list[bytes]]:
    if head["act"] == "sleep":
        time.sleep(60)
    if head["act"] == "end":
        os._exit(1)
    if head["act"] == "blow up":
        return {}, [blob * 1000]
    return {"pid": os.getpid(), "heard": head}, [blob, blob[::-1]]


def lie(source: IO[bytes], answer: IO[bytes], *arguments: Any) -> None:
    """Answer with what is no message."""
    answer.write(b'{"lengths": [-1]}\n')
    answer.flush()
    time.sleep(60)


def no_such_work(source: IO[bytes], answer: IO[bytes], *arguments: Any) -> None:
    """Named as a function that no child finds."""


no_such_work.__qualname__ = "gone"
