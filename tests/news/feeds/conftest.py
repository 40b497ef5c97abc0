"""What the tests of feeds share."""

import pytest
from wagtail.models import Page

from tests.news.feeds.ical_js import read_with_ical_js
from tests.standing import Tree

__all__ = ["read_with_ical_js"]


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()
