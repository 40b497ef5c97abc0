"""When pages look different by themselves: what every page, news item and list knows of that. See timing/next_change.py."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from wagtail_newsroom.news.models.files.form_closing import events_with_forms
from wagtail_newsroom.news.models.files.versions import current_versions
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.registry.moments import asks_only_own, moments_of_lists
from wagtail_newsroom.news.timing.next_change import day_after, day_begins

_QUERIES = PreparedQueries()
Found = Iterator[dt.datetime | None]


def page_moments(page: Page, now: dt.datetime) -> Found:
    """It expires, and so does any other page: menus, links, lists and what is related may name it; files that it shows."""
    yield page.go_live_at
    yield page.expire_at
    yield from expiries(None, now)
    yield from file_moments(page, now)


def expiries(site: Any, now: dt.datetime) -> Found:
    """The next page that expires, on whatever site."""
    if asks_only_own():
        return
    for row in _QUERIES.all_rows("expiries", _next_expiry, now):
        yield row["expire_at"]


def _next_expiry(now: dt.datetime) -> QuerySet[Any]:
    return Page.objects.filter(live=True, expire_at__gt=now).order_by("expire_at").values("expire_at")[:1]


def story_moments(page: Any, now: dt.datetime) -> Found:
    """Contacts leave; what is shown beside it has moments of its own."""
    for contact in page.contacts.all():
        yield day_after(contact.shown_until or page.contacts_until())
    if not asks_only_own():
        yield from shown_moments(page.related_items, now)


def news_moments(page: Any, now: dt.datetime) -> Found:
    """The event that it is about stands beside it."""
    if asks_only_own():
        return
    yield from shown_moments(page.shown_events, now)


def list_moments(page: Page, now: dt.datetime) -> Found:
    """A list changes with whatever stands in it."""
    yield from moments_of_lists(page.get_site(), now)


def file_moments(page: Page, now: dt.datetime) -> Found:
    """Files that ``page`` refers to: the days of their validity, and the events with whose registration forms close."""
    model = get_document_model()
    types = ContentType.objects.get_for_models(Page, model)
    offered = ReferenceIndex.objects.filter(
        base_content_type=types[Page], object_id=str(page.pk), to_content_type=types[model]
    )
    ids = [int(pk) for pk in offered.values_list("to_object_id", flat=True)]
    documents = list(current_versions(model._default_manager.filter(pk__in=ids)).values()) if ids else []
    for document in documents:
        yield day_begins(getattr(document, "valid_from", None))
        yield day_after(getattr(document, "valid_until", None))
    for event in events_with_forms(documents):
        if event.pk != page.pk:
            yield from shown_moments([event], now)


def shown_moments(pages: Iterable[Any], now: dt.datetime) -> Found:
    """What other pages show of themselves where they are listed; without what is listed on them in turn."""
    if asks_only_own():
        return
    for page in pages:
        yield page.expire_at
        if getattr(page, "is_event", False):
            yield from page.own_moments(now)
