"""An event as a row of the database: what is derived of a page is derived of the row, by the same rules."""

import datetime as dt
from decimal import Decimal
from functools import cache, cached_property
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.reading.languages import in_all_languages, in_own_language
from wagtail_newsroom.news.api.v1.reading.parts import Row
from wagtail_newsroom.news.models import Venue
from wagtail_newsroom.news.models.events.agenda import AgendaDay, stored_days
from wagtail_newsroom.news.models.events.derived import DerivedEvent
from wagtail_newsroom.news.models.events.events import EventStop
from wagtail_newsroom.news.queries.json_rows import JsonRows

# What the summary says, and all that its words follow from.
COLUMNS = (
    *("kind", "audience", "starts_at", "ends_at", "timezone", "start_date", "start_time", "end_date", "end_time"),
    *("status", "status_reason", "attendance_mode", "online_platform", "online_link", "online_link_visibility"),
    *("registration", "opens_date", "opens_time", "deadline_date", "deadline_time", "deadline_at"),
    *("deadline_before_extension", "availability"),
)
VENUE = ("name", "hall", "street", "postal_code", "city", "latitude", "longitude", "access")


@cache
def event_columns() -> dict[str, Any]:
    """What the query of the rows reads for :class:`EventRow`: made once, queries copy what they take."""
    return {
        **{name: F(name) for name in COLUMNS},
        "venue_rows": in_all_languages(Venue.objects.filter(events=OuterRef(OuterRef("pk"))), *VENUE),
        "stop_rows": JsonRows(
            EventStop.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk"),
            **{name: name for name in ("place", "host", "description", "day", "time")},
        ),
    }


class EventRow(DerivedEvent):
    """A row with the columns of :func:`event_columns`; some of its answers need the columns of further parts.

    What is said in words is said in the language that is active.
    """

    # Columns, as those of the rules.
    venue_rows: Any
    stop_rows: Any
    locale_id: Any
    agenda_blocks: Any
    registration_form_id: Any
    # Of a form that was found; set by the part that wants it.
    form_url: Any = ""

    def __init__(self, row: Row, answer: Answer) -> None:
        self.__dict__.update({name: value for name, value in row.items() if name != "key"})
        self.translation_key = row["key"]
        self.locale = SimpleNamespace(language_code=row["language"])
        self.now = answer.now
        self.full_url = answer.absolute(answer.path_of(row["url_path"]))

    @cached_property
    def venue(self) -> Any:
        """The venue in the language of the event, as a row that is not stored; ``None`` where there is none."""
        found = in_own_language(self.venue_rows, self.locale_id)
        return _venue(found[0]) if found else None

    @property
    def stop_places(self) -> list[str]:
        return [stop["place"] for stop in self.stop_rows]

    @cached_property
    def agenda_days(self) -> list[AgendaDay]:
        """The programme without people and files; of a row with ``agenda_blocks``."""
        return stored_days(self.agenda_blocks, self.start_date)


def event_of(row: Row, answer: Answer) -> EventRow:
    """The event of a row: made once an answer, whatever parts ask for it."""
    made: EventRow = answer.once(f"event {row['id']}", lambda: EventRow(row, answer))
    return made


def _venue(row: dict[str, Any]) -> Venue:
    place = {name: row[name] for name in VENUE if name not in ("latitude", "longitude")}
    degrees = {name: None if row[name] is None else Decimal(f"{row[name]:.6f}") for name in ("latitude", "longitude")}
    return Venue(pk=row["id"], translation_key=UUID(row["key"]), locale_id=row["locale_id"], **place, **degrees)


def utc(moment: dt.datetime | None) -> dt.datetime | None:
    """``moment`` in UTC."""
    return moment.astimezone(dt.UTC) if moment else None
