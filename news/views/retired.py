"""What a visitor of a page that was taken down gets: a reason (410), the way to what replaces it (301), or nothing.

Public: other apps may import from here.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.models import Page

from wagtail_newsroom.news.conf import base_template
from wagtail_newsroom.news.models.pages.pages import link_to_list
from wagtail_newsroom.news.models.pages.retirements import Retirement
from wagtail_newsroom.news.slugs import with_query
from wagtail_newsroom.news.visibility import is_expired, public_pages


def serve_retired(page: Any, request: HttpRequest, retirement: Retirement) -> HttpResponse:
    """Lead on where there is a target that the public may read, else say in the page's language why it is gone."""
    if address := target_address(retirement, request):
        return HttpResponsePermanentRedirect(with_query(address, request.META.get("QUERY_STRING", "")))
    with translation.override(page.locale.language_code):
        response = TemplateResponse(
            request,
            "newsroom/retired_page.html",
            {
                "newsroom_base": base_template(),
                "retired_title": retirement.title,
                "reason": retirement.reason,
                "link": link_to_list(page),
            },
            status=410,
        )
        response["X-Robots-Tag"] = "noindex"
        return response.render()


def target_address(retirement: Retirement, request: HttpRequest) -> str:
    """Where the retired page leads now; empty where there is no target, or none that the public may read."""
    if retirement.redirect_url:
        return retirement.redirect_url
    if retirement.redirect_page_id is None:
        return ""
    target = public_pages(Page.objects.filter(pk=retirement.redirect_page_id)).first()
    return (target.get_url(request) or "") if target else ""


def guard_expired(page: Page) -> None:
    """Raise ``Http404`` for a page past its expiry: it is gone at once, not when the scheduler comes round."""
    if page.live and is_expired(page):
        raise Http404("This page has expired.")
