"""Fields that check what people type and leave no trace of themselves in migrations."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import modelform_factory

from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.models import Attachment


@pytest.mark.parametrize("field", [LineField(max_length=10), WebLinkField()])
def test_field_is_a_stock_field_in_migrations(field: LineField | WebLinkField) -> None:
    _name, path, _args, kwargs = field.deconstruct()
    assert path.startswith("django.db.models.")
    assert "validators" not in kwargs


@pytest.mark.parametrize("text", ["dwie\nlinie", "powrót\rkaretki", "tabulator\t", "separator\u2028linii", "zero\x00"])
def test_line_field_refuses_what_breaks_a_line(text: str) -> None:
    with pytest.raises(ValidationError):
        LineField(max_length=100).run_validators(text)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "https://", "example.org"]
)
def test_web_link_field_refuses_what_is_no_web_page(link: str) -> None:
    with pytest.raises(ValidationError):
        WebLinkField().run_validators(link)


def test_fields_accept_what_people_mean() -> None:
    LineField(max_length=100).run_validators("Zażółć gęślą jaźń – „cytat”")
    WebLinkField().run_validators("https://example.org/żółw?a=1#b")


@pytest.mark.django_db
@pytest.mark.parametrize(("posted", "kept"), [({}, "other"), ({"kind": ""}, "other"), ({"kind": "form"}, "form")])
def test_choice_with_a_default_needs_no_answer(posted: dict[str, str], kept: str) -> None:
    form = modelform_factory(Attachment, fields=["title", "kind"])({"title": "Plik", **posted})
    form.instance.file = SimpleUploadedFile("plik.txt", b"x")
    assert form.is_valid(), form.errors
    assert form.instance.kind == kept


@pytest.mark.django_db
def test_choice_with_a_default_takes_no_other_answer() -> None:
    form = modelform_factory(Attachment, fields=["title", "kind"])({"title": "Plik", "kind": "<b>"})
    form.instance.file = SimpleUploadedFile("plik.txt", b"x")
    assert list(form.errors) == ["kind"]
