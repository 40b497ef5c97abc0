"""The application that the server runs: Django's few threads are for whole requests and whole answers only."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.utils import translation

from config.serving import AT_ONCE, BODIES, OF_ONE_SENDER, STREAMS, Places, Server
from config.wsgi import application as django
from home.management.commands.serve import THREADS
from tests.factories import NewsPageFactory, attach, make_attachment, make_site
from wagtail_newsroom.news.traffic import bodies
from wagtail_newsroom.news.traffic.bodies import FORM, allow_larger_bodies, body_limit, largest_upload

pytestmark = pytest.mark.django_db

LARGE = b"x" * (AT_ONCE * 3)


class Connection:
    """What a server hands over as ``wsgi.input``: reads wait until ``go_on`` is set."""

    def __init__(self, content: bytes, *, waits: bool = False) -> None:
        self.content, self.read_bytes = io.BytesIO(content), 0
        self.go_on, self.is_read = threading.Event(), threading.Event()
        if not waits:
            self.go_on.set()

    def read(self, size: int = -1) -> bytes:
        self.is_read.set()
        assert self.go_on.wait(10)
        block = self.content.read(size)
        self.read_bytes += len(block)
        return block


def environ(connection: Connection | None = None, *, length: int | None = None, **variables: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "REQUEST_METHOD": "POST" if connection else "GET",
        "PATH_INFO": "/",
        "REMOTE_ADDR": "203.0.113.9",
        "wsgi.input": connection or Connection(b""),
    }
    if length is not None:
        found["CONTENT_LENGTH"] = str(length)
    return found | variables


def ask(server: Server, asked: dict[str, Any]) -> tuple[str, dict[str, str], Iterable[bytes]]:
    said: list[Any] = []
    answer = server(asked, lambda status, headers: said.extend([status, dict(headers)]))
    return said[0], said[1], answer


def django_like(respond: Callable[[dict[str, Any]], Any]) -> Callable[..., Any]:
    """An application as Django's handler is one: the response is what is iterated over."""

    def application(asked: dict[str, Any], start_response: Any) -> Any:
        response = respond(asked)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    return application


@pytest.fixture
def echo() -> Iterator[Server]:
    """Answers with what it was sent, and with the length that it was told."""
    server = Server(
        django_like(
            lambda asked: HttpResponse(asked["wsgi.input"].read(), headers={"Told": asked.get("CONTENT_LENGTH", "")})
        ),
        bodies=3,
        streams=3,
        of_one_sender=2,
    )
    yield server
    server.pool.shutdown()


def test_t22_there_are_threads_left_beside_all_places() -> None:
    assert THREADS - BODIES - STREAMS >= 20
    assert min(BODIES, STREAMS) > OF_ONE_SENDER


def test_body_arrives_whole_with_and_without_a_length(echo: Server) -> None:
    for asked in (
        environ(Connection(b"a=b"), length=3),
        environ(Connection(b"a=b"), HTTP_TRANSFER_ENCODING="chunked"),
    ):
        status, headers, answer = ask(echo, asked)
        assert (status, headers["Told"], list(answer)) == ("200 OK", "3", [b"a=b"])
    assert list(ask(echo, environ())[2]) == [b""]


def test_t22_sender_of_slow_bodies_holds_their_places_and_nobody_elses(echo: Server) -> None:
    slow = [Connection(b"a=b", waits=True) for _ in range(2)]
    threads = [threading.Thread(target=ask, args=[echo, environ(each, length=3)]) for each in slow]
    for thread in threads:
        thread.start()
    for each in slow:
        assert each.is_read.wait(10)

    status, headers, answer = ask(echo, environ(Connection(b"a=b"), length=3))
    assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "5")
    assert "Try again" in b"".join(answer).decode()
    assert ask(echo, environ())[0] == "200 OK"
    assert ask(echo, environ(Connection(b"a=b"), length=3, REMOTE_ADDR="198.51.100.7"))[0] == "200 OK"

    for each in slow:
        each.go_on.set()
    for thread in threads:
        thread.join(10)
    assert echo.bodies.taken == 0
    assert ask(echo, environ(Connection(b"a=b"), length=3))[0] == "200 OK"


