"""How often a published change of an event concerned the calendars that people keep (RFC 5545, SEQUENCE).

A calendar that holds an event takes over a change only when its number has risen. It rises by one when what is
published differs from what was published before in title, term, status, place, the deadline that the entry tells or
the hours, titles and rooms of sessions, which are entries too; never for a draft, a copy, or a change that a calendar
does not show.
"""

import hashlib
import json
from typing import Any

from news.models import EventPage

# Said by Wagtail's own date and time fields in one way only, so that equal facts look equal.
FIELDS = (
    "title",
    "start_date",
    "start_time",
    "end_time",
    "timezone",
    "status",
    "attendance_mode",
    "online_platform",
    "deadline_date",
    "deadline_time",
)


def keep_sequence(event: EventPage) -> None:
    """Set the number of ``event``, which is about to be stored whole, from what was published before.

    Call it inside a transaction: the stored row stays locked until the event is stored, so that two schedulers that
    publish the same revision raise the number once.
    """
    stored = _stored(event)
    event.calendar_sequence, event.calendar_state = stored
    if not event.live:
        return
    state = fingerprint(event)
    if stored[1] and stored[1] != state:
        event.calendar_sequence += 1
    event.calendar_state = state


def fingerprint(event: EventPage) -> str:
    """SHA-256 of what people's calendars show of ``event``, in hexadecimal digits."""
    facts = {name: str(getattr(event, name)) for name in FIELDS}
    facts["last_day"] = str(event.last_day)
    facts["online_link"] = event.public_online_link
    # A venue keeps its identity in every language.
    facts["venue"] = str(event.venue.translation_key) if event.venue else ""
    facts["stops"] = " / ".join(stop.place for stop in event.stops.all())
    if sessions := _sessions(event):
        facts["sessions"] = json.dumps(sessions)
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _sessions(event: EventPage) -> list[list[str]]:
    """What calendars show of each session that has an hour."""
    return [
        [str(child.id), str(day.value.get("date"))]
        + [str(child.value.get(name) or "") for name in ("start", "end", "title", "room", "track")]
        for day in event.agenda
        for child in day.value["sessions"]
        if child.block_type == "session" and child.value.get("start")
    ]


def _stored(event: EventPage) -> tuple[int, str]:
    rows: Any = EventPage.objects.order_by().select_for_update(of=("self",)).filter(pk=event.pk)
    return rows.values_list("calendar_sequence", "calendar_state").first() or (0, "")
