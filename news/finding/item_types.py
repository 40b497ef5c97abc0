"""Types of what is found, ours and those that other apps deliver, as parameters and people call them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.listings.words import OTHER, model_of_type, word_of
from wagtail_newsroom.news.models import SearchPageMixin

FILES = "attachments"


@dataclass(frozen=True)
class ItemType:
    """``name``: of its lists, and in parameters (``events``); ``word``: of one item (``event``); ``label``: of several."""

    name: str
    word: str
    label: Any


NEWS = ItemType("news", "news", _("News"))
EVENTS = ItemType("events", "event", _("Events"))
FILE_TYPE = ItemType(FILES, "attachment", _("Files"))
PAGES = ItemType("pages", OTHER, _("Other pages"))


@cache
def item_types() -> Mapping[str, ItemType]:
    """All types by their names, in the order in which they are offered."""
    others = [
        ItemType(each.address, each.word, capfirst(_model(each.page_type)._meta.verbose_name_plural))
        for each in registry.delivered_types().values()
    ]
    return MappingProxyType({each.name: each for each in (NEWS, EVENTS, FILE_TYPE, *others, PAGES)})


def _model(label: str) -> type[Page]:
    return next(model for model in get_page_models() if model._meta.label == label)


def type_of(content_type_id: int) -> ItemType:
    """The type of pages with this content type."""
    model: Any = model_of_type(content_type_id)
    return _type_of_model(model)


@cache
def _type_of_model(model: Any) -> ItemType:
    word = word_of(model)
    return next((each for each in item_types().values() if each.word == word), PAGES)


def content_types_of(names: Collection[str]) -> list[int]:
    """Content types of the pages that are of one of these types; the page on which one searches is of none."""
    return [each.pk for each in ContentType.objects.get_for_models(*_models_of(frozenset(names))).values()]


@cache
def _models_of(names: frozenset[str]) -> list[type[Page]]:
    words = {each.word for each in item_types().values() if each.name in names}
    return [
        model
        for model in get_page_models()
        if word_of(model) in words and not issubclass(model, SearchPageMixin) and model is not Page
    ]
