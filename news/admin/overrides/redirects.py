"""Redirects: none is made for an address that was never public, none tells the address of a draft, none drops a query.

Wagtail makes them whenever the slug of a page changes or it is moved, in public or not, and leads to the page as it is
stored: of a page that is not public, that is its draft.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site

from wagtail_newsroom.news.models import Retirement
from wagtail_newsroom.news.publishing.updates.published import last_published_revision
from wagtail_newsroom.news.slugs import with_query
from wagtail_newsroom.news.visibility import is_expired

RESTRICTED = "_newsroom_restricted_paths"

UrlsForSites = Callable[..., set[Any]]
FindRedirect = Callable[..., Any]


def of_public_addresses(urls: UrlsForSites) -> UrlsForSites:
    """An address that nobody could know leads on to nowhere, and is not found again at a new one."""

    def public_urls(page: Page, sites: Iterable[Site], cache_target: Any) -> set[Any]:
        return urls(page, sites, cache_target=cache_target) if _was_public(page, cache_target) else set()

    return public_urls


def _was_public(page: Page, cache_target: Any) -> bool:
    """Tell whether readers could come to ``page`` where it is, or where it was before its slug changed.

    ``cache_target``: the page that is changed; Wagtail asks about it first, then about all pages below.
    """
    known = cache_target.__dict__
    if page.pk == cache_target.pk or RESTRICTED not in known:
        known[RESTRICTED] = tuple(PageViewRestriction.objects.values_list("page__path", flat=True).distinct())
    if page.path.startswith(known[RESTRICTED]):
        return False
    if page.live:
        return True
    published = last_published_revision(page)
    return published is not None and published.content["slug"] == page.slug


def leading_on(find: FindRedirect) -> FindRedirect:
    """Find a redirect as it leads on for this visitor: to what they may know of, with the query that they came with."""

    def found(request: HttpRequest, encoded_path: str) -> Any:
        redirect = find(request, encoded_path)
        if redirect is None:
            return None
        link = _link(redirect, request)
        if link is None:
            return None
        # A redirect that was made for an address with its query leads where it says.
        redirect.link = link if "?" in redirect.old_path else with_query(link, request.META.get("QUERY_STRING", ""))
        return redirect

    return found


def _link(redirect: Any, request: HttpRequest) -> str | None:
    page = redirect.redirect_page
    if page is None:
        return redirect.link or None
    if not page.live or is_expired(page):
        retirement = Retirement.objects.filter(page=page.pk).exclude(url_path="").first()
        if retirement is None:
            return None
        page.url_path = retirement.url_path
    if not all(restriction.accept_request(request) for restriction in page.get_view_restrictions()):
        return None
    if page.live:
        return redirect.link or None
    address = page.get_url(request)
    return None if address == request.path else address or None
