"""What happens whenever an event is stored: its calendar number is kept and its agenda changes are recorded.

Both run inside the transaction in which Wagtail stores a page, so that neither is left over from a publication that was
rolled back.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_save, pre_save

from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.publishing.updates.agenda_changes import record_changes
from wagtail_newsroom.news.publishing.updates.calendar_sequence import keep_sequence


def connect_receivers() -> None:
    """Listen to events being stored. Without a sender: a host's own types of event are stored under their own."""
    pre_save.connect(before_event_is_stored, dispatch_uid="newsroom_before_event_is_stored")
    post_save.connect(after_event_is_stored, dispatch_uid="newsroom_after_event_is_stored")


def before_event_is_stored(
    instance: Any, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Raise the number of an event by which calendars know a change, and remember its public agenda until now."""
    if raw or not isinstance(instance, EventPage):
        return
    # Django names the fields too where some were deferred; the number is among them unless it was.
    is_whole = update_fields is None or "calendar_sequence" in update_fields
    instance.agenda_until_now = keep_sequence(instance) if is_whole else []


def after_event_is_stored(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Record what this publication changed in the agenda that was public."""
    if raw or not isinstance(instance, EventPage):
        return
    public, instance.agenda_until_now = instance.agenda_until_now, []
    if public and instance.live:
        record_changes(instance, public)
