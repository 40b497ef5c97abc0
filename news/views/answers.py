"""What is done with every page's answer, whatever type it is of."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page

from wagtail_newsroom.news.caching import keep, say_how_long
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin
from wagtail_newsroom.news.views.counting import count_view

Serve = Callable[..., HttpResponseBase]


def say_how_long_pages_keep(serve: Serve) -> Serve:
    """Pages of ours may be kept, here too, and are asked about each time, and are counted; a host's own stay the host's."""

    def served(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        if isinstance(page, ManagedPageMixin):
            keep(request, counts=None if kwargs.get("file") else ("page", page.pk))
        response = serve(page, request, args, kwargs)
        if isinstance(page, ManagedPageMixin):
            say_how_long(request, response)
            if not kwargs.get("file"):
                count_view(page, request, response)
        return response

    return served
