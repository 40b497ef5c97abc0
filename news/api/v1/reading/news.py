"""News items."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from ninja import Field

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.api.v1.parameters import Several
from wagtail_newsroom.news.api.v1.reading.filters import StoryParameters
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.reading.related import AboutPart
from wagtail_newsroom.news.api.v1.reading.stories import StoryReading, StorySummaryPart, story_parts
from wagtail_newsroom.news.api.v1.schemas.news import NewsItem, NewsKindWord, NewsSummary
from wagtail_newsroom.news.enums import NewsKind
from wagtail_newsroom.news.models import EventPage, NewsPage


class NewsSummaryPart(StorySummaryPart):
    """A news item in lists."""

    word = "news"

    def columns(self, answer: Answer) -> dict[str, Any]:
        own = {"kind": F("kind"), "happened_on": F("happened_on"), "place": F("place")}
        return {**super().columns(answer), **own}

    def words(self, row: Row, answer: Answer) -> dict[str, Any]:
        words = super().words(row, answer)
        kicker = f"{NewsKind(row['kind']).label} · {words['date']}"
        return {**words, "kicker": kicker, "where": row["place"] or None}

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        own = {"kind": row["kind"], "happened_on": row["happened_on"], "place": row["place"]}
        return {**super().read(row, found, prepared), **own}


ID_OR_KEY = "^([1-9][0-9]{0,8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"


class NewsParameters(StoryParameters):
    """Parameters of the list of news."""

    kind: Several[NewsKindWord] = Field([], description="Kinds; several are separated by commas.")
    event: str = Field(
        "",
        description="Items about this event, in all languages: its `id` or its `key`.",
        examples=["12"],
        pattern=ID_OR_KEY,
    )


class NewsReading(StoryReading):
    """How news items are listed and read."""

    word, address, model = "news", "news", NewsPage
    summary_schema, item_schema = NewsSummary, NewsItem
    parameters = NewsParameters
    summary = NewsSummaryPart()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return (*story_parts(self.model), AboutPart())

    def narrowed(self, pages: QuerySet[Any], asked: NewsParameters, answer: Answer) -> QuerySet[Any]:
        pages = super().narrowed(pages, asked, answer)
        if asked.kind:
            pages = pages.filter(kind__in=asked.kind)
        if not asked.event:
            return pages
        if asked.event.isdigit():
            keys: Any = EventPage.objects.filter(pk=asked.event).values("translation_key")
        else:
            keys = [UUID(asked.event)]
        return pages.filter(about_event__translation_key__in=keys)
