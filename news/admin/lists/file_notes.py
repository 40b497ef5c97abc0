"""What the inspection found in a file, shown at its form."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail_newsroom.news.wording import files as file_wording


def note_beside_field(form: Any) -> None:
    """Put the notes on the stored file of ``form`` below its file or, in a form without one, below the title."""
    document = form.instance
    if not document.pk or not hasattr(document, "newsroom_attachment"):
        return
    field = form.fields.get("file") or form.fields.get("title")
    if field is not None:
        field.help_text = format_html("{}{}", field.help_text, notes_html(document))


def notes_html(document: Any) -> SafeString:
    """The verdict and the notes as HTML; nothing for a file that nobody has inspected."""
    if not document.inspected_at:
        return SafeString("")
    notes = format_html_join("", '<li class="w-mb-2">{}</li>', ((note,) for note in file_wording.notes(document)))
    rows = format_html('<ul class="file-notes" data-file-notes>{}</ul>', notes) if notes else ""
    return format_html(
        "<p>{}</p>{}", _("Accessibility: %(verdict)s.") % {"verdict": document.get_verdict_display()}, rows
    )
