"""``python -m tests.served.soak``: mixed load on the real server for ten minutes, part of ``make soak``.

Readers of pages, lists, files, the APIs, of addresses that nobody has and of parameters that nobody knows, asking whether something
changed, in every coding; an editor publishes every ten seconds. It ends with 1 where an answer was an error of the server's, or where
the workers take more than a twentieth more memory after the last minute than after the second.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.served.editor import Editor
from tests.served.server import ROOT, Answer, Server, ask, running

# Of a server's workers, from the end of the second minute to the end of the last.
MOST_GROWTH = 1.05
CODINGS = ("identity", "gzip", "br", "gzip, br;q=0.5, *;q=0")
SETTLED, PUBLISHING, READERS = 120.0, 10.0, 4
CHANGES = ("publish", "publish", "new_page", "rename_topic", "unpublish", "save_a_draft", "change_a_setting")


@dataclass
class Load:
    """Readers of ``server``: what they were answered, by status, and what was wrong."""

    server: Server
    addresses: list[str]
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)

    def read(self, seed: int) -> None:
        """Ask until the end."""
        chance = random.Random(seed)
        connection = self.server.connect()
        while not self._ended.is_set():
            if chance.random() < 0.02:
                connection.close()
                connection = self.server.connect()
            path, headers = self._question(chance)
            try:
                answer = ask(connection, path, headers)
            except OSError as error:
                self.wrong.append(f"{path}: {error}")
                continue
            self._note(path, answer)
        connection.close()

    def _question(self, chance: random.Random) -> tuple[str, dict[str, str]]:
        path = chance.choice(self.addresses)
        headers = {"Accept-Encoding": chance.choice(CODINGS)}
        kinds: list[Callable[[], str]] = [
            lambda: path,
            lambda: path,
            lambda: f"{path}?utm_source=list-{chance.randrange(1000)}",
            lambda: f"{path}?x={chance.randrange(10**6)}",
            lambda: f"/nie-ma-{chance.randrange(10**6)}/",
            lambda: f"/aktualnosci/?page={chance.randrange(1, 4)}",
            lambda: f"/aktualnosci/?q=slowo{chance.randrange(100)}",
        ]
        if path in self._known and chance.random() < 0.3:
            return path, {**headers, "If-None-Match": self._known[path]}
        return chance.choice(kinds)(), headers

    def _note(self, path: str, answer: Answer) -> None:
        self.statuses[answer.status] += 1
        if answer.status >= 500:
            self.wrong.append(f"{path}: {answer.status}")
        if "etag" in answer.headers and "?" not in path:
            self._known[path] = answer.headers["etag"]

    def end(self) -> None:
        """Let them go."""
        self._ended.set()


def memory_of(server: Server) -> float:
    """Megabytes that all workers take, what they share counted once."""
    total = 0
    for pid in server.worker_pids():
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def soak(server: Server, editor: Editor, addresses: list[str], seconds: float) -> tuple[Load, dict[float, float]]:
    """The load, and the memory by the second at which it was looked at."""
    load, chance, memory = Load(server, addresses), random.Random(1), {}
    threads = [threading.Thread(target=load.read, args=[seed]) for seed in range(READERS)]
    for thread in threads:
        thread.start()
    began, number = time.monotonic(), 0
    try:
        while (passed := time.monotonic() - began) < seconds:
            editor("begin", change=chance.choice(CHANGES))
            editor("finish")
            number += 1
            memory[round(passed)] = memory_of(server)
            time.sleep(max(0.0, min(PUBLISHING * number, seconds) - (time.monotonic() - began)))
        memory[round(seconds)] = memory_of(server)
    finally:
        load.end()
        for thread in threads:
            thread.join(60)
    return load, memory


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--seconds", type=float, default=600, help="how long; memory counts from the second minute on")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = {
            "DJANGO_SETTINGS_MODULE": "tests.served.settings",
            "NEWSROOM_DATA": folder,
            "EMAIL_URL": "dummymail://",
            "SECRET_KEY": "only for this load",
        }
        with running(site) as server:
            command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(command, env=server.variables, cwd=ROOT, check=True)
            editor = Editor(site)
            try:
                load, memory = soak(server, editor, editor("plant", seed=1, port=server.port), asked.seconds)
            finally:
                editor.end()
    settled = min(SETTLED, asked.seconds / 2)
    first = next(used for moment, used in sorted(memory.items()) if moment >= settled)
    growth = list(memory.values())[-1] / first
    lines = [f"{moment:6} s {used:8.1f} MB" for moment, used in memory.items()]
    lines += [f"{load.statuses.total():,} answers: {dict(load.statuses)}", *load.wrong[:20]]
    lines.append(f"{len(load.wrong)} errors; memory {growth:.3f} of that after {settled:g} s (at most {MOST_GROWTH})")
    sys.stdout.write("\n".join([*lines, ""]))
    return 1 if load.wrong or growth > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
