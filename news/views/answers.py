"""What is done with every page's answer, whatever type it is of."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page, Site

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.caching import keep, let_cdn_keep, say_how_long
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin
from wagtail_newsroom.news.once import once, one_answer
from wagtail_newsroom.news.site_tree import tree_of
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
            if hasattr(response, "add_post_render_callback"):
                response.add_post_render_callback(lambda drawn: let_cdn_keep(request, drawn))
            else:
                let_cdn_keep(request, response)
            if not kwargs.get("file"):
                count_view(page, request, response)
        return response

    return served


def read_pages_whole(serve: Serve) -> Serve:
    """What a public page shows is read at once, as is registered for its type; a file of it reads what it needs itself."""

    def served(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        reader = registry.page_reader(type(page))
        site = Site.find_for_request(request) if reader is not None and request.method in ("GET", "HEAD") else None
        if reader is not None and site is not None and not {"file", "retirement"} & kwargs.keys():
            with one_answer(request):
                tree = tree_of(site)
                if tree.home_of(page) is not None and tree.is_public(page):
                    once(("site", site.pk), lambda: site)
                    reader.prepare(page, site)
        return serve(page, request, args, kwargs)

    return served
