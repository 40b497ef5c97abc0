"""Which view answers for a page type: registered for it, found along the classes of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models import EventIndexPage, EventPage, NewsPage
from wagtail_newsroom.news.registry import RegistrationError
from wagtail_newsroom.news.views import feeds
from wagtail_newsroom.news.views.retired import serve_retired


class Above:
    """A page type of somebody's."""


class Mixin:
    """What a host mixes in."""


class Below(Mixin, Above):
    """A host's page type on it."""


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    """Nothing that a test registers outlives it."""
    with registry.reopened():
        yield


def one(page: Any, request: Any) -> Any:
    return "one"


def other(page: Any, request: Any) -> Any:
    return "other"


def test_files_of_a_type_and_of_those_above_answer() -> None:
    registry.register_page_file(Above, "event.ics", one)
    registry.register_page_file(Above, "atom.xml", one)
    registry.register_page_file(Below, "atom.xml", other)
    registry.register_page_file(Mixin, "map.geojson", other)

    assert registry.page_files(Above) == {"event.ics": one, "atom.xml": one}
    assert registry.page_files(Below) == {"event.ics": one, "atom.xml": other, "map.geojson": other}


def test_nearest_listing_wins() -> None:
    registry.register_page_listing(Above, one)
    with registry.reopened():
        assert registry.page_listing(Below) is one
    registry.register_page_listing(Below, other)

    assert (registry.page_listing(Above), registry.page_listing(Below)) == (one, other)


def test_list_may_make_its_own_rows() -> None:
    assert registry.page_listing(Below) is None


def test_retired_page_without_a_view_is_an_error_that_names_the_remedy() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"register_retired_view\(Below, …\)"):
        registry.retired_view(Below)


def test_what_is_taken_or_could_be_a_slug_is_refused() -> None:
    registry.register_page_file(Above, "event.ics", one)
    registry.register_page_listing(Above, one)
    registry.register_retired_view(Above, one)

    with pytest.raises(RegistrationError, match=r"Above event.ics', which .* has registered already"):
        registry.register_page_file(Above, "event.ics", other)
    with pytest.raises(ValueError, match="a dot in its name"):
        registry.register_page_file(Above, "calendar", other)
    with pytest.raises(RegistrationError, match=r"Above', which .* has registered already"):
        registry.register_page_listing(Above, other)
    with pytest.raises(RegistrationError, match=r"Above', which .* has registered already"):
        registry.register_retired_view(Above, other)


def test_a_hosts_subclass_has_what_ours_have() -> None:
    class HostEvent(EventPage):
        class Meta:
            abstract = True

    assert registry.page_files(HostEvent)["event.ics"] is feeds.serve_event_calendar
    assert set(registry.page_files(HostEvent)) == {"event.ics", "schedule.json", "schedule.xml"}
    assert set(registry.page_files(EventIndexPage)) == {"atom.xml", "calendar.ics"}
    assert registry.page_files(NewsPage) == {}
    assert registry.retired_view(HostEvent) is serve_retired
