"""A story: its blocks as a union that is told apart by ``type``, those of other apps among them."""

from functools import lru_cache
from typing import Any, cast

from pydantic import RootModel, create_model

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.blocks.derived import (
    UnknownBlockError,
    derive,
    pascal,
    read_blocks,
    union_of,
    want_of_blocks,
)
from wagtail_newsroom.news.api.v1.blocks.forms import OWN_FORMS
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.registry.delivered import BlockForm, Wanting

ABOUT = """A block of a text, told apart by `type`.

The union is open: a site may add blocks, and later versions will. Skip a block whose type you do not know.
"""


@lru_cache(maxsize=1)
def block_forms() -> dict[str, BlockForm]:
    """The forms of all blocks of a story, by type: ours, the registered ones, those derived from registered blocks."""
    forms = dict(OWN_FORMS)
    registered = registry.block_forms()
    for name, factory in registry.story_blocks().items():
        if name in registered:
            forms[name] = registered[name]
            continue
        try:
            forms[name] = cast("BlockForm", derive(_named(factory(), name), pascal(name)))
        except UnknownBlockError:
            continue  # blocks_without_form tells
    return forms


def blocks_without_form() -> dict[str, str]:
    """Registered blocks for which no form was registered and none can be derived, each with what is not known."""
    found = {}
    for name, factory in registry.story_blocks().items():
        if name not in registry.block_forms():
            try:
                derive(_named(factory(), name), pascal(name))
            except UnknownBlockError as error:
                found[name] = str(error)
    return found


def _named(block: Any, name: str) -> Any:
    block.set_name(name)
    return block


@lru_cache(maxsize=1)
def story_schema() -> Any:
    """The type of a story's block. Called once other apps have registered theirs."""
    base: Any = RootModel[union_of(block_forms())]  # type: ignore[misc]  # made of data
    return create_model("StoryBlock", __base__=base, __doc__=ABOUT)


def read_story(stored: Any, found: Found) -> list[dict[str, Any]]:
    """The blocks of a story. ``stored``: raw data of its stream."""
    return list(read_blocks(stored, found, block_forms()))


def wants_of_story(stored: Any, wanted: Wanting) -> None:
    """Want what the blocks of a story point to."""
    want_of_blocks(stored, wanted, block_forms())
