"""Events: their summary, their parts, and what their list may be narrowed by."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.reading.events.filters import EVENT_ORDERS, EventParameters, narrowed_events
from wagtail_newsroom.news.api.v1.reading.events.parts import (
    AccessibilityPart,
    ColumnPart,
    EventContactsPart,
    OnlinePart,
    OrganisersPart,
    StopsPart,
)
from wagtail_newsroom.news.api.v1.reading.events.programme import AgendaChangesPart, AgendaPart, EventLinksPart
from wagtail_newsroom.news.api.v1.reading.events.registering import EventAttachmentsPart, RegistrationPart
from wagtail_newsroom.news.api.v1.reading.events.summary import EventSummaryPart
from wagtail_newsroom.news.api.v1.reading.parts import Part
from wagtail_newsroom.news.api.v1.reading.related import ReportsPart
from wagtail_newsroom.news.api.v1.reading.stories import StoryReading, story_parts
from wagtail_newsroom.news.api.v1.schemas.events import EventItem, EventSummary
from wagtail_newsroom.news.models import EventPage


class EventReading(StoryReading):
    """How events are listed and read."""

    word, address, model = "event", "events", EventPage
    summary_schema, item_schema = EventSummary, EventItem
    parameters = EventParameters
    orders = EVENT_ORDERS
    summary = EventSummaryPart()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return (
            *story_parts(
                self.model,
                contacts=EventContactsPart(),
                attachments=EventAttachmentsPart(),
            ),
            *map(ColumnPart, ("announce_in_news", "check_in_from", "cost", "places", "recording_url")),
            RegistrationPart(),
            OnlinePart(),
            AccessibilityPart(),
            StopsPart(),
            OrganisersPart(),
            AgendaPart(),
            AgendaChangesPart(),
            ReportsPart(),
            EventLinksPart(),
        )

    @property
    def included(self) -> tuple[str, ...]:
        """All parts but what the summary names too, in fewer words."""
        return tuple(name for name in super().included if name not in EventSummary.model_fields)

    def narrowed(self, pages: QuerySet[Any], asked: EventParameters, answer: Answer) -> QuerySet[Any]:
        return narrowed_events(super().narrowed(pages, asked, answer), asked, answer.now)
