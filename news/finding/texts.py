"""What a public page says, as plain words: what excerpts are cut from, and what corrections are taken from.

It is read from what is stored, by one query for a type of page however many pages there are. Told are the columns that
the API shows or that are ours, and of blocks the typed words. What stands beside a chosen picture, file or page is left
out: where that is not public, its words are not shown either.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, JSONField, QuerySet, TextField
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search.index import SearchField

from wagtail_newsroom.news.listings.filters import OWN
from wagtail_newsroom.news.listings.words import model_of_type
from wagtail_newsroom.news.queries.prepared import Build, PreparedQueries

# What a block that shows one of these says may be hidden with it.
CHOSEN = (ImageChooserBlock, DocumentChooserBlock, blocks.PageChooserBlock)
_QUERIES = PreparedQueries()
_NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the query hangs on no moment
WORDS = (blocks.CharBlock, blocks.TextBlock)


def texts_of(pages: Iterable[tuple[int, int]]) -> dict[int, list[str]]:
    """By the id of each page, what it says beside its title; ``pages``: ids, each with its content type."""
    by_type: dict[int, list[int]] = defaultdict(list)
    for pk, content_type in pages:
        by_type[content_type].append(pk)
    found: dict[int, list[str]] = {}
    for content_type, ids in by_type.items():
        model: Any = model_of_type(content_type)
        if model is None or not (columns := text_columns(model)):
            continue
        for row in _QUERIES.rows(model, _rows_of(model), _NOW, ids):
            found[row["pk"]] = [
                text for field in columns for text in _words(field, row[f"text_{field.name}"]) if text.strip()
            ]
    return found


def _rows_of(model: Any) -> Build:
    def build(_now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
        # As JSON: the value of a stream would look up what it points to.
        read = {f"text_{field.name}": _as_stored(field) for field in text_columns(model)}
        return model._default_manager.filter(pk__in=ids).order_by().values("pk", **read)

    return build


@cache
def text_columns(model: type[Page]) -> tuple[Any, ...]:
    """Columns of ``model`` that are searched and may be quoted, the title aside."""
    shown = {getattr(each, "name", each) for each in getattr(model, "api_fields", ())}
    found = []
    for each in model.get_search_fields():
        if not isinstance(each, SearchField) or each.field_name == "title":
            continue
        owner = each.get_definition_model(model)
        is_ours = owner is not None and owner.__module__.startswith(OWN)
        field = next((field for field in model._meta.concrete_fields if field.name == each.field_name), None)
        is_text = isinstance(field, CharField | TextField | StreamField)
        if is_text and (each.field_name in shown or is_ours) and field not in found:
            found.append(field)
    return tuple(found)


def _as_stored(field: Any) -> Any:
    if isinstance(field, StreamField):
        return ExpressionWrapper(F(field.name), output_field=JSONField())
    return F(field.name)


def _words(field: Any, value: Any) -> Iterator[str]:
    if not value:
        return
    if isinstance(field, StreamField):
        yield from words_of_block(field.stream_block, value)
    elif isinstance(field, RichTextField):
        yield get_text_for_indexing(value)
    else:
        yield str(value)


def words_of_block(block: Any, stored: Any) -> Iterator[str]:
    """The words typed into ``block``, of what is stored for it."""
    if isinstance(block, TypedTableBlock):
        yield from _words_of_table(block, stored)
    elif isinstance(block, blocks.StreamBlock):
        for part in _parts(stored):
            if child := block.child_blocks.get(part.get("type")):
                yield from words_of_block(child, part.get("value"))
    elif isinstance(block, blocks.ListBlock):
        for part in stored if isinstance(stored, list) else ():
            is_named = isinstance(part, dict) and part.get("type") == "item" and "value" in part
            yield from words_of_block(block.child_block, part["value"] if is_named else part)
    elif isinstance(block, blocks.StructBlock):
        children = block.child_blocks
        if isinstance(stored, dict) and not any(isinstance(child, CHOSEN) for child in children.values()):
            for name, child in children.items():
                yield from words_of_block(child, stored.get(name))
    elif isinstance(stored, str) and isinstance(block, blocks.RichTextBlock):
        yield get_text_for_indexing(stored)
    elif isinstance(stored, str) and isinstance(block, WORDS):
        yield stored


def _words_of_table(block: TypedTableBlock, stored: Any) -> Iterator[str]:
    if not isinstance(stored, dict):
        return
    yield from (str(stored[name]) for name in ("caption",) if stored.get(name))
    columns = _parts(stored.get("columns"))
    yield from (str(column["heading"]) for column in columns if column.get("heading"))
    for row in _parts(stored.get("rows")):
        for column, value in zip(columns, row.get("values") or (), strict=False):
            if child := block.child_blocks.get(column.get("type")):
                yield from words_of_block(child, value)


def _parts(stored: Any) -> list[dict[str, Any]]:
    return [part for part in stored if isinstance(part, dict)] if isinstance(stored, list) else []
