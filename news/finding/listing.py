"""The rows of the page on which visitors search: results, what they may be narrowed by, and help where there are none."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Page, Site

from wagtail_newsroom.news.caching import keep_nothing, only_parameters
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.finding.facets import Facet
from wagtail_newsroom.news.finding.find import MOST_RANKED, Found, find
from wagtail_newsroom.news.finding.promotions import promoted
from wagtail_newsroom.news.finding.questions import question_of
from wagtail_newsroom.news.listings.events import coming_events
from wagtail_newsroom.news.listings.filters import Filter, asked_page, make_filter, site_of
from wagtail_newsroom.news.models import NewsIndexPage, Topic
from wagtail_newsroom.news.site_tree import child_of_type, tree_of
from wagtail_newsroom.news.visibility import public_pages

COMING = 3
MOST_TOPICS = 12
PARAMETERS = ("q", "type", "topic", "year", "kind")


def search_listing(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Context of the search page: ``question``, ``found`` with ``items``, ``promoted``, ``filters`` (of types: ``types``), ``help``."""
    only_parameters(request, "page", *PARAMETERS)
    question, site = question_of(request.GET, page.locale_id, page.locale.language_code), site_of(request)
    context: dict[str, Any] = {"question": question, "found": None}
    if site is None or not question.text:
        return context
    keep_nothing(request)  # the index is written after what it finds
    size = setting("ITEMS_PER_PAGE")
    number = min(max(asked_page(request), 1), MOST_RANKED // size + 1)
    found = find(question, site, (number - 1) * size, size)
    if not found.hits and number > 1:
        number = 1
        found = find(question, site, 0, size)
    paginator: Paginator[Any] = Paginator(range(found.reachable), size)
    items = paginator.get_page(number)
    items.object_list = found.hits
    types, *others = [_filter(request, facet) for facet in found.facets]
    filters = [each for each in others if len(each.options) > 2 or each.chosen]
    return {
        **context,
        "found": found,
        "items": items,
        "promoted": promoted(question, site) if number == 1 else [],
        "types": types,
        "filters": filters,
        "active_filters": [each for each in (types, *filters) if each.chosen],
        "help": None if found.hits else _help(page, site, found),
    }


def _filter(request: HttpRequest, facet: Facet) -> Filter:
    choices = [(each.value, f"{each.label} ({each.count})") for each in facet.choices]
    return make_filter(request, facet.name, str(facet.label), choices)


def _help(page: Page, site: Site, found: Found) -> dict[str, Any]:
    """What helps where nothing was found: topics, and the next events."""
    home = tree_of(site).home_of(page)
    news = child_of_type(home, NewsIndexPage, site) if home is not None else None
    public = public_pages(Page.objects.filter(locale_id=page.locale_id), site)
    topics = Topic.objects.filter(locale=page.locale_id, pages__in=public.values("pk")).distinct().order_by("name")
    return {
        "topics": topics[:MOST_TOPICS] if news is not None else [],
        "news": news,
        "coming": coming_events(home, site, count=COMING) if home is not None else [],
    }
