"""What the form requires for publication, for drafts that come without the form: in bulk, by approval, by API."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_newsroom.news.publishing.preflight.checks.walk import empty_blocks
from wagtail_newsroom.news.registry.contracts import Finding, Severity

EMPTY = {"blank", "null", "required"}


def check_rules(page: Page) -> Iterator[Finding]:
    """Required parts that are missing, and values that the model refuses: each blocks, as it does in the form."""
    errors: dict[str, Any] = {}
    try:
        # A slug is made, and found free, when the page is saved.
        page.full_clean(exclude=["slug", "path", "depth"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        errors = error.error_dict
    streams = {field.name: field for field in page._meta.concrete_fields if isinstance(field, StreamField)}
    for name, found in errors.items():
        for each in found:
            if name in streams:  # the model's own errors in a stream know their blocks
                yield from _in_blocks(each, getattr(page, name), name, _label(page, name))
            else:
                yield _finding(each, _label(page, name), "" if name == NON_FIELD_ERRORS else name)
    for name, field in streams.items():
        for block, place in empty_blocks(field.stream_block, list(getattr(page, name).raw_data), name):
            yield _empty(str(block.label), place)
    yield from _rows(page)


def _rows(page: Page) -> Iterator[Finding]:
    """Fields of rows that are empty or odd; keys are left to the form, each would be a query."""
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if relation.related_model._meta.app_label == "wagtailcore":
            continue
        keys = [field.name for field in relation.related_model._meta.concrete_fields if field.is_relation]
        for position, row in enumerate(getattr(page, name).all()):
            try:
                row.clean_fields(exclude=keys)
            except ValidationError as error:
                for field, found in error.error_dict.items():
                    for each in found:
                        yield _finding(each, _label(row, field), f"{name}-{position}-{field}")


def _in_blocks(error: Any, value: Any, place: str, label: str) -> Iterator[Finding]:
    """The errors of a stream, each with the place of its block."""
    if isinstance(error, StreamBlockValidationError | ListBlockValidationError):
        children = list(value) if isinstance(error, StreamBlockValidationError) else list(value.bound_blocks)
        inner = error.block_errors
        items = inner.items() if isinstance(inner, dict) else enumerate(inner or [])
        for position, found in items:
            if found is None or not isinstance(position, int):
                continue
            child = children[position]
            where = f"{place}.{child.id}" if child.id else place
            yield from _in_blocks(found, child.value, where, str(child.block.label) or label)
        for found in error.non_block_errors.as_data():
            yield _finding(found, label, place)
    elif isinstance(error, StructBlockValidationError):
        for name, found in error.block_errors.items():
            child_label = str(value.block.child_blocks[name].label) if hasattr(value, "block") else name
            yield from _in_blocks(found, value.get(name), f"{place}.{name}", child_label)
        for found in error.non_block_errors.as_data():
            yield _finding(found, label, place)
    elif hasattr(error, "error_list"):
        for found in error.error_list:
            yield _finding(found, label, place)


def _finding(error: Any, label: str, field: str) -> Finding:
    if getattr(error, "code", None) in EMPTY:
        return _empty(label, field)
    message = " ".join(str(text) for text in error.messages)
    return Finding("invalid", Severity.BLOCK, f"{label}: {message}" if label else message, field)


def _empty(label: str, field: str) -> Finding:
    return Finding("missing", Severity.BLOCK, _("“%(label)s” is empty. Fill it in.") % {"label": label}, field)


def _label(row: Any, name: str) -> str:
    if name == NON_FIELD_ERRORS:
        return ""
    return str(capfirst(str(row._meta.get_field(name).verbose_name)))
