"""A real browser and a real server for the tests of this folder."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import BrowserContext, Page, Playwright
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


class RoomyServer(ThreadedWSGIServer):
    """Django's server for tests, whose threads have room for their frames."""

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        in_one_room(super().process_request_thread, request, client_address)


LiveServerThread.server_class = RoomyServer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folder = os.path.dirname(__file__)  # noqa: PTH120
    for item in items:
        if str(item.path).startswith(folder):
            item.add_marker(pytest.mark.browser)


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
def browser_context_at(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """A function that opens a fresh browser profile; addresses are relative to the live server."""

    def open_context(width: int = 1280, height: int = 900, **options: object) -> BrowserContext:
        options = {"locale": "pl-PL", "timezone_id": "Europe/Warsaw", **options}
        context = new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(10_000)
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
