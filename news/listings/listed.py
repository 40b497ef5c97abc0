"""A list as a visitor asks for it: what it may be narrowed by, and one page of its rows, by queries that are built once."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Locale

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.listings.filters import (
    MOST_PAGES,
    ListFilter,
    Rows,
    asked_page,
    facets_of,
    filters_for,
)
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.queries.prepared import PreparedQueries

# Choices and rows each: who asks for one page after another must not push the choices out.
_CHOICES, _ROWS = PreparedQueries(), PreparedQueries()
COLUMNS = ("pk", "content_type_id")


@dataclass(frozen=True)
class Listed:
    """``rows``: from the moment, all rows of the list in their order; ``key``: all that these hang on besides; ``locale_id``:
    the language of the list."""

    key: tuple[Any, ...]
    rows: Callable[[dt.datetime], Rows]
    filters: Sequence[ListFilter]
    locale_id: int


def listed(request: HttpRequest, asked: Listed) -> tuple[PaginatorPage[Any], dict[str, Any]]:
    """One page of the list, of whose rows ``pk`` and ``content_type_id`` are read, and the context of its filters."""
    now = timezone.now()
    choices = remembered(("choices", asked.key), lambda: _choices(asked, now))
    values = {name: request.GET[name] for name in choices if request.GET.get(name, "") in choices[name]}
    return _page(request, asked, values, now), filters_for(request, asked.filters, choices)


def _choices(asked: Listed, now: dt.datetime) -> dict[str, Mapping[str, str]]:
    """What the list may be narrowed by, by the name of the filter. One query for all that have a facet."""

    def build(now: dt.datetime, locales: Sequence[int]) -> QuerySet[Any]:
        facets = facets_of(asked.filters, asked.rows(now), asked.locale_id)
        return Locale.objects.filter(pk__in=locales).order_by().values(**facets)

    row = next(iter(_CHOICES.rows(asked.key, build, now, [asked.locale_id])), None)
    rows: Any = SimpleLazyObject(lambda: asked.rows(now))  # choices that are always the same ask for none
    return {
        each.name: each.facet.choices(row[f"choices_{each.name}"])
        if each.facet and row
        else each.choices(rows, asked.locale_id)
        for each in asked.filters
    }


def _page(request: HttpRequest, asked: Listed, values: dict[str, str], now: dt.datetime) -> PaginatorPage[Any]:
    """The page that the address asks for: its rows and the number of all in one query. Out of range: the nearest one."""
    size, number = setting("ITEMS_PER_PAGE"), asked_page(request)

    def narrowed(now: dt.datetime) -> Rows:
        rows = asked.rows(now)
        for each in asked.filters:
            if each.name in values:
                rows = each.narrow(rows, values[each.name], asked.locale_id)
        return rows

    def build(now: dt.datetime, locales: Sequence[int]) -> QuerySet[Any]:
        rows = narrowed(now).annotate(rows_in_all=Window(Count("*")))[(number - 1) * size : number * size]
        read = JsonRows(rows, **{name: name for name in (*COLUMNS, "rows_in_all")})
        return Locale.objects.filter(pk__in=locales).order_by().values(page_rows=read)

    if 0 < number <= MOST_PAGES:
        key = (asked.key, tuple(sorted(values.items())), number, size)
        found = _ROWS.rows(key, build, now, [asked.locale_id])[0]["page_rows"]
        if found or number == 1:
            paginator = Paginator(found, size)
            paginator.count = found[0]["rows_in_all"] if found else 0
            page = paginator.get_page(number)
            page.object_list = found
            return page
    return Paginator(narrowed(now).values(*COLUMNS), size).get_page(request.GET.get("page"))
