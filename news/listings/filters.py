"""Filters of public lists: what one may narrow a list by, said once, and the pages of a long one.

A filter reads the same whether its value comes from the address of a page, of a feed or of an API: the name of the
parameter, the values that it knows, and what each does to the rows.

Public: other apps may import from here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Window
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from wagtail_newsroom.news.caching import only_parameters
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import NewsroomPage, Topic
from wagtail_newsroom.news.queries.json_rows import JsonRows

OWN = "wagtail_newsroom."
MOST_PAGES = 10_000  # beyond, the last one is looked up first

Rows = QuerySet[Any]
Choices = Callable[[Rows, int], Mapping[str, str]]
Narrow = Callable[[Rows, str, int], Rows]


@dataclass(frozen=True)
class Option:
    """One choice of a filter; an empty ``value`` takes the filter away."""

    value: str
    label: str
    url: str
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A filter as a page shows it: the name of its query parameter, its label and its choices."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        """The choice that narrows the list; ``None`` where all is shown."""
        return next((option for option in self.options if option.selected and option.value), None)


@dataclass(frozen=True)
class ListFilter:
    """What a list may be narrowed by, for every door.

    ``name``: of the parameter; ``choices``: from the rows and the language (id) of the list, value to label of what may
    be chosen; ``narrow``: from the rows, a value and the language, those with that value; ``first``: what stands for no
    choice instead of “All”; ``facet``: the same choices, where one query can read them with those of other filters.
    """

    name: str
    label: Any
    choices: Choices
    narrow: Narrow
    first: Any = ""
    facet: "Facet | None" = None


@dataclass(frozen=True)
class Facet:
    """``rows``: from the rows and the language of a list, what is read of them; ``choices``: value to label, from that."""

    rows: Callable[[Rows, int], JsonRows]
    choices: Callable[[list[dict[str, Any]]], Mapping[str, str]]


def facets_of(filters: Sequence[ListFilter], rows: Rows, locale_id: int) -> dict[str, JsonRows]:
    """What one query reads for all of ``filters`` that have a facet: ``choices_<name>``."""
    return {f"choices_{each.name}": each.facet.rows(rows, locale_id) for each in filters if each.facet}


def narrowed(rows: Rows, query: Mapping[str, str], filters: Sequence[ListFilter], locale_id: int) -> Rows:
    """``rows`` as ``query`` asks for; a value that a filter does not know counts as not there.

    The choices are those of all the rows, so that one filter does not take another's away.
    """
    found = rows
    for each in filters:
        value = query.get(each.name, "")
        if value and value in each.choices(rows, locale_id):
            found = each.narrow(found, value, locale_id)
    return found


def shown_filters(
    rows: Rows, request: HttpRequest, filters: Sequence[ListFilter], locale_id: int
) -> tuple[Rows, dict[str, Any]]:
    """``rows`` as the address asks for, and the context ``filters`` and ``active_filters`` of the page that lists them."""
    choices = {each.name: each.choices(rows, locale_id) for each in filters}
    found = rows
    for each in filters:
        value = request.GET.get(each.name, "")
        if value in choices[each.name]:
            found = each.narrow(found, value, locale_id)
    return found, filters_for(request, filters, choices)


def filters_for(
    request: HttpRequest, filters: Sequence[ListFilter], choices: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """The context ``filters`` and ``active_filters`` of a page; ``choices``: value to label, by the name of the filter."""
    shown = [
        make_filter(request, each.name, str(each.label), choices[each.name].items(), first=str(each.first))
        for each in filters
    ]
    return {"filters": shown, "active_filters": [entry for entry in shown if entry.chosen]}


def paginate(request: HttpRequest, items: Any) -> PaginatorPage[Any]:
    """Return the page of ``items`` that the address asks for; the nearest one for a number out of range."""
    return Paginator(items, setting("ITEMS_PER_PAGE")).get_page(request.GET.get("page"))


def paginate_rows(request: HttpRequest, rows: Rows, *names: str) -> PaginatorPage[Any]:
    """As :func:`paginate`, of the columns ``names`` of ``rows`` (without names: of the objects): on the first page
    they and their number are one query."""
    size, asked = setting("ITEMS_PER_PAGE"), request.GET.get("page")
    paginator = Paginator(rows.values(*names) if names else rows, size)
    if asked_page(request) == 1:
        counted = rows.annotate(rows_in_all=Window(Count("*")))
        counted = counted.values(*names, "rows_in_all") if names else counted
        found = list(counted[:size])
        first = found[0] if found else {"rows_in_all": 0}
        paginator.count = first["rows_in_all"] if isinstance(first, dict) else first.rows_in_all
        page = paginator.get_page(asked)
        page.object_list = found
        return page
    return paginator.get_page(asked)


def asked_page(request: HttpRequest) -> int:
    """The number of the page that the address asks for; the first one for what is no number."""
    try:
        return int(request.GET.get("page") or 1)
    except ValueError:
        return 1


def read_only_own(page: Page, request: HttpRequest, filters: Sequence[ListFilter], *more: str) -> None:
    """Leave out of ``request.GET`` what this list does not know, so that its links don't hand it on.

    A host's own type of list may know more: there everything stays.
    """
    if type(page).__module__.startswith(OWN):
        only_parameters(request, "page", *more, *(each.name for each in filters))


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


def topics_in_use(rows: Rows, locale_id: int) -> dict[str, str]:
    """Slug and name of the topics of ``rows``, as they are called in the language of the list."""
    keys = Topic.objects.filter(pages__in=rows.order_by().values("pk")).values("translation_key")
    topics = Topic.objects.filter(locale=locale_id, translation_key__in=keys).order_by("name")
    return dict(topics.values_list("slug", "name"))


def _topic_rows(rows: Rows, locale_id: int) -> JsonRows:
    used = Topic.objects.filter(Exists(rows.order_by().filter(topics=OuterRef("pk")))).order_by()
    topics = Topic.objects.filter(locale=locale_id, translation_key__in=used.values("translation_key"))
    return JsonRows(topics.order_by("name"), value="slug", label="name")


def with_topic(rows: Rows, slug: str, locale_id: int) -> Rows:
    """Those of ``rows`` with the topic that has this slug in the list's language, whatever language it was chosen in."""
    keys = Topic.objects.filter(slug=slug, locale=locale_id).values("translation_key")
    return rows.filter(pk__in=NewsroomPage.objects.filter(topics__translation_key__in=keys).values("pk"))


def years_in_use(rows: Rows, locale_id: int) -> dict[str, str]:
    """The years of the publication dates of ``rows``, latest first."""
    return {str(day.year): str(day.year) for day in rows.order_by().dates("date", "year", order="DESC")}


def _year_rows(rows: Rows, locale_id: int) -> JsonRows:
    # A part of the text: Django's own functions for dates are Python's on SQLite, called for each row.
    return JsonRows(rows.order_by().distinct(), year=Substr(Cast("date", CharField()), 1, 4))


def same_choices(choices: Iterable[tuple[str, Any]]) -> Choices:
    """Choices that do not depend on the rows."""
    known = list(choices)
    return lambda rows, locale_id: {value: str(label) for value, label in known}


TOPIC = ListFilter(
    *("topic", _("Topic"), topics_in_use, with_topic),
    facet=Facet(_topic_rows, lambda rows: {row["value"]: row["label"] for row in rows}),
)
YEAR = ListFilter(
    *("year", _("Year"), years_in_use, lambda rows, value, locale_id: rows.filter(date__year=int(value))),
    facet=Facet(_year_rows, lambda rows: {year: year for year in sorted((row["year"] for row in rows), reverse=True)}),
)
