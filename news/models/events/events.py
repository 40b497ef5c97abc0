"""Events with their agenda, and the calendar that lists them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from wagtail_newsroom.news.blocks import AgendaBlock, StoryField
from wagtail_newsroom.news.enums import (
    AttachmentKind,
    EventKind,
    OrganiserRole,
)
from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.forms import EventForm
from wagtail_newsroom.news.models.events.agenda import AgendaDay, agenda_days
from wagtail_newsroom.news.models.events.agenda_changes import AgendaChange, changes_since
from wagtail_newsroom.news.models.events.agenda_notices import AgendaNotices, with_notices
from wagtail_newsroom.news.models.events.derived import DerivedEvent, contacts_until
from wagtail_newsroom.news.models.events.place import PlaceMixin
from wagtail_newsroom.news.models.events.registration import RegistrationMixin
from wagtail_newsroom.news.models.events.rules import event_errors
from wagtail_newsroom.news.models.events.schedule import ScheduleMixin
from wagtail_newsroom.news.models.events.session_facts import SessionFacts, agenda_facts
from wagtail_newsroom.news.models.pages.localised import localised
from wagtail_newsroom.news.models.pages.pages import ListPage, PageFilesMixin
from wagtail_newsroom.news.models.pages.previews import AFTER, CLOSED
from wagtail_newsroom.news.models.pages.rows import Row
from wagtail_newsroom.news.models.pages.shared import NewsroomPage
from wagtail_newsroom.news.panels import AgendaPanel
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.serializers import PublicPagesField, RowsField
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.tabs import Tab, Tabs
from wagtail_newsroom.news.visibility import public_pages
from wagtail_newsroom.news.wording import events as event_wording


class EventIndexPage(ListPage):
    """The calendar."""

    subpage_types = ["newsroom.EventPage"]
    template = "newsroom/event_index_page.html"

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")


class EventPage(DerivedEvent, PlaceMixin, RegistrationMixin, PageFilesMixin, NewsroomPage):
    """An event: when, where, for whom, its programme and its registration.

    What a publication changes is recorded where the event is stored: see
    ``publishing.updates.receivers``.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices, default=EventKind.MEETING)
    audience = LineField(_("for whom"), max_length=400, blank=True)
    body = StoryField(verbose_name=_("text"), blank=True)
    agenda = StreamField(AgendaBlock, verbose_name=_("programme"), blank=True)
    announce_in_news = models.BooleanField(
        _("announce among the news"),
        default=True,
        help_text=_("The invitation stands in the list of news too, so that nobody types it twice."),
    )
    recording_url = WebLinkField(
        _("recording"),
        blank=True,
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
        *ScheduleMixin.schedule_panels,
        *PlaceMixin.place_panels,
        InlinePanel("organisers", heading=_("Organisers and partners"), label=_("Organisation")),
        *PlaceMixin.accessibility_panels,
        *ScheduleMixin.status_panels,
    ]
    agenda_panels = [
        HelpPanel(
            content=_(
                "One day after another; inside a day, sessions in the order of their hours. "
                "A missing hour may stay empty."
            )
        ),
        AgendaPanel(),
        FieldPanel("agenda"),
    ]
    update_panels = [*NewsroomPage.update_panels, FieldPanel("recording_url")]
    edit_handler = Tabs(
        Tab(_("What"), "content_panels"),
        Tab(_("When and where"), "when_and_where_panels"),
        Tab(_("Programme"), "agenda_panels"),
        Tab(_("Registration"), "registration_panels"),
        Tab(_("Attachments"), "attachment_panels"),
        Tab(_("Contact"), "contact_panels"),
        Tab(_("Updates"), "update_panels"),
        Tab(_("Address"), "promote_panels", "settings_panels"),
    )
    base_form_class = EventForm
    search_fields = [
        *NewsroomPage.search_fields,
        *ScheduleMixin.search_fields,
        *PlaceMixin.search_fields,
        index.SearchField("body"),
        index.SearchField("agenda"),
        index.SearchField("audience"),
        index.FilterField("kind"),
    ]
    api_fields = [
        *NewsroomPage.api_fields,
        ListedField("kind"),
        ListedField("audience"),
        APIField("body"),
        *ScheduleMixin.api_fields,
        *PlaceMixin.api_fields,
        APIField("organisers", serializer=RowsField(["name", "url", "role"], source="organisers_shown")),
        APIField("agenda"),
        *RegistrationMixin.api_fields,
        ListedField("recording_url"),
        APIField("reports", serializer=PublicPagesField(source="shown_reports")),
    ]
    parent_page_types = ["newsroom.EventIndexPage"]
    subpage_types: list[str] = []
    template = "newsroom/event_page.html"
    is_event = True
    # A copy has been in nobody's calendar yet.
    exclude_fields_in_copy = ["calendar_sequence", "calendar_state"]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def with_content_json(self, content: dict[str, Any]) -> "EventPage":
        """A revision remembers the count of its day; what counts is how often the page was changed in public."""
        page: EventPage = super().with_content_json(content)
        page.calendar_sequence, page.calendar_state = self.calendar_sequence, self.calendar_state
        return page

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        modes = [*super().preview_modes, (AFTER, _("After the event"))]
        return [*modes, (CLOSED, _("Once registration is closed"))] if is_on(REGISTRATION) else modes

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        self.derive_moments()
        self.shown_at = self.moment_of_preview(mode_name)
        return super().serve_preview(request, mode_name)

    def moment_of_preview(self, mode_name: str) -> dt.datetime | None:
        """The moment at which a preview shows the event; ``None``: as it is now, or where its date is not known."""
        now, (starts_at, ends_at) = timezone.now(), self.period
        if mode_name == AFTER and ends_at is not None:
            return max(now, ends_at + dt.timedelta(days=1))
        closes_at = self.closes_at or starts_at
        if mode_name == CLOSED and closes_at is not None:
            return closes_at + dt.timedelta(seconds=1)
        return None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        localise_venues([self])
        return super().get_context(request, *args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if errors := event_errors(self):
            raise ValidationError(errors)

    def own_moments(self, now: dt.datetime) -> Iterator[dt.datetime | None]:
        """Moments after which a card of the event looks different, with nobody acting."""
        yield from self.schedule_moments(now)
        yield from self.registration_moments(now)

    @property
    def organisers_shown(self) -> list["EventOrganiser"]:
        """Organisations with their roles, in this page's language."""
        rows = list(self.organisers.select_related("organisation__logo"))
        for row, organisation in zip(rows, localised([row.organisation for row in rows], self.locale_id), strict=True):
            row.organisation = organisation
        return rows

    @property
    def full_state_line(self) -> event_wording.StateLine | None:
        """As :attr:`state_line`, and for a past event what followed it."""
        if not self.is_over:
            return self.state_line
        found = [page for group in self.pages_about for page in group.pages]
        photos = sum(page.photo_count for page in found if hasattr(page, "photo_count"))
        return event_wording.past_line(reports=len(self.shown_reports), photos=photos)

    @cached_property
    def agenda_days(self) -> list[AgendaDay]:
        """The programme, ready to be shown: days, and in them common sessions and parallel tracks."""
        return agenda_days(self.agenda, self.start_date, self.locale_id, self.previewed_by)

    @property
    def session_facts(self) -> list[SessionFacts]:
        """What people plan by, of each session and break."""
        return agenda_facts(self.agenda.get_prep_value(), self.start_date)

    @cached_property
    def agenda_notices(self) -> AgendaNotices:
        """As :attr:`agenda_days`, with what was changed lately in what readers knew."""
        changes = self.announced_changes
        return (
            with_notices(self.agenda_days, self.session_facts, changes)
            if changes
            else AgendaNotices(self.agenda_days, [])
        )

    @property
    def announced_changes(self) -> list[AgendaChange]:
        """The changes of the programme that readers are told now, oldest first; none once the event is over."""
        if self.pk is None or self.called_off or self.is_over:
            return []
        return list(self.agenda_changes.filter(shown=True, at__gt=changes_since(self.now)))

    @cached_property
    def shown_reports(self) -> list[Any]:
        """Public reports of this site on this event in its language, latest first."""
        reports = self.reports.model.objects.filter(
            about_event__translation_key=self.translation_key, locale=self.locale_id
        )
        return list(public_pages(reports, self.get_site()).order_by("-date", "-pk"))

    @cached_property
    def followups(self) -> dict[str, Any]:
        """What followed the event: reports, pages that other apps found (galleries), materials, recording."""
        materials = (AttachmentKind.PRESENTATION, AttachmentKind.REPORT)
        return {
            "reports": self.shown_reports,
            "groups": [group for group in self.pages_about if group.heading],
            "materials": [row for row in self.attachment_rows if row.kind in materials],
            "recording_url": self.recording_url,
        }

    def contacts_until(self) -> dt.date | None:
        """Contacts leave the page some time after the event."""
        return contacts_until(self.last_day)

    def same_event_condition(self) -> Q:
        return Q(newspage__about_event__translation_key=self.translation_key)


def localise_venues(events: Iterable[EventPage]) -> None:
    """Give each event its venue as it is called in the event's language, in one query for a list of one language."""
    placed = [event for event in events if event.venue is not None]
    if not placed:
        return
    for event, venue in zip(placed, localised([event.venue for event in placed], placed[0].locale_id), strict=True):
        event.venue = venue


class EventStop(Row):
    """A stop of a visit: a place, who receives the guests there, and when if known."""

    page = ParentalKey(EventPage, related_name="stops", on_delete=models.CASCADE)
    place = LineField(_("place"), max_length=200)
    host = LineField(_("host"), max_length=255, blank=True, help_text=_("The organisation that is visited."))
    description = models.TextField(_("description"), blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    time = models.TimeField(_("hour"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("place"), FieldPanel("host")]),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("day"), FieldPanel("time")]),
    ]

    class Meta(Row.Meta):
        verbose_name = _("stop")
        verbose_name_plural = _("stops")

    def __str__(self) -> str:
        return self.place


class EventOrganiser(Row):
    """An organisation and what it is to the event."""

    page = ParentalKey(EventPage, related_name="organisers", on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        "newsroom.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    role = models.CharField(
        pgettext_lazy("of an organisation", "role"),
        max_length=10,
        choices=OrganiserRole.choices,
        default=OrganiserRole.ORGANISER,
    )

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("role")])]

    class Meta(Row.Meta):
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
