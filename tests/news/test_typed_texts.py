"""Control characters that people type or paste are not stored; a text on one line is refused with them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from tests.admin.desk import PUBLISHERS, Desk, member
from tests.factories import NewsPageFactory
from tests.standing import Tree
from wagtail_newsroom.news.fields import LineField
from wagtail_newsroom.news.models import ManagedPageMixin, NewsPage, Organisation, PageContact
from wagtail_newsroom.news.models.typed_texts import take_out_unseen
from wagtail_newsroom.news.publishing.preflight.refusals import plain_reason

PASTED = "Most\x0b nad\x00 rzeką\x1f\u2028 i\x85 dalej\n\tpo prostu"
CLEAN = "Most nad rzeką i dalej\n\tpo prostu"


def typed_models() -> list[type[models.Model]]:
    """Our page types, their rows and our snippets."""
    pages = [model for model in get_page_models() if issubclass(model, ManagedPageMixin)]
    return [*pages, *get_snippet_models(), PageContact]


@pytest.mark.parametrize("model", typed_models(), ids=lambda model: model._meta.label)
def test_c17_no_text_of_any_type_keeps_control_characters(db: None, model: type[models.Model]) -> None:
    row = model()
    names = [
        each.attname
        for each in model._meta.concrete_fields
        if isinstance(each, models.CharField | models.TextField) and not isinstance(each, LineField)
    ]
    for name in names:
        setattr(row, name, PASTED)

    take_out_unseen(row)

    assert {getattr(row, name) for name in names} <= {CLEAN}


def test_c17_lead_note_and_seo_fields_of_a_form_are_stored_clean(tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"])
    form = Desk(member(PUBLISHERS)).open(page)
    form.fill(lead="Otwieramy\x0b most", search_description="Opis\x0b strony", seo_title="Tytuł\x0b")
    answer = form.save_draft()
    assert answer.status_code == 302, answer.context["form"].errors

    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.lead, draft.search_description, draft.seo_title) == ("Otwieramy most", "Opis strony", "Tytuł")


def test_c17_draft_that_code_saves_is_clean_too(tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"])
    page.lead = PASTED
    page.full_clean()
    assert page.lead == CLEAN


def test_text_on_one_line_is_refused(db: None) -> None:
    with pytest.raises(ValidationError, match="name"):
        Organisation(name="Fundacja\x0b").full_clean()


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


def test_c17_refused_schedule_names_each_field_that_is_missing(tree: dict[str, Page], english: None) -> None:
    page = NewsPage(title="", slug="x", date=None)
    with pytest.raises(ValidationError) as refused:
        page.full_clean(exclude=["path", "depth"])
    told = plain_reason(refused.value, NewsPage)

    assert told.count("This field cannot be") == len(refused.value.error_dict) > 1
    for name in refused.value.error_dict:
        assert str(NewsPage._meta.get_field(name).verbose_name).casefold() in told.casefold()
    assert plain_reason(ValidationError("Za późno."), NewsPage) == "Za późno."
