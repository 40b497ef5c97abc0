"""Rows of lists as their cards need them: one query for each registered card, however many rows and types there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models import NewsroomPage
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
    return pages.select_related("lead_image").prefetch_related("lead_image__renditions", "topics", "corrections")


def _event_rows(events: QuerySet[Any]) -> QuerySet[Any]:
    return _story_rows(events.select_related("venue").prefetch_related("stops"))


PLAIN_CARD = registry.Card(NEWS_CARD, rows=_story_rows)
CARDS = {
    "newsroom.NewsroomPage": PLAIN_CARD,
    "newsroom.NewsPage": PLAIN_CARD,
    "newsroom.EventPage": registry.Card(EVENT_CARD, rows=_event_rows, prepare=localise_venues),
}
