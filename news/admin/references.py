"""What a form refers to, asked for whoever sends it: a field that names what they may not name is refused.

Every reference of every field is asked about: choosers, rows, blocks at any depth, links and pictures in rich text. The
message is the one for what does not exist. What the version that is being edited refers to already stays.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.base import BlockField
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock, TypedTableBlockValidationError
from wagtail.models import CollectionMember, Page
from wagtail.rich_text import extract_references_from_rich_text

from wagtail_newsroom.news import naming
from wagtail_newsroom.news.naming import Named

NOT_THERE = forms.ModelChoiceField.default_error_messages["invalid_choice"]
LINKED_NOT_THERE = _(
    "This text links to something that does not exist, or shows a picture that does not. Choose another, or take it away."
)
MARKS_OF_RICH_TEXT = ("linktype=", "embedtype=")


def refuse_unnameable(form: Any) -> None:
    """Put an error beside each field of ``form``, whose fields were read, that names what its sender may not name."""
    user = getattr(form, "for_user", None) or naming.reader()
    if user is None or user.is_superuser:
        return
    found = {name: things for name in list(form.cleaned_data) if (things := set(_named_in(form, name)))}
    if not found or form.cleaned_data.get("DELETE"):
        return
    refused = naming.not_nameable(set().union(*found.values()), user)
    if refused:
        refused -= _known(form)
    for name, things in found.items():
        if things & refused:
            form.add_error(name, _error(form, name, refused))


def _named_in(form: Any, name: str) -> Iterator[Named]:
    field, value = form.fields.get(name), form.cleaned_data[name]
    if value is None or field is None:
        return
    if isinstance(field, BlockField):
        yield from _in_block(field.block, value)
    elif isinstance(value, Model):
        if _is_asked_about(field, type(value)):
            yield naming.named(type(value), value.pk)
    elif isinstance(field, forms.ModelMultipleChoiceField):
        yield from (naming.named(type(row), row.pk) for row in value if _is_asked_about(field, type(row)))
    elif isinstance(value, str) and any(mark in value for mark in MARKS_OF_RICH_TEXT):
        yield from _normal(extract_references_from_rich_text(value))


def _is_asked_about(field: Any, model: type[Model]) -> bool:
    """Fields whose widget lists what there is to choose offer it themselves; of pages and files that is no excuse."""
    return isinstance(field.widget, BaseChooser) or issubclass(model, Page | CollectionMember)


def _in_block(block: Any, value: Any) -> Iterator[Named]:
    return _normal(block.extract_references(value))


def _normal(references: Iterable[tuple[Any, ...]]) -> Iterator[Named]:
    return (naming.named(model, pk) for model, pk, *_path in references)


# What was there before


def tie_rows(form: Any) -> None:
    """Let the rows of ``form`` know of what whole they are part: what stands anywhere in it may stand in each."""
    whole = getattr(form, "newsroom_whole", form)
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            row.newsroom_whole = whole


def _known(form: Any) -> set[Named]:
    """What the version that is being edited refers to, and what the form proposes."""
    whole = getattr(form, "newsroom_whole", form)
    known = {naming.named(type(row), row.pk) for row in _rows(form.initial) + _rows(_proposed(form))}
    instance = getattr(whole, "instance", None)
    if instance is not None:
        known |= naming.references_of(instance)
    return known


def _proposed(form: Any) -> dict[str, Any]:
    return {name: field.initial for name, field in form.fields.items()}


def _rows(values: dict[str, Any]) -> list[Model]:
    found: list[Model] = []
    for value in values.values():
        found += [each for each in (value if isinstance(value, list | tuple) else [value]) if isinstance(each, Model)]
    return found


# The message, where it belongs


def _error(form: Any, name: str, refused: set[Named]) -> ValidationError:
    field, value = form.fields[name], form.cleaned_data[name]
    if isinstance(field, BlockField):
        return _block_error(field.block, value, refused) or ValidationError(NOT_THERE)
    if isinstance(value, str):
        return ValidationError(LINKED_NOT_THERE, code="invalid_choice")
    return ValidationError(field.error_messages.get("invalid_choice", NOT_THERE), "invalid_choice", {"value": ""})


def _block_error(block: Any, value: Any, refused: set[Named]) -> ValidationError | None:
    """An error for ``value`` of ``block`` beside each block in it that names one of ``refused``; ``None`` where none does."""
    if not set(_in_block(block, value)) & refused:
        return None
    if isinstance(block, blocks.StreamBlock):
        return blocks.StreamBlockValidationError(
            _errors(enumerate(value), lambda each: (each.block, each.value), refused)
        )
    if isinstance(block, blocks.ListBlock):
        children = enumerate(value.bound_blocks)
        return ListBlockValidationError(_errors(children, lambda each: (each.block, each.value), refused))
    if isinstance(block, TypedTableBlock):
        rows = {
            number: _errors(enumerate(zip(value.columns, row["values"], strict=False)), _cell, refused)
            for number, row in enumerate(value.row_data)
        }
        return TypedTableBlockValidationError(cell_errors={number: errors for number, errors in rows.items() if errors})
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks.items()
        return StructBlockValidationError(
            _errors(((name, (child, value.get(name))) for name, child in children), lambda each: each, refused)
        )
    is_text = isinstance(block, blocks.RichTextBlock)
    return ValidationError(LINKED_NOT_THERE if is_text else NOT_THERE, code="invalid_choice")


def _cell(cell: tuple[dict[str, Any], Any]) -> tuple[Any, Any]:
    column, value = cell
    return column["block"], value


def _errors(
    children: Iterable[tuple[Any, Any]], split: Callable[[Any], tuple[Any, Any]], refused: set[Named]
) -> dict[Any, ValidationError]:
    return {place: error for place, child in children if (error := _block_error(*split(child), refused)) is not None}
