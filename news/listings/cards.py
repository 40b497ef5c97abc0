"""Rows of lists as their cards need them: one query for each registered card, however many rows and types there are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, QuerySet
from wagtail.images import get_image_model
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.listings.photos import give_sizes, sizes_of
from wagtail_newsroom.news.listings.read_rows import give_rows
from wagtail_newsroom.news.models import Correction, EventStop, NewsroomPage, Topic, Venue
from wagtail_newsroom.news.queries.instances import columns_of, json_rows, made_of, made_of_json, stored, streams_of
from wagtail_newsroom.news.queries.prepared import Build, PreparedQueries

NEWS_CARD = "newsroom/components/news_card.html"
EVENT_CARD = "newsroom/components/event_card.html"


def with_cards(pages: Sequence[Page]) -> list[Any]:
    """Turn base rows of one language into pages with all that their cards show, in their order.

    A type below one with a card comes as that one: a calendar with a host's types in it stays one query. The number of
    queries does not depend on the number of rows.
    """
    wanted: dict[str, list[int]] = defaultdict(list)
    cards: dict[str, registry.Card] = {}
    for page in pages:
        label, card = registry.card_of(page.specific_class or type(page)) or (NewsroomPage._meta.label, PLAIN_CARD)
        wanted[label].append(page.pk)
        cards[label] = card
    found: dict[int, Any] = {}
    for label, ids in wanted.items():
        found.update((row.pk, row) for row in _read(cards[label], apps.get_model(label), ids))
    return [found[page.pk] for page in pages if page.pk in found]


def _read(card: registry.Card, model: Any, ids: list[int]) -> list[Any]:
    if card.read is not None:
        return card.read(model, ids)
    rows = list(card.rows(model._default_manager.filter(pk__in=ids)))
    card.prepare(rows)
    return rows


def cards_of(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """As :func:`with_cards`, of rows of which ``pk`` and ``content_type_id`` were read."""
    names = ("id", "content_type_id")
    return with_cards([stored(Page, names, (row["pk"], row["content_type_id"])) for row in rows])


def of_own_types(pages: Iterable[NewsroomPage], prepare: Any) -> list[Any]:
    """``pages`` in their order as objects of their own types; ``prepare`` adds to the query of each type.

    A type whose code is gone is shown as what is left of it.
    """
    pages = list(pages)
    by_type: dict[type[NewsroomPage], list[int]] = {}
    for page in pages:
        model = page.specific_class
        is_ours = model is not None and issubclass(model, NewsroomPage)
        by_type.setdefault(model if is_ours else NewsroomPage, []).append(page.pk)
    found = {
        item.pk: item for model, ids in by_type.items() for item in prepare(model._default_manager.filter(pk__in=ids))
    }
    return [found[page.pk] for page in pages if page.pk in found]


# What only people who work on a page look at; where somebody does, it is asked for.
OF_THE_ADMIN = (
    *("draft_title", "owner_id", "locked", "locked_at", "locked_by_id", "latest_revision_id", "live_revision_id"),
    *("latest_revision_created_at", "has_unpublished_changes", "go_live_at", "expired"),
)
_QUERIES = PreparedQueries()
_NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the query hangs on no moment


def read_stories(model: Any, ids: list[int]) -> list[Any]:
    """Stories of the type ``model`` as their cards show them: with photo, topics, corrections. One query."""
    return [_story(model, row) for row in _QUERIES.rows(model, _build(model, dict), _NOW, ids)]


def read_events(model: Any, ids: list[int]) -> list[Any]:
    """As :func:`read_stories`, of events: with venue, in the event's language, and stops."""
    names = columns_of(Venue, "venue__")
    return [_event(model, row) for row in _QUERIES.rows(model, _build(model, _of_events, names), _NOW, ids)]


def _of_events() -> dict[str, Any]:
    venues = Venue.objects.filter(translation_key=OuterRef("venue__translation_key"), locale=OuterRef("locale"))
    stops = EventStop.objects.filter(page=OuterRef("pk")).order_by("sort_order")
    return {"stop_rows": json_rows(stops), "venue_rows": json_rows(venues)}


def _build(model: Any, more: Callable[[], dict[str, Any]], names: Sequence[str] = ()) -> Build:
    """The query for cards of ``model``, without the texts: they are no part of a card, and the largest part of a page."""
    columns = (*columns_of(model, without=_without(model)), *columns_of(get_image_model(), "lead_image__"), *names)

    def build(now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
        return (
            model._default_manager.filter(pk__in=ids)
            .order_by()
            .values(
                *columns,
                size_rows=sizes_of("lead_image"),
                topic_rows=json_rows(Topic.objects.filter(pages=OuterRef("pk"))),
                correction_rows=json_rows(Correction.objects.filter(page=OuterRef("pk")).order_by("sort_order")),
                **more(),
            )
        )

    return build


def _without(model: Any) -> tuple[str, ...]:
    return (*streams_of(model), *OF_THE_ADMIN)


def _story(model: Any, row: dict[str, Any]) -> Any:
    page = made_of(model, row, without=_without(model))
    give_rows(page, "topics", Topic, row["topic_rows"], pages=page.pk)
    give_rows(page, "corrections", Correction, row["correction_rows"], page=page.pk)
    page.lead_image = made_of(get_image_model(), row, "lead_image__") if page.lead_image_id else None
    if page.lead_image is not None:
        give_sizes(page.lead_image, row["size_rows"])
    return page


def _event(model: Any, row: dict[str, Any]) -> Any:
    event = _story(model, row)
    give_rows(event, "stops", EventStop, row["stop_rows"], page=event.pk)
    event.venue = made_of(Venue, row, "venue__") if event.venue_id else None
    if event.venue is not None and event.venue.locale_id != event.locale_id and row["venue_rows"]:
        event.venue = made_of_json(Venue, row["venue_rows"][0])
    return event


PLAIN_CARD = registry.Card(NEWS_CARD, read=read_stories)
CARDS = {
    "newsroom.NewsroomPage": PLAIN_CARD,
    "newsroom.NewsPage": PLAIN_CARD,
    "newsroom.EventPage": registry.Card(EVENT_CARD, read=read_events),
}
