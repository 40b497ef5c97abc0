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
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.routers import pages as pages_router
from wagtail.api.v3.urls import api
from wagtail.documents.api.v3 import router as documents_router
from wagtail.images.api.v3 import router as images_router
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.api.queries import trouble_with_search
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.listings.everything import only_public_pages
from wagtail_newsroom.news.visibility import not_withdrawn, public_files, public_pages

READS = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_TOKEN = ("pages/", "openapi.json", "docs/")
View = Callable[..., Any]


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """Answer with an RFC 9457 problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def gate(view: View, route: str) -> View:
    """Put the gate in front of ``view``, which answers at ``route`` below the mount point."""

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
        if trouble := trouble_with_search(request):
            return problem(400, *trouble)
        response = view(request, *args, **kwargs)
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
    """Return the gated addresses for ``path()``: patterns, app name, namespace."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = gate(pattern.callback, str(pattern.pattern))
    return patterns, app_name, namespace


# The preview API offers no hook for its queries; tests/trust fails should a release move them.


def _public_unless_signed_in(find: Callable[..., Any]) -> Callable[..., Any]:
    """Readers without a token get public pages of the site they visit; with one, those they may edit."""

    @wraps(find)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        pages = find(request, *args, **kwargs)
        if request.user.is_authenticated:
            return pages
        return only_public_pages(pages, Site.find_for_request(request))

    return found


def _offered_or_worked_with(find: Callable[..., Any]) -> Callable[..., Any]:
    """A token opens files that the public may see, and those that its holder may change or choose."""

    @wraps(find)
    def found(request: HttpRequest) -> Any:
        files = find(request)
        policy = policy_registry.get_by_type(files.model)
        own = policy.instances_user_has_any_permission_for(request.user, ["change", "choose"])
        everything = files.model._default_manager.all()
        return files.filter(not_withdrawn(files.model), pk__in=own.values("pk")) | files.filter(
            pk__in=public_files(everything).values("pk")
        )

    return found


pages_router.get_pages_queryset = _public_unless_signed_in(pages_router.get_pages_queryset)
images_router.get_images_queryset = _offered_or_worked_with(images_router.get_images_queryset)
documents_router.get_documents_queryset = _offered_or_worked_with(documents_router.get_documents_queryset)
