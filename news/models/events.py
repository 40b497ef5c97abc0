"""Events with their programme and registration, and their calendar."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from news import dates, timeline, wording
from news.api_fields import PublicAttachmentsField, PublicPagesField, RowsField
from news.blocks import AgendaBlock, StoryField
from news.conf import setting
from news.enums import (
    AttachmentKind,
    AttendanceMode,
    Availability,
    EventKind,
    EventPhase,
    EventStatus,
    LinkVisibility,
    OrganiserRole,
    RegistrationKind,
    RegistrationState,
    YesNoUnknown,
)
from news.models.agenda import AgendaDay, agenda_days
from news.models.attachments import AttachmentRow, attachment_row, shown_documents
from news.models.event_rules import event_errors
from news.models.registration import RegistrationInfo, registration_info
from news.models.shared import NewsroomPage
from news.validators import validate_single_line, validate_web_link
from news.visibility import public_pages


@dataclass(frozen=True)
class Moments:
    """Aware moments derived from local dates and hours; ``None`` where the date is not known yet."""

    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    deadline_at: dt.datetime | None


class EventIndexPage(Page):
    """The calendar."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    api_fields = [APIField("intro")]
    max_count_per_parent = 1
    subpage_types = ["news.EventPage"]
    template = "news/event_index_page.html"

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from news.views.listings import event_listing

        return {**super().get_context(request, *args, **kwargs), **event_listing(self, request)}


