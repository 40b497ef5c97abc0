"""The texts of StreamFields of many objects at once: what their blocks refer to is fetched for all of them together."""

import logging
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from modelsearch.index import AutocompleteField, BaseField, SearchField
from wagtail.blocks.stream_block import BaseStreamBlock, StreamValue
from wagtail.fields import StreamField

logger = logging.getLogger(__name__)


class StreamTexts:
    """What is searched of the StreamFields of ``objects``, which are all of one model."""

    def __init__(self, objects: Sequence[Any]) -> None:
        self._texts: dict[tuple[str, int], list[str]] = {}
        for field in _stream_fields(type(objects[0])) if len(objects) > 1 else ():
            try:
                texts = _texts(field, objects)
            except Exception:  # a block that cannot be read: then each object by itself, as Wagtail does
                logger.warning("Blocks of %s are read one by one.", field, exc_info=True)
                continue
            self._texts |= {(field.name, id(each)): found for each, found in zip(objects, texts, strict=True)}

    def value(self, instance: Any, field: BaseField) -> Any:
        """The value of a search field of ``instance``."""
        found = self._texts.get((field.field_name, id(instance)))
        return field.get_value(instance) if found is None else found


def _stream_fields(model: Any) -> Iterator[Any]:
    """Fields whose texts are those of their blocks one after another, as Wagtail's are unless a host changes that."""
    for each in model.get_search_fields():
        if not isinstance(each, SearchField | AutocompleteField) or type(each).get_value is not BaseField.get_value:
            continue
        try:
            field = each.get_field(model)
        except FieldDoesNotExist:
            continue
        is_plain = getattr(type(field), "get_searchable_content", None) is StreamField.get_searchable_content
        if is_plain and type(field.stream_block).get_searchable_content is BaseStreamBlock.get_searchable_content:
            yield field


def _texts(field: Any, objects: Sequence[Any]) -> list[list[str]]:
    """As if all blocks of all objects stood in one stream."""
    block = field.stream_block
    if not block.search_index:
        return [[] for _ in objects]
    streams = [list(field.value_from_object(each).raw_data) for each in objects]
    together = iter(StreamValue(block, [raw for stream in streams for raw in stream], is_lazy=True))
    return [
        [text for child in islice(together, len(stream)) for text in child.block.get_searchable_content(child.value)]
        for stream in streams
    ]
