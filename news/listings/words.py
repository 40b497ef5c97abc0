"""The stable words of page types: what the log of changes calls them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, get_page_models

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.registry.changes import change_word

OTHER = "page"
OWN = ("news", "event")


def word_of(model: type[Page] | None) -> str:
    """The ``type`` of pages of ``model``; ``page`` for what has no list of its own, and for a type whose code is gone."""
    word = change_word(model) if model is not None else ""
    return word if word in OWN or word in registry.delivered_types() else OTHER


def word_of_type(content_type_id: int) -> str:
    """As :func:`word_of`, by the id of the content type, which Django remembers."""
    return word_of(model_of_type(content_type_id))


def model_of_type(content_type_id: int) -> type[Any] | None:
    """The page type with this content type; ``None`` where its code is gone."""
    return ContentType.objects.get_for_id(content_type_id).model_class()


def models_below(model: type[Page]) -> list[type[Page]]:
    """The page types below ``model``."""
    return [each for each in get_page_models() if issubclass(each, model) and each is not model]


def only_word(pages: QuerySet[Any], word: str) -> QuerySet[Any]:
    """``pages`` without those of types below theirs that have another word, and a list of their own."""
    others = [each for each in models_below(pages.model) if word_of(each) != word]
    if not others:
        return pages
    types = ContentType.objects.get_for_models(*others, for_concrete_models=False)
    return pages.exclude(content_type__in=[each.pk for each in types.values()])
