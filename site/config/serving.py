"""The application that ``manage.py serve`` runs: ready answers first, then Django in a few threads, slow clients in many others.

The server has many threads. Each takes one request: it reads the whole body, hands the request to one of Django's few
threads, and gives the answer back in one piece. So a client that sends or takes a byte a second holds a thread that
costs next to nothing, and none of Django's. Bodies that are being sent and files that are being taken have a number of
places in each worker, and one sender has a part of those; who finds none free is answered 503 at once, and others go on.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from importlib import import_module
from threading import Lock
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.wsgi import WSGIRequest

from config.wsgi import application as django
from wagtail_newsroom.news.delivery.ready.layer import ReadyAnswers
from wagtail_newsroom.news.traffic.bodies import is_editor, most_of_anybody, sent_bytes
from wagtail_newsroom.news.traffic.senders import sender_in

Variables = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Variables, Any], Any]

# Threads of a worker that are Django's.
DJANGO_THREADS = 4
# Places of a worker for bodies under way and for files under way, and how many of them one sender may hold. Together
# they leave a fifth of the server's 128 threads to requests that are slow in neither way.
BODIES, STREAMS, OF_ONE_SENDER = 56, 48, 44
# An answer up to this size is handed over whole, and holds no thread while the client takes it.
AT_ONCE = 256 * 1024
BLOCK = 64 * 1024

BUSY = "Serwer jest zajęty. Spróbuj ponownie za kilka sekund.\n\nThe server is busy. Try again in a few seconds.\n"
INCOMPLETE = "Żądanie nie dotarło w całości.\n\nThe request did not arrive completely.\n"


@dataclass
class Places:
    """A number of places, of which one sender gets ``of_one_sender`` at most."""

    number: int
    of_one_sender: int
    _taken: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def take(self, sender: str) -> bool:
        """Take a place; whether there was one."""
        with self._lock:
            if self._taken.total() >= self.number or self._taken[sender] >= self.of_one_sender:
                return False
            self._taken[sender] += 1
            return True

    def leave(self, sender: str) -> None:
        """Give a place back."""
        with self._lock:
            self._taken[sender] -= 1
            if not self._taken[sender]:
                del self._taken[sender]

    @property
    def taken(self) -> int:
        """How many are taken."""
        return self._taken.total()


class FileAnswer:
    """A file that is sent block by block. Its place is given back when it is closed, however that comes about."""

    def __init__(self, blocks: Iterable[bytes], close: Callable[[], None]) -> None:
        self._blocks = iter(blocks)
        self._close: Callable[[], None] | None = close

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._blocks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        close, self._close = self._close, None
        if close is not None:
            close()


class IncompleteBodyError(Exception):
    """The client went away before it had sent what it announced."""


@dataclass
class Answer:
    """What Django said: ``whole``, or ``blocks`` of a file with what is to be done at the end."""

    status: str
    headers: list[tuple[str, str]]
    whole: bytes | None = None
    blocks: Iterable[bytes] = ()
    close: Callable[[], None] = lambda: None


class Server:
    """The WSGI application around ``application``."""

    def __init__(
        self,
        application: Application,
        *,
        threads: int = DJANGO_THREADS,
        bodies: int = BODIES,
        streams: int = STREAMS,
        of_one_sender: int = OF_ONE_SENDER,
    ) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self.bodies = Places(bodies, of_one_sender)
        self.streams = Places(streams, of_one_sender)

    def __call__(self, variables: Variables, start_response: StartResponse) -> Iterable[bytes]:
        sender = sender_in(variables).address
        if _has_body(variables):
            if not self.bodies.take(sender):
                return _say(start_response, "503 Service Unavailable", BUSY, ("Retry-After", "5"))
            try:
                self._read_body(variables)
            except (IncompleteBodyError, OSError):
                return _say(start_response, "400 Bad Request", INCOMPLETE)
            finally:
                self.bodies.leave(sender)
        answer = self.pool.submit(copy_context().run, self._ask, variables).result()
        if answer.whole is not None:
            start_response(answer.status, answer.headers)
            return [answer.whole]
        if not self.streams.take(sender):
            answer.close()
            return _say(start_response, "503 Service Unavailable", BUSY, ("Retry-After", "5"))

        def end() -> None:
            self.streams.leave(sender)
            answer.close()

        start_response(answer.status, answer.headers)
        return FileAnswer(answer.blocks, end)

    def _read_body(self, variables: Variables) -> None:
        """Put the body in the place of the connection.

        Of one that is too long nothing is kept: the application refuses it by its length, in the reader's language.
        """
        body = tempfile.SpooledTemporaryFile(AT_ONCE)  # noqa: SIM115  (the application reads it; it ends with the request)
        source, variables["wsgi.input"] = variables["wsgi.input"], body
        announced, length = sent_bytes(variables), 0
        limit = most_of_anybody(variables["PATH_INFO"], is_editor=False, has_token="HTTP_AUTHORIZATION" in variables)
        if announced > limit:
            limit = max(limit, self._limit_of_session(variables))
        while max(announced, length) <= limit and (block := source.read(BLOCK)):
            length += len(block)
            body.write(block)
        variables["CONTENT_LENGTH"] = str(max(announced, length))
        if max(announced, length) > limit:
            body.truncate(0)
        elif length < announced:
            raise IncompleteBodyError
        body.seek(0)

    def _limit_of_session(self, variables: Variables) -> int:
        """What an editor may send, where the request belongs to one; 0 for everybody else."""
        if settings.SESSION_COOKIE_NAME not in variables.get("HTTP_COOKIE", ""):
            return 0
        if not self.pool.submit(_comes_from_editor, variables).result():
            return 0
        return most_of_anybody(variables["PATH_INFO"], is_editor=True, has_token=False)

    def _ask(self, variables: Variables) -> Answer:
        """Have the application answer, in one of its threads. What is no file is made whole here, language and database at hand."""
        began: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            began.append((status, headers))

        response: Any = self.application(variables, begin)
        try:
            status, headers = began[-1]
            if variables["REQUEST_METHOD"] == "HEAD":
                return Answer(status, headers, whole=b"")
            if _is_large_file(response, headers):
                answer = Answer(status, headers, blocks=response, close=response.close)
                response = None
                return answer
            return _whole(status, headers, response)
        finally:
            if response is not None and hasattr(response, "close"):
                response.close()


def _is_large_file(response: Any, headers: list[tuple[str, str]]) -> bool:
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), AT_ONCE + 1)
    return getattr(response, "file_to_stream", None) is not None and length > AT_ONCE


def _whole(status: str, headers: list[tuple[str, str]], response: Iterable[bytes]) -> Answer:
    """The answer with all of its content; what is long, an export perhaps, waits on the disk."""
    if not getattr(response, "streaming", False):
        return Answer(status, headers, whole=b"".join(response))
    content = tempfile.SpooledTemporaryFile(AT_ONCE)  # noqa: SIM115  (closed by the server, after it was sent)
    for block in response:
        content.write(block)
    length = content.tell()
    content.seek(0)
    if not any(name.lower() == "content-length" for name, _value in headers):
        headers = [*headers, ("Content-Length", str(length))]
    if length > AT_ONCE:
        return Answer(status, headers, blocks=iter(lambda: content.read(BLOCK), b""), close=content.close)
    with content:
        return Answer(status, headers, whole=content.read())


def _has_body(variables: Variables) -> bool:
    return bool(sent_bytes(variables) or variables.get("HTTP_TRANSFER_ENCODING"))


def _comes_from_editor(variables: Variables) -> bool:
    """Whether the session that the request names belongs to somebody who may enter the admin."""
    request = WSGIRequest(variables)
    sessions = import_module(settings.SESSION_ENGINE)
    request.session = sessions.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    return is_editor(get_user(request))


def _say(start_response: StartResponse, status: str, text: str, *headers: tuple[str, str]) -> list[bytes]:
    content = text.encode()
    start_response(
        status,
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(content))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            *headers,
        ],
    )
    return [content]


application = ReadyAnswers(Server(cast("Any", django)))
