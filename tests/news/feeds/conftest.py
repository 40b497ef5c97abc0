"""What the tests of feeds share."""

import pytest
from wagtail.models import Page

from tests.factories import make_site
from tests.news.feeds.ical_js import read_with_ical_js

__all__ = ["read_with_ical_js"]


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()
