"""The form of the review: everything that was read about an event, to be corrected. Only a title is needed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_newsroom.news.admin.intake.forms import DayInput, HourInput
from wagtail_newsroom.news.admin.page_actions.change_forms import validate_near
from wagtail_newsroom.news.drafting.agenda import BREAK, AgendaLine
from wagtail_newsroom.news.drafting.people import people_of
from wagtail_newsroom.news.enums import AttendanceMode, EventKind, RegistrationKind, SessionKind
from wagtail_newsroom.news.models import Venue
from wagtail_newsroom.news.reader.text.normalise import squeeze
from wagtail_newsroom.news.switches import REGISTRATION, REGISTRATION_FIELDS, is_on
from wagtail_newsroom.news.validators import validate_single_line, validate_web_link

NO_VENUE, NEW_VENUE = "", "new"
VENUE_PARTS = ("name", "hall", "street", "postal_code", "city")
MOST_ROWS = 1000  # as many as the reader reads
LINE_KINDS = [*SessionKind.choices, (BREAK, pgettext_lazy("kind of session", "Break"))]


def _line(label: Any, longest: int, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=required, validators=[validate_single_line], **more
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput(), validators=[validate_near])


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=HourInput())


class CalendarField(forms.ModelChoiceField):
    """Calendars, each with its language where there are several."""

    def label_from_instance(self, calendar: Any) -> str:
        return f"{calendar.get_admin_display_title()} ({calendar.locale.get_display_name()})"


class EventReviewForm(forms.Form):
    """Facts of the event, each as the invitation has it until somebody corrects it."""

    calendar = CalendarField(label=_("Calendar"), queryset=None, empty_label=None)
    title = _line(_("Title"), 255, required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices)
    audience = _line(_("For whom"), 400)
    start_date = _day(_("First day"))
    start_time = _hour(_("Starts at"))
    end_date = _day(_("Last day, if it is another one"))
    end_time = _hour(_("Ends at"))
    check_in_from = _hour(_("Check-in from"))
    all_day = forms.BooleanField(label=_("All day: no hours"), required=False)
    attendance_mode = forms.ChoiceField(label=_("How to attend"), choices=AttendanceMode.choices)
    venue = forms.ChoiceField(label=_("Place"), required=False)
    venue_name = _line(_("Name of the new place"), 200)
    venue_hall = _line(_("Hall"), 200)
    venue_street = _line(_("Street and number"), 200)
    venue_postal_code = _line(_("Postal code"), 12)
    venue_city = _line(_("City"), 120)
    online_platform = _line(_("Platform"), 80)
    registration = forms.ChoiceField(label=_("Registration"), choices=RegistrationKind.choices)
    registration_link = forms.URLField(
        label=_("Address of the form"), required=False, assume_scheme="https", validators=[validate_web_link]
    )
    registration_email = forms.EmailField(label=_("E-mail for registration"), required=False)
    deadline_date = _day(_("Deadline"))
    deadline_time = _hour(_("Hour of the deadline"))
    lead = forms.CharField(
        label=_("Lead"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The first sentences of the invitation. At most 400 characters."),
    )  # fmt: skip
    take_text = forms.BooleanField(label=_("Take the text along"), required=False)
    body = forms.CharField(
        label=_("Text"), required=False, max_length=80_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What is neither programme nor contact. An empty line begins a new paragraph."),
    )  # fmt: skip

    def __init__(self, *args: Any, calendars: Any, venues: Iterable[Venue], may_add_venue: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["calendar"].queryset = calendars
        self.venues = {str(venue.pk): venue for venue in venues}
        choices = [(NO_VENUE, _("No place")), *((pk, _described(venue)) for pk, venue in self.venues.items())]
        if may_add_venue:
            choices.insert(1, (NEW_VENUE, _("A new place, as described below")))
        else:
            for part in VENUE_PARTS:
                del self.fields[f"venue_{part}"]
            self.fields["venue"].help_text = _("A new place is added to the list of venues by a publisher.")
        fields["venue"].choices = choices
        if not is_on(REGISTRATION):
            for name in REGISTRATION_FIELDS:
                fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("venue") == NEW_VENUE and not cleaned.get("venue_name") and "venue_name" not in self.errors:
            self.add_error("venue_name", _("Give the new place a name, or choose another place above."))
        if cleaned.get("all_day"):
            cleaned |= {"start_time": None, "end_time": None}
        return cleaned

    @property
    def page_fields(self) -> dict[str, Any]:
        """What goes into the page's own fields."""
        taken = {"calendar", "all_day", "venue", "take_text", "body", *(f"venue_{part}" for part in VENUE_PARTS)}
        return {name: value for name, value in self.cleaned_data.items() if name not in taken}

    @property
    def chosen_venue(self) -> Venue | None:
        return self.venues.get(self.cleaned_data.get("venue", ""))

    @property
    def new_venue(self) -> dict[str, str]:
        """Parts of the place to add; empty where none is."""
        if self.cleaned_data.get("venue") != NEW_VENUE:
            return {}
        return {part: self.cleaned_data.get(f"venue_{part}", "") for part in VENUE_PARTS}

    @property
    def paragraphs(self) -> list[str]:
        """The text, where it is wanted; a line with a bullet stands for itself."""
        if not self.cleaned_data.get("take_text"):
            return []
        text = self.cleaned_data["body"].replace("\r\n", "\n")
        return [
            part for each in text.split("\n\n") for part in each.replace("\n•", "\n\n•").split("\n\n") if part.strip()
        ]


