"""Where an event happens and who can get in: venue, online room, accessibility."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from wagtail_newsroom.news.enums import AttendanceMode, LinkVisibility, YesNoUnknown
from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.models.events.derived import DerivedPlace
from wagtail_newsroom.news.models.events.schedule import ScheduleMixin
from wagtail_newsroom.news.models.pages.localised import localised
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.serializers import RowField, RowsField

VENUE_FIELDS = ["name", "hall", "street", "postal_code", "city", "latitude", "longitude", "access"]


class PlaceMixin(DerivedPlace, ScheduleMixin):
    """Venue, stops of a visit, online room, and what is known about accessibility."""

    attendance_mode = models.CharField(
        _("how to attend"),
        max_length=10,
        choices=AttendanceMode.choices,
        default=AttendanceMode.ONSITE,
    )
    venue = models.ForeignKey(
        "newsroom.Venue",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    online_platform = LineField(_("platform"), max_length=80, blank=True, help_text=_("For example Zoom."))
    online_link = WebLinkField(_("link to join"), blank=True)
    online_link_visibility = models.CharField(
        _("who sees the link"),
        max_length=12,
        choices=LinkVisibility.choices,
        default=LinkVisibility.REGISTERED,
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
    accessibility_requests = LineField(
        _("what can be asked for"),
        max_length=300,
        blank=True,
        help_text=_("For example: an interpreter, large print, an assistant."),
    )
    accessibility_requests_until = models.DateField(_("ask until"), null=True, blank=True)

    place_panels = [
        MultiFieldPanel(
            [
                FieldPanel("attendance_mode"),
                FieldPanel("venue"),
                FieldRowPanel(
                    [FieldPanel("online_platform"), FieldPanel("online_link"), FieldPanel("online_link_visibility")]
                ),
            ],
            heading=_("Where"),
        ),
        InlinePanel("stops", heading=_("Stops of a visit"), label=_("Stop")),
    ]
    accessibility_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("step_free"), FieldPanel("induction_loop")]),
                FieldRowPanel([FieldPanel("sign_language"), FieldPanel("captions")]),
                FieldRowPanel([FieldPanel("accessibility_requests"), FieldPanel("accessibility_requests_until")]),
            ],
            heading=_("Accessibility"),
        )
    ]
    search_fields = [index.RelatedFields("venue", [index.SearchField("name"), index.SearchField("city")])]
    api_fields = [
        ListedField("attendance_mode"),
        APIField("venue", serializer=RowField(VENUE_FIELDS, source="shown_venue")),
        APIField("stops", serializer=RowsField(["place", "host", "description", "day", "time"], source="shown_stops")),
        ListedField("online_platform"),
        ListedField("public_online_link"),
        ListedField("step_free"),
        ListedField("induction_loop"),
        ListedField("sign_language"),
        ListedField("captions"),
        ListedField("accessibility_requests"),
        ListedField("accessibility_requests_until"),
    ]

    # What the page it is mixed into brings.
    stops: Any
    locale_id: int

    class Meta:
        abstract = True

    @property
    def stop_places(self) -> list[str]:
        return [stop.place for stop in self.stops.all()]

    @property
    def shown_venue(self) -> Any:
        """The venue as it is called in the event's language; ``None`` where there is none."""
        return localised([self.venue], self.locale_id)[0] if self.venue else None

    @property
    def shown_stops(self) -> list[Any]:
        """The stops of a visit in their order."""
        return list(self.stops.all())
