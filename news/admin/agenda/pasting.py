"""“Paste a programme”: what would become of the event's programme, and then its new state for the form.

Nothing is saved here. The form sends what it holds, gets it back with the pasted programme in it, and saves it as
anything else that was typed.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST

from wagtail_newsroom.news.admin.agenda.form_state import NotAStateError, state_of_raw
from wagtail_newsroom.news.admin.agenda.payloads import (
    LARGEST_FILE,
    LARGEST_TEXT,
    event_or_calendar,
    sent,
    sent_agenda,
    sent_day,
)
from wagtail_newsroom.news.admin.agenda.preview_rows import Card, Row, rows_of, summary_of
from wagtail_newsroom.news.drafting.incoming import Incoming, read_agenda
from wagtail_newsroom.news.drafting.known import known_people
from wagtail_newsroom.news.drafting.matching import STAYING, UNCHANGED, Pair, match, people_added
from wagtail_newsroom.news.drafting.merging import agenda_block, lines_of_data, merge
from wagtail_newsroom.news.reader import ReadError, read_file, read_text
from wagtail_newsroom.news.reader.reading import Reading


@require_POST
def paste_agenda(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer with a preview, or with ``act=fill`` the new state of the field. What cannot be read is told, status 422."""
    page = event_or_calendar(request, pk)
    language = get_language() or "pl"
    try:
        paste = Paste(request, page, language)
        if not paste.incoming.lines:
            return _refused(
                gettext(
                    "No programme was found. Each of its lines begins with an hour, for example “10:00–11:00 Opening”. "
                    "Add the hours, or paste the programme alone."
                )
            )
        answer = paste.filled() if request.POST.get("act") == "fill" else paste.preview()
    except ReadError as error:
        return _refused(error.in_language(language))
    except NotAStateError:
        return _refused(
            gettext("The programme in the form could not be understood. Save the draft, reload the page and try again.")
        )
    return JsonResponse(answer)


def _refused(message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=422)


@dataclass
class Paste:
    """One programme that was pasted into one form."""

    request: HttpRequest
    page: Any
    language: str
    data: list[dict[str, Any]] = field(init=False)
    state: list[dict[str, Any]] = field(init=False)
    incoming: Incoming = field(init=False)
    pairs: list[Pair] = field(init=False)

    def __post_init__(self) -> None:
        self.state, self.data = sent_agenda(self.request)
        self.first_day = sent_day(self.request, "start_date")
        lines = lines_of_data(self.data, self.first_day)
        days = [line.day for line in lines if line.day]
        first = self.first_day or (min(days) if days else None)
        self.incoming = read_agenda(
            self.read,
            language=self.language,
            first_day=first,
            last_day=sent_day(self.request, "end_date") if self.first_day else (max(days) if days else None),
            chosen_day=sent_day(self.request, "day"),
            today=timezone.localdate(),
        )
        self.pairs = match(self.incoming.lines, lines)

    def read(self, published: dt.date | None) -> Reading:
        """The file, else what was pasted with its table, else its text. Raises ``ReadError``."""
        file = self.request.FILES.get("file")
        if file is not None:
            return read_file(sent(self.request, "file", LARGEST_FILE) or b"", file.name or "", published=published)
        if html := sent(self.request, "html", LARGEST_TEXT):
            try:
                reading = read_file(html, "pasted.html", published=published)
            except ReadError:
                reading = None
            if reading is not None and reading.agenda:
                return reading
        text = sent(self.request, "text", LARGEST_TEXT) or b""
        return read_text(text.decode(errors="replace").replace("\r\n", "\n"), published=published)

    @cached_property
    def cards(self) -> dict[str, Any]:
        """People of the list who are called like somebody who comes in anew, by the name as pasted."""
        names = [person.name for pair in self.pairs for person in people_added(pair)]
        return known_people(names, self.page.locale_id)

    def preview(self) -> dict[str, Any]:
        """The list of lines as HTML, and its numbers in words."""
        rows = rows_of(self.pairs)
        summary = summary_of(self.pairs)
        context = {
            "rows": [row for row in rows if row.state not in (STAYING, UNCHANGED)],
            "unchanged": [row for row in rows if row.state == UNCHANGED],
            "summary": summary,
            "cards": [Card(name, person) for name, person in self.cards.items()],
            "warnings": self.warnings(rows),
            "asks_day": self.incoming.without_day,
            "day": self.request.POST.get("day", ""),
        }
        html = render_to_string("newsroom_admin/agenda/preview.html", context, request=self.request)
        return {"html": html, "summary": summary, "changes": any(row.state not in (STAYING, UNCHANGED) for row in rows)}

    def warnings(self, rows: list[Row]) -> list[str]:
        """What to look at, in words."""
        found = list(self.incoming.warnings)
        if self.incoming.inferred:
            found.append(
                ngettext(
                    "%(count)d line tells no day; it was put on the event's day. Check it.",
                    "%(count)d lines tell no day; they were put on the event's days. Check them.",
                    self.incoming.inferred,
                )
                % {"count": self.incoming.inferred}
            )
        if staying := sum(row.state == STAYING for row in rows):
            found.append(
                ngettext(
                    "%(count)d session of this event has no hour; it stays as it is.",
                    "%(count)d sessions of this event have no hour; they stay as they are.",
                    staying,
                )
                % {"count": staying}
            )
        return found

    def filled(self) -> dict[str, Any]:
        """The new state of the field, by the choices that were sent."""
        chosen = set(self.request.POST.getlist("card"))
        merged = merge(
            self.data,
            self.pairs,
            keep=self.request.POST.getlist("keep"),
            first_day=self.first_day,
            cards={name: person.pk for name, person in self.cards.items() if str(person.pk) in chosen},
        )
        state = self.state if merged is self.data else state_of_raw(agenda_block(), merged, self.data, self.state)
        return {"state": state, "summary": summary_of(self.pairs)}
