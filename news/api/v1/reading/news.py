"""News items."""

from collections.abc import Iterable
from typing import Any, Literal
from uuid import UUID

from django.db.models import F, QuerySet
from ninja import Field

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.cursors import ID_DOWN, Key
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.api.v1.parameters import Ids, ListParameters, Several, Word
from wagtail_newsroom.news.api.v1.reading.pages import ORDERS, PageReading, PageSummaryPart, topics_of_page
from wagtail_newsroom.news.api.v1.reading.parts import Row
from wagtail_newsroom.news.api.v1.schemas.news import NewsItem, NewsKindWord, NewsListItem, NewsSummary
from wagtail_newsroom.news.models import NewsPage


def in_own_language(rows: Iterable[dict[str, Any]], locale_id: int) -> list[dict[str, Any]]:
    """Of rows that come with their translations, each once: in the language ``locale_id`` where there is one."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["key"] not in found or row["locale_id"] == locale_id:
            found[row["key"]] = row
    return list(found.values())


class StorySummaryPart(PageSummaryPart):
    """What news and events say of themselves in lists."""

    def columns(self, answer: Answer) -> dict[str, Any]:
        own = {"lead": F("lead"), "date": F("date"), "byline": F("byline"), "topic_rows": topics_of_page()}
        return {**super().columns(answer), **own}

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        topics = [
            {"id": topic["id"], "key": str(UUID(topic["key"])), "name": topic["name"], "slug": topic["slug"]}
            for topic in in_own_language(row["topic_rows"], row["locale_id"])
        ]
        own = {"lead": row["lead"], "date": row["date"], "byline": row["byline"], "topics": topics}
        return {**super().read(row, found, prepared), **own}


class NewsSummaryPart(StorySummaryPart):
    """A news item in lists."""

    word = "news"

    def columns(self, answer: Answer) -> dict[str, Any]:
        own = {"kind": F("kind"), "happened_on": F("happened_on"), "place": F("place")}
        return {**super().columns(answer), **own}

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        own = {"kind": row["kind"], "happened_on": row["happened_on"], "place": row["place"]}
        return {**super().read(row, found, prepared), **own}


class NewsParameters(ListParameters):
    """Parameters of the list of news."""

    kind: Several[NewsKindWord] = Field([], description="Kinds; several are separated by commas.")
    locale: Word = Field("", description="Language of the items.", examples=["pl"])
    ids: Ids = Field([], description="These items alone, at most 100.")
    order: Literal["-date", "date", "-title", "title", "-id", "id"] = Field("-date", description="What comes first.")


class NewsReading(PageReading):
    """How news items are listed and read."""

    word, address, model = "news", "news", NewsPage
    summary_schema, listed_schema, item_schema = NewsSummary, NewsListItem, NewsItem
    parameters = NewsParameters
    orders = {
        "-date": (Key("date", "date", descending=True), ID_DOWN),
        "date": (Key("date", "date"), *ORDERS["id"]),
        **ORDERS,
    }
    summary = NewsSummaryPart()

    def narrowed(self, pages: QuerySet[Any], asked: NewsParameters, answer: Answer) -> QuerySet[Any]:
        pages = super().narrowed(pages, asked, answer)
        return pages.filter(kind__in=asked.kind) if asked.kind else pages
