"""The date picker is told what it leaves alone: in editors before a field uses it, in other forms of ours by the field."""

from django.urls import reverse
from wagtail.models import Page

from tests.admin.desk import Desk
from wagtail_newsroom.news.admin.dates import TypedDateInput, TypedDateTimeInput, TypedTimeInput


def test_picker_is_told_before_any_field_uses_it(tree: dict[str, Page], publisher: Desk) -> None:
    address = reverse("wagtailadmin_pages:add", args=["newsroom", "eventpage", tree["events"].pk])
    html = publisher.client.get(address).content.decode()
    scripts = ("jquery.datetimepicker.js", "newsroom/admin/panels/dates.js", "initDateChooser(")
    places = [html.index(script) for script in scripts]
    assert places == sorted(places)


def test_fields_of_our_forms_tell_the_picker() -> None:
    for widget in (TypedDateInput(), TypedTimeInput(), TypedDateTimeInput()):
        assert '"validateOnBlur": false' in widget.get_context("day", "", {})["widget"]["config_json"]
