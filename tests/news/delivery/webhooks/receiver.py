"""A receiver of webhooks on loopback: it keeps what it gets, checks it by somebody else's library, answers as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook as Verifier

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; whatever the receiver has to say comes from its list of answers, 204 once that is used up."""

    server: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        answer = self.server.answers.pop(0) if self.server.answers else status(204)
        answer(self)
        self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""


def status(number: int, body: bytes = b"", **headers: str) -> Answer:
    """Answer with a status, and headers (``retry_after="60"``)."""

    def answer(handler: Handler) -> None:
        handler.send_response(number)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def raw(*pieces: bytes, pause: float = 0) -> Answer:
    """Send bytes as they are, with a pause before each piece."""

    def answer(handler: Handler) -> None:
        try:
            for piece in pieces:
                time.sleep(pause)
                handler.wfile.write(piece)
                handler.wfile.flush()
        except OSError:
            pass  # the sender has had enough

    return answer


class Receiver(ThreadingHTTPServer):
    """``got``: headers and body of each request, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[Answer] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?source=newsroom"

    def events(self, *secrets: str) -> list[Any]:
        """What the messages say, each verified with every one of ``secrets`` by an independent library."""
        for headers, body in self.got:
            for secret in secrets:
                Verifier(secret).verify(body, headers)
        return [Verifier(secrets[0]).verify(body, headers) for headers, body in self.got]

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.got]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()
    thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        receiver.server_close()
        thread.join()
