"""Rows of a list as objects of their own types, with everything that their cards show."""

from collections.abc import Iterable, Sequence
from typing import Any

from wagtail_newsroom.news.models import NewsroomPage
from wagtail_newsroom.news.models.events.events import localise_venues


def specific_items(pages: Sequence[NewsroomPage]) -> list[Any]:
    """Turn base rows of one language into items of their own types, in their order, with all that a card shows.

    A host's type comes as what it is: what its card needs it says itself (``card_select_related`` and
    ``card_prefetch_related``, which subclasses inherit). The number of queries depends on the number of types alone.
    """
    found = of_own_types(pages, lambda rows: with_card(rows))
    localise_venues(item for item in found if item.is_event)
    return found


def with_card(rows: Any) -> Any:
    """``rows``, a queryset of one page type, with everything that its cards show."""
    model = rows.model
    return rows.select_related(*model.card_select_related).prefetch_related(*model.card_prefetch_related)


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