def test_t23_body_that_is_too_long_is_not_read_and_refused_by_its_length(echo: Server) -> None:
    announced = Connection(b"x" * 10)
    chunked = Connection(b"x" * (FORM * 4))

    assert ask(echo, environ(announced, length=300_000_000))[1]["Told"] == "300000000"
    assert announced.read_bytes == 0
    _status, headers, answer = ask(echo, environ(chunked, HTTP_TRANSFER_ENCODING="chunked"))
    assert int(headers["Told"]) > FORM
    assert list(answer) == [b""]
    assert chunked.read_bytes < FORM * 2


def test_client_that_went_away_reaches_nobody(echo: Server) -> None:
    status, _headers, _answer = ask(echo, environ(Connection(b"abc"), length=100))

    assert status == "400 Bad Request"
    assert echo.bodies.taken == 0


class Closing(io.BytesIO):
    """A file that can say whether it was closed."""


def test_t22_stalled_readers_of_files_hold_their_places_and_nobody_elses() -> None:
    files: list[Closing] = []

    def respond(asked: dict[str, Any]) -> Any:
        if asked["PATH_INFO"] == "/page":
            return HttpResponse("page")
        files.append(Closing(LARGE))
        return FileResponse(files[-1])

    server = Server(django_like(respond), streams=3, of_one_sender=2)
    stalled = [ask(server, environ())[2] for _ in range(2)]
    for each in stalled:
        next(iter(each))

    assert ask(server, environ())[0] == "503 Service Unavailable"
    assert files[-1].closed
    assert ask(server, environ(PATH_INFO="/page"))[0] == "200 OK"
    assert ask(server, environ(REMOTE_ADDR="198.51.100.7"))[0] == "200 OK"

    stalled[0].close()  # type: ignore[attr-defined]  (the client went away)
    stalled[0].close()  # type: ignore[attr-defined]  # a generator
    assert files[0].closed
    assert sum(map(len, stalled[1])) == len(LARGE) - FileResponse.block_size
    assert server.streams.taken == 1
    server.pool.shutdown()


