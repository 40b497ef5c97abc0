"""Fixtures that several tests of the newsroom share."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.urls import clear_url_caches, set_urlconf


@pytest.fixture
def site_with(settings: Any) -> Iterator[Any]:
    """A function that makes these patterns the site's."""

    def use(patterns: list[Any]) -> None:
        module = ModuleType("tests.hosts_urls")
        module.urlpatterns = patterns
        sys.modules[module.__name__] = module
        settings.ROOT_URLCONF = module.__name__
        clear_url_caches()
        set_urlconf(None)

    yield use
    sys.modules.pop("tests.hosts_urls", None)
    clear_url_caches()
