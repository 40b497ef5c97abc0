"""How people register for an event, until when, and how that looks to a visitor now."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import CharField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.documents import get_document_model_string

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import CLOSED_STATES, AttachmentKind, Availability, RegistrationKind, RegistrationState
from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.models.events.schedule import ScheduleMixin
from wagtail_newsroom.news.models.files.attachments import AttachmentRow, attachment_row, shown_documents
from wagtail_newsroom.news.models.pages.localised import localised
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.serializers import PublicAttachmentsField, RowField
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.timing import moments, next_change, phases
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording


@dataclass(frozen=True)
class RegistrationInfo:
    """``url`` and ``label`` are empty where there is nothing to press: nobody is sent to a closed form."""

    state: str
    deadline_text: str
    extended_text: str
    url: str
    label: str
    note: str

    @property
    def is_open(self) -> bool:
        """People can register now."""
        return self.state in (RegistrationState.OPEN, RegistrationState.CLOSING)


class RegistrationMixin(ScheduleMixin):
    """The way to register, when it opens and closes, and whether places are left."""

    places = models.PositiveIntegerField(
        _("number of places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    cost = LineField(_("cost"), max_length=120, blank=True, help_text=_("For example: free of charge."))

    registration = models.CharField(
        _("registration"),
        max_length=10,
        choices=RegistrationKind.choices,
        default=RegistrationKind.NONE,
    )
    registration_link = WebLinkField(_("address of the form"), blank=True)
    registration_email = models.EmailField(_("e-mail for registration"), blank=True)
    registration_form = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("form to download"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="newsroom_registration_form_of",
    )
    registration_return_to = LineField(
        _("where to return the form"),
        max_length=300,
        blank=True,
        help_text=_("An e-mail address or an office with its address."),
    )
    opens_date = models.DateField(_("opens on"), null=True, blank=True)
    opens_time = models.TimeField(_("opens at"), null=True, blank=True)
    deadline_date = models.DateField(_("deadline"), null=True, blank=True)
    deadline_time = models.TimeField(
        _("hour of the deadline"),
        null=True,
        blank=True,
        help_text=_("Empty: registration lasts until the end of that day."),
    )
    deadline_at = models.DateTimeField(null=True, editable=False, db_index=True)
    deadline_before_extension = models.DateField(
        _("deadline before it was extended"),
        null=True,
        blank=True,
        help_text=_("Readers then see: extended from … to …."),
    )
    availability = models.CharField(_("places"), max_length=10, choices=Availability.choices, default=Availability.OPEN)
    information_clause = models.ForeignKey(
        "newsroom.InformationClause",
        verbose_name=_("information clause"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
        help_text=_("What people are told about their data when they register, by a downloaded form too."),
    )

    registration_panels = [
        FieldPanel("registration"),
        FieldRowPanel([FieldPanel("registration_link"), FieldPanel("registration_email")]),
        FieldRowPanel([FieldPanel("registration_form"), FieldPanel("registration_return_to")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_date"), FieldPanel("opens_time")]),
                FieldRowPanel([FieldPanel("deadline_date"), FieldPanel("deadline_time")]),
                FieldPanel("deadline_before_extension"),
            ],
            heading=_("Opens and closes"),
        ),
        FieldRowPanel([FieldPanel("places"), FieldPanel("availability"), FieldPanel("cost")]),
        FieldPanel("information_clause"),
    ]
    api_fields = [
        ListedField("places"),
        ListedField("cost"),
        ListedField("registration", serializer=CharField(source="registration_kind")),
        ListedField("registration_state"),
        ListedField("registration_link"),
        ListedField("registration_email"),
        APIField("registration_form", serializer=PublicAttachmentsField(source="registration_form_rows")),
        ListedField("registration_return_to"),
        ListedField("opens_date"),
        ListedField("opens_time"),
        ListedField("deadline_date"),
        ListedField("deadline_time"),
        ListedField("deadline_before_extension"),
        ListedField("availability"),
        APIField("information_clause", serializer=RowField(["title", "version", "text"], source="shown_clause")),
    ]

    # What the page it is mixed into brings.
    locale_id: int
    previewed_by: Any

    class Meta:
        abstract = True

    def derive_moments(self) -> None:
        super().derive_moments()
        self.deadline_at = self.closes_at

    @property
    def opens_at(self) -> dt.datetime | None:
        """Moment at which registration opens."""
        return moments.moment_of(self.opens_date, self.opens_time, self.tz, last=False)

    @property
    def closes_at(self) -> dt.datetime | None:
        """Last moment at which people can register, from what the editor typed; stored as ``deadline_at``."""
        return moments.moment_of(self.deadline_date, self.deadline_time, self.tz, last=True)

    @property
    def registration_kind(self) -> str:
        """The way to register; none where the host has switched registration off, whatever was stored before."""
        return str(self.registration) if is_on(REGISTRATION) else RegistrationKind.NONE.value

    def registration_facts(self) -> phases.RegistrationFacts:
        """What an editor said about registration, for the rules in :mod:`wagtail_newsroom.news.timing.phases`."""
        return phases.RegistrationFacts(
            kind=self.registration_kind,
            opens_at=self.opens_at,
            deadline_at=self.deadline_at,
            availability=self.availability,
            status=self.status,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )

    def registration_state_at(self, now: dt.datetime) -> RegistrationState:
        """What registration looks like at ``now`` (aware)."""
        return phases.registration_state(self.registration_facts(), now, setting("CLOSING_SOON_DAYS"))

    def registration_moments(self, now: dt.datetime) -> Iterator[dt.datetime | None]:
        """Moments after which registration, or a sentence on it, is another one."""
        if self.registration == RegistrationKind.NONE:
            return
        yield self.opens_at
        yield next_change.after(self.starts_at)
        if self.deadline_at is None or self.deadline_at < now:
            return
        yield next_change.after(self.deadline_at)
        yield self.deadline_at - dt.timedelta(days=setting("CLOSING_SOON_DAYS"))
        # “5 days left” is told in the last fortnight, anew each day.
        last_day = self.deadline_at.astimezone(self.tz).date()
        fortnight = next_change.day_begins(last_day - dt.timedelta(days=event_wording.DAYS_TOLD), self.tz)
        yield fortnight
        yield next_change.midnight(now, self.tz) if fortnight and fortnight <= now else None
        yield next_change.new_year(now, self.tz)

    @property
    def registration_state(self) -> str:
        """What registration looks like now."""
        return self.registration_state_at(self.now).value

    @property
    def registration_info(self) -> RegistrationInfo:
        """Registration as the facts panel shows it now."""
        return registration_info(self, self.now)

    @property
    def shown_clause(self) -> Any:
        """The information clause in the event's language; ``None`` where none was chosen."""
        clause = self.information_clause
        return localised([clause], self.locale_id)[0] if clause else None

    @cached_property
    def registration_form_rows(self) -> list[AttachmentRow]:
        """The form to download as a list of one; empty where there is none or the public may not read it."""
        if self.registration_form is None:
            return []
        document = shown_documents([self.registration_form], self.previewed_by).get(self.registration_form_id)
        return [self.describe_attachment(document)] if document else []

    def describe_attachment(self, document: Any, label: str = "") -> AttachmentRow:
        """A form closes itself at the deadline, and says until when it is wanted before."""
        if not self.is_own_form(document) or self.registration_kind == RegistrationKind.NONE:
            return attachment_row(document, label=label)
        closed = self.registration_state_at(self.now) in CLOSED_STATES and not getattr(document, "keep_open", False)
        until = (
            dates.plain_deadline(self.deadline_date, self.deadline_time) if self.deadline_date and not closed else ""
        )
        return attachment_row(
            document,
            label=label,
            closed=closed,
            closes_text=str(_("until %(when)s") % {"when": until}) if until else "",
        )

    def is_own_form(self, document: Any) -> bool:
        """Tell whether ``document`` is the form of this event, in whatever version."""
        if getattr(document, "kind", None) == AttachmentKind.FORM:
            return True
        form = self.registration_form
        return form is not None and (
            document.pk == form.pk
            or getattr(document, "version_group", document.pk) == getattr(form, "version_group", None)
        )

    def registration_line_at(self, now: dt.datetime) -> event_wording.StateLine | None:
        """How registration stands at ``now`` (aware), in one sentence; ``None`` where there is nothing to say."""
        return event_wording.registration_line(
            self.registration_state_at(now),
            deadline_date=self.deadline_date,
            deadline_time=self.deadline_time,
            deadline_at=self.deadline_at,
            opens_at=self.opens_at,
            opens_with_hour=self.opens_time is not None,
            availability=self.availability,
            extended=self.extended_text,
            now=now,
            tz=self.tz,
        )

    @property
    def extended_text(self) -> str:
        """“przedłużono z 5 na 12 grudnia”; empty where the deadline was never moved."""
        before, now = self.deadline_before_extension, self.deadline_date
        if not before or not now:
            return ""
        return gettext("extended from %(before)s to %(now)s") % {
            "before": event_wording.days_before_change(before, now),
            "now": dates.plain_date(now, year=False),
        }