def test_t22_what_is_no_large_file_holds_no_place() -> None:
    def respond(asked: dict[str, Any]) -> Any:
        if asked["PATH_INFO"] == "/small":
            return FileResponse(io.BytesIO(b"small"))
        translation.activate("en")
        return StreamingHttpResponse(
            iter([translation.get_language().encode(), b"1\n", *([b"x"] * int(asked["rows"]))])
        )

    server = Server(django_like(respond))
    for variables, content in (
        ({"PATH_INFO": "/small"}, b"small"),
        ({"PATH_INFO": "/export", "rows": "3"}, b"en1\nxxx"),
    ):
        _status, headers, answer = ask(server, environ(**variables))
        assert answer == [content]
        assert headers["Content-Length"] == str(len(content))
    _status, headers, answer = ask(server, environ(PATH_INFO="/export", rows=str(AT_ONCE)))
    assert not isinstance(answer, list)
    assert len(b"".join(answer)) == int(headers["Content-Length"]) == AT_ONCE + 4
    assert list(ask(server, environ(REQUEST_METHOD="HEAD", PATH_INFO="/small"))[2]) == [b""]
    assert server.streams.taken == 0
    server.pool.shutdown()


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests leave the connection of the test open, as Django's own test client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_parts_of_a_large_file_are_handed_over_whole_or_streamed_by_their_own_size(one_connection: None) -> None:
    """The site's own application: Django with all that stands around the file."""
    document = make_attachment("Plan", name="plan.txt", content=b"0123456789abcdef" * (AT_ONCE // 8))
    attach(NewsPageFactory(parent=make_site()["news"]), document)
    with document.file.open("rb") as stream:
        content = stream.read()
    size = len(content)
    server = Server(django)
    server.pool.shutdown()
    server.pool = InThisThread()
    address: Any = {"PATH_INFO": document.url, "HTTP_HOST": "localhost", "wsgi.input": io.BytesIO()}
    address |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    for wanted, status, is_streamed, part in (
        ("", "200 OK", True, slice(None)),
        ("bytes=7-", "206 Partial Content", True, slice(7, None)),
        ("bytes=7-9", "206 Partial Content", False, slice(7, 10)),
        ("bytes=-3", "206 Partial Content", False, slice(-3, None)),
        (f"bytes={size}-", "416 Requested Range Not Satisfiable", False, slice(0)),
    ):
        said, headers, answer = ask(server, environ(**address, **({"HTTP_RANGE": wanted} if wanted else {})))
        assert (said, server.streams.taken) == (status, int(is_streamed))
        assert b"".join(answer) == content[part]
        assert (headers["Content-Length"], server.streams.taken) == (str(len(content[part])), 0)
    said, headers, answer = ask(server, environ(**address, REQUEST_METHOD="HEAD", HTTP_RANGE="bytes=7-9"))
    assert (said, headers["Content-Length"], b"".join(answer)) == ("200 OK", str(size), b"")


def test_places_are_counted_by_sender() -> None:
    places = Places(3, 2)

    assert [places.take(sender) for sender in "aaabb"] == [True, True, False, True, False]
    places.leave("a")
    assert places.take("b")


# Limits by route


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/dostepnosc/prosba/", "pl", "256"),
        ("/en/accessibility/request/", "en", "shorten the text"),
        ("/podglad/abcdefghijklmnopqrstuvwxyz/", "pl", "256"),
        ("/admin/login/", "en", "shorten the text"),
        ("/admin/images/add/", "en", "shorten the text"),
        ("/_util/login/", "pl", "256"),
    ],
)
def test_t23_body_that_is_too_long_for_its_route_is_refused_before_it_is_read(
    path: str, language: str, words: str
) -> None:
    class Unread(io.BytesIO):
        def read(self, *args: Any) -> bytes:
            raise AssertionError("the body was read")

    answer = Client(headers={"accept-language": "en"}).generic(
        "POST", path, **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(300_000_000)}, content_type="multipart/form-data; boundary=x"
    )  # fmt: skip
    assert answer.status_code == 413
    assert f'<html lang="{language}"' in answer.content.decode()
    assert words in answer.content.decode()


def test_t23_every_address_that_takes_a_body_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers get the limit of a form at whatever address; editors that of an upload, in the admin alone."""
    monkeypatch.setattr(bodies, "_larger", {})
    with_files = 4 * largest_upload()
    assert body_limit("/", is_editor=True) == body_limit("/admin/images/add/") == FORM
    assert with_files < body_limit("/admin/images/add/", is_editor=True) < with_files + 10 * 1024 * 1024
    assert FORM < body_limit("/api/v3-preview/pages/", has_token=True) < 10 * 1024 * 1024
    allow_larger_bodies("test_form_with_files", 7_000_000)
    assert body_limit("/", url_name="test_form_with_files") == 7_000_000


def test_editor_is_known_by_the_session_alone(echo: Server) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("anna"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    body = b"x" * (FORM + 1000)
    asked = {
        "PATH_INFO": "/admin/images/add/",
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
    }

    # The pool's threads would not see the rows of this test.
    echo.pool.shutdown()
    echo.pool = InThisThread()
    for sent, length in ((cookie, len(body)), ("sessionid=forged", 0), ("", 0)):
        answer = ask(echo, environ(Connection(body), length=len(body), HTTP_COOKIE=sent, **asked))[2]
        assert len(b"".join(answer)) == length


class InThisThread(ThreadPoolExecutor):
    """A pool without threads."""

    def submit(self, work: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        done: Future[Any] = Future()
        done.set_result(work(*arguments, **options))
        return done
