"""Who may use the programme's forms, and what they sent, bounded."""

import datetime as dt
import json
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from wagtail.models import Page

from wagtail_newsroom.news.admin.agenda.form_state import NotAStateError, State, raw_of_state
from wagtail_newsroom.news.drafting.merging import agenda_block
from wagtail_newsroom.news.models import EventIndexPage, EventPage
from wagtail_newsroom.news.reader import ReadError
from wagtail_newsroom.news.reader.formats.extracted import LARGEST_FILE, LARGEST_TEXT, MB

LARGEST_STATE = 5 * MB


def event_or_calendar(request: HttpRequest, pk: int) -> Any:
    """The event that this person may edit, or the calendar to which they may add one; else it is not for them."""
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        raise PermissionDenied
    found = page.specific
    allowed = found.permissions_for_user(request.user)
    if isinstance(found, EventPage) and allowed.can_edit():
        return found
    if isinstance(found, EventIndexPage) and allowed.can_add_subpage():
        return found
    raise PermissionDenied


def writing_language(page: Any) -> str:
    """The language in which programmes are written out: Polish for Polish pages, else English."""
    return "pl" if page.locale.language_code.startswith("pl") else "en"


def sent(request: HttpRequest, name: str, limit: int) -> bytes | None:
    """What was sent as a file called ``name`` or typed into a field. Raises ``ReadError`` for more than ``limit`` bytes."""
    file = request.FILES.get(name)
    if file is not None:
        if (file.size or 0) > limit:
            raise ReadError("too_large", size=(file.size or 0) // MB, limit=limit // MB)
        return bytes(file.read())
    typed = request.POST.get(name)
    return typed.encode() if typed else None


def sent_agenda(request: HttpRequest) -> tuple[State, list[dict[str, Any]]]:
    """The programme that the form holds: its state, and raw data of it. Raises ``NotAStateError``."""
    try:
        state = json.loads(sent(request, "state", LARGEST_STATE) or b"[]")
    except (ReadError, ValueError, RecursionError) as error:
        raise NotAStateError from error
    return state, raw_of_state(agenda_block(), state)


def sent_day(request: HttpRequest, name: str) -> dt.date | None:
    """A date as it was typed; ``None`` where nobody can read it."""
    try:
        day: dt.date | None = forms.DateField(required=False).clean(request.POST.get(name, ""))
    except ValidationError:
        return None
    return day


__all__ = ["LARGEST_FILE", "LARGEST_TEXT", "event_or_calendar", "sent", "sent_agenda", "sent_day", "writing_language"]
