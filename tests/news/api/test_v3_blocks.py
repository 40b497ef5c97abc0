"""Our blocks in the document of Wagtail's v3 API: what it says is what is sent. Wagtail 8.0 describes no blocks."""

import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from wagtail import VERSION, blocks
from wagtail.models import Page

from tests.factories import EventPageFactory, NewsPageFactory, PersonFactory, agenda_day, make_attachment, make_photo
from tests.news.api.schema_rules import loose_parts
from wagtail_newsroom.news.api.v3_blocks import BUILDERS, describe_blocks, kinds_that_keep_fields, walk
from wagtail_newsroom.news.blocks import AgendaBlock, StoryBlock
from wagtail_newsroom.news.models import EventPage, NewsPage


def test_blocks_that_leave_values_out_say_that_they_keep_their_fields() -> None:
    """Every block whose form in Wagtail's APIs is its own, those of other apps among them."""
    own = {
        type(each)
        for top in (StoryBlock(), AgendaBlock())
        for each in walk(top)
        if type(each).__module__.startswith(("wagtail_newsroom.", "tests."))
        and type(each).get_api_representation is not blocks.StructBlock.get_api_representation
        and isinstance(each, blocks.StructBlock)
    }
    assert own == set(kinds_that_keep_fields())
    assert {each.__name__ for each in own} >= {"ImageBlock", "SessionBlock", "GalleryBlock", "ConsultationBlock"}


def sent(page: Page, name: str) -> Any:
    value = getattr(page, name)
    return json.loads(json.dumps(value.stream_block.get_api_representation(value), cls=DjangoJSONEncoder))


def held_against(block: blocks.Block, value: Any) -> None:
    """Blocks that keep their fields send all of them, and nothing else."""
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            held_against(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.ListBlock):
        for each in value:
            held_against(block.child_block, each)
    elif isinstance(block, blocks.StructBlock):
        assert set(value) == set(block.child_blocks), block
        for key, child in block.child_blocks.items():
            held_against(child, value[key])


@pytest.fixture
def pages(tree: dict[str, Page]) -> list[tuple[Page, str]]:
    photo, file, person = make_photo("a.jpg"), make_attachment("Regulamin"), PersonFactory()
    text, cells = "<p>a</p>", {"type": "text", "heading": "Gmina"}
    body = {
        "heading": {"level": "h2", "text": "a"},
        "paragraph": text,
        "image": {"image": photo.pk},
        "attachments": {"items": [file.pk]},
        "quote": {"text": "a"},
        "table": {"columns": [cells], "rows": [{"values": ["Zgierz"]}], "caption": "b"},
        "video": {"url": "https://example.org/film", "title": "a", "poster": photo.pk},
        "call_to_action": {"label": "a", "link": "https://example.org/"},
        "accordion": {"items": [{"title": "a", "text": text}]},
        "contact": {"name": "Ewa Lis"},
        "consultation": {"consultation": None},
        "answers": {"consultation": None},
        "gallery": {"gallery": None},
    }
    stored = [{"type": kind, "value": value} for kind, value in body.items()]
    speakers = [{"person": person.pk}]
    sessions = (
        {"title": "a", "start": "10:00", "speakers": speakers, "documents": [file.pk]},
        {"title": "b", "break": True},
    )
    days = EventPage._meta.get_field("agenda").stream_block.to_python([agenda_day(*sessions)])
    story = NewsPage._meta.get_field("body").stream_block.to_python(stored)
    return [
        (NewsPageFactory(parent=tree["news"], body=story), "body"),
        (EventPageFactory(parent=tree["events"], agenda=days), "agenda"),
    ]  # fmt: skip


def test_what_the_document_says_of_our_blocks_is_what_is_sent(pages: list[tuple[Page, str]]) -> None:
    describe_blocks()
    assert bool(BUILDERS) == (VERSION >= (8, 1))
    for page, name in pages:
        field = page._meta.get_field(name)
        value = sent(page, name)
        assert {each["type"] for each in value} == set(field.stream_block.child_blocks)
        held_against(field.stream_block, value)
        for builder in BUILDERS:
            adapter = builder.get_stream_field_adapter(field)
            assert loose_parts(adapter.json_schema()) == []
            adapter.validate_python(value)
