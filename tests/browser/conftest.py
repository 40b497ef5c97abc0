"""A real browser and a real server for the tests of this folder."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright
from wagtail.models import Page as WagtailPage

from tests.admin.desk import EDITORS, member, set_up_roles
from tests.browser.chromium import MISSING, find_chromium
from tests.browser.forms import sign_in
from tests.factories import make_site
from tests.frames import in_one_room

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PageAt = Callable[..., Page]
SECONDS_TO_GO_QUIET = 30


class Turnstile:
    """A WSGI application that lets requests in to another while a test runs, and can wait until the last has left.

    A page that is closed still sends its last word (Wagtail's editor gives its presence back). The server outlives the
    test: between two it would answer out of the next one's database, and its error would become the next one's.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application
        self._inside = 0
        self._is_open = False
        self._changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._changed:
            if not self._is_open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self._inside += 1
        try:
            return self._until_it_has_left(self._application(environ, start_response))
        except BaseException:
            self._leave()
            raise

    def open(self) -> None:
        self._is_open = True

    def close(self) -> None:
        with self._changed:
            self._is_open = False
            assert self._changed.wait_for(lambda: not self._inside, SECONDS_TO_GO_QUIET), "A request does not end."

    def _until_it_has_left(self, body: Any) -> Iterator[bytes]:
        try:
            yield from body
        finally:
            body.close()
            self._leave()

    def _leave(self) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()


class RoomyServer(ThreadedWSGIServer):
    """Django's server for tests, whose threads have room for their frames, behind a turnstile."""

    turnstile: Turnstile

    def set_app(self, application: Any) -> None:
        self.turnstile = Turnstile(application)
        super().set_app(self.turnstile)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        in_one_room(super().process_request_thread, request, client_address)


LiveServerThread.server_class = RoomyServer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folder = os.path.dirname(__file__)  # noqa: PTH120
    for item in items:
        if str(item.path).startswith(folder):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def quiet_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """The live server answers during a test that uses it, until its pages are closed, and not before the next one."""
    if "live_server" not in request.fixturenames:
        yield
        return
    turnstile = request.getfixturevalue("live_server").thread.httpd.turnstile
    turnstile.open()
    yield
    turnstile.close()


@pytest.fixture(scope="session")
def connection_of_the_run(django_db_setup: None) -> Any:
    """Django's connection as it was before playwright.

    Playwright's synchronous API keeps an event loop running in this thread. Django would refuse every query there, though
    no coroutine of ours ever runs in it, and would open a second connection that knows nothing of the run's bookkeeping.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return connections["default"]


@pytest.fixture(scope="session")
def playwright(connection_of_the_run: Any, playwright: Playwright) -> Playwright:
    connections["default"] = connection_of_the_run
    return playwright


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that is here; without one, CI fails and everybody else is told."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        warnings.warn(MISSING, stacklevel=1)
        pytest.skip("no browser: install Chromium or set CHROMIUM")
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    return live_server.url


@pytest.fixture
def refused_by_policy() -> Iterator[list[str]]:
    """What pages wanted to do and the content security policy did not let them: nothing, on every page of every test."""
    refused: list[str] = []
    yield refused
    assert refused == []


@pytest.fixture
def browser_context_at(
    new_context: Callable[..., BrowserContext], refused_by_policy: list[str]
) -> Callable[..., BrowserContext]:
    """A function that opens a fresh browser profile; addresses are relative to the live server."""

    def look(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused_by_policy.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open_context(width: int = 1280, height: int = 900, **options: object) -> BrowserContext:
        options = {"locale": "pl-PL", "timezone_id": "Europe/Warsaw", **options}
        context = new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(10_000)
        context.on("console", look)
        return context

    return open_context


@pytest.fixture
def page_at(browser_context_at: Callable[..., BrowserContext]) -> PageAt:
    """A function that opens an empty browser page of a width: ``page_at(320).goto("/")``.

    Further arguments go to playwright's ``new_context``: ``java_script_enabled=False``,
    ``color_scheme="dark"``, ``reduced_motion="reduce"``, ``forced_colors="active"``.
    """

    def open_page(width: int = 1280, height: int = 900, **options: object) -> Page:
        return browser_context_at(width, height, **options).new_page()

    return open_page


@pytest.fixture
def tree(live_server: object) -> dict[str, WagtailPage]:
    pages = make_site()
    set_up_roles()
    return pages


@pytest.fixture
def admin_at(page_at: PageAt, live_server: object) -> Callable[[str, str], Page]:
    """A function that opens an address of the admin as an editor who reads it in ``language``."""

    def open_admin(url: str, language: str) -> Page:
        tab = sign_in(page_at(1280), live_server, member(EDITORS, language=language))
        tab.goto(url)
        return tab

    return open_admin
