"""Our blocks in the document of Wagtail's v3 API (from 8.1 on): as precise as Wagtail's own.

Wagtail types a block whose ``get_api_representation`` is its own as anything at all. Ours leave out values that are not
public and keep every field: a block that says ``api_keeps_fields = True`` is described by its definition.
"""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from wagtail_newsroom.news.blocks import AgendaBlock, StoryBlock

try:
    from wagtail.api.v3.schemas.generators import read, write
    from wagtail.api.v3.schemas.generators.blocks import struct_block_schema
except ImportError:  # Wagtail 8.0 describes no blocks
    BUILDERS: tuple[Any, ...] = ()
else:
    BUILDERS = (read.block_schema_builder, write.block_schema_builder)


def describe_blocks() -> None:
    """Register the blocks of stories and programmes, those of other apps included, with Wagtail's builders."""
    for builder in BUILDERS:
        for kind in kinds_that_keep_fields():
            builder.register_block_schema(kind, struct_block_schema)


def kinds_that_keep_fields() -> list[type[blocks.Block]]:
    """The classes of blocks in stories and programmes that say so."""
    found = [type(each) for top in (StoryBlock(), AgendaBlock()) for each in walk(top)]
    return [kind for kind in dict.fromkeys(found) if getattr(kind, "api_keeps_fields", False)]


def walk(block: blocks.Block) -> Iterator[blocks.Block]:
    """``block`` and every block within it."""
    yield block
    for inner in [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]:
        if inner is not None:
            yield from walk(inner)
