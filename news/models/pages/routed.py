"""How a page is found at its address, and what its address is: asked once an answer."""

import re
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from wagtail_newsroom.news.models.pages.ways import on_the_way
from wagtail_newsroom.news.once import once, one_answer
from wagtail_newsroom.news.site_tree import closed_paths, live_child, root_paths, tree_of

PLAIN = re.compile(r"[A-Za-z0-9_/-]+/").fullmatch  # of an address that is written as it is stored


class RoutedMixin(models.Model):
    """As Wagtail does it, with fewer queries: the pages below a home page are read for the menu anyway."""

    # What the page it is mixed into brings.
    pk: Any
    path: Any
    depth: Any
    url_path: Any
    alias_of_id: Any
    home_of_visit: Any = None  # of a site's root page
    closed_when_found: tuple[str, ...] | None = None  # for the one answer for which it was found

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        with one_answer(request):
            request.__dict__["_wagtail_cached_site_root_paths"] = root_paths()
            self._get_site_root_paths(request)
            site = Site.find_for_request(request)
            child = live_child(self, path_components[0], site) if path_components and site is not None else None
            if child is None:
                found: RouteResult = super().route(request, path_components)  # type: ignore[misc]  # the page's
            else:
                child._cached_parent_obj = self
                found = on_the_way(child, path_components[1:]).route(request, path_components[1:])
            if site is not None:
                found.page.closed_when_found = tree_of(site).closed
            return found

    @property
    def localized(self) -> Any:
        """As Wagtail; that of a home page is known where it was found for a visit."""
        return self.home_of_visit or super().localized  # type: ignore[misc]  # the page's

    def get_view_restrictions(self) -> QuerySet[Any]:
        """Nothing is asked where the way to the page is known, holds no alias, and nothing on it is closed."""
        closed = closed_paths() if self.closed_when_found is None else self.closed_when_found
        above: Any = self
        while above.depth > 2 and not above.alias_of_id and hasattr(above, "_cached_parent_obj"):
            above = above._cached_parent_obj
        if above.depth <= 2 and not above.alias_of_id and not self.path.startswith(closed):
            return PageViewRestriction.objects.none()
        found: QuerySet[Any] = super().get_view_restrictions()  # type: ignore[misc]  # the page's
        return found

    def _get_site_root_paths(self, cache_object: Any = None, **kwargs: Any) -> Any:
        """One look into the cache an answer, whoever asks."""
        ask = super()._get_site_root_paths  # type: ignore[misc]  # the page's
        paths = once(("root paths",), lambda: ask(cache_object, **kwargs))
        if cache_object is not None:
            cache_object._wagtail_cached_site_root_paths = paths
        return paths

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """As Wagtail; of pages below one home page, what their addresses begin with is worked out once an answer."""
        ask = super().get_url_parts  # type: ignore[misc]  # the page's
        roots = self._get_relevant_site_root_paths(request)  # type: ignore[attr-defined]  # the page's
        if not roots or not WAGTAIL_APPEND_SLASH or not PLAIN(self.url_path):
            return ask(request=request)
        above = roots[0].root_path
        key = ("beginning of addresses", above, get_language(), request is None)
        found = once(key, lambda: _parts_of_home(above, self._get_site_root_paths(request), request))
        if found is None or found[2] is None:
            return found
        return found[0], found[1], f"{found[2]}{self.url_path[len(above) :]}"

    def get_site(self) -> Site | None:
        parts = self.get_url_parts()
        return once(("site", parts[0]), lambda: Site.objects.get(pk=parts[0])) if parts else None


def _parts_of_home(url_path: str, root_paths: Any, request: HttpRequest | None) -> Any:
    home: Any = Page(pk=0, url_path=url_path)
    home._wagtail_cached_site_root_paths = root_paths
    return home.get_url_parts(request)
