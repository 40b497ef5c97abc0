"""Public news, and what other apps publish with them: the rows of lists, feeds and the home page."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import NewsKind
from wagtail_newsroom.news.listings.filters import (
    _topics_in_use,
    _with_topic,
    _years_in_use,
    chosen,
    make_filter,
    paginate,
    site_of,
)
from wagtail_newsroom.news.models import EventPage, NewsPage, NewsroomPage
from wagtail_newsroom.news.models.events.events import localise_venues
from wagtail_newsroom.news.visibility import public_pages


def specific_items(pages: Sequence[NewsroomPage]) -> list[Any]:
    """Turn base rows of one language into news items and events, with all that a card shows.

    The number of queries does not depend on the number of rows.
    """
    ids = [page.pk for page in pages]
    news = NewsPage.objects.filter(pk__in=ids)
    events = EventPage.objects.filter(pk__in=ids).select_related("venue").prefetch_related("stops")
    found: dict[int, Any] = {}
    for items in (news, events):
        for item in items.select_related("lead_image").prefetch_related(
            "lead_image__renditions", "topics", "corrections"
        ):
            found[item.pk] = item
    localise_venues(item for item in found.values() if item.is_event)
    return [found[pk] for pk in ids if pk in found]


def announced_pages(page: Page, request: HttpRequest) -> PageQuerySet:
    """What the list of news holds: its public news, and announced events of the same language."""
    news = NewsroomPage.objects.filter(newspage__isnull=False, path__startswith=page.path)
    events = NewsroomPage.objects.filter(eventpage__announce_in_news=True, locale_id=page.locale_id)
    return public_pages(
        NewsroomPage.objects.filter(Q(pk__in=news.values("pk")) | Q(pk__in=events.values("pk"))),
        site_of(request),
    )


def latest_items(pages: PageQuerySet) -> list[Any]:
    """Of public stories of one language, those published or changed last, with what a feed says of them."""
    latest = pages.order_by(F("last_published_at").desc(nulls_last=True), "-pk")[: setting("FEED_ITEMS")]
    ids = list(latest.values_list("pk", flat=True))
    found: dict[int, Any] = {}
    for model in (NewsPage, EventPage):
        for item in model.objects.filter(pk__in=ids).select_related("locale").prefetch_related("corrections"):
            found[item.pk] = item
    return [found[pk] for pk in ids if pk in found]


def news_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the list of news: ``items`` and ``filters`` by kind, topic and year.

    Announced events stand among the news of the same language; the kind “invitation” shows them alone.
    """
    pages = announced_pages(page, request)
    topics, years = _topics_in_use(pages, page.locale_id), _years_in_use(pages, "date")
    kinds = [*NewsKind.choices, ("invitation", gettext("Invitation"))]
    filters = [
        make_filter(request, "kind", gettext("Kind"), [(value, str(label)) for value, label in kinds]),
        make_filter(request, "topic", gettext("Topic"), [(slug, topic.name) for slug, topic in topics.items()]),
        make_filter(request, "year", gettext("Year"), years),
    ]
    kind = chosen(request, "kind", dict(kinds))
    if kind == "invitation":
        pages = pages.filter(eventpage__isnull=False)
    elif kind:
        pages = pages.filter(newspage__kind=kind)
    if topic := chosen(request, "topic", topics):
        pages = _with_topic(pages, topics[topic])
    if year := chosen(request, "year", dict(years)):
        pages = pages.filter(date__year=int(year))
    items = paginate(request, pages.order_by("-date", F("first_published_at").desc(nulls_last=True), "-pk"))
    items.object_list = specific_items(list(items.object_list))
    return {
        "items": items,
        "filters": filters,
        "active_filters": [entry for entry in filters if entry.chosen],
    }
