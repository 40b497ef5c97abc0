"""What a front page shows of news and events: read together, each item once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, Site

from wagtail_newsroom.news.listings.cards import cards_of
from wagtail_newsroom.news.listings.events import coming
from wagtail_newsroom.news.listings.json_rows import JsonRows
from wagtail_newsroom.news.listings.stories import newest
from wagtail_newsroom.news.models import NewsroomPage
from wagtail_newsroom.news.visibility import public_pages


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
    shown = {
        "newest_rows": _rows(newest(under, site)[:newest_count]),
        "coming_rows": _rows(coming(under, site)[:coming_count]),
    }
    if chosen is not None:
        shown["chosen_rows"] = _rows(public_pages(NewsroomPage.objects.filter(pk=chosen), site))
    read = Page.objects.filter(pk=under.pk).order_by().values(**shown).first() or {}
    wanted = {row["pk"]: row for rows in read.values() for row in rows}
    items = {item.pk: item for item in cards_of(wanted.values())}

    def found(name: str) -> list[Any]:
        return [items[row["pk"]] for row in read.get(name, ()) if row["pk"] in items]

    return FrontItems(next(iter(found("chosen_rows")), None), found("newest_rows"), found("coming_rows"))


def _rows(pages: QuerySet[Any]) -> JsonRows:
    return JsonRows(pages, pk="pk", content_type_id="content_type_id")
