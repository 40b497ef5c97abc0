"""A small site with some of everything."""

import pytest
from wagtail.models import Page

from tests.standing import Tree


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()
