"""Registering within a test, when every door is closed already."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.registry import acts
from wagtail_newsroom.news.registry.shelves import SHELVES


@contextmanager
def checked_by(*checks: Callable[[Any], Any], besides: bool = False) -> Iterator[None]:
    """Within the block, pages are checked by ``checks`` alone, or by them before all others (``besides``)."""
    others = registry.preflight_checks() if besides else []
    with registry.reopened():
        acts._preflight_checks.entries = {}
        for check in (*checks, *others):
            registry.register_preflight_check(check)
        yield


@contextmanager
def own_parts_only() -> Iterator[None]:
    """Within the block, the newsroom is without what the suite's own apps add to it."""
    with registry.reopened():
        for shelf in SHELVES:
            shelf.entries = {
                key: entry for key, entry in shelf.entries.items() if entry.owner.startswith("wagtail_newsroom.")
            }
        yield
