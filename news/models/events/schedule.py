"""When an event happens: its days and hours, whether it goes ahead, and its phase."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import DateTimeField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from wagtail_newsroom.news.enums import EventPhase, EventStatus
from wagtail_newsroom.news.fields import LineField
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.timing import moments, next_change, phases
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording


class ScheduleMixin(models.Model):
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

    # What the page it is mixed into brings: the moment at which it is shown.
    now: dt.datetime

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_moments()
        super().save(*args, **kwargs)

    def derive_moments(self) -> None:
        """Derive the stored moments from what was typed: at every save, and for a version that is only looked at."""
        self.starts_at, self.ends_at = self.period

    @property
    def tz(self) -> dt.tzinfo:
        """The event's time zone."""
        return moments.zone(self.timezone)

    @property
    def last_day(self) -> dt.date | None:
        """Its last day; the first one where it lasts a day."""
        return self.end_date or self.start_date

    @property
    def all_day(self) -> bool:
        """No hour is told."""
        return self.start_time is None

    @property
    def period(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """First and last moment (aware), from what the editor typed; ``None`` where the date is not known yet."""
        return (
            moments.moment_of(self.start_date, self.start_time, self.tz, last=False),
            moments.moment_of(self.last_day, self.end_time, self.tz, last=True),
        )

    def phase_at(self, now: dt.datetime) -> EventPhase:
        """Where the event stands at ``now`` (aware)."""
        return phases.event_phase(self.starts_at, self.ends_at, now, self.tz)

    def schedule_moments(self, now: dt.datetime) -> Iterator[dt.datetime | None]:
        """Moments after which the event is on, is over, or its leaf tells the year."""
        if self.starts_at is not None:
            yield next_change.day_begins(self.starts_at.astimezone(self.tz).date(), self.tz)
            yield next_change.after(self.ends_at or self.starts_at)
            yield next_change.new_year(now)

    @property
    def phase(self) -> EventPhase:
        """Where the event stands now."""
        return self.phase_at(self.now)

    @property
    def is_over(self) -> bool:
        """It took place and its last moment has passed. A cancelled or postponed event never took place."""
        return self.phase == EventPhase.OVER and not self.called_off

    @property
    def called_off(self) -> bool:
        """It does not take place on its date."""
        return self.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)

    @property
    def when_text(self) -> str:
        """The whole period in words."""
        if self.start_date is None:
            return ""
        period = dates.plain_when(self.start_date, self.end_date, self.start_time, self.end_time)
        return period if self.all_day else f"{period}{dates.foreign_zone(self.starts_at, self.tz)}"

    @property
    def leaf(self) -> event_wording.DateLeaf | None:
        """The date leaf; grey where the event is over or called off."""
        if self.start_date is None:
            return None
        tone = "off" if self.called_off else "past" if self.is_over else ""
        return event_wording.date_leaf(self.start_date, self.end_date, tone=tone, today=timezone.localdate(self.now))
