"""Drafts through the API: ``?preview=<token>`` or ``Authorization: Preview <token>``, at every address of it.

With the token of a page the API answers as it will once that page's draft is published: the item, the lists it is in, its
address, as JSON and as Markdown. With the token of a front end each item answers with its draft, where it has one; lists
stay those of the public, and ``drafts/`` lists the drafts. Whatever is answered so is kept by nobody.

A token that opens nothing is refused (401), the same whether it is expired, withdrawn, made up or of another site.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.models import Site

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.problems import ProblemError, problem
from wagtail_newsroom.news.caching import PRIVATE
from wagtail_newsroom.news.delivery.draft_view import seen_as_published
from wagtail_newsroom.news.publishing.own_pages import home_pages, is_below
from wagtail_newsroom.news.publishing.sharing.access import (
    DraftAccess,
    FrontEndAccess,
    PageToken,
    opened_by,
)
from wagtail_newsroom.news.publishing.sharing.addresses import change_addresses, draft_addresses
from wagtail_newsroom.news.site_tree import site_of_visit
from wagtail_newsroom.news.visibility import reading_draft

PARAMETER, SCHEME = "preview", "preview"
LONGEST_TOKEN = 200
# What the document says of tokens where an operation needs one; all others take one.
SECURITY_SCHEMES = {
    "previewToken": {
        "type": "apiKey",
        "in": "query",
        "name": PARAMETER,
        "description": "A preview token: the API answers with drafts. For addresses that people open.",
    },
    "previewHeader": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "The same in a header, where no log keeps it: `Authorization: Preview <token>`.",
    },
}
NEEDED: list[dict[str, list[str]]] = [{name: []} for name in SECURITY_SCHEMES]

View = Callable[..., HttpResponseBase]
# What a cache or a browser could keep, or ask again with.
_VALIDATORS = ("ETag", "Last-Modified", "Surrogate-Key", "Expires", "Age")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


def token_of(request: HttpRequest) -> str | None:
    """The token that comes with ``request``; ``None`` for a request that asks for what is public."""
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == SCHEME:
        return str(given).strip()
    return request.GET.get(PARAMETER) if PARAMETER in request.GET else None


def preview_of(request: HttpRequest) -> PageToken | FrontEndAccess | None:
    """What the token of ``request`` opens on the site that is asked; ``None`` for a request without one.

    Raises ``ProblemError`` (401) for a token that opens nothing here.
    """
    token = token_of(request)
    if token is None:
        return None
    opened = opened_by(token) if len(token) <= LONGEST_TOKEN else None
    if opened is None or not _is_of_site(opened, site_of_visit(request)):
        raise ProblemError(
            401,
            "preview_refused",
            _("This preview token opens nothing here: it is over, was withdrawn, or is not whole. Ask for a new one."),
        )
    return opened


def _is_of_site(opened: PageToken | FrontEndAccess, site: Site | None) -> bool:
    if site is None:
        return False
    if isinstance(opened, FrontEndAccess):
        return opened.row.site_id == site.pk
    return is_below(opened.access.page, home_pages([site]))


def with_previews(view: View) -> View:
    """Around an operation: answer with drafts where a token opens them. Outside of whatever keeps answers."""

    @wraps(view)
    def previewed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if token_of(request) is None:
            return view(request, *args, **kwargs)
        try:
            opened = preview_of(request)
        except ProblemError as error:
            response: HttpResponseBase = problem(error)
            response["WWW-Authenticate"] = "Preview"
            return kept_by_nobody(response)
        for condition in _CONDITIONS:
            request.META.pop(condition, None)
        access = _draft_at(opened, kwargs, request)
        if access is None:
            return kept_by_nobody(view(request, *args, **kwargs))
        with (
            reading_draft(access.files.documents, access.files.hidden_collections),
            seen_as_published(access.draft, access.files),
        ):
            response = view(request, *args, **kwargs)
        return kept_by_nobody(_with_own_addresses(response, access, request))

    return previewed


def _draft_at(
    opened: PageToken | FrontEndAccess | None, kwargs: dict[str, Any], request: HttpRequest
) -> DraftAccess | None:
    """The draft that an operation shows: that of the token, or of the item that is asked for."""
    if isinstance(opened, PageToken):
        return opened.access
    if opened is None:
        return None
    asked = str(kwargs.get("id", ""))
    if "/attachments/" in request.path:  # ids of files
        return None
    if re.fullmatch(r"[0-9]{1,10}", asked):
        return opened.draft(int(asked))
    path = request.GET.get("path", "") if "\0" not in request.GET.get("path", "") else ""
    page = opened.pages().filter(url_path__in=_url_paths(path, request)).first() if path else None
    return opened.draft(page.pk) if page is not None else None


def _url_paths(path: str, request: HttpRequest) -> list[str]:
    """What Wagtail calls the page at ``path`` of the site, in whichever language that is."""
    roots = Answer(request).tree.roots
    return [root.url_path + path[len(root.prefix) :] for root in roots if path.startswith(root.prefix)]


def kept_by_nobody(response: HttpResponseBase) -> HttpResponseBase:
    """Say of an answer to a token: no cache keeps it, no search engine lists it, no link passes the token on."""
    for name in _VALIDATORS:
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _with_own_addresses(response: Any, access: DraftAccess, request: HttpRequest) -> Any:
    """Pictures and files of the draft at addresses that the token opens: outside of it they are not there yet."""
    addresses = draft_addresses(access.files, access.picture_path, access.document_path)
    base = f"{request.scheme}://{request.get_host()}"
    whole = {old: new if old.startswith("/") else f"{base}{new}" for old, new in addresses.items()}
    if not response.streaming:  # what is made later, line by line, is the public's
        response.content = change_addresses(response.content.decode(response.charset), whole)
    return response