def registration_info(event: RegistrationMixin, now: dt.datetime) -> RegistrationInfo:
    """Describe the registration of ``event`` at ``now`` (aware)."""
    state = event.registration_state_at(now)
    url, label, note = "", "", ""
    deadline, extended = "", ""
    if state in (RegistrationState.OPEN, RegistrationState.CLOSING):
        url, label, note = _way(event)
    elif line := event.registration_line_at(now):
        note = line.text
    if state in (RegistrationState.OPEN, RegistrationState.CLOSING, RegistrationState.NOT_YET) and event.deadline_date:
        deadline = dates.plain_deadline(event.deadline_date, event.deadline_time, year=True)
        extended = event.extended_text
    return RegistrationInfo(
        state=state.value, deadline_text=deadline, extended_text=extended, url=url, label=label, note=note
    )


def _way(event: RegistrationMixin) -> tuple[str, str, str]:
    """Address, words of the button and remark for the way in which people register."""
    if event.registration == RegistrationKind.LINK and event.registration_link:
        return event.registration_link, gettext("Sign up"), ""
    if event.registration == RegistrationKind.EMAIL and event.registration_email:
        return (
            f"mailto:{event.registration_email}",
            gettext("Sign up by e-mail"),
            event.registration_email,
        )
    if event.registration == RegistrationKind.FORM:
        note = ""
        if event.registration_return_to:
            note = gettext("Send the completed form to: %(where)s") % {"where": event.registration_return_to}
        rows = event.registration_form_rows
        return (rows[0].url if rows else ""), (gettext("Download the form") if rows else ""), note
    return "", "", ""
