"""A small newsroom with its people at their desks."""

import pytest
from wagtail.models import Page

from tests.admin.desk import ADMINISTRATORS, EDITORS, PUBLISHERS, Desk, member, set_up_roles
from tests.factories import make_site


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    """A site with its lists, in which the three groups work."""
    pages = make_site()
    set_up_roles()
    return pages


@pytest.fixture
def editor(tree: dict[str, Page]) -> Desk:
    return Desk(member(EDITORS))


@pytest.fixture
def publisher(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS))


@pytest.fixture
def administrator(tree: dict[str, Page]) -> Desk:
    return Desk(member(ADMINISTRATORS))
