"""Children that are kept for the next piece of work: starting one costs more than a small one takes."""

import atexit
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from wagtail_newsroom.news.sandbox.errors import CrashedError
from wagtail_newsroom.news.sandbox.messages import Message, receive, send
from wagtail_newsroom.news.sandbox.process import Bounds, Process

SOON = 1.0  # seconds: a child that is gone so soon was not busy with what it was asked


class Child(Process):
    """A child that answers one message after the other."""

    def __init__(self, work: Callable[..., None], bounds: Bounds) -> None:
        super().__init__(work, (), bounds, subprocess.PIPE)
        self.most = bounds.output

    def ask(self, head: dict[str, Any], blob: bytes, seconds: float) -> Message:
        """Send one message and wait for its answer. Raises a ``SandboxError``, after which the child has to be ended."""

        def talk() -> Message | None:
            try:
                send(self.asked, head, [blob])
                answer = receive(self.told, most=self.most)
            except OSError:
                answer = None
            if answer is None:
                self.await_end()
            return answer

        try:
            answer = self.within(seconds, talk)
        except ValueError as error:
            raise CrashedError("what it answered is no message") from error
        if answer is None:
            self.kill()
            self.check_status()
            raise CrashedError("it ended")
        return answer


class Pool:
    """At most ``count`` children at once that run ``work``, kept for the next piece of work.

    ``work``: a function at the top of a module that takes a source and an answer and calls :func:`wagtail_newsroom.news.sandbox.serve`.
    """

    def __init__(self, work: Callable[[IO[bytes], IO[bytes]], None], *, count: int, bounds: Bounds) -> None:
        self.work, self.count, self.bounds = work, count, bounds
        self._start_afresh()
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._start_afresh)

    def ask(self, head: dict[str, Any], blob: bytes, *, seconds: float) -> Message:
        """Send ``head`` (what JSON can say) with ``blob`` to a child; return the head of its answer and the blobs.

        ``seconds``: of the clock, from when a child is free. Raises a ``SandboxError``.
        """
        with self.child() as child:
            begun = time.monotonic()
            try:
                return child.ask(head, blob, seconds)
            except CrashedError:
                # It may have gone to rest at this very moment; one that was busy with the blob is not tried again.
                if time.monotonic() - begun > SOON:
                    raise
                child.end()
        with self.child(fresh=True) as child:
            return child.ask(head, blob, seconds)

    @contextmanager
    def child(self, *, fresh: bool = False) -> Iterator[Child]:
        """A child, waited for while all are at work; ``fresh``: a new one. One that fails is not used again."""
        with self._places:
            child = (None if fresh else self._take_idle()) or Child(self.work, self.bounds)
            try:
                yield child
            except BaseException:
                child.end()
                raise
            if len(self._idle) < self.count and not child.has_ended():
                self._idle.append(child)
            else:
                child.end()

    def _take_idle(self) -> Child | None:
        """A child that waits for work; ``None`` without one. Two threads may ask at once: who looks first may come second."""
        while True:
            try:
                child = self._idle.pop()
            except IndexError:
                return None
            if not child.has_ended():
                return child
            child.end()

    def close(self) -> None:
        """End the children that wait for work."""
        while child := self._take_idle():
            child.end()

    def _start_afresh(self) -> None:
        """A forked process has no children of its own yet, and may not hold its parent's lock for ever."""
        self._places = threading.BoundedSemaphore(self.count)
        self._idle: list[Child] = []
