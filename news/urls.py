"""Addresses that a site puts right before Wagtail's own, inside ``i18n_patterns`` where it has several languages::

    path("", include("wagtail_newsroom.news.urls"))

They are written in the language of the visit (``/draft/…/``, ``/podglad/…/``), and each answers in the spelling of
every language that the newsroom comes in. Files are those of our pages alone: what is not known here goes on to the
patterns below.
"""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.views import serve

from wagtail_newsroom.news.switches import ACCESS_REQUESTS, SHARING, path_of
from wagtail_newsroom.news.views.access_requests.views import ask_for_access, request_received
from wagtail_newsroom.news.views.addresses import spellings
from wagtail_newsroom.news.views.draft_links.views import serve_draft_document, serve_draft_picture, show_draft
from wagtail_newsroom.news.views.files.documents import show_versions


def in_every_language(route: Any, view: Callable[..., Any], name: str, part: str = "") -> list[URLPattern]:
    """One pattern for each spelling of ``route``. The last, which reversing takes, follows the active language."""
    routes = [*spellings(route), route]
    if part:
        return [path_of(part, each, view, name) for each in routes]
    return [path(each, view, name=name) for each in routes]


urlpatterns = [
    *in_every_language(_("draft/<newsroom_token:token>/"), show_draft, "newsroom_draft", SHARING),
    *in_every_language(
        _("draft/<newsroom_token:token>/media/<path:path>"), serve_draft_picture, "newsroom_draft_picture", SHARING
    ),
    *in_every_language(
        _("draft/<newsroom_token:token>/file/<int:document_id>/"),
        serve_draft_document,
        "newsroom_draft_document",
        SHARING,
    ),
    *in_every_language(_("files/<int:document_id>/versions/"), show_versions, "newsroom_versions"),
    *in_every_language(_("accessibility/request/"), ask_for_access, "newsroom_request", ACCESS_REQUESTS),
    *in_every_language(
        _("accessibility/request/received/<str:receipt>/"),
        request_received,
        "newsroom_request_received",
        ACCESS_REQUESTS,
    ),
    *in_every_language(
        _("accessibility/request/<newsroom_kind:kind>/<int:item_id>/"),
        ask_for_access,
        "newsroom_request",
        ACCESS_REQUESTS,
    ),
    path("<newsroom_file:path>", serve, name="newsroom_file"),
]