class EventPage(NewsroomPage):
    """An event: when, where, for whom, its programme and its registration.

    An hour that is not told stays empty. ``starts_at`` and ``ends_at`` (aware; ``ends_at`` is the last moment)
    are derived at every save and serve filters and order; without an hour the whole day counts.
    """

    kind = models.CharField(
        _("kind"), max_length=20, choices=EventKind.choices, default=EventKind.MEETING
    )
    body = StoryField(verbose_name=_("text"), blank=True)

    start_date = models.DateField(_("first day"), null=True)
    start_time = models.TimeField(
        _("starts at"), null=True, blank=True, help_text=_("Leave empty what is not told.")
    )
    end_date = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: one day only.")
    )
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    check_in_from = models.TimeField(_("check-in from"), null=True, blank=True)
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        default=dates.default_timezone_name,
        validators=[dates.validate_timezone],
        help_text=_("For example Europe/Warsaw."),
    )
    starts_at = models.DateTimeField(null=True, editable=False, db_index=True)
    ends_at = models.DateTimeField(null=True, editable=False, db_index=True)

    status = models.CharField(
        _("status"), max_length=20, choices=EventStatus.choices, default=EventStatus.SCHEDULED
    )
    status_reason = models.CharField(
        _("public reason"),
        max_length=300,
        blank=True,
        help_text=_("Readers see it beside the status. Never give anybody's health as the reason."),
    )
    attendance_mode = models.CharField(
        _("how to attend"),
        max_length=10,
        choices=AttendanceMode.choices,
        default=AttendanceMode.ONSITE,
    )
    venue = models.ForeignKey(
        "news.Venue",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    online_platform = models.CharField(
        _("platform"), max_length=80, blank=True, help_text=_("For example Zoom.")
    )
    online_link = models.URLField(_("link to join"), blank=True, validators=[validate_web_link])
    online_link_visibility = models.CharField(
        _("who sees the link"),
        max_length=12,
        choices=LinkVisibility.choices,
        default=LinkVisibility.REGISTERED,
    )
    audience = models.CharField(_("for whom"), max_length=400, blank=True)
    places = models.PositiveIntegerField(
        _("number of places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    cost = models.CharField(
        _("cost"), max_length=120, blank=True, help_text=_("For example: free of charge.")
    )

    agenda = StreamField(AgendaBlock, verbose_name=_("programme"), blank=True)

    registration = models.CharField(
        _("registration"),
        max_length=10,
        choices=RegistrationKind.choices,
        default=RegistrationKind.NONE,
    )
    registration_link = models.URLField(
        _("address of the form"), blank=True, validators=[validate_web_link]
    )
    registration_email = models.EmailField(_("e-mail for registration"), blank=True)
    registration_form = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("form to download"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registration_form_of",
    )
    registration_return_to = models.CharField(
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
    availability = models.CharField(
        _("places"), max_length=10, choices=Availability.choices, default=Availability.OPEN
    )
    information_clause = models.ForeignKey(
        "news.InformationClause",
        verbose_name=_("information clause"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
        help_text=_(
            "What people are told about their data when they register, by a downloaded form too."
        ),
    )

    step_free = models.CharField(
        _("step-free access"),
        max_length=8,
        choices=YesNoUnknown.choices,
        default=YesNoUnknown.UNKNOWN,
    )
    induction_loop = models.CharField(
        _("induction loop"),
        max_length=8,
        choices=YesNoUnknown.choices,
        default=YesNoUnknown.UNKNOWN,
    )
    sign_language = models.CharField(
        _("sign-language interpreter (PJM)"),
        max_length=8,
        choices=YesNoUnknown.choices,
        default=YesNoUnknown.UNKNOWN,
    )
    captions = models.CharField(
        _("live captions"), max_length=8, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    accessibility_requests = models.CharField(
        _("what can be asked for"),
        max_length=300,
        blank=True,
        help_text=_("For example: an interpreter, large print, an assistant."),
    )
    accessibility_requests_until = models.DateField(_("ask until"), null=True, blank=True)

    announce_in_news = models.BooleanField(
        _("announce among the news"),
        default=True,
        help_text=_(
            "The invitation stands in the list of news too, so that nobody types it twice."
        ),
    )
    recording_url = models.URLField(
        _("recording"),
        blank=True,
        validators=[validate_web_link],
        help_text=_("The address of the film, once there is one."),
    )

    content_panels = [
        *NewsroomPage.what_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("audience")]),
        FieldPanel("body"),
        NewsroomPage.picture_panel,
        NewsroomPage.filing_panel,
        FieldPanel("announce_in_news"),
    ]
    when_and_where_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_time")]),
                FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_time")]),
                FieldRowPanel([FieldPanel("check_in_from"), FieldPanel("timezone")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("attendance_mode"),
                FieldPanel("venue"),
                FieldRowPanel(
                    [
                        FieldPanel("online_platform"),
                        FieldPanel("online_link"),
                        FieldPanel("online_link_visibility"),
                    ]
                ),
            ],
            heading=_("Where"),
        ),
        InlinePanel("stops", heading=_("Stops of a visit"), label=_("Stop")),
        InlinePanel("organisers", heading=_("Organisers and partners"), label=_("Organisation")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("step_free"), FieldPanel("induction_loop")]),
                FieldRowPanel([FieldPanel("sign_language"), FieldPanel("captions")]),
                FieldRowPanel(
                    [
                        FieldPanel("accessibility_requests"),
                        FieldPanel("accessibility_requests_until"),
                    ]
                ),
            ],
            heading=_("Accessibility"),
        ),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("status_reason")], heading=_("Changes")),
    ]
    programme_panels = [
        HelpPanel(
            content=_(
                "One day after another; inside a day, sessions in the order of their hours. A missing hour may stay empty."
            )
        ),
        FieldPanel("agenda"),
    ]
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
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("What")),
            ObjectList(when_and_where_panels, heading=_("When and where")),
            ObjectList(programme_panels, heading=_("Programme")),
            ObjectList(registration_panels, heading=_("Registration")),
            ObjectList(NewsroomPage.attachment_panels, heading=_("Attachments")),
            ObjectList(NewsroomPage.contact_panels, heading=_("Contact")),
            ObjectList(
                [*NewsroomPage.update_panels, FieldPanel("recording_url")], heading=_("Updates")
            ),
            ObjectList(NewsroomPage.address_panels, heading=_("Address")),
        ]
    )
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("body"),
        index.SearchField("agenda"),
        index.SearchField("audience"),
        index.RelatedFields("venue", [index.SearchField("name"), index.SearchField("city")]),
        index.FilterField("kind"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
    ]
    api_fields = [
        *NewsroomPage.api_fields,
        APIField("kind"),
        APIField("body"),
        APIField("start_date"),
        APIField("start_time"),
        APIField("end_date"),
        APIField("end_time"),
        APIField("check_in_from"),
        APIField("timezone"),
        APIField("all_day"),
        APIField("status"),
        APIField("status_reason"),
        APIField("attendance_mode"),
        APIField("venue"),
        APIField(
            "stops",
            serializer=RowsField(
                ["place", "host", "description", "day", "time"], source="shown_stops"
            ),
        ),
        APIField("online_platform"),
        APIField("public_online_link"),
        APIField("audience"),
        APIField(
            "organisers", serializer=RowsField(["name", "url", "role"], source="organisers_shown")
        ),
        APIField("agenda"),
        APIField("places"),
        APIField("cost"),
        APIField("registration"),
        APIField("registration_state"),
        APIField("registration_link"),
        APIField("registration_email"),
        APIField(
            "registration_form", serializer=PublicAttachmentsField(source="registration_form_rows")
        ),
        APIField("registration_return_to"),
        APIField("opens_date"),
        APIField("opens_time"),
        APIField("deadline_date"),
        APIField("deadline_time"),
        APIField("deadline_before_extension"),
        APIField("availability"),
        APIField("information_clause"),
        APIField("step_free"),
        APIField("induction_loop"),
        APIField("sign_language"),
        APIField("captions"),
        APIField("accessibility_requests"),
        APIField("accessibility_requests_until"),
        APIField("recording_url"),
        APIField("reports", serializer=PublicPagesField(source="shown_reports")),
        APIField("galleries", serializer=PublicPagesField(source="galleries_about")),
    ]
    parent_page_types = ["news.EventIndexPage"]
    subpage_types: list[str] = []
    template = "news/event_page.html"
    is_event = True

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        super().clean()
        if errors := event_errors(self):
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        moments = self.moments()
        self.starts_at, self.ends_at, self.deadline_at = (
            moments.starts_at,
            moments.ends_at,
            moments.deadline_at,
        )
        super().save(*args, **kwargs)

    # When

    @property
    def tz(self) -> dt.tzinfo:
        """The event's time zone."""
        return dates.zone(self.timezone)

    @property
    def last_day(self) -> dt.date | None:
        """Its last day; the first one where it lasts a day."""
        return self.end_date or self.start_date

    @property
    def all_day(self) -> bool:
        """No hour is told."""
        return self.start_time is None

    def moments(self) -> Moments:
        """When the event starts and ends and its registration closes, from what the editor typed.

        An hour that does not exist leaves its moment at the start or end of that day: code can save such a draft,
        while the form refuses it (see :mod:`news.models.event_rules`).
        """
        return Moments(
            starts_at=self._moment(self.start_date, self.start_time, last=False),
            ends_at=self._moment(self.last_day, self.end_time, last=True),
            deadline_at=self._moment(self.deadline_date, self.deadline_time, last=True),
        )

    @property
    def opens_at(self) -> dt.datetime | None:
        """Moment at which registration opens."""
        return self._moment(self.opens_date, self.opens_time, last=False)

    def _moment(
        self, day: dt.date | None, hour: dt.time | None, *, last: bool
    ) -> dt.datetime | None:
        if day is None:
            return None
        if hour is not None:
            try:
                return dates.local_moment(day, hour, self.tz)
            except ValidationError:
                pass
        return dates.day_end(day, self.tz) if last else dates.day_start(day, self.tz)

    def phase_at(self, now: dt.datetime) -> EventPhase:
        """Where the event stands at ``now`` (aware)."""
        return timeline.event_phase(self.starts_at, self.ends_at, now, self.tz)

    @property
    def phase(self) -> EventPhase:
        """Where the event stands now."""
        return self.phase_at(timezone.now())

    @property
    def is_over(self) -> bool:
        """Its last moment has passed. A cancelled or postponed event never took place."""
        return self.phase == EventPhase.OVER

    @property
    def called_off(self) -> bool:
        """It does not take place on its date."""
        return self.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)

    @property
    def when_text(self) -> str:
        """The whole term in words."""
        if self.start_date is None:
            return ""
        return dates.plain_when(self.start_date, self.end_date, self.start_time, self.end_time)

    @property
    def leaf(self) -> wording.DateLeaf | None:
        """The date leaf; grey where the event is over or called off."""
        if self.start_date is None:
            return None
        tone = "off" if self.called_off else "past" if self.is_over else ""
        return wording.date_leaf(self.start_date, self.end_date, tone=tone)

    # Where

    @property
    def is_online(self) -> bool:
        """Nobody has to travel."""
        return (
            self.attendance_mode == AttendanceMode.ONLINE or self.status == EventStatus.MOVED_ONLINE
        )

    @property
    def where_text(self) -> str:
        """The place in a few words: “Online (Zoom)”, “Poznań”, “Kalisz, Turek, Konin”."""
        online = str(AttendanceMode.ONLINE.label)
        if self.is_online:
            return f"{online} ({self.online_platform})" if self.online_platform else online
        places = [stop.place for stop in self.stops.all()]
        if self.venue:
            places = [", ".join(part for part in (self.venue.name, self.venue.city) if part)]
        text = ", ".join(dict.fromkeys(places))
        if self.attendance_mode == AttendanceMode.MIXED:
            text = f"{text} · {online.lower()}" if text else online
        return text

    @property
    def public_online_link(self) -> str:
        """The link to join, where everybody may have it; else empty."""
        return self.online_link if self.online_link_visibility == LinkVisibility.PUBLIC else ""

    @property
    def online_note(self) -> str:
        """What to tell about a link that only those who register get; else empty."""
        online = self.is_online or self.attendance_mode == AttendanceMode.MIXED
        if online and not self.public_online_link and self.registration != RegistrationKind.NONE:
            return str(_("We send the link to those who register."))
        return ""

    @property
    def map_url(self) -> str:
        """Address of a map of the venue; empty where there is none."""
        return self.venue.map_url if self.venue and not self.is_online else ""

    @property
    def shown_stops(self) -> list["EventStop"]:
        """The stops of a visit in their order."""
        return list(self.stops.all())

    @property
    def organisers_shown(self) -> list["EventOrganiser"]:
        """Organisations with their roles; without those that were deleted."""
        return [
            row
            for row in self.organisers.select_related("organisation")
            if row.organisation is not None
        ]

    @property
    def accessibility_facts(self) -> list[str]:
        """What is known about accessibility, in sentences; what nobody knows is not told."""
        named = [
            (self.step_free, _("step-free access"), _("no step-free access")),
            (self.induction_loop, _("induction loop"), _("no induction loop")),
            (
                self.sign_language,
                _("Polish Sign Language (PJM) interpreter"),
                _("no sign-language interpreter"),
            ),
            (self.captions, _("live captions"), _("no live captions")),
        ]
        facts = [
            wording.sentence_case(str(yes if answer == YesNoUnknown.YES else no))
            for answer, yes, no in named
            if answer != YesNoUnknown.UNKNOWN
        ]
        if self.accessibility_requests:
            text = str(_("You can ask for: %(what)s") % {"what": self.accessibility_requests})
            if self.accessibility_requests_until:
                until = dates.plain_date(self.accessibility_requests_until)
                text = str(_("%(text)s, until %(day)s") % {"text": text, "day": until})
            facts.append(text)
        return facts

    # Registration

    def registration_facts(self) -> timeline.RegistrationFacts:
        """What an editor said about registration, for the rules in :mod:`news.timeline`."""
        return timeline.RegistrationFacts(
            kind=self.registration,
            opens_at=self.opens_at,
            deadline_at=self.deadline_at,
            availability=self.availability,
            status=self.status,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )

    def registration_state_at(self, now: dt.datetime) -> RegistrationState:
        """What registration looks like at ``now`` (aware)."""
        return timeline.registration_state(
            self.registration_facts(), now, setting("CLOSING_SOON_DAYS")
        )

    @property
    def registration_state(self) -> str:
        """What registration looks like now."""
        return self.registration_state_at(timezone.now()).value

    @property
    def registration_info(self) -> RegistrationInfo:
        """Registration as the facts panel shows it now."""
        return registration_info(self, timezone.now())

    @cached_property
    def registration_form_rows(self) -> list[AttachmentRow]:
        """The form to download as a list of one; empty where there is none or the public may not read it."""
        if self.registration_form is None:
            return []
        document = shown_documents([self.registration_form]).get(self.registration_form_id)
        return [self.describe_attachment(document)] if document else []

    def describe_attachment(self, document: Any, label: str = "") -> AttachmentRow:
        """A form closes itself at the deadline, and says until when it is wanted before."""
        is_form = (
            getattr(document, "kind", None) == AttachmentKind.FORM
            or document.pk == self.registration_form_id
        )
        if not is_form or self.registration == RegistrationKind.NONE:
            return attachment_row(document, label=label)
        state = self.registration_state_at(timezone.now())
        closed = state in (RegistrationState.CLOSED, RegistrationState.OVER, RegistrationState.FULL)
        until = (
            dates.plain_deadline(self.deadline_date, self.deadline_time)
            if self.deadline_date and not closed
            else ""
        )
        return attachment_row(
            document,
            label=label,
            closed=closed,
            closes_text=str(_("until %(when)s") % {"when": until}) if until else "",
        )

    # What visitors see

    @property
    def kicker(self) -> str:
        """“Konferencja · Poznań”."""
        return " · ".join(part for part in (str(self.get_kind_display()), self.where_text) if part)

    @property
    def state_line(self) -> wording.StateLine | None:
        """How the event stands, in one sentence."""
        if self.called_off:
            return wording.status_line(self.status, self.status_reason)
        now = timezone.now()
        phase = self.phase_at(now)
        if phase == EventPhase.OVER:
            return wording.past_line()
        return (
            self._registration_line(now)
            or wording.status_line(self.status, self.status_reason)
            or wording.phase_line(phase)
        )

    @property
    def full_state_line(self) -> wording.StateLine | None:
        """As :attr:`state_line`, and for a past event what followed it."""
        if self.is_over and not self.called_off:
            photos = sum(
                gallery.photo_count
                for gallery in self.galleries_about
                if hasattr(gallery, "photo_count")
            )
            return wording.past_line(reports=len(self.shown_reports), photos=photos)
        return self.state_line

    def _registration_line(self, now: dt.datetime) -> wording.StateLine | None:
        return wording.registration_line(
            self.registration_state_at(now),
            deadline_date=self.deadline_date,
            deadline_time=self.deadline_time,
            deadline_at=self.deadline_at,
            opens_at=self.opens_at,
            opens_with_hour=self.opens_time is not None,
            availability=self.availability,
            now=now,
            tz=self.tz,
        )

    @cached_property
    def agenda_days(self) -> list[AgendaDay]:
        """The programme, ready to be shown: days, and in them common sessions and parallel tracks."""
        return agenda_days(self.agenda, self.start_date)

    @cached_property
    def shown_reports(self) -> list[Any]:
        """Public reports on this event, latest first."""
        return list(public_pages(self.reports.all()).order_by("-date", "-pk"))

    @cached_property
    def followups(self) -> dict[str, Any]:
        """What followed the event: reports, galleries, materials, recording."""
        materials = (AttachmentKind.PRESENTATION, AttachmentKind.REPORT)
        return {
            "reports": self.shown_reports,
            "galleries": self.galleries_about,
            "materials": [row for row in self.attachment_rows if row.kind in materials],
            "recording_url": self.recording_url,
        }

    def contacts_until(self) -> dt.date | None:
        """Contacts leave the page some time after the event (90 days unless set)."""
        if self.last_day is None:
            return None
        return self.last_day + dt.timedelta(days=setting("CONTACTS_SHOWN_DAYS"))

    def same_event_condition(self) -> Q:
        return Q(newspage__about_event=self.pk)


class EventStop(Orderable):
    """A stop of a visit: a place, who receives the guests there, and when if known."""

    page = ParentalKey(EventPage, related_name="stops", on_delete=models.CASCADE)
    place = models.CharField(_("place"), max_length=200, validators=[validate_single_line])
    host = models.CharField(
        _("host"), max_length=255, blank=True, help_text=_("The organisation that is visited.")
    )
    description = models.TextField(_("description"), blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    time = models.TimeField(_("hour"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("place"), FieldPanel("host")]),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("day"), FieldPanel("time")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("stop")
        verbose_name_plural = _("stops")

    def __str__(self) -> str:
        return self.place


class EventOrganiser(Orderable):
    """An organisation and what it is to the event."""

    page = ParentalKey(EventPage, related_name="organisers", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "news.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=OrganiserRole.choices, default=OrganiserRole.ORGANISER
    )

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(self.get_role_display())

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.organisation.name

    @property
    def url(self) -> str:
        """The organisation's website; may be empty."""
        return self.organisation.url
