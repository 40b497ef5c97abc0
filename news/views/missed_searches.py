"""Noting what visitors searched for and did not find, for the editors' register."""

from typing import Any

from django.http import HttpRequest

from wagtail_newsroom.news.delivery.readers import is_counted
from wagtail_newsroom.news.finding.listing import search_listing
from wagtail_newsroom.news.finding.missed import missed_words
from wagtail_newsroom.news.listings.filters import site_of
from wagtail_newsroom.news.views.counting import count_once_answered, works_here


def noted_search(page: Any, request: HttpRequest) -> dict[str, Any]:
    """As :func:`.search_listing`; what a reader missed is counted once the answer has gone out."""
    context = search_listing(page, request)
    found = context["found"]
    if found is not None and is_counted(request.META) and not works_here(request):
        site, words = site_of(request), missed_words(found)
        if site is not None and words:
            count_once_answered(request, "search", (site.pk, page.locale.language_code, words))
    return context
