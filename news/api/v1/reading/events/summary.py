"""Events in lists: when and where they happen, and how they stand."""

from typing import Any

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.api.v1.reading.events.rows import EventRow, event_columns, event_of, utc
from wagtail_newsroom.news.api.v1.reading.parts import Row
from wagtail_newsroom.news.api.v1.reading.stories import StorySummaryPart
from wagtail_newsroom.news.enums import Availability, RegistrationKind
from wagtail_newsroom.news.timing.phases import registration_word
from wagtail_newsroom.news.wording.events import StateLine

SHOWN = (
    *("kind", "starts_at", "ends_at", "timezone", "start_date", "start_time", "end_time"),
    *("status", "status_reason", "attendance_mode", "audience"),
)


class EventSummaryPart(StorySummaryPart):
    """An event in lists."""

    word = "event"

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {**super().columns(answer), **event_columns()}

    def words(self, row: Row, answer: Answer) -> dict[str, Any]:
        event = event_of(row, answer)
        return {
            **super().words(row, answer),
            "date": event.when_text or None,
            "kicker": event.kicker,
            "where": event.where_text or None,
            "leaf": _leaf(event),
            **state_words(event.state_line),
        }

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        event = event_of(row, found.answer)
        return {
            **super().read(row, found, prepared),
            **{name: row[name] for name in SHOWN},
            "phase": event.phase.value,
            "all_day": event.all_day,
            "end_date": event.last_day,
            "place": _place(event),
            "registration": registration_summary(event),
        }


def state_words(line: StateLine | None) -> dict[str, str | None]:
    """The part of ``display`` that says how an event stands."""
    return {"state_line": line.text if line else None, "state_tone": line.tone if line else None}


def registration_summary(event: EventRow) -> dict[str, Any]:
    """How registration stands. Where nobody registers, or the site has switched it off, nothing else is said of it."""
    state = event.registration_state_at(event.now)
    summary = {"state": registration_word(state, event.availability), "kind": event.registration_kind}
    if event.registration_kind == RegistrationKind.NONE:
        return {
            **summary,
            **dict.fromkeys(("opens_at", "deadline_at", "deadline_date", "deadline_time")),
            "availability": Availability.OPEN.value,
        }
    return {
        **summary,
        "opens_at": utc(event.opens_at),
        "deadline_at": event.deadline_at,
        "deadline_date": event.deadline_date,
        "deadline_time": event.deadline_time,
        "availability": event.availability,
    }


def _leaf(event: EventRow) -> dict[str, Any] | None:
    leaf = event.leaf
    return {name: getattr(leaf, name) for name in ("weekday", "day", "month", "year", "tone")} if leaf else None


def _place(event: EventRow) -> dict[str, Any] | None:
    """The venue as the page shows it: not where nobody has to travel."""
    venue = None if event.is_online else event.venue
    if venue is None:
        return None
    return {
        "id": venue.pk,
        "key": str(venue.translation_key),
        **{name: getattr(venue, name) for name in ("name", "hall", "street", "postal_code", "city", "access")},
        "address": venue.address,
        "latitude": None if venue.latitude is None else float(venue.latitude),
        "longitude": None if venue.longitude is None else float(venue.longitude),
        "map_url": venue.map_url,
    }
