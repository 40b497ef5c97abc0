"""Rows of lists as their cards need them: one query for each registered card, however many rows and types there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, QuerySet
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.listings.read_rows import give_rows, whole_rows
from wagtail_newsroom.news.models import Correction, EventStop, NewsroomPage, Topic
from wagtail_newsroom.news.models.events.events import localise_venues

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
    sizes = get_image_model().get_rendition_model()
    return _without_texts(pages.select_related("lead_image")).annotate(
        size_rows=whole_rows(sizes._default_manager.filter(image=OuterRef("lead_image")).order_by()),
        topic_rows=whole_rows(Topic.objects.filter(pages=OuterRef("pk"))),
        correction_rows=whole_rows(Correction.objects.filter(page=OuterRef("pk"))),
    )


def _event_rows(events: QuerySet[Any]) -> QuerySet[Any]:
    stops = EventStop.objects.filter(page=OuterRef("pk"))
    return _story_rows(events.select_related("venue")).annotate(stop_rows=whole_rows(stops))


def _without_texts(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Stories and agendas are no part of a card, and the largest part of a page."""
    return pages.defer(*(field.name for field in pages.model._meta.concrete_fields if isinstance(field, StreamField)))


def _prepare_stories(pages: list[Any]) -> None:
    sizes = get_image_model().get_rendition_model()
    for page in pages:
        give_rows(page, "topics", Topic, page.topic_rows, pages=page.pk)
        give_rows(page, "corrections", Correction, page.correction_rows, page=page.pk)
        if page.lead_image is not None:
            page.lead_image.size_rows = page.size_rows
            give_rows(page.lead_image, "renditions", sizes, page.size_rows, image=page.lead_image_id)


def _prepare_events(events: list[Any]) -> None:
    _prepare_stories(events)
    for event in events:
        give_rows(event, "stops", EventStop, event.stop_rows, page=event.pk)
    localise_venues(events)


PLAIN_CARD = registry.Card(NEWS_CARD, rows=_story_rows, prepare=_prepare_stories)
CARDS = {
    "newsroom.NewsroomPage": PLAIN_CARD,
    "newsroom.NewsPage": PLAIN_CARD,
    "newsroom.EventPage": registry.Card(EVENT_CARD, rows=_event_rows, prepare=_prepare_events),
}
