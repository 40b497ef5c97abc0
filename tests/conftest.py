"""What every test stands on: a throw-away database file, media folder and cache."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.test.signals import setting_changed
from django.utils import translation

from tests.databases import drop_taken_database, keep_database, take_kept_database
from tests.emptying import put_migrated_back, remember_migrated
from tests.frames import in_one_room
from tests.standing import Tree, has_transactional_tests, is_transactional, planted_for_many, read_again

LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"

# Set where the suite runs a second time, on other services: only what those can tell apart runs again.
ONLY_ON_SERVICES = "NEWSROOM_TESTS_ON_SERVICES"

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
    _override(
        "NEWSROOM",
        {**django_settings.NEWSROOM, "TASK_BACKEND": "default", "DELIVERY_FOLDER": str(scratch / "delivery")},
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[SCRATCH_FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what services do not tell apart, and begin with the longest."""
    if os.environ.get(ONLY_ON_SERVICES):
        kept = _told_apart_by_services(items)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]
    _begin_with_the_longest(items)


def _begin_with_the_longest(items: list[pytest.Item]) -> None:
    """Put modules with a test that is marked ``slow`` before the others, those that drive a browser between the rest.

    Workers take whole modules in this order: one long module at the end would leave the other workers idle, and two
    browsers at once have to wait for each other.
    """
    slow = list(dict.fromkeys(item.path for item in items if item.get_closest_marker("slow")))
    browsers = [path for path in slow if path.parent.name == "browser"]
    others = [path for path in slow if path not in browsers]
    places = {path: number for found in (browsers, others) for number, path in enumerate(found)}
    last = len(slow)
    items.sort(key=lambda item: places.get(item.path, last))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return in_one_room(item.config.pluginmanager.get_plugin("runner").pytest_runtest_protocol, item, nextitem)


def _told_apart_by_services(items: list[pytest.Item]) -> set[pytest.Item]:
    """Those of ``items`` that run on services again; of a test with many rows the first and the last, where not all are asked for.

    What differs from row to row is mostly what people typed, not what the database is asked. Where each row asks it
    something else, the mark says ``services(rows="all")``.
    """
    rows: dict[tuple[Path, str], list[pytest.Item]] = defaultdict(list)
    for item in items:
        if _is_told_apart_by_services(item):
            rows[item.path, getattr(item, "originalname", item.name)].append(item)
    kept: set[pytest.Item] = set()
    for each in rows.values():
        mark = each[0].get_closest_marker("services")
        asks_for_all = mark is not None and mark.kwargs.get("rows") == "all"
        kept.update(each if asks_for_all else (each[0], each[-1]))
    return kept


def _is_told_apart_by_services(item: pytest.Item) -> bool:
    """Whether PostgreSQL or Redis may answer otherwise than SQLite and a cache in memory.

    That is what is marked ``services`` (order, search, constraints, transactions, concurrency, the cache, a few whole
    journeys), and every test that commits: its rows are seen by other connections. What a browser makes of a page
    does not hang on where the page is stored: there the mark alone counts.
    """
    if item.get_closest_marker("services"):
        return True
    return is_transactional(item) and item.path.parent.name != "browser"


def _use_throwaway_database(scratch: Path) -> None:
    database = django_settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"].endswith("sqlite3"):
        # A file, not shared memory: threads meet the locks that they meet in production.
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(scratch / "test.sqlite3")}
    else:
        # Nothing has to outlive the server. Tables of a test have no statistics: PostgreSQL expects thousands of rows
        # of each, and would compile queries of a page for longer than it asks them.
        database["OPTIONS"] = {**database.get("OPTIONS", {}), "options": "-c synchronous_commit=off -c jit=off"}


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


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_blocker: Any) -> bool:
    """Whether there is a migrated database already, kept from an earlier run."""
    with django_db_blocker.unblock():
        return take_kept_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> Iterator[None]:
    """The test database, as pytest-django makes it; the first one is kept for further runs.

    Wagtail's root page, locale, collection and groups come from migrations. A test that commits does not empty the
    database, as it does with Django: what the migrations made is put back.
    """
    with django_db_blocker.unblock():
        if not django_db_keepdb:
            keep_database()
        remember_migrated()
    TransactionTestCase._fixture_teardown = lambda _case: put_migrated_back()
    yield
    if django_db_keepdb:
        with django_db_blocker.unblock():
            drop_taken_database()


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


@pytest.fixture(scope="session", autouse=True)
def counts_at_once() -> None:
    """What readers get is counted in the test that asks for it; a thread would write into some later test."""
    from wagtail_newsroom.news.delivery import counting

    counting.SECONDS_BETWEEN = 0
    counting.in_batches()  # as it is now: a module that asks the site while it is collected said it before


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
