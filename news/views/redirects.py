"""Redirects as visitors may follow them: none tells the address of a draft, none drops a query.

Wagtail leads to a page as it is stored: of a page that is not public, that is its draft. Stands in ``MIDDLEWARE`` in the
place of Wagtail's own.
"""

from typing import Any
from urllib.parse import urlparse

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from wagtail_newsroom.news.caching import say_how_long
from wagtail_newsroom.news.models import Retirement
from wagtail_newsroom.news.slugs import with_query
from wagtail_newsroom.news.visibility import is_expired


class PublicRedirectMiddleware(RedirectMiddleware):
    """Lead on from an address where nothing is found, to what this visitor may know of, with the query they came with."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        for address in dict.fromkeys([path, urlparse(path).path]):
            redirect = get_redirect(request, address)
            link = _link(redirect, request) if redirect else None
            if redirect and link:
                # A redirect that was made for an address with its query leads where it says.
                if "?" not in redirect.old_path:
                    link = with_query(link, request.META.get("QUERY_STRING", ""))
                led = HttpResponsePermanentRedirect(link) if redirect.is_permanent else HttpResponseRedirect(link)
                say_how_long(request, led)  # without a word of it, browsers keep a permanent one for good
                return led
        return response


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
