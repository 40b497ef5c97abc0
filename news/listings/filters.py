"""Filters of public lists: what a visitor may narrow a list by, and the pages of a long one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from wagtail.models import Site
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import NewsroomPage, Topic


@dataclass(frozen=True)
class Option:
    """One choice of a filter; an empty ``value`` takes the filter away."""

    value: str
    label: str
    url: str
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A filter of a list: the name of its query parameter, its label and its choices."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        """The choice that narrows the list; ``None`` where all is shown."""
        return next((option for option in self.options if option.selected and option.value), None)


def paginate(request: HttpRequest, items: Any) -> PaginatorPage[Any]:
    """Return the page of ``items`` that the address asks for; the nearest one for a number out of range."""
    return Paginator(items, setting("ITEMS_PER_PAGE")).get_page(request.GET.get("page"))


def site_of(request: HttpRequest) -> Site | None:
    """The site that is being visited."""
    return Site.find_for_request(request)


def make_filter(
    request: HttpRequest, name: str, label: str, choices: Iterable[tuple[str, str]], first: str = ""
) -> Filter:
    """Build a filter with “all” (or ``first``) first. Choosing starts again at page 1 and keeps the other filters."""
    current = request.GET.get(name, "")
    options = [("", first or gettext("All")), *choices]
    return Filter(
        name,
        label,
        [Option(value, text, _address(request.GET, name, value), value == current) for value, text in options],
    )


def _address(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    changed.pop(name, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}" if changed else "?"


def chosen(request: HttpRequest, name: str, allowed: Iterable[str]) -> str:
    """Value of the filter ``name`` where it is one of ``allowed``; else empty, as if it were not there."""
    value = request.GET.get(name, "")
    return value if value in set(allowed) else ""


def _topics_in_use(pages: QuerySet[Any], locale_id: int) -> dict[str, Topic]:
    """Topics of ``pages`` by slug, as they are called in the language of the list."""
    keys = Topic.objects.filter(pages__in=pages.order_by().values("pk")).values("translation_key")
    return {
        topic.slug: topic for topic in Topic.objects.filter(locale=locale_id, translation_key__in=keys).order_by("name")
    }


def _with_topic(pages: PageQuerySet, topic: Topic) -> PageQuerySet:
    return pages.filter(pk__in=NewsroomPage.objects.filter(topics__translation_key=topic.translation_key).values("pk"))


def _years_in_use(pages: QuerySet[Any], field: str) -> list[tuple[str, str]]:
    return [(str(day.year), str(day.year)) for day in pages.order_by().dates(field, "year", order="DESC")]
