"""Drafts, as a front end lists them."""

import datetime as dt
from uuid import UUID

from ninja import Field, Schema


class DraftSummary(Schema):
    """A page with a draft that differs from what the public sees."""

    id: int = Field(examples=[12])
    key: UUID = Field(description="The same in every language.")
    type: str = Field(description="A stable word: news, event, gallery, page …", examples=["news"])
    locale: str = Field(examples=["pl"])
    title: str = Field(description="Of the draft.")
    path: str = Field(description="Where the page lives, or will live.", examples=["/aktualnosci/relacja/"])
    is_public: bool = Field(description="Whether the public sees an earlier version.")
    latest_revision_at: dt.datetime = Field(description="When the draft was saved last, in UTC.")
