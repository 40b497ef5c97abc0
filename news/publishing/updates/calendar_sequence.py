"""How often a published change of an event concerned the calendars that people keep (RFC 5545, SEQUENCE).

A calendar that holds an event takes over a change only when its number has risen. It rises by one when what is
published differs from what was published before in title, period, status, place, the deadline that the entry tells, or
the programme (days, hours, titles, rooms, tracks: what :mod:`wagtail_newsroom.news.publishing.updates.agenda_changes` tells readers); never
for a draft, a copy, or a change of anything else.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.models.events.session_facts import SessionFacts, agenda_facts

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


def keep_sequence(event: EventPage) -> list[SessionFacts]:
    """Set the number of ``event``, which is about to be stored whole, from what was published before.

    Return the programme that was public until now; nothing for an event that was not public. Call it inside a
    transaction: the stored row stays locked until the event is stored, so that two schedulers that publish the same
    revision raise the number once.
    """
    stored = _stored(event)
    event.calendar_sequence, event.calendar_state = stored.sequence, stored.state
    if not event.live:
        return stored.agenda
    state = fingerprint(event)
    if stored.state and not _is_same(stored, state, event):
        event.calendar_sequence += 1
    event.calendar_state = state
    return stored.agenda


def fingerprint(event: EventPage) -> str:
    """What people's calendars show of ``event`` and what they plan by: two shortened SHA-256 in hexadecimal digits."""
    return f"{_entry_digest(event)[:39]}-{_agenda_digest(event.session_facts)[:24]}"


def _is_same(stored: "Stored", state: str, event: EventPage) -> bool:
    """Compare with what was published before, be it by a release that did not count the programme."""
    if "-" in stored.state:
        return stored.state == state
    is_agenda_same = not stored.is_live or _agenda_digest(stored.agenda) == _agenda_digest(event.session_facts)
    return stored.state == _entry_digest(event) and is_agenda_same


def _entry_digest(event: EventPage) -> str:
    facts = {name: str(getattr(event, name)) for name in FIELDS}
    facts["last_day"] = str(event.last_day)
    facts["online_link"] = event.public_online_link
    # A venue keeps its identity in every language.
    facts["venue"] = str(event.venue.translation_key) if event.venue else ""
    facts["stops"] = " / ".join(stop.place for stop in event.stops.all())
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _agenda_digest(agenda: list[SessionFacts]) -> str:
    facts = [[each.day, each.start, each.end, each.title, each.room, each.track] for each in agenda]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@dataclass(frozen=True)
class Stored:
    """What the row of the event says. ``agenda``: the public one, empty where the event is not public."""

    sequence: int = 0
    state: str = ""
    is_live: bool = False
    agenda: list[SessionFacts] = field(default_factory=list)


def _stored(event: EventPage) -> Stored:
    rows: Any = EventPage.objects.order_by().select_for_update(of=("self",)).filter(pk=event.pk)
    row = rows.values_list("calendar_sequence", "calendar_state", "live", "agenda", "start_date").first()
    if row is None:
        return Stored()
    sequence, state, is_live, agenda, first_day = row
    return Stored(sequence, state, is_live, agenda_facts(agenda.get_prep_value(), first_day) if is_live else [])
