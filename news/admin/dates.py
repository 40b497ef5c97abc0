"""Dates as people type them: “13.03.2027” stays what was typed, until the server reads it or says why it cannot.

Wagtail's date picker puts today in the place of what it cannot read. Its defaults say otherwise in editors, with their
blocks and the publishing panel; other forms of ours have fields of their own.
"""

from typing import Any

from django.utils.html import format_html
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput


class TypedMixin:
    """A field whose picker replaces nothing that was typed."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}  # type: ignore[misc]  # the field's


class TypedDateInput(TypedMixin, AdminDateInput):
    """A date."""


class TypedTimeInput(TypedMixin, AdminTimeInput):
    """A time of the day."""


class TypedDateTimeInput(TypedMixin, AdminDateTimeInput):
    """A date with a time."""


def typed_dates_script() -> str:
    """A script for editors, between Wagtail's date picker and the fields that use it."""
    return format_html('<script src="{}"></script>', versioned_static("newsroom/admin/panels/dates.js"))
