"""An event's draft, made of what an editor confirmed: page, rows, programme, version and log entry, whole or not at all."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.drafting.agenda import AgendaLine, agenda_data, new_id
from wagtail_newsroom.news.drafting.drafts import add_draft, check_may_create, locked_original
from wagtail_newsroom.news.drafting.known import same_name
from wagtail_newsroom.news.drafting.people import tie_known_people
from wagtail_newsroom.news.models import EventPage, Original, PageContact, Venue

BULLETS = "•-–*"


@dataclass
class EventFacts:
    """What the draft is to hold. ``fields`` go by the names of ``EventPage``; ``new_venue`` by those of ``Venue``."""

    fields: dict[str, Any]
    venue: Venue | None = None
    new_venue: dict[str, str] = field(default_factory=dict)
    paragraphs: Sequence[str] = ()
    contacts: Sequence[dict[str, str]] = ()
    lines: Sequence[AgendaLine] = ()
    named_files: Sequence[dict[str, str]] = ()


def create_event(original: Original, calendar: Any, user: Any, facts: EventFacts) -> EventPage:
    """Create the draft under ``calendar`` in the name of ``user``, and tie ``original`` to it.

    One original makes one page: a second call returns the first one's. Raises ``PermissionDenied`` for somebody who may
    not add pages there, ``ValidationError`` where not even a draft can be saved.
    """
    check_may_create(EventPage, calendar, user)
    with transaction.atomic():
        original = locked_original(original)
        if original.page_id:
            made: EventPage = EventPage.objects.get(pk=original.page_id)
            return made
        lines = tie_known_people(facts.lines, calendar.locale)
        event: Any = EventPage(
            **facts.fields,
            venue=facts.venue or _venue(facts.new_venue, calendar.locale, user),
            body=json.dumps(story_data(facts.paragraphs)),
            agenda=json.dumps(agenda_data(lines, default_day=facts.fields.get("start_date"))),
        )
        event.contacts = [PageContact(**row, sort_order=position) for position, row in enumerate(facts.contacts)]
        original.named_files = list(facts.named_files)
        add_draft(event, calendar, user, original)
        return event


def may_add_venue(user: Any) -> bool:
    """Whether ``user`` may add a place to the list of venues."""
    return bool(policy_registry.get_by_type(Venue).user_has_permission(user, "add"))


def _venue(parts: dict[str, str], locale: Any, user: Any) -> Venue | None:
    """The place that is called so, or a new one."""
    if not parts.get("name"):
        return None
    keys = ("name", "hall", "city")
    wanted = [same_name(parts.get(key, "")) for key in keys]
    for venue in Venue.objects.filter(locale=locale).order_by("pk"):
        if [same_name(getattr(venue, key)) for key in keys] == wanted:
            return venue
    if not may_add_venue(user):
        raise PermissionDenied
    made = Venue(locale=locale, **parts)
    made.full_clean()
    made.save()
    log(instance=made, action="wagtail.create", user=user, content_changed=True)
    return made


def story_data(paragraphs: Iterable[str]) -> list[dict[str, Any]]:
    """Raw data of a story: a block for each paragraph, neighbours with a bullet as a list in one."""
    blocks: list[str] = []
    items: list[str] = []
    for words in [" ".join(each.split()) for each in paragraphs]:
        if words[:1] in BULLETS and words[1:].strip():
            items.append(f"<li>{escape(words[1:].strip())}</li>")
            continue
        if items:
            blocks.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if words:
            blocks.append(f"<p>{escape(words)}</p>")
    if items:
        blocks.append(f"<ul>{''.join(items)}</ul>")
    return [{"type": "paragraph", "value": html, "id": new_id()} for html in blocks]
