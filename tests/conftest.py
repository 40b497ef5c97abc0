"""What every test stands on: a throw-away database file, media folder and cache."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import SimpleTestCase
from django.test.signals import setting_changed
from django.utils import translation

from tests.frames import in_one_room
from tests.standing import Tree, has_transactional_tests, planted_for_many, read_again

LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"

# Set where the suite runs a second time, on other services: tests that use none of them are left out.
ONLY_ON_SERVICES = "NEWSROOM_TESTS_ON_SERVICES"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "admin_client", "admin_user"}
# A module with one of these words may reach a service without such a fixture: by a program it starts, or the cache.
WAYS_TO_SERVICES = ("subprocess", "call_command", "cache", "connection", "DATABASE_URL", "CACHE_URL")
ON_EVERY_DATABASE = {"test_editors_day.py", "test_many_photos.py"}

SCRATCH_FOLDER = pytest.StashKey[Path]()
# What the migrations and the suite's modules leave behind lives to the end: looking through it for rubbish after every
# 700 new objects, as Python does, finds nothing.
OBJECTS_BETWEEN_COLLECTIONS = 20_000

gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 20)


def pytest_configure(config: pytest.Config) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
    config.stash[SCRATCH_FOLDER] = scratch
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    _use_throwaway_database(scratch)
    if "CACHE_URL" in os.environ:
        _use_own_redis_database(worker)
    else:
        _override("CACHES", {**django_settings.CACHES, "default": {"BACKEND": LOCAL_MEMORY}})
    _override("MEDIA_ROOT", scratch / "media")
    _override("STATIC_ROOT", scratch / "static")
    # Static files are read from where they are written: no collectstatic is needed.
    _override("STORAGES", {**django_settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_STATIC}})
    _override("WHITENOISE_AUTOREFRESH", True)
    _override("WHITENOISE_USE_FINDERS", True)
    _override("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
    # Throttling and the queue of tasks are switched on where they are the subject.
    _override("AXES_ENABLED", False)
    _override("NEWSROOM", {**django_settings.NEWSROOM, "TASK_BACKEND": "default"})


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[SCRATCH_FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Bring back what the migrations planted after each test that empties the whole database.

    Wagtail's root page, locale, collection and groups come from migrations; a transactional test
    flushes them, and the next one would start without a tree.
    """
    if os.environ.get(ONLY_ON_SERVICES):
        left_out = [item for item in items if not _uses_a_service(item)]
        items[:] = [item for item in items if item not in set(left_out)]
        config.hook.pytest_deselected(items=left_out)
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = getattr(item, "fixturenames", ())
        is_transactional = (marker is not None and marker.kwargs.get("transaction")) or (
            "transactional_db" in fixtures or "live_server" in fixtures
        )
        if is_transactional:
            options = dict(marker.kwargs) if marker else {}
            options |= {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**options), append=False)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return in_one_room(item.config.pluginmanager.get_plugin("runner").pytest_runtest_protocol, item, nextitem)


def _uses_a_service(item: pytest.Item) -> bool:
    """Whether a test may answer otherwise on another database or cache: in doubt, yes.

    What a browser makes of a page does not hang on where the page is stored: of these, one whole day is
    enough, and uploads that meet in one draft.
    """
    if item.path.parent.name == "browser" and item.path.name not in ON_EVERY_DATABASE:
        return False
    if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    if issubclass(getattr(item, "cls", None) or object, SimpleTestCase):
        return True
    source = _source_of(item.path)
    return any(word in source for word in WAYS_TO_SERVICES)


@lru_cache
def _source_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _use_throwaway_database(scratch: Path) -> None:
    database = django_settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"].endswith("sqlite3"):
        # A file, not shared memory: threads meet the locks that they meet in production.
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(scratch / "test.sqlite3")}


def _use_own_redis_database(worker: str) -> None:
    """Give each parallel worker a database of its own: clearing one leaves the other alone."""
    if worker:
        cache_settings = django_settings.CACHES["default"]
        number = int(worker.removeprefix("gw")) + 1
        address = urlsplit(cache_settings["LOCATION"])._replace(path=f"/{number}")
        cache_settings["LOCATION"] = urlunsplit(address)


