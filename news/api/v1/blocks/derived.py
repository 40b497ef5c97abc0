"""The form of a block that was registered without one: read from the definition of the block itself.

Every field is shown as what it is. What a block holds that is not known here (a snippet, raw HTML) needs a form of its own.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import GenericAlias
from typing import Annotated, Any, Literal, Union

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from ninja import Field, Schema
from pydantic import create_model
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock
from wagtail.images.blocks import ImageChooserBlock

from wagtail_newsroom.news.api.v1.blocks import raw
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.api.v1.reading import files, images
from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.api.v1.schemas.files import Attachment
from wagtail_newsroom.news.api.v1.schemas.images import Image
from wagtail_newsroom.news.api.v1.schemas.rich_text import RichText
from wagtail_newsroom.news.api.v1.texts import want_links
from wagtail_newsroom.news.registry.delivered import Wanting
from wagtail_newsroom.news.rich_text import safe_address


class UnknownBlockError(Exception):
    """No form can be derived; the message is the name and kind of what is not known."""


@dataclass(frozen=True)
class Derived:
    """A form of any value: a :class:`~wagtail_newsroom.news.registry.BlockForm` whose ``schema`` may be a plain type."""

    schema: Any
    read: Callable[[Any, Found], Any]
    wants: Callable[[Any, Wanting], None] = lambda value, wanted: None


def derive(block: blocks.Block, name: str) -> Derived:
    """The form of ``block``; ``name``: of the types that it needs, in the document.

    Raises :class:`UnknownBlockError` where it holds what is not known.
    """
    for kind, make in MAKERS.items():
        if isinstance(block, kind):
            return make(block, name)
    raise UnknownBlockError(f"{block.name or name}: {type(block).__name__}")


def pascal(name: str) -> str:
    """``call_to_action`` as ``CallToAction``."""
    return "".join(part[:1].upper() + part[1:] for part in name.replace("-", "_").split("_"))


def _plain(schema: Any, read: Callable[[Any], Any]) -> Callable[[Any, str], Derived]:
    form = Derived(schema, lambda value, found: read(value))
    return lambda block, name: form


def _pointer(kind: str, schema: Any) -> Callable[[Any, str], Derived]:
    form = Derived(
        schema | None,
        lambda value, found: found.get(kind, raw.pk(value)),
        lambda value, wanted: wanted.add(kind, raw.pk(value)),
    )
    return lambda block, name: form


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    known = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300
    return float(value) if known else None


def _decimal(value: Any) -> str | None:
    """As it is stored: without the errors of binary fractions."""
    try:
        found = Decimal(str(value)) if value is not None and not isinstance(value, bool) else None
        return str(found) if found is not None and found.is_finite() else None
    except ArithmeticError:
        return None


def _moment(value: Any) -> dt.datetime | None:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return (make_aware(found) if is_naive(found) else found).astimezone(dt.UTC) if found else None


def _choices(block: Any) -> list[str]:
    """The values of a block's choices, groups opened; none where they are made anew each time."""
    choices = block._constructor_kwargs.get("choices") or ()
    if callable(choices):
        return []
    flat = [
        pair for value, label in choices for pair in (label if isinstance(label, list | tuple) else [(value, label)])
    ]
    return [str(value) for value, _label in flat if value not in ("", None)]


def _choice(block: Any, name: str) -> Derived:
    known = _choices(block)
    schema: Any = Literal[tuple(known)] if known else str

    def read(value: Any) -> str | None:
        return str(value) if value not in ("", None) and (not known or str(value) in known) else None

    if isinstance(block, blocks.MultipleChoiceBlock):
        return Derived(_list_type(schema), lambda value, found: [each for each in map(read, raw.items(value)) if each])
    return Derived(schema | None, lambda value, found: read(value))


def _list_type(schema: Any) -> Any:
    """The type of a list of ``schema``, which is known only now."""
    return GenericAlias(list, (schema,))


def _fields(block: Any, name: str) -> dict[str, Derived]:
    """The forms of what a block holds; what holds nothing itself is left out."""
    held = {key: child for key, child in block.child_blocks.items() if not isinstance(child, blocks.StaticBlock)}
    return {key: derive(child, f"{name}{pascal(key)}") for key, child in held.items()}


def _struct(block: Any, name: str) -> Derived:
    fields = _fields(block, name)

    def read(value: Any, found: Found) -> dict[str, Any]:
        stored = raw.struct(value)
        return {key: form.read(stored.get(key), found) for key, form in fields.items()}

    def wants(value: Any, wanted: Wanting) -> None:
        stored = raw.struct(value)
        for key, form in fields.items():
            form.wants(stored.get(key), wanted)

    typed: dict[str, Any] = {key: (form.schema, ...) for key, form in fields.items()}
    return Derived(create_model(f"{name}Value", __base__=Schema, **typed), read, wants)


