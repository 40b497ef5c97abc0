"""What a page refers to, read from the draft itself: from its fields, its rows, and the raw data of its streams.

Raw data, because a block whose page or file is gone reads as an empty one. Only :func:`unseen_in` asks the database.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from wagtail_newsroom.news import naming

# Wagtail's own keys: they say how the page is kept, not what its readers meet.
KEPT_BY_WAGTAIL = {"alias_of", "latest_revision", "live_revision", "locale", "owner", "locked_by"}
HREF = re.compile(r'<a\s[^>]*?href="([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """``field`` of the page refers to the row ``pk`` of ``model``: a page, a document or an image."""

    model: type[models.Model]
    pk: int
    field: str


@dataclass(frozen=True)
class WebLink:
    """``field`` of the page leads to the address ``url``."""

    url: str
    field: str


Found = Reference | WebLink


def references(page: Page) -> list[Reference]:
    """The pages, documents and images that ``page`` refers to, each with its place."""
    return [found for found in walk(page) if isinstance(found, Reference)]


def web_links(page: Page) -> list[WebLink]:
    """The addresses that ``page`` leads to, each with its place."""
    return [found for found in walk(page) if isinstance(found, WebLink)]


def unseen_in(found: list[Reference]) -> set[Reference]:
    """Those of ``found`` whose titles the person who reads the findings is not told."""
    things = {reference: naming.named(reference.model, reference.pk) for reference in found}
    unseen = naming.unseen(things.values(), naming.reader())
    return {reference for reference, thing in things.items() if thing in unseen}


def walk(page: Page) -> Iterator[Found]:
    """Everything that ``page`` and its rows refer to."""
    yield from _of_fields(page, "")
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if any(_kind(field.related_model) for field in _keys(relation.related_model)):
            for position, row in enumerate(getattr(page, name).all()):
                yield from _of_fields(row, f"{name}-{position}-")


def _of_fields(row: models.Model, prefix: str) -> Iterator[Found]:
    for field in row._meta.concrete_fields:
        place, value = f"{prefix}{field.name}", getattr(row, field.attname)
        if not value:
            continue
        if field in _keys(type(row)):
            if kind := _kind(field.related_model):
                yield Reference(kind, value, place)
        elif isinstance(field, StreamField):
            yield from _of_block(field.stream_block, list(value.raw_data), place)
        elif isinstance(field, RichTextField):
            yield from _of_text(value, place)
        elif isinstance(field, models.URLField):
            yield WebLink(value, place)


@lru_cache(maxsize=64)
def _keys(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and not field.remote_field.parent_link
        and field.name not in KEPT_BY_WAGTAIL
        and type(field).__name__ != "ParentalKey"
    )


def _kind(model: Any) -> type[models.Model] | None:
    """Page, the document model or the image model, where ``model`` is one of these; else ``None``."""
    kinds = (Page, get_document_model(), get_image_model())
    return next((kind for kind in kinds if issubclass(model, kind)), None)


def empty_blocks(block: blocks.Block, value: Any, place: str) -> Iterator[tuple[blocks.Block, str]]:
    """Blocks inside ``value`` (raw data of ``block``) that must be filled in and are not, each with its place.

    A draft is saved without them, everything else that blocks ask for is asked of drafts too.
    """
    if children := list(_inside(block, value, place)):
        for child, inner, where in children:
            yield from empty_blocks(child, inner, where)
    elif isinstance(block, blocks.FieldBlock) and block.required and value in (None, "", []):
        yield block, place


def _of_block(block: blocks.Block, value: Any, place: str) -> Iterator[Found]:
    for child, inner, where in _inside(block, value, place):
        yield from _of_block(child, inner, where)
    if not value:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield from _of_text(value, place)
    elif isinstance(block, blocks.ChooserBlock):
        if kind := _kind(block.model_class):
            yield Reference(kind, value, place)
    elif isinstance(block, blocks.URLBlock):
        yield WebLink(value, place)


def _inside(block: blocks.Block, value: Any, place: str) -> Iterator[tuple[blocks.Block, Any, str]]:
    """The blocks directly inside ``value`` (raw data of ``block``), each with its own raw data and its place."""
    if isinstance(block, blocks.StreamBlock):
        for child in value or []:
            if child["type"] in block.child_blocks:
                where = f"{place}.{child['id']}" if child.get("id") else place
                yield block.child_blocks[child["type"]], child["value"], where
    elif isinstance(block, blocks.ListBlock):
        for item in value or []:
            # Lists of old data hold bare values.
            is_item = isinstance(item, dict) and item.get("type") == "item"
            where = f"{place}.{item['id']}" if is_item and item.get("id") else place
            yield block.child_block, item["value"] if is_item else item, where
    elif isinstance(block, TypedTableBlock):
        for row in (value or {}).get("rows", []):
            for column, cell in zip(value["columns"], row["values"], strict=False):
                yield block.child_blocks[column["type"]], cell, place
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            # What older data does not hold reads as the block's default.
            known = value is not None and name in value
            yield child, value[name] if known else child.get_prep_value(child.get_default()), f"{place}.{name}"


def _of_text(html: Any, place: str) -> Iterator[Found]:
    html = str(html)
    for model, pk, _model_path, _content_path in extract_references_from_rich_text(html):
        if (kind := _kind(model)) and str(pk).isdigit():
            yield Reference(kind, int(pk), place)
    for url in HREF.findall(html):
        yield WebLink(unescape(url), place)
