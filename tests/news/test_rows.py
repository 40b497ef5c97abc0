"""Rows of pages keep the order in which they were given."""

import pytest
from django.apps import apps
from wagtail.models import Orderable, Page

from tests.factories import NewsPageFactory
from tests.standing import Tree
from wagtail_newsroom.news.models import NewsPage, PageContact
from wagtail_newsroom.news.models.pages.rows import Row

pytestmark = pytest.mark.services

OURS = [
    model
    for model in apps.get_models()
    if issubclass(model, Orderable) and model._meta.app_label in {"newsroom", "newsroom_galleries"}
]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_ordered_row_gets_a_place(model: type[Orderable]) -> None:
    assert issubclass(model, Row)


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


def test_rows_without_a_place_come_last_in_the_order_given(tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"])
    page.contacts = [PageContact(name="Biuro", sort_order=4)]
    page.save()
    for name in ("Sekretariat", "Rzeczniczka"):
        PageContact(page=page, name=name).save()
    PageContact.objects.filter(page=page, name="Sekretariat").update(phone="22 555 01 00")

    rows = NewsPage.objects.get(pk=page.pk).contacts.all()
    assert [(row.name, row.sort_order) for row in rows] == [("Biuro", 4), ("Sekretariat", 5), ("Rzeczniczka", 6)]


def test_rows_of_two_pages_are_counted_apart(tree: dict[str, Page]) -> None:
    for title in ("Nabór", "Wyniki naboru"):
        page = NewsPageFactory(parent=tree["news"], title=title)
        page.contacts = [PageContact(name="Biuro"), PageContact(name="Sekretariat")]
        page.save()
        assert list(page.contacts.values_list("name", "sort_order")) == [("Biuro", 0), ("Sekretariat", 1)]