def _list(block: Any, name: str) -> Derived:
    item = derive(block.child_block, f"{name}Item")

    def wants(value: Any, wanted: Wanting) -> None:
        for each in raw.items(value):
            item.wants(each, wanted)

    return Derived(
        _list_type(item.schema), lambda value, found: [item.read(each, found) for each in raw.items(value)], wants
    )


def _stream(block: Any, name: str) -> Derived:
    forms = _fields(block, name)

    def read(value: Any, found: Found) -> list[dict[str, Any]]:
        return list(read_blocks(value, found, forms))

    return Derived(_list_type(union_of(forms, name)), read, lambda value, wanted: want_of_blocks(value, wanted, forms))


def read_blocks(value: Any, found: Found, forms: Any) -> Iterator[dict[str, Any]]:
    """The blocks of a stored stream that have a form and are shown."""
    for pk, kind, stored in raw.children(value):
        form = forms.get(kind)
        if form is not None and (shown := form.read(stored, found)) is not None:
            yield {"id": pk, "type": kind, "value": shown}


def want_of_blocks(value: Any, wanted: Wanting, forms: Any) -> None:
    """Want what the blocks of a stored stream point to."""
    for _pk, kind, stored in raw.children(value):
        if kind in forms:
            forms[kind].wants(stored, wanted)


def union_of(forms: Any, prefix: str = "") -> Any:
    """The type of a block: a union that ``type`` tells apart."""
    models = []
    for kind, form in forms.items():
        fields: dict[str, Any] = {
            "id": (str, Field(description="Stays through every edit.")),
            "type": (Literal[kind], ...),
            "value": (form.schema, ...),
        }
        models.append(create_model(f"{prefix}{pascal(kind)}Block", __base__=Schema, **fields))
    return Annotated[Union[tuple(models)], Field(discriminator="type")] if len(models) > 1 else models[0]  # noqa: UP007


def _wagtail_image(block: Any, name: str) -> Derived:
    """Wagtail's own block of an image and its description; older ones stored the image alone."""

    def key(value: Any) -> int | None:
        return raw.pk(value.get("image") if isinstance(value, dict) else value)

    def read(value: Any, found: Found) -> dict[str, Any] | None:
        image, stored = found.get("image", key(value)), raw.struct(value)
        return images.as_used(
            image, alt=raw.text(stored.get("alt_text")), decorative=raw.flag(stored.get("decorative"))
        )

    return Derived(Image | None, read, lambda value, wanted: wanted.add("image", key(value)))


def _refuse(block: Any, name: str) -> Derived:
    raise UnknownBlockError(f"{block.name or name}: {type(block).__name__}")


TEXT = _plain(str, raw.text)
ADDRESS = _plain(str, lambda value: safe_address(raw.text(value)))

# Kinds of blocks before those that they are made of.
MAKERS: dict[type[blocks.Block], Callable[[Any, str], Derived]] = {
    blocks.RawHTMLBlock: _refuse,
    blocks.RichTextBlock: lambda block, name: Derived(
        RichText, lambda value, found: found.rich_text(value), want_links
    ),
    EmbedBlock: ADDRESS,
    blocks.URLBlock: ADDRESS,
    blocks.CharBlock: TEXT,
    blocks.TextBlock: TEXT,
    blocks.EmailBlock: TEXT,
    blocks.RegexBlock: TEXT,
    blocks.BooleanBlock: _plain(bool, raw.flag),
    blocks.IntegerBlock: _plain(int | None, _whole),
    blocks.FloatBlock: _plain(float | None, _number),
    blocks.DecimalBlock: _plain(str | None, _decimal),
    blocks.DateBlock: _plain(dt.date | None, raw.date),
    blocks.TimeBlock: _plain(dt.time | None, raw.hour),
    blocks.DateTimeBlock: _plain(dt.datetime | None, _moment),
    blocks.MultipleChoiceBlock: _choice,
    blocks.ChoiceBlock: _choice,
    blocks.PageChooserBlock: _pointer("page", PageLink),
    ImageChooserBlock: _pointer("image", Image),
    DocumentChooserBlock: lambda block, name: Derived(
        Attachment | None,
        lambda value, found: files.as_used(found, raw.pk(value)),
        lambda value, wanted: wanted.add("document", raw.pk(value)),
    ),
    WagtailImageBlock: _wagtail_image,
    blocks.StructBlock: _struct,
    blocks.ListBlock: _list,
    blocks.StreamBlock: _stream,
}
