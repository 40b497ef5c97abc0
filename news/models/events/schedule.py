"""When an event happens: its days and hours, whether it goes ahead, and its phase."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import DateTimeField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from wagtail_newsroom.news.enums import EventStatus
from wagtail_newsroom.news.fields import LineField
from wagtail_newsroom.news.models.events.derived import DerivedSchedule
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.timing import moments, next_change


class ScheduleMixin(DerivedSchedule, models.Model):
    """Days, hours and status of an event.

    An hour that is not told stays empty. ``starts_at`` and ``ends_at`` (aware; ``ends_at`` is the last moment)
    are derived at every save and serve filters and order; without an hour the whole day counts.
    """

    start_date = models.DateField(_("first day"), null=True)
    start_time = models.TimeField(_("starts at"), null=True, blank=True, help_text=_("Leave empty what is not told."))
    end_date = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: one day only."))
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    check_in_from = models.TimeField(_("check-in from"), null=True, blank=True)
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        default=moments.default_timezone_name,
        validators=[moments.validate_timezone],
        help_text=_("For example Europe/Warsaw."),
    )
    starts_at = models.DateTimeField(null=True, editable=False, db_index=True)
    ends_at = models.DateTimeField(null=True, editable=False, db_index=True)
    # How often a published change concerned people's calendars (RFC 5545, SEQUENCE), and the fingerprint of what
    # was published last. Both are kept by wagtail_newsroom.news.publishing.updates.calendar_sequence.
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    calendar_state = models.CharField(max_length=64, default="", blank=True, editable=False)

    status = models.CharField(_("status"), max_length=20, choices=EventStatus.choices, default=EventStatus.SCHEDULED)
    status_reason = LineField(
        _("public reason"),
        max_length=300,
        blank=True,
        help_text=_("Readers see it beside the status. Never give anybody's health as the reason."),
    )

    schedule_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_time")]),
                FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_time")]),
                FieldRowPanel([FieldPanel("check_in_from"), FieldPanel("timezone")]),
            ],
            heading=_("When"),
        )
    ]
    status_panels = [MultiFieldPanel([FieldPanel("status"), FieldPanel("status_reason")], heading=_("Changes"))]
    search_fields = [index.FilterField("starts_at"), index.FilterField("ends_at")]
    api_fields = [
        ListedField("start", serializer=DateTimeField(source="starts_at")),
        ListedField("end", serializer=DateTimeField(source="ends_at")),
        ListedField("start_date"),
        ListedField("start_time"),
        ListedField("end_date"),
        ListedField("end_time"),
        ListedField("check_in_from"),
        ListedField("timezone"),
        ListedField("all_day"),
        ListedField("status"),
        ListedField("status_reason"),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_moments()
        super().save(*args, **kwargs)

    def derive_moments(self) -> None:
        """Derive the stored moments from what was typed: at every save, and for a version that is only looked at."""
        self.starts_at, self.ends_at = self.period

    def schedule_moments(self, now: dt.datetime) -> Iterator[dt.datetime | None]:
        """Moments after which the event is on, is over, or its leaf tells the year."""
        if self.starts_at is not None:
            yield next_change.day_begins(self.starts_at.astimezone(self.tz).date(), self.tz)
            yield next_change.after(self.ends_at or self.starts_at)
            yield next_change.new_year(now)
