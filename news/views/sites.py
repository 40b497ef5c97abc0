"""Which site is visited, and its home page in the language of the visit: known from one query, before Wagtail asks."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Site
from wagtail.views import serve

from wagtail_newsroom.news.models.pages.routed import RoutedMixin
from wagtail_newsroom.news.models.pages.ways import on_the_way
from wagtail_newsroom.news.once import one_answer
from wagtail_newsroom.news.queries.instances import as_type
from wagtail_newsroom.news.site_tree import home_of_visit, site_of_visit


class SiteMiddleware:
    """Tells requests for pages their site. Where it is left out, Wagtail asks for site, language and home page one by one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if view is not serve or request.method not in ("GET", "HEAD"):
            return
        with one_answer(request):
            site = site_of_visit(request)
            if site is not None:
                _learn_home(site, "".join((*args, *kwargs.values())))


def _learn_home(site: Site, path: str) -> None:
    """Tell the root page of ``site`` the home page from which the way to ``path`` leads."""
    home, model = home_of_visit(site), site.root_page.specific_class
    if home is not None and model is not None and issubclass(model, RoutedMixin):
        site.root_page = as_type(site.root_page, model)
        site.root_page.home_of_visit = on_the_way(home, [part for part in path.split("/") if part])
