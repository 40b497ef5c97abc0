"""The programme on its way out: for the clipboard as the form holds it, and as a file as it was saved."""

from html import escape
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from wagtail_newsroom.news.admin.agenda.form_state import NotAStateError
from wagtail_newsroom.news.admin.agenda.payloads import event_or_calendar, sent_agenda, sent_day, writing_language
from wagtail_newsroom.news.drafting.merging import lines_of_data, stream_of
from wagtail_newsroom.news.drafting.outgoing import agenda_as_writing, is_written
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.reader.writing import WrittenAgenda, as_docx, as_html, as_text

TYPES = {
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_POST
def copy_agenda(request: HttpRequest, pk: int) -> JsonResponse:
    """The programme that the form holds now, saved or not, as text and as HTML; ``note`` says what is in it."""
    page = event_or_calendar(request, pk)
    try:
        _state, data = sent_agenda(request)
    except NotAStateError:
        message = gettext(
            "The programme in the form could not be understood. Save the draft, reload the page and try again."
        )
        return JsonResponse({"error": message}, status=422)
    first_day = sent_day(request, "start_date")
    lines = lines_of_data(data, first_day)
    agenda = agenda_as_writing(stream_of(data), first_day)
    written = sum(is_written(line) for line in lines)
    language = writing_language(page)
    return JsonResponse(
        {
            "text": as_text(agenda, language),
            "html": as_html(agenda, language),
            "count": written,
            "note": _note(written, len(lines) - written),
        }
    )


def _note(written: int, left_out: int) -> str:
    """“12 sessions, as they stand in this form.”"""
    if not written:
        return gettext("This programme has no sessions with hours yet, so there is nothing to copy.")
    note = ngettext(
        "%(count)d session, as it stands in this form, saved or not.",
        "%(count)d sessions, as they stand in this form, saved or not.",
        written,
    ) % {"count": written}
    if left_out:
        note += " " + ngettext(
            "%(count)d without an hour is not in it.", "%(count)d without an hour are not in it.", left_out
        ) % {"count": left_out}
    return note


@require_GET
def download_agenda(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The programme of the latest saved draft as a file: ``txt``, ``html`` or ``docx``."""
    page = event_or_calendar(request, pk)
    if not isinstance(page, EventPage):
        raise PermissionDenied
    saved = page.get_latest_revision_as_object()
    agenda = agenda_as_writing(saved.agenda, saved.start_date)
    response = HttpResponse(_written(agenda, form, writing_language(page), saved), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{saved.slug[:80] or "event"}-programme.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _written(agenda: WrittenAgenda, form: str, language: str, page: Any) -> bytes:
    if form == "docx":
        return as_docx(agenda, language)
    if form == "txt":
        return as_text(agenda, language).encode()
    title = escape(page.title)
    head = f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
    return f"{head}<body>\n<h1>{title}</h1>\n{as_html(agenda, language)}\n</body>\n</html>\n".encode()
