"""Dates as people type them: “13.03.2027” stays what was typed, until the server reads it or says why it cannot."""

from django.utils.html import format_html
from wagtail.admin.staticfiles import versioned_static


def typed_dates_script() -> str:
    """A script for each page of the admin, between Wagtail's date picker and the fields that use it."""
    return format_html('<script src="{}"></script>', versioned_static("newsroom/admin/panels/dates.js"))
