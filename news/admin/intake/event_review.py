"""Step 2 for an event: the original next to everything that was read in it, then a draft."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from wagtail_newsroom.news.admin.intake.event_forms import ContactFormSet, EventReviewForm, SessionFormSet
from wagtail_newsroom.news.admin.intake.evidence import Evidence, Evidences
from wagtail_newsroom.news.admin.intake.review import ReviewView, lists_in_language_of
from wagtail_newsroom.news.drafting.agenda import LONGEST_NAME, LONGEST_TITLE, LONGEST_TRACK, clipped
from wagtail_newsroom.news.drafting.events import EventFacts, create_event, may_add_venue
from wagtail_newsroom.news.drafting.known import known_people
from wagtail_newsroom.news.drafting.people import written
from wagtail_newsroom.news.drafting.proposals import EventProposal, propose_event
from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.models import EventPage, Venue
from wagtail_newsroom.news.reader.reading import Reading

LONGEST = {"title": 255, "audience": 400, "venue_name": 200, "venue_hall": 200, "venue_street": 200, "venue_city": 120}
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("What"), ("calendar", "title", "kind", "audience", "lead")),
    (_("When"), ("start_date", "start_time", "end_date", "end_time", "check_in_from", "all_day")),
    (
        _("Where"),
        ("attendance_mode", "venue", "venue_name", "venue_hall", "venue_street", "venue_postal_code", "venue_city",
         "online_platform"),
    ),
    (
        _("Registration"),
        ("registration", "registration_link", "registration_email", "deadline_date", "deadline_time"),
    ),
    (_("Text"), ("take_text", "body")),
)  # fmt: skip


class EventReviewView(ReviewView):
    """What was read, every value to be corrected; “Create draft” makes the event once."""

    purpose_name = "event"
    template_name = "newsroom_admin/intake/event_review.html"
    step_title = _("Check what was read")
    made_already = _("The draft has been made of this invitation already. Here it is.")
    unreadable = _("The file cannot be read any more. Bring the invitation in again, or paste its text.")

    @property
    def reading(self) -> Reading:
        reading: Reading = self.understood
        return reading

    def other_purpose(self) -> str:
        return "news" if any(warning.code == "report" for warning in self.reading.warnings) else ""

    @cached_property
    def calendars(self) -> Any:
        return self.purpose.lists_for(self.request.user)

    @cached_property
    def calendar(self) -> Any:
        """The calendar that is proposed: the first one in the language of the text."""
        return lists_in_language_of(self.reading.source, self.calendars)[0]

    @cached_property
    def proposal(self) -> EventProposal:
        return propose_event(self.reading, self.calendar.locale_id)

    def review_form(self, data: Any = None) -> EventReviewForm:
        values = {name: _short(name, value) for name, value in self.proposal.values.items()}
        return EventReviewForm(
            data,
            initial={"calendar": self.calendar.pk, **values},
            calendars=self.calendars,
            venues=Venue.objects.filter(locale=self.calendar.locale_id),
            may_add_venue=may_add_venue(self.request.user),
        )

    def rows(self, data: Any = None) -> tuple[Any, Any]:
        contacts = [
            {
                name: clipped(getattr(contact, name), 40 if name == "phone" else LONGEST_NAME)
                for name in ("name", "role", "organisation", "email", "phone")
            }
            for contact in self.proposal.contacts
        ]
        sessions = [
            {
                "day": line.day,
                "start": line.start,
                "end": line.end,
                "kind": line.kind,
                "title": clipped(line.title, LONGEST_TITLE),
                "people": written(line.people),
                "track": clipped(line.track, LONGEST_TRACK),
                "room": clipped(line.room, LONGEST_TRACK),
            }
            for line in (each.line for each in self.proposal.lines)
        ]
        return (
            ContactFormSet(data, prefix="contacts", initial=contacts),
            SessionFormSet(data, prefix="sessions", initial=sessions),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.shown(self.review_form(), *self.rows())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST.copy()
        for prefix in ("contacts", "sessions"):
            if f"add_{prefix}" in data:  # without scripts: one row more, everything else as typed
                total = data.get(f"{prefix}-TOTAL_FORMS", "")
                data[f"{prefix}-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() and len(total) < 6 else 1)
                return self.shown(self.review_form(data), *self.rows(data), is_checked=False)
        form, (contacts, sessions) = self.review_form(data), self.rows(data)
        # Each of the three is checked, whatever the others say: all errors stand there at once.
        good = [form.is_valid(), contacts.is_valid(), sessions.is_valid()]
        if not all(good) or not days_are_told(form, sessions):
            return self.shown(form, contacts, sessions)
        try:
            event = self.create(form, contacts, sessions)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.shown(form, contacts, sessions)
        messages.success(request, gettext("The draft is ready. Look through it, then have it checked, or publish it."))
        return redirect("wagtailadmin_pages:edit", event.pk)

    def create(self, form: EventReviewForm, contacts: Any, sessions: Any) -> EventPage:
        calendar = form.cleaned_data["calendar"].specific
        facts = EventFacts(
            fields=form.page_fields,
            venue=form.chosen_venue,
            new_venue=form.new_venue,
            paragraphs=form.paragraphs,
            contacts=[
                {name: value for name, value in row.cleaned_data.items() if name != "DELETE"} for row in contacts.kept
            ],
            lines=[row.line for row in sessions.kept],
            named_files=[{"title": paper.title[:255], "kind": paper.kind} for paper in self.reading.attachments],
        )
        return create_event(self.original, calendar, self.request.user, facts)

    def shown(self, form: Any, contacts: Any, sessions: Any, *, is_checked: bool = True) -> HttpResponse:
        context = self.get_context_data(form=form, contacts=contacts, sessions=sessions)
        failed = is_checked and form.is_bound
        return self.render_to_response(context, status=400 if failed else 200)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, contacts, sessions = (kwargs.pop(name) for name in ("form", "contacts", "sessions"))
        evidences = Evidences(self.reading, self.proposal)
        return {
            **super().get_context_data(**kwargs),
            "source": evidences.html,
            "doubts": evidences.doubts,
            "form": form,
            "has_errors": bool(form.errors or contacts.total_error_count() or sessions.total_error_count()),
            "sections": [(title, rows) for title, names in SECTIONS if (rows := _rows(form, names, evidences))],
            "contacts": contacts,
            "contact_rows": [
                (row, _rows(row, row.fields, evidences, f"contacts-{number}-"), self.is_known(number))
                for number, row in enumerate(contacts.forms)
            ],
            "empty_contact": _rows(contacts.empty_form, contacts.empty_form.fields, evidences, "empty-"),
            "contact_doubts": evidences.of("contacts").warnings,
            "sessions": sessions,
            "session_rows": [
                (row, evidences.of(f"sessions-{number}"), self.known_in_line(number))
                for number, row in enumerate(sessions.forms)
            ],
            "session_doubts": evidences.of("sessions").warnings,
            "files": [(paper.title, _kind(paper.kind)) for paper in self.reading.attachments],
        }

    def is_known(self, number: int) -> bool:
        return number < len(self.proposal.contacts) and self.proposal.contacts[number].is_known

    @cached_property
    def known(self) -> dict[str, Any]:
        names = [person.name for each in self.proposal.lines for person in each.line.people]
        return known_people(names, self.calendar.locale_id)

    def known_in_line(self, number: int) -> str:
        """Names of those of a line's people who are in the list of people."""
        if number >= len(self.proposal.lines):
            return ""
        people = self.proposal.lines[number].line.people
        return ", ".join(self.known[person.name].name for person in people if person.name in self.known)


def _rows(form: Any, names: Any, evidences: Evidences, prefix: str = "") -> list[tuple[Any, Evidence]]:
    return [(form[name], evidences.of(prefix + name)) for name in names if name in form.fields and name != "DELETE"]


def _short(name: str, value: Any) -> Any:
    return clipped(value, LONGEST[name]) if name in LONGEST else value


def _kind(kind: str) -> str:
    return str(AttachmentKind(kind).label) if kind in AttachmentKind.values else ""


def days_are_told(form: EventReviewForm, sessions: Any) -> bool:
    """Where the event lasts several days, each line says on which one it is; adds an error where one does not."""
    first, last = form.cleaned_data.get("start_date"), form.cleaned_data.get("end_date")
    if not last or last == first:
        return True
    for row in sessions.kept:
        if not row.cleaned_data["day"]:
            row.add_error("day", _("The event lasts several days. Say on which of them this is."))
    return not any(row.errors for row in sessions.kept)
