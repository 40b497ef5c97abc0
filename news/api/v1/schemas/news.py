"""News items."""

import datetime as dt
from typing import Literal

from ninja import Field

from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.api.v1.schemas.pages import StoryParts, StorySummary

NewsKindWord = Literal["news", "report", "recruitment", "notice"]


class NewsSummary(StorySummary):
    """A news item in a list."""

    type: Literal["news"]
    kind: NewsKindWord
    happened_on: dt.date | None = Field(description="Where no event says so.")
    place: str = Field(description="Where it happened, where no event says so; may be empty.")


class NewsItem(NewsSummary, StoryParts):
    """A whole news item."""

    about: PageLink | None = Field(description="The event that it is about.")