def _override(name: str, value: object) -> None:
    """Change a setting for the whole run, and tell whoever has read it already."""
    setattr(django_settings, name, value)
    setting_changed.send(sender=pytest_configure, setting=name, value=value, enter=True)


@pytest.fixture(autouse=True)
def media_root(settings: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test's own media folder, empty at its start."""
    folder = tmp_path_factory.mktemp("media")
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture(scope="module")
def grown_site(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Tree]:
    """A function that returns the tree of a small site, planted once for the module where that can be."""
    from tests.factories import make_site

    if has_transactional_tests(request):
        yield make_site
        return
    with planted_for_many(django_db_blocker, tmp_path_factory.mktemp("site")) as plant:
        tree = plant(make_site)
        yield lambda: read_again(tree)


@pytest.fixture(scope="module")
def grown_newsroom(
    request: pytest.FixtureRequest, grown_site: Tree, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Tree]:
    """A function that returns the tree of a small site in which the three groups work, all of it, as on the reference site."""
    from wagtail_newsroom.news.publishing.approval.groups import set_up_roles
    from wagtail_newsroom.news.publishing.own_pages import home_pages

    def make() -> dict[str, Any]:
        tree = grown_site()
        set_up_roles(home_pages())
        return tree

    if has_transactional_tests(request):
        yield make
        return
    with planted_for_many(django_db_blocker, tmp_path_factory.mktemp("newsroom")) as plant:
        plant(make)
        yield grown_site


@pytest.fixture(autouse=True)
def own_language(settings: object) -> None:
    """Each test starts in the site's language, whatever language the last request of another one was answered in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def throttled_logins(settings: object) -> None:
    """Log-ins are counted and throttled, as they are in production."""
    settings.AXES_ENABLED = True


@pytest.fixture
def queue(settings: object) -> None:
    """The newsroom's tasks wait in the database, as they do in production."""
    settings.NEWSROOM = {**settings.NEWSROOM, "TASK_BACKEND": "newsroom"}


@pytest.fixture
def english() -> Iterator[None]:
    """What code says is said in the words of its source."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def public_writes_leave_records(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request or command that changes what the public sees and leaves no record fails the test (tests/writes.py).

    ``@pytest.mark.unrecorded("reason")`` leaves a test out. With the fixture ``no_public_writes`` reading writes nothing.
    """
    from django.core.management.base import BaseCommand
    from django.test import Client

    from tests.writes import READING_MAY_WRITE, unrecorded, watching

    is_left_out = request.node.get_closest_marker("unrecorded") is not None
    may_not_write = "no_public_writes" in request.fixturenames
    answer, execute = Client.request, BaseCommand.execute

    def request_watched(client: Client, **environ: Any) -> Any:
        with watching() as written:
            response = answer(client, **environ)
        what = f"{environ.get('REQUEST_METHOD', 'GET')} {environ.get('PATH_INFO')}"
        if may_not_write and environ.get("REQUEST_METHOD", "GET") in {"GET", "HEAD"}:
            assert written.tables - READING_MAY_WRITE == set(), f"{what} writes for the public"
        assert is_left_out or unrecorded(written) == set(), f"{what} leaves no record of what it wrote"
        return response

    def execute_watched(command: BaseCommand, *arguments: Any, **options: Any) -> Any:
        if type(command).__module__.startswith(("django.", "wagtail.")):
            return execute(command, *arguments, **options)
        with watching() as written:
            result = execute(command, *arguments, **options)
        assert is_left_out or unrecorded(written) == set(), f"{type(command).__module__} leaves no record"
        return result

    monkeypatch.setattr(Client, "request", request_watched)
    monkeypatch.setattr(BaseCommand, "execute", execute_watched)


@pytest.fixture
def no_public_writes() -> None:
    """Whoever only reads in this test writes nothing that the public sees: see public_writes_leave_records."""
