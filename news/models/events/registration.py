"""How people register for an event, until when, and how that looks to a visitor now."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import CharField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.documents import get_document_model_string

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import CLOSED_STATES, AttachmentKind, Availability, RegistrationKind
from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.models.events.derived import DerivedRegistration
from wagtail_newsroom.news.models.events.schedule import ScheduleMixin
from wagtail_newsroom.news.models.files.attachments import AttachmentRow, attachment_row, shown_documents
from wagtail_newsroom.news.models.pages.localised import localised
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.serializers import PublicAttachmentsField, RowField
from wagtail_newsroom.news.timing import next_change
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording


class RegistrationMixin(DerivedRegistration, ScheduleMixin):
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

    @property
    def form_url(self) -> str:
        rows = self.registration_form_rows
        return rows[0].url if rows else ""

    def mark_closed_forms(self, documents: Iterable[Any]) -> None:
        """Its own forms are not asked about: :meth:`describe_attachment` says how they stand."""
        registers = self.registration_kind != RegistrationKind.NONE
        others = [each for each in documents if not (registers and self.is_own_form(each))]
        super().mark_closed_forms(others)  # type: ignore[misc]  # the page's

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
