"""Sending one request to an address that nobody here vouches for: bounded in time and size, led nowhere else.

Python's own client: libraries follow redirects, read proxies from the environment and look a name up by themselves, and
each of these would lead past the check of the address.
"""

import datetime as dt
import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from wagtail_newsroom.news.delivery.webhooks.addresses import (
    Place,
    RefusedAddressError,
    Target,
    places_of,
    read_address,
)

CONNECT_SECONDS = 5
WHOLE_SECONDS = 15
# For what a receiver says after it has accepted the message; nobody needs it.
POLITE_SECONDS = 1
READ_BYTES = 2048
SAID_CHARACTERS = 200
BUSY = (429, 503)


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt.

    ``status``: that of the answer, where there was one; ``error``: empty where the message was accepted, else why not, one
    of :data:`wagtail_newsroom.news.delivery.webhooks.words.REASONS`; ``said``: the beginning of what the receiver wrote of it; ``ms``: how
    long it took; ``wait``: for how many seconds the receiver asked to be left alone.
    """

    status: int | None = None
    error: str = ""
    said: str = ""
    ms: int = 0
    wait: int = 0

    @property
    def is_accepted(self) -> bool:
        """The receiver has the message."""
        return not self.error

    @property
    def is_refusal(self) -> bool:
        """The receiver works, and does not want this very message."""
        return self.error == "status" and self.status is not None and 400 <= self.status < 500 and self.status != 408


def post(url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """Send ``body`` to ``url``. Never raises for what the network or the receiver does: that is the outcome."""
    began = time.monotonic()
    try:
        status, said, wait = _exchange(url, body, headers, began + WHOLE_SECONDS)
    except RefusedAddressError as error:
        outcome: dict[str, Any] = {"error": error.code}
    except TimeoutError:
        outcome = {"error": "timeout"}
    except ssl.SSLError:
        outcome = {"error": "tls"}
    except (http.client.HTTPException, ValueError):
        outcome = {"error": "answer"}
    except OSError:
        outcome = {"error": "connection"}
    else:
        outcome = {"status": status, "error": _error_of(status), "said": said, "wait": wait}
    return Outcome(ms=round(1000 * (time.monotonic() - began)), **outcome)


def _error_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return "redirect"
    return "gone" if status == 410 else "status"


def _exchange(url: str, body: bytes, headers: dict[str, str], deadline: float) -> tuple[int, str, int]:
    target = read_address(url)
    sock = TimedSocket(_connect(places_of(target), target, deadline), deadline)
    try:
        client = http.client.HTTPConnection(target.host, target.port)
        client.sock = sock
        client.request("POST", target.path, body, {"Host": target.host_header, "Connection": "close", **headers})
        answer = client.getresponse()
        is_accepted = not _error_of(answer.status)
        if is_accepted:
            sock.deadline = min(deadline, time.monotonic() + POLITE_SECONDS)
        said = _read(answer)
        return answer.status, "" if is_accepted else said, _asked_wait(answer)
    finally:
        sock.sock.close()


def _connect(places: list[Place], target: Target, deadline: float) -> socket.socket:
    """A connection to the first of ``places`` that answers, and to no other; encrypted, the certificate that of the name."""
    trouble: OSError = TimeoutError()
    for place in places:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        sock = socket.socket(place.family, socket.SOCK_STREAM)
        sock.settimeout(min(CONNECT_SECONDS, left))
        try:
            sock.connect(place.address)
            if target.is_secure:
                return ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
        except OSError as error:
            sock.close()
            if isinstance(error, ssl.SSLError):
                raise
            trouble = error
        else:
            return sock
    raise trouble


def _read(answer: http.client.HTTPResponse) -> str:
    """The beginning of a text that is short and plain; nothing of anything else."""
    kind = answer.headers.get_content_type()
    try:
        body = answer.read(READ_BYTES)
    except (OSError, http.client.HTTPException, ValueError):
        return ""  # the status is known, and that is what counts
    if kind not in ("text/plain", "application/json", "application/problem+json"):
        return ""
    text = "".join(char if char.isprintable() else " " for char in body.decode("utf-8", "replace"))
    return " ".join(text.split())[:SAID_CHARACTERS]


def _asked_wait(answer: http.client.HTTPResponse) -> int:
    """For how many seconds a busy receiver asks to be left alone: a number, or a moment (RFC 9110, 10.2.3)."""
    asked = answer.headers.get("Retry-After", "").strip() if answer.status in BUSY else ""
    if asked.isascii() and asked.isdigit():
        return int(asked[:9])
    try:
        moment = parsedate_to_datetime(asked)
    except ValueError:
        return 0
    left = moment.replace(tzinfo=moment.tzinfo or dt.UTC) - dt.datetime.now(dt.UTC)
    return max(0, int(left.total_seconds()))


class TimedSocket:
    """A socket for :mod:`http.client` that gives up at a moment, however slowly the other end goes on."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock = sock
        self.deadline = deadline

    def hurry(self) -> None:
        """Let the next step take what time is left. Raises ``TimeoutError`` where none is."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)

    def sendall(self, data: Any) -> None:
        """Send everything."""
        rest = memoryview(data)
        while rest:
            self.hurry()
            rest = rest[self.sock.send(rest) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        """What the other end sends, to read."""
        return io.BufferedReader(_Received(self))

    def close(self) -> None:
        """The client closes early and reads on; who made the connection closes it."""


class _Received(io.RawIOBase):
    def __init__(self, timed: TimedSocket) -> None:
        self.timed = timed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.timed.hurry()
        return self.timed.sock.recv_into(buffer)
