"""News items."""

import datetime as dt
from typing import Literal

from wagtail_newsroom.news.api.v1.schemas.pages import StorySummary

NewsKindWord = Literal["news", "report", "recruitment", "notice"]


class NewsSummary(StorySummary):
    """A news item in a list."""

    type: Literal["news"]
    kind: NewsKindWord
    happened_on: dt.date | None
    place: str


class NewsListItem(NewsSummary):
    """A news item in a list, with the parts that `include` names."""


class NewsItem(NewsSummary):
    """A whole news item."""