def _described(venue: Venue) -> str:
    return ", ".join(part for part in (venue.name, venue.hall, venue.address) if part)


class ContactForm(forms.Form):
    """Somebody who can be asked about the event."""

    name = _line(pgettext_lazy("of a person", "Name"), 200)
    role = _line(_("Role"), 200)
    organisation = _line(_("Organisation"), 200)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = _line(_("Phone"), 40)


class SessionForm(forms.Form):
    """A line of the programme."""

    day = _day(_("Day"))
    start = _hour(_("Starts"))
    end = _hour(_("Ends"))
    kind = forms.ChoiceField(label=_("Kind"), choices=LINE_KINDS, initial=SessionKind.SESSION)
    title = forms.CharField(
        label=_("Title"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Type what this line is, or remove the line.")},
    )  # fmt: skip
    people = forms.CharField(
        label=_("People"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: Name – role (Organisation)"),
    )  # fmt: skip
    track = _line(_("Track"), 120)
    room = _line(_("Room"), 120)

    def clean_title(self) -> str:
        return squeeze(self.cleaned_data["title"])

    @property
    def line(self) -> AgendaLine:
        """The line as typed."""
        data = self.cleaned_data
        return AgendaLine(
            day=data["day"],
            start=data["start"],
            end=data["end"],
            title=data["title"],
            people=people_of(data["people"]),
            track=data["track"] or None,
            kind=data["kind"],
            room=data["room"] or None,
        )


class Rows(forms.BaseFormSet):
    """Rows to correct, remove and add."""

    deletion_widget = forms.CheckboxInput

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this row")

    @property
    def kept(self) -> list[Any]:
        """Rows that hold something and are not removed."""
        return [form for form in self.forms if form not in self.deleted_forms and is_filled(form)]


def is_filled(form: forms.Form) -> bool:
    """Whether anything was typed into a row; what a choice stands at by itself does not count."""
    return any(value for name, value in form.cleaned_data.items() if name not in {"DELETE", "kind"})


ContactFormSet = forms.formset_factory(ContactForm, formset=Rows, extra=0, can_delete=True, max_num=50, absolute_max=60)
SessionFormSet = forms.formset_factory(
    SessionForm, formset=Rows, extra=0, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 50
)
