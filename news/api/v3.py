"""Wagtail's v3 preview API behind a gate: public pages for everybody, all else with a token, no writes.

Mount it with ``path("api/v3-preview/", preview_urls())``. Writes open with ``NEWSROOM = {"API_V3_WRITES": True}``.
"""

from wagtail_newsroom.news.api import fields  # noqa: F401  (first: Wagtail's v3 reads the models as it is imported)

# isort: split
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver
from wagtail import hooks
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.urls import api
from wagtail.models import Page

from wagtail_newsroom.news.api.mounts import lead_to_own_mount
from wagtail_newsroom.news.api.queries import trouble_with_fields, trouble_with_query
from wagtail_newsroom.news.api.v3_blocks import describe_blocks
from wagtail_newsroom.news.api.v3_queries import settle_order
from wagtail_newsroom.news.caching import PRIVATE, PUBLIC
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.visibility import public_pages

READS = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_TOKEN = ("pages/", "openapi.json", "docs/")
View = Callable[..., Any]


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """Answer with an RFC 9457 problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    headers = {"Cache-Control": PRIVATE}
    return JsonResponse(body, status=status, content_type="application/problem+json", headers=headers)


def gate(view: View, route: str, name: str = "") -> View:
    """Put the gate in front of ``view``, which answers at ``route`` below the mount point and is called ``name``."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method not in READS and not setting("API_V3_WRITES"):
            return problem(
                403,
                "Writes are switched off",
                "This API is read-only here. Its administrator can switch writes on.",
            )
        has_token = BearerTokenAuth()(request) is not None
        if route and not has_token and not route.startswith(WITHOUT_TOKEN):
            return problem(
                401,
                "A token is needed",
                "Send “Authorization: Bearer <token>”. Wagtail's administrator gives tokens.",
            )
        if trouble := trouble_with_query(request) or trouble_with_fields(request):
            return problem(400, "The query cannot be looked up", trouble)
        settle_order(request, name, kwargs)
        response = lead_to_own_mount(request, route, view(request, *args, **kwargs))
        response["Cache-Control"] = PRIVATE if has_token else PUBLIC
        return response if has_token else _without_hidden_kin(response)

    return gated


def _without_hidden_kin(response: HttpResponse) -> HttpResponse:
    """Take out of a page's details the page above it and the page it mirrors, where the public may not see them."""
    if response.status_code != 200 or b'"parent"' not in response.content:
        return response
    page = json.loads(response.content)
    meta = page.get("meta", {})
    kin = {name: meta[name]["id"] for name in ("parent", "alias_of") if meta.get(name)}
    shown = set(public_pages(Page.objects.filter(pk__in=kin.values())).values_list("pk", flat=True))
    meta.update({name: None for name, pk in kin.items() if pk not in shown})
    response.content = json.dumps(page)
    return response


def preview_urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    """Return the gated addresses for ``path()``: patterns, app name, namespace.

    What this API finds is limited first, by the hook ``construct_newsroom_v3_api``: Wagtail has no door for its queries.
    """
    for limit in hooks.get_hooks("construct_newsroom_v3_api"):
        limit()
    describe_blocks()
    patterns, app_name, namespace = api.urls
    return [_gated(pattern) for pattern in patterns], app_name, namespace


def _gated(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if not isinstance(pattern, URLPattern):
        return pattern
    view = gate(pattern.callback, str(pattern.pattern), pattern.name or "")
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)
