"""C7: every block is previewed before anything is typed or chosen, and when what was chosen is gone."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from tests.admin.desk import Desk
from tests.trust.admin_doors import NOWHERE
from tests.trust.planting import World, make_world, page_types

GONE = (
    f'<p><a linktype="page" id="{NOWHERE}">a</a> <a linktype="document" id="{NOWHERE}">b</a></p>'
    f'<embed embedtype="image" id="{NOWHERE}" format="left" alt=""/>'
)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def empty(block: Any) -> Any:
    """Raw data of ``block`` in which there are all of its parts, and nothing in them."""
    return _raw(block, leaf=None, text="")


def gone(block: Any) -> Any:
    """Raw data of ``block`` whose choosers and links name what is not there any more."""
    return _raw(block, leaf=NOWHERE, text=GONE)


def bare(block: Any) -> Any:
    """Raw data of ``block`` from a time when it had no parts."""
    return {} if isinstance(block, blocks.StructBlock | TypedTableBlock) else _raw(block, leaf=None, text="")


def _raw(block: Any, *, leaf: Any, text: str) -> Any:
    inside = {"leaf": leaf, "text": text}
    if isinstance(block, blocks.StreamBlock):
        return [{"type": name, "value": _raw(child, **inside)} for name, child in block.child_blocks.items()]
    if isinstance(block, blocks.ListBlock):
        return [_raw(block.child_block, **inside)]
    if isinstance(block, TypedTableBlock):
        columns = [{"type": name, "heading": ""} for name in block.child_blocks]
        return {
            "columns": columns,
            "rows": [{"values": [_raw(child, **inside) for child in block.child_blocks.values()]}],
            "caption": "",
        }
    if isinstance(block, blocks.StructBlock):
        return {name: _raw(child, **inside) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ChooserBlock):
        return leaf
    if isinstance(block, blocks.RichTextBlock):
        return text
    return None if isinstance(block, blocks.DateBlock | blocks.TimeBlock | blocks.BooleanBlock) else ""


def streams() -> Iterator[tuple[type[Page], StreamField]]:
    """Each kind of stream once, with a page type that has it."""
    known: set[type] = set()
    for model in page_types():
        for field in model._meta.concrete_fields:
            if isinstance(field, StreamField) and type(field.stream_block) not in known:
                known.add(type(field.stream_block))
                yield model, field


def test_c7_block_that_is_empty_or_names_what_is_gone_is_previewed(
    world: World, admin_client: Client, subtests: pytest.Subtests
) -> None:
    """Each by itself in a draft, and all of a stream at once in the form and in public."""
    desk = Desk(User.objects.get(username="admin"))
    for (model, field), fill in itertools.product(list(streams()), (empty, gone, bare)):
        page, stream = world.ground[model], field.stream_block
        values = {
            name: stream.to_python([{"type": name, "value": fill(block)}])
            for name, block in stream.child_blocks.items()
        }
        for name, value in values.items():
            with subtests.test(f"{fill.__name__} {field.name}.{name}"):
                stream.get_api_representation(value, {})
                stream.get_searchable_content(value)
                setattr(page, field.name, value)
                page.save_revision()
                draft = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
                assert (draft.status_code, "no-store" in draft["Cache-Control"]) == (200, True)
        with subtests.test(f"{fill.__name__} {field.name}"):
            setattr(page, field.name, stream.to_python([raw for value in values.values() for raw in value.raw_data]))
            page.save_revision().publish()
            preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
            assert desk.client.post(preview, desk.open(page).data).status_code == 200
            assert desk.client.get(preview).status_code == 200
            assert Client().get(page.url).status_code == 200


def test_c7_samples_of_all_blocks_are_shown(admin_client: Client, subtests: pytest.Subtests) -> None:
    """Beside the list of blocks in the editor."""
    for _model, field in streams():
        for block in _all(field.stream_block):
            if block.is_previewable:
                with subtests.test(block.name):
                    assert admin_client.get(f"/admin/block-preview/?id={block.definition_prefix}").status_code == 200


def _all(block: Any) -> Iterator[Any]:
    yield block
    children = (
        [block.child_block] if isinstance(block, blocks.ListBlock) else [*getattr(block, "child_blocks", {}).values()]
    )
    for child in children:
        yield from _all(child)
