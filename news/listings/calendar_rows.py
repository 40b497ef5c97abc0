"""Events as rows of a calendar file: one query for everything that is written of them, and no page is made.

What the database says of an event is kept together and comparable (:attr:`CalendarRow.facts`): an entry that was written of
the same facts is the same entry.
"""

import json
from decimal import Decimal
from functools import cache, cached_property
from types import SimpleNamespace
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce, JSONObject

from wagtail_newsroom.news.models import NewsroomPage, Topic, Venue
from wagtail_newsroom.news.models.events.derived import DerivedEvent
from wagtail_newsroom.news.models.events.events import EventStop
from wagtail_newsroom.news.queries.json_rows import JsonRows

COLUMNS = (
    *("pk", "url_path", "translation_key", "title", "lead", "kind", "calendar_sequence"),
    *("first_published_at", "last_published_at", "latest_revision_created_at", "starts_at"),
    *("start_date", "start_time", "end_date", "end_time", "timezone", "status", "status_reason"),
    *("attendance_mode", "online_platform", "online_link", "online_link_visibility"),
    *("registration", "deadline_date", "deadline_time"),
)
VENUE = ("name", "hall", "street", "postal_code", "city", "latitude", "longitude")


@cache
def _read_beside() -> dict[str, Any]:
    """What stands in other tables, by its name: venue and topics in the language of the event. Made once, queries copy it."""
    facts = JSONObject(**{name: name for name in VENUE})
    chosen = Venue.objects.filter(pk=OuterRef("venue"))
    translated_venue = Venue.objects.filter(
        translation_key=OuterRef("venue__translation_key"), locale=OuterRef("locale")
    )
    venue = Coalesce(*(Subquery(each.order_by().values_list(facts)[:1]) for each in (translated_venue, chosen)))
    translated = Topic.objects.filter(
        translation_key=OuterRef("topic__translation_key"), locale=OuterRef("newsroompage__locale")
    )
    filed = NewsroomPage.topics.through._default_manager.filter(newsroompage=OuterRef("pk"))
    topic = Coalesce(Subquery(translated.values("name")[:1]), "topic__name")
    topics = filed.order_by("topic__name", "topic")
    stops = EventStop.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk")
    return {
        "language": F("locale__language_code"),
        "venue_facts": Cast(venue, TextField()),
        "topic_rows": Cast(JsonRows(topics, name=topic), TextField()),
        "stop_rows": Cast(JsonRows(stops, place="place"), TextField()),
    }


class CalendarRow(DerivedEvent):
    """An event as it stands in the calendar. ``facts``: all that the database says of it, in the order of the query."""

    # Columns beside those that the rules go by.
    pk: Any
    url_path: Any
    translation_key: Any
    calendar_sequence: Any
    first_published_at: Any
    last_published_at: Any
    latest_revision_created_at: Any
    language: Any
    venue_facts: Any
    topic_rows: Any
    stop_rows: Any

    def __init__(self, facts: tuple[Any, ...]) -> None:
        self.facts = facts
        self.__dict__.update(zip((*COLUMNS, *_read_beside()), facts, strict=True))

    @property
    def locale(self) -> Any:
        """The language of the event."""
        return SimpleNamespace(language_code=self.language)

    @cached_property
    def venue(self) -> Venue | None:
        """The venue in the language of the event, as a row that is not stored; ``None`` where there is none."""
        if self.venue_facts is None:
            return None
        found = json.loads(self.venue_facts)
        degrees = {
            name: None if found[name] is None else Decimal(str(found[name])) for name in ("latitude", "longitude")
        }
        return Venue(**{**found, **degrees})

    @property
    def stop_places(self) -> list[str]:
        return [stop["place"] for stop in json.loads(self.stop_rows or "[]")]

    @property
    def topic_names(self) -> list[str]:
        """Names of its topics, in its language where they have one there."""
        return [topic["name"] for topic in json.loads(self.topic_rows or "[]")]


def calendar_rows(events: QuerySet[Any]) -> list[CalendarRow]:
    """``events`` in their order, in one query."""
    beside = _read_beside()
    return [CalendarRow(facts) for facts in events.annotate(**beside).values_list(*COLUMNS, *beside)]
