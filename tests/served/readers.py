"""Readers of a server while something else happens: they ask for any of its addresses and look at what they get."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.served.server import Server, ask


@dataclass
class Readers:
    """``wrong``: what no reader may see, each with its address. ``asked``: how many answers they got."""

    server: Server
    addresses: Sequence[str]
    never: bytes
    pause: float
    wrong: list[str] = field(default_factory=list)
    asked: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    def read(self, seed: int) -> None:
        """Ask until the end. Every few answers over a new connection, so that each worker is met."""
        chance = random.Random(seed)
        connection = self.server.connect()
        while not self._ended.wait(self.pause):
            path = chance.choice(self.addresses)
            if chance.random() < 0.1:
                connection.close()
                connection = self.server.connect()
            answer = ask(connection, path, {"Accept-Encoding": "gzip"} if chance.random() < 0.2 else None)
            self.asked += 1
            if answer.status >= 500 or self.never in answer.body:
                self.wrong.append(f"{path}: {answer.status}")
        connection.close()

    def end(self) -> None:
        """Let them go."""
        self._ended.set()


@contextmanager
def reading(
    server: Server, addresses: Sequence[str], *, never: str, number: int = 1, pause: float = 0.1
) -> Iterator[Readers]:
    """``number`` readers who are at it while the block runs, ``pause`` seconds between two questions of each.

    ``never``: what no answer may hold.
    """
    readers = Readers(server, addresses, never.encode(), pause)
    threads = [threading.Thread(target=readers.read, args=[seed]) for seed in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.end()
        for thread in threads:
            thread.join(30)
