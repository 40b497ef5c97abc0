"""Clients that send and take a byte a second, and what others wait beside them.

``python -m tests.slow_clients`` sets a site of its own up with ``.ci/run-site.py``, gives one of its pages a file of
32 MB, and says how long a home page, a list, a log-in and a request for an accessible version take beside fifty slow
writers and fifty stalled readers. It ends with 1 where one took longer than a second after the first five.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

ROOT = Path(__file__).resolve().parent.parent
LARGE = 32 * 1024 * 1024
FORM = "/dostepnosc/prosba/"
SETTLED, PATIENCE = 5, 1.0
PASSWORD = "borowik-nad-jeziorem-41"
PLANT = """
from tests.factories import attach, make_attachment
from wagtail_newsroom.news.models import NewsPage
page = NewsPage.objects.live().first()
file = make_attachment("Duży plik", name="duzy.txt", content=b"0123456789abcdef\\n" * ({size} // 17))
attach(page, file)
print("address:", file.url)
"""


@dataclass
class SlowClients:
    """Connections to a server, each of which gets one byte further in a second; whoever is cut off comes again."""

    port: int
    _open: list[tuple[socket.socket, Callable[[socket.socket], object]]] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    def writers(self, number: int, path: str) -> None:
        """Announce a body of some size, and send it a byte a second."""
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        self._start(number, f"{head}Content-Length: 2000\r\n\r\n", lambda connection: connection.send(b"x"))

    def readers(self, number: int, path: str) -> None:
        """Ask for a file, and take a byte of it a second."""
        self._start(number, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n", lambda connection: connection.recv(1))

    def _start(self, number: int, head: str, step: Callable[[socket.socket], object]) -> None:
        for _ in range(number):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", self.port))
            connection.sendall(head.encode())
            connection.setblocking(False)
            self._open.append((connection, step))

    def keep_on(self) -> None:
        """Let each get one byte further, again and again, until :meth:`close`."""
        while not self._ended.wait(1):
            for connection, step in self._open:
                with suppress(OSError):
                    step(connection)

    def close(self) -> None:
        """End all connections."""
        self._ended.set()
        for connection, _step in self._open:
            connection.close()


@contextmanager
def slow_clients(port: int, *, writers: int, readers: int, form: str, file: str) -> Iterator[SlowClients]:
    """Slow clients that are at it while the block runs."""
    clients = SlowClients(port)
    clients.writers(writers, form)
    clients.readers(readers, file)
    worker = threading.Thread(target=clients.keep_on, daemon=True)
    worker.start()
    try:
        yield clients
    finally:
        clients.close()
        worker.join()


@dataclass
class Visitor:
    """Somebody with an ordinary browser; ``waits`` are the seconds that each kind of request took."""

    base: str
    waits: dict[str, list[float]] = field(default_factory=dict)

    def ask(
        self, name: str, path: str, data: dict[str, str] | None = None, browser: OpenerDirector | None = None
    ) -> str:
        """Ask for ``path``; any answer but one of success is an error."""
        body = urlencode(data).encode() if data is not None else None
        request = Request(f"{self.base}{path}", body, {"Origin": self.base})
        began = time.monotonic()
        try:
            with (browser or build_opener()).open(request, timeout=30) as response:
                text = response.read().decode(errors="replace")
        except HTTPError as error:
            text = error.read().decode(errors="replace")
            if not 400 <= error.code < 500 or error.code == 429:
                raise
        self.waits.setdefault(name, []).append(time.monotonic() - began)
        return text

    def log_in(self) -> None:
        """Log in as the demo's editor."""
        browser = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))
        form = self.ask("log-in form", "/admin/login/", browser=browser)
        data = {"username": "editor", "password": PASSWORD, "csrfmiddlewaretoken": _hidden(form, "csrfmiddlewaretoken")}
        text = self.ask("log-in, with the desk", "/admin/login/", {**data, "next": "/admin/"}, browser)
        assert 'name="password"' not in text, "the log-in was refused"

    def ask_for_access(self, number: int) -> None:
        """Send a request for an accessible version."""
        form = self.ask("request form", FORM)
        time.sleep(3.5)
        typed = {
            "barrier": f"Nie mogę odczytać {number}",
            "wished_form": "plain_text",
            "email": f"a{number}@example.org",
        }
        text = self.ask(
            "request sent", FORM, {**typed, "name": "", "phone": "", "website": "", "token": _hidden(form, "token")}
        )
        assert "request-barrier" not in text, "the request was refused"


def _hidden(form: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]+)"', form)
    assert found, f"the form has no {name}"
    return found[1]


def measure(base: str, seconds: float, *, count_from: float, requests: int) -> dict[str, list[float]]:
    """What an honest visitor waits, by kind of request, from ``count_from`` seconds on.

    ``requests``: how many requests for accessible versions are sent at most; one sender may send ten a day.
    """
    visitor, began, number = Visitor(base), time.monotonic(), 0
    for _ in range(3):
        time.sleep(count_from / 3)
        Visitor(base).ask("home page", "/")
    while time.monotonic() < began + seconds:
        for name, path in (("home page", "/"), ("list of news", "/aktualnosci/"), ("robots.txt", "/robots.txt")):
            visitor.ask(name, path)
        if number < requests:
            visitor.ask_for_access(number)
        visitor.log_in()
        number += 1
        time.sleep(min(10, seconds / 10))
    return visitor.waits


@contextmanager
def running_site(port: int) -> Iterator[Callable[[], str]]:
    """A site as ``make run`` starts it, with the demo; yields a function that plants a large public file."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "NEWSROOM_DATA": data, "PORT": str(port), "DEMO_PASSWORD": PASSWORD}

        def plant() -> str:
            command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", PLANT.format(size=LARGE)]
            output = subprocess.run(
                command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
            ).stdout
            return output.rpartition("address:")[2].strip()

        site = subprocess.Popen(
            [sys.executable, ".ci/run-site.py"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}", site)
            yield plant
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(60)


def _wait_for(base: str, site: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert site.poll() is None, "the site did not start"
        try:
            Visitor(base).ask("", "/robots.txt")
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("the site did not start within five minutes")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=50, help="slow writers, and as many stalled readers")
    options = parser.parse_args()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with running_site(port) as plant:
        file = plant()
        alone = measure(base, 15, count_from=0, requests=2)
        with slow_clients(port, writers=options.clients, readers=options.clients, form=FORM, file=file):
            beside = measure(base, options.seconds, count_from=SETTLED, requests=8)
    lines = [f"{'':24}{'alone':>12}{f'beside {options.clients} + {options.clients}':>18}{'at most':>10}"]
    for name, waits in beside.items():
        quiet, busy = (sorted(found)[len(found) // 2] for found in (alone[name], waits))
        lines.append(f"{name:24}{quiet:10.3f} s{busy:16.3f} s{max(waits):8.3f} s")
    sys.stdout.write("\n".join([*lines, ""]))
    return 0 if max(max(waits) for waits in beside.values()) <= PATIENCE else 1


if __name__ == "__main__":
    sys.exit(main())
