"""What is planted once for the tests of a module, which run in transactions of their own inside that of the planting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.utils import translation

Tree = Callable[[], dict[str, Any]]  # gives the pages of a site by name


@contextmanager
def planted_for_many(blocker: Any, media: Path) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Give a function that plants rows, and files into ``media``, for many tests; take the rows away at the end.

    For fixtures of modules: the tests between run in a transaction of their own inside this one, as Django's do.
    Whoever plants so must not hand one test's objects to the next, and has no transactional test beside.
    """
    planting = transaction.atomic()
    planting._from_testcase = True

    def plant(make: Callable[[], Any]) -> Any:
        with (
            blocker.unblock(),
            override_settings(MEDIA_ROOT=media),
            translation.override(settings.LANGUAGE_CODE),
        ):
            return make()

    with blocker.unblock():
        planting.__enter__()
    try:
        yield plant
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            planting.__exit__(None, None, None)
            cache.clear()


def read_again(tree: dict[str, Any]) -> dict[str, Any]:
    """The pages of a tree in objects that nobody has touched, as the database has them."""
    return {name: type(page)._default_manager.get(pk=page.pk) for name, page in tree.items()}


def has_transactional_tests(request: pytest.FixtureRequest) -> bool:
    """Whether a test of this module commits: nothing can be planted for many tests there."""
    return any(is_transactional(item) for item in request.session.items if item.path == request.path)


def is_transactional(item: pytest.Item) -> bool:
    """Whether a test commits what it writes; the database is put back after it."""
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or bool({"transactional_db", "live_server"} & {*fixtures})
