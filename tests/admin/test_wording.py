"""Buttons of the editor in whole words of the reader's language, not put together of parts."""

from typing import Any

import pytest
from wagtail.models import Page

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member
from tests.factories import NewsPageFactory

CHOOSER = "/admin/snippets/choose/newsroom/informationclause/"


def new_event(desk: Desk, tree: dict[str, Page]) -> str:
    return desk.client.get(f"/admin/pages/add/newsroom/eventpage/{tree['events'].pk}/").content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Choose an information clause"), ("pl", "Wybierz klauzulę informacyjną")]
)
def test_chooser_speaks_the_language_of_whoever_chooses(tree: dict[str, Page], language: str, words: str) -> None:
    desk = Desk(member(EDITORS, language=language))
    assert words in new_event(desk, tree)
    assert words in desk.client.get(CHOOSER).json()["html"]


@pytest.mark.parametrize(
    ("language", "first", "again"),
    [
        ("en", "Submit for approval", "Submit for approval again"),
        ("pl", "Wyślij do akceptacji", "Wyślij ponownie do akceptacji"),
    ],
)
def test_submission_is_named_by_what_it_does(tree: dict[str, Page], language: str, first: str, again: str) -> None:
    desk = Desk(member(EDITORS, language=language))
    assert submit_label(new_event(desk, tree)) == first

    page: Any = NewsPageFactory(parent=tree["news"], live=False, owner=desk.user)
    page.save_revision(user=desk.user)
    desk.open(page).submit()
    Desk(member(PUBLISHERS)).open(page).send_back("Brak terminu.")
    assert submit_label(desk.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()) == again


def submit_label(form: str) -> str:
    return form.split('name="action-submit" value="')[1].split('"')[0]
