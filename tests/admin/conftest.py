"""A small newsroom with its people at their desks."""

import pytest
from wagtail.models import Page

from tests.admin.desk import ADMINISTRATORS, EDITORS, PUBLISHERS, Desk, member
from tests.factories import NewsPageFactory
from tests.standing import Tree
from wagtail_newsroom.news.models import NewsPage


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    """A site with its lists, in which the three groups work."""
    return grown_newsroom()


@pytest.fixture
def editor(tree: dict[str, Page]) -> Desk:
    return Desk(member(EDITORS))


@pytest.fixture
def publisher(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS))


@pytest.fixture
def administrator(tree: dict[str, Page]) -> Desk:
    return Desk(member(ADMINISTRATORS))


@pytest.fixture
def page(tree: dict[str, Page]) -> NewsPage:
    """A draft that several people write at."""
    page = NewsPageFactory(parent=tree["news"], title="Wspólna", slug="wspolna", live=False)
    page.save_revision()
    return page
