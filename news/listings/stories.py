"""Public news and what is announced among them: the rows of the list, of its feed and of the home page."""

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import NewsKind
from wagtail_newsroom.news.listings.cards import cards_of, of_own_types, with_cards
from wagtail_newsroom.news.listings.filters import (
    TOPIC,
    YEAR,
    ListFilter,
    Rows,
    read_only_own,
    same_choices,
    site_of,
)
from wagtail_newsroom.news.listings.listed import Listed, listed
from wagtail_newsroom.news.models import NewsroomPage
from wagtail_newsroom.news.visibility import key_of_public, public_pages

INVITATION = "invitation"
# Latest first; the same on every database.
LATEST_FIRST = ("-date", F("first_published_at").desc(nulls_last=True), "-pk")


def of_kind(rows: Rows, kind: str, locale_id: int) -> Rows:
    """Items of one kind; announced events are invitations."""
    return rows.filter(eventpage__isnull=False) if kind == INVITATION else rows.filter(newspage__kind=kind)


STORY_FILTERS = (
    ListFilter("kind", _("Kind"), same_choices([*NewsKind.choices, (INVITATION, _("Invitation"))]), of_kind),
    TOPIC,
    YEAR,
)


def announced_pages(page: Page, site: Site | None, now: dt.datetime | None = None) -> PageQuerySet:
    """What the list of news ``page`` holds: public items below it, and announced events of the same language.

    Whatever is no event counts as news: a host's type on our base is in the list without being named.
    """
    news = Q(eventpage__isnull=True, path__startswith=page.path)
    events = Q(eventpage__announce_in_news=True, locale_id=page.locale_id)
    return public_pages(NewsroomPage.objects.filter(news | events), site, now)


def latest_items(pages: PageQuerySet) -> list[Any]:
    """Of public stories of one language, those published or changed last, with what a feed says of them."""
    latest = pages.order_by(F("last_published_at").desc(nulls_last=True), "-pk")[: setting("FEED_ITEMS")]
    return of_own_types(latest, lambda rows: rows.select_related("locale").prefetch_related("corrections"))


def newest_items(under: Page, site: Site | None, *, count: int) -> list[Any]:
    """The newest of what is announced below the page ``under``, for the home page."""
    return with_cards(list(newest(under, site)[:count]))


def newest(under: Page, site: Site | None, now: dt.datetime | None = None) -> PageQuerySet:
    """What is announced below the page ``under``, the newest first."""
    announced = NewsroomPage.objects.filter(
        Q(eventpage__isnull=True) | Q(eventpage__announce_in_news=True), path__startswith=under.path
    )
    return public_pages(announced, site, now).order_by(*LATEST_FIRST)


def featured_items(ids: list[int], site: Site | None) -> list[Any]:
    """The public ones of these stories, with what a card shows."""
    return with_cards(list(public_pages(NewsroomPage.objects.filter(pk__in=ids), site))) if ids else []


def news_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the list of news: ``items`` and ``filters`` by kind, topic and year.

    Announced events stand among the news of the same language; the kind “invitation” shows them alone.
    """
    read_only_own(page, request, STORY_FILTERS)
    site = site_of(request)

    def rows(now: dt.datetime) -> Rows:
        return announced_pages(page, site, now).order_by(*LATEST_FIRST)

    key = ("news", page.path, page.locale_id, key_of_public(site))
    items, context = listed(request, Listed(key, rows, STORY_FILTERS, page.locale_id))
    items.object_list = cards_of(items.object_list)
    return {"items": items, **context}
