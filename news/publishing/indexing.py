"""The search index has of a published page what hangs on it too: topics, photos, rows."""

from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from modelsearch.index import RelatedFields, SearchField, insert_or_update_object
from wagtail.signals import page_published

from wagtail_newsroom.news.models import ManagedPageMixin


def index_published_pages() -> None:
    """Have pages indexed again once all of a publication is stored.

    Wagtail indexes a page with its own row, before the rows are stored that hang on it: it would be found by what they said
    before.
    """
    page_published.connect(_index_again, dispatch_uid="newsroom_index_published")


def _index_again(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, ManagedPageMixin) and hangs_on_rows(type(instance)):
        insert_or_update_object(instance)


@cache
def hangs_on_rows(model: Any) -> bool:
    """Whether words of other tables are indexed with pages of ``model``: related ones, or what a property gathers."""
    fields = model.get_search_fields()
    return any(
        isinstance(each, RelatedFields) or (isinstance(each, SearchField) and not _is_column(model, each.field_name))
        for each in fields
    )


def _is_column(model: Any, name: str) -> bool:
    try:
        return bool(model._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False
