"""Texts made of blocks."""

from typing import Any

from django.db.models import ExpressionWrapper, F, JSONField
from ninja import Field

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.blocks import read_story, story_schema, wants_of_story
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row


class BodyPart(Part):
    """The text of a story, from the column ``body``."""

    name = "body"

    @property
    def schema(self) -> Any:
        block: Any = story_schema()
        return (list[block], Field(description="The text. Skip blocks of a `type` that you do not know."))

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {"stored_body": stored_blocks("body")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        wants_of_story(row["stored_body"], wanted)

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return read_story(row["stored_body"], found)


def stored_blocks(column: str) -> ExpressionWrapper:
    """The blocks of a stream as they are stored; no value of Wagtail's is made of them."""
    return ExpressionWrapper(F(column), output_field=JSONField())
