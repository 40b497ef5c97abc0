"""``manage.py serve`` in a process of its own, and answers of each of its workers.

Which worker a connection leads to the kernel tells (``/proc``): connections are kept open until there is one to each.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.slow_clients import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """The body, and where a redirect leads to."""
        return self.body.decode("utf-8", "replace") + self.headers.get("location", "")


def ask(connection: http.client.HTTPConnection, path: str, headers: dict[str, str] | None = None) -> Answer:
    """Ask for ``path`` over ``connection``, once more where the server has closed it meanwhile."""
    for attempt in (1, 2):
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.read(), {k.lower(): v for k, v in response.getheaders()})
        except (http.client.HTTPException, ConnectionError):
            connection.close()
            if attempt == 2:
                raise
    raise AssertionError("not reached")


@dataclass
class Server:
    """A server that runs. ``environment``: what all processes of its site are started with."""

    port: int
    workers: int
    environment: dict[str, str]
    process: Any = None
    _open: dict[int, http.client.HTTPConnection] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, str]:
        """The whole environment of a process of its site."""
        return {**os.environ, **self.environment}

    @property
    def host(self) -> str:
        """The host that visitors name."""
        return f"{HOST}:{self.port}"

    def connect(self) -> http.client.HTTPConnection:
        """A new connection, to whatever worker."""
        return http.client.HTTPConnection(HOST, self.port, timeout=30)

    def worker_pids(self) -> list[int]:
        """Process ids of the workers."""
        return [pid for pid in _children(self.process.pid) if _is_worker(pid)]

    def everywhere(self, path: str, headers: dict[str, str] | None = None) -> list[Answer]:
        """An answer of each worker."""
        self._reach_all()
        return [ask(connection, path, headers) for connection in self._open.values()]

    def _reach_all(self) -> None:
        for pid, connection in list(self._open.items()):
            # One that was closed meanwhile would be opened anew, perhaps to another worker.
            if connection.sock is None or _owner(connection, self.worker_pids()) != pid:
                self._open.pop(pid).close()
        for _attempt in range(400):
            if len(self._open) == self.workers:
                return
            connection = self.connect()
            ask(connection, "/robots.txt")
            pid = _owner(connection, self.worker_pids())
            if pid is None or pid in self._open:
                connection.close()
            else:
                self._open[pid] = connection
        raise AssertionError(f"only {len(self._open)} of {self.workers} workers answer")

    def close(self) -> None:
        """Let go of all connections and end the process."""
        for connection in self._open.values():
            connection.close()
        if self.process.poll() is None:
            self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        if self.process.poll() is None:
            self.process.kill()


@contextmanager
def running(environment: dict[str, str], *, workers: int = 2, errors: Any = subprocess.DEVNULL) -> Iterator[Server]:
    """A server without a scheduler. ``errors``: a file for what it says of what went wrong."""
    server = Server(free_port(), workers, environment)
    command = [sys.executable, "manage.py", "serve", "--no-scheduler", "--port", str(server.port)]
    server.process = subprocess.Popen(
        [*command, "--workers", str(workers)],
        cwd=ROOT,
        env=server.variables,
        stdout=subprocess.DEVNULL,
        stderr=errors,
    )
    try:
        _wait_for(server)
        yield server
    finally:
        server.close()


def _wait_for(server: Server) -> None:
    for _ in range(300):
        assert server.process.poll() is None, "the server ended by itself"
        connection = server.connect()
        try:
            ask(connection, "/robots.txt")
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    raise AssertionError("the server did not answer within a minute")


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _is_worker(pid: int) -> bool:
    """Not what Python keeps beside them to clean up."""
    return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()


def _owner(connection: http.client.HTTPConnection, pids: list[int]) -> int | None:
    """The process at the other end of ``connection``, of those in ``pids``."""
    assert connection.sock
    ours, theirs = (f"0100007F:{end[1]:04X}" for end in (connection.sock.getsockname(), connection.sock.getpeername()))
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        parts = line.split()
        if parts[1] == theirs and parts[2] == ours:
            return next((pid for pid in pids if _holds(pid, f"socket:[{parts[9]}]")), None)
    return None


def _holds(pid: int, wanted: str) -> bool:
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if str(link.readlink()) == wanted:
                return True
    return False
