"""Parts that many answers share.

Public: other apps may import from here.
"""

import datetime as dt
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from ninja import Field, Schema
from pydantic import WithJsonSchema

Item = TypeVar("Item")
# An hour on the wall. The format "time" of JSON Schema would be one with an offset.
LocalTime = Annotated[
    dt.time,
    WithJsonSchema(
        {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$", "examples": ["10:15:00"]}
    ),
]


class TopicLink(Schema):
    """A topic of an item, in the item's language."""

    id: int
    key: UUID = Field(description="The same in every language.")
    name: str = Field(examples=["Usługi społeczne"])
    slug: str = Field(examples=["uslugi-spoleczne"])


class PageLink(Schema):
    """Another public page, as far as a link or a card needs it."""

    id: int
    key: UUID = Field(description="The same in every language.")
    type: str = Field(description="A stable word: news, event, gallery, page …", examples=["news"])
    locale: str = Field(examples=["pl"])
    title: str
    path: str = Field(description="Where it lives on the site.", examples=["/aktualnosci/relacja/"])
    url: str = Field(description="The same, absolute.")
    lead: str
    date: dt.date | None


class Listing(Schema, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    count: int | None = Field(description="All items that answer the question; null with `count=false`.")
    next: str | None = Field(description="Address of the next page; null on the last.")
    prev: str | None = Field(description="Address of the page before; null on the first.")
