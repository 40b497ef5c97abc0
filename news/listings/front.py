"""What a front page shows of news and events: read together, each item once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from wagtail_newsroom.news.listings.cards import cards_of
from wagtail_newsroom.news.listings.events import coming
from wagtail_newsroom.news.listings.stories import newest
from wagtail_newsroom.news.models import NewsroomPage
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.visibility import key_of_public, public_pages

_QUERIES = PreparedQueries()


@dataclass(frozen=True)
class FrontItems:
    """With all that cards show: ``chosen``, where it is public; ``newest`` of what is announced; ``upcoming`` events."""

    chosen: Any
    newest: list[Any]
    upcoming: list[Any]


def front_items(
    under: Page, site: Site | None, *, chosen: int | None, newest_count: int, coming_count: int
) -> FrontItems:
    """Items for the page ``under``; ``chosen``: id of a story. One query, and one for each type of card."""

    def build(now: dt.datetime, pages: Sequence[int]) -> QuerySet[Any]:
        shown = {
            "newest_rows": _rows(newest(under, site, now)[:newest_count]),
            "coming_rows": _rows(coming(under, site, now)[:coming_count]),
            "chosen_rows": _rows(public_pages(NewsroomPage.objects.filter(pk=chosen or 0), site, now)),
        }
        return Page.objects.filter(pk__in=pages).order_by().values(**shown)

    key = (under.path, chosen, newest_count, coming_count, key_of_public(site))
    read = next(iter(_QUERIES.rows(key, build, timezone.now(), [under.pk])), {})
    wanted = {row["pk"]: row for rows in read.values() for row in rows}
    items = {item.pk: item for item in cards_of(wanted.values())}

    def found(name: str) -> list[Any]:
        return [items[row["pk"]] for row in read.get(name, ()) if row["pk"] in items]

    return FrontItems(next(iter(found("chosen_rows")), None), found("newest_rows"), found("coming_rows"))


def _rows(pages: QuerySet[Any]) -> JsonRows:
    return JsonRows(pages, pk="pk", content_type_id="content_type_id")
