"""What lists of stories may be narrowed by.

Public: other apps may import from here.
"""

from typing import Any, Literal

from django.db.models import QuerySet
from ninja import Field
from wagtail.search.backends import get_search_backend

from wagtail_newsroom.news.api.v1.parameters import (
    DayOrMoment,
    Ids,
    ListParameters,
    Month,
    SearchText,
    Word,
    Words,
    Year,
    first_moment,
    until,
)
from wagtail_newsroom.news.api.v1.reading.orders import ORDERS, STORY_ORDERS
from wagtail_newsroom.news.api.v1.reading.projects import keys_of_projects
from wagtail_newsroom.news.models import NewsroomPage, Topic

MOST_FOUND = 10_000  # items of one search, where the index is none of the database's


class PageParameters(ListParameters):
    """Parameters of every list of pages."""

    q: SearchText = Field("", description="Words that the items hold, all of them; “in quotation marks” in this order.")
    published_from: DayOrMoment | None = Field(None, description="First published then or later.")
    published_until: DayOrMoment | None = Field(None, description="First published then or before; a day counts whole.")
    updated_from: DayOrMoment | None = Field(None, description="Last published then or later.")
    locale: Word = Field("", description="Language of the items.", examples=["pl"])
    ids: Ids = Field([], description="These items alone, at most 100.")
    order: Literal[*ORDERS] = Field("id", description="What comes first.")  # type: ignore[valid-type]  # of data


class StoryParameters(PageParameters):
    """Parameters of every list of stories."""

    topic: Words = Field([], description="Slugs of topics, in any language.", examples=[["zdrowie"]])
    project: Words = Field([], description="Slugs of projects, in any language.")
    year: Year | None = Field(None, description="Of the day that readers see (`date`).")
    order: Literal[*STORY_ORDERS] = Field("-date", description="What comes first.")  # type: ignore[valid-type]  # of data
    month: Month | None = Field(None, description="Of the day that readers see (`date`), in any year.")


def narrowed_pages(pages: QuerySet[Any], asked: PageParameters) -> QuerySet[Any]:
    """Those of ``pages`` that were published as asked and hold the words."""
    if asked.published_from is not None:
        pages = pages.filter(first_published_at__gte=first_moment(asked.published_from))
    if asked.published_until is not None:
        pages = pages.filter(until("first_published_at", asked.published_until))
    if asked.updated_from is not None:
        pages = pages.filter(last_published_at__gte=first_moment(asked.updated_from))
    return with_words(pages, asked.q) if asked.q else pages


def narrowed_stories(pages: QuerySet[Any], asked: StoryParameters) -> QuerySet[Any]:
    """As :func:`narrowed_pages`, and of these topics, projects and days."""
    pages = narrowed_pages(pages, asked)
    if asked.topic:
        keys = Topic.objects.filter(slug__in=asked.topic).values("translation_key")
        through = NewsroomPage.topics.through.objects.filter(topic__translation_key__in=keys)
        pages = pages.filter(pk__in=through.values("newsroompage_id"))
    if asked.project:
        through = NewsroomPage.projects.through.objects.filter(
            project__translation_key__in=keys_of_projects(asked.project)
        )
        pages = pages.filter(pk__in=through.values("newsroompage_id"))
    if asked.year is not None:
        pages = pages.filter(date__year=asked.year)
    if asked.month is not None:
        pages = pages.filter(date__month=asked.month)
    return pages


def with_words(pages: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those of ``pages`` that hold all words of ``typed``; none where there is no word in it.

    The search looks for the words alone, the database for all else: an index need not know what the list asks.
    """
    results = get_search_backend().search(typed, pages.model, operator="and", order_by_relevance=False)
    if hasattr(results, "get_queryset"):  # the index is in this database
        return pages.filter(pk__in=results.get_queryset().order_by().values("pk"))
    return pages.filter(pk__in=[each.pk for each in results[:MOST_FOUND]])
