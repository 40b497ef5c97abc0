"""Rows of lists as their cards need them: one query for each registered card, however many rows and types there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models import OuterRef, QuerySet
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.listings.photos import give_sizes, sizes_of
from wagtail_newsroom.news.listings.read_rows import give_rows, objects_of, whole_rows
from wagtail_newsroom.news.models import Correction, EventStop, NewsroomPage, Topic, Venue

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
        rows = list(cards[label].rows(apps.get_model(label)._default_manager.filter(pk__in=ids)))
        cards[label].prepare(rows)
        found.update((row.pk, row) for row in rows)
    return [found[page.pk] for page in pages if page.pk in found]


def cards_of(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """As :func:`with_cards`, of rows of which ``pk`` and ``content_type_id`` were read."""
    names = ("id", "content_type_id")
    return with_cards([Page.from_db(DEFAULT_DB_ALIAS, names, (row["pk"], row["content_type_id"])) for row in rows])


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


def _story_rows(pages: QuerySet[Any]) -> QuerySet[Any]:
    return _without_texts(pages.select_related("lead_image")).annotate(
        size_rows=sizes_of("lead_image"),
        topic_rows=whole_rows(Topic.objects.filter(pages=OuterRef("pk"))),
        correction_rows=whole_rows(Correction.objects.filter(page=OuterRef("pk"))),
    )


def _event_rows(events: QuerySet[Any]) -> QuerySet[Any]:
    stops = EventStop.objects.filter(page=OuterRef("pk"))
    venues = Venue.objects.filter(translation_key=OuterRef("venue__translation_key"), locale=OuterRef("locale"))
    return _story_rows(events.select_related("venue")).annotate(
        stop_rows=whole_rows(stops), venue_rows=whole_rows(venues)
    )


def _without_texts(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Stories and agendas are no part of a card, and the largest part of a page."""
    return pages.defer(*(field.name for field in pages.model._meta.concrete_fields if isinstance(field, StreamField)))


def _prepare_stories(pages: list[Any]) -> None:
    for page in pages:
        give_rows(page, "topics", Topic, page.topic_rows, pages=page.pk)
        give_rows(page, "corrections", Correction, page.correction_rows, page=page.pk)
        if page.lead_image is not None:
            give_sizes(page.lead_image, page.size_rows)


def _prepare_events(events: list[Any]) -> None:
    _prepare_stories(events)
    for event in events:
        give_rows(event, "stops", EventStop, event.stop_rows, page=event.pk)
        if event.venue is not None and event.venue.locale_id != event.locale_id and event.venue_rows:
            event.venue = next(iter(objects_of(Venue, event.venue_rows)))


PLAIN_CARD = registry.Card(NEWS_CARD, rows=_story_rows, prepare=_prepare_stories)
CARDS = {
    "newsroom.NewsroomPage": PLAIN_CARD,
    "newsroom.NewsPage": PLAIN_CARD,
    "newsroom.EventPage": registry.Card(EVENT_CARD, rows=_event_rows, prepare=_prepare_events),
}
