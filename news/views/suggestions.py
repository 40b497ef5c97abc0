"""What the search box offers while somebody types."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from wagtail_newsroom.news.caching import PUBLIC, keep_nothing
from wagtail_newsroom.news.finding.questions import typed
from wagtail_newsroom.news.finding.suggesting import suggestions
from wagtail_newsroom.news.listings.filters import site_of

SUGGESTIONS = "suggestions.json"


def serve_suggestions(page: Any, request: HttpRequest) -> JsonResponse:
    """Answer ``suggestions.json?q=…`` below the search page: ``{"suggestions": [{"title", "url", "type"}]}``."""
    keep_nothing(request)  # the index is written after what it finds
    site = site_of(request)
    found = suggestions(typed(request.GET.get("q", "")), site, page.locale_id, request) if site is not None else []
    answer = JsonResponse({"suggestions": [{"title": e.title, "url": e.url, "type": e.type} for e in found]})
    answer.headers["Cache-Control"] = PUBLIC
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
