"""What is said of every page's answer, whatever type it is of."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page

from wagtail_newsroom.news.caching import keep, say_how_long
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin

Serve = Callable[..., HttpResponseBase]


def say_how_long_pages_keep(serve: Serve) -> Serve:
    """Pages of ours may be kept, here too, and are asked about each time; what a host says of its own stays the host's."""

    def served(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        if isinstance(page, ManagedPageMixin):
            keep(request)
        response = serve(page, request, args, kwargs)
        if isinstance(page, ManagedPageMixin):
            say_how_long(request, response)
        return response

    return served
