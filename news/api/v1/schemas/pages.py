"""What items of every type have in common."""

import datetime as dt
from uuid import UUID

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.common import TopicLink


class PageSummary(Schema):
    """A public page in a list."""

    id: int = Field(examples=[12])
    key: UUID = Field(description="The same in every language, and after a move to another database.")
    locale: str = Field(examples=["pl"])
    title: str
    slug: str
    path: str = Field(description="Where it lives on the site.", examples=["/aktualnosci/relacja/"])
    url: str = Field(description="The same, absolute.")
    published_at: dt.datetime | None = Field(description="First publication, in UTC.")
    updated_at: dt.datetime | None = Field(description="Last publication, in UTC.")


class StorySummary(PageSummary):
    """What news, events and types made of them have in common in lists."""

    lead: str
    date: dt.date
    byline: str
    topics: list[TopicLink]
