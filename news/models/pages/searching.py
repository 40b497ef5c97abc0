"""The page on which visitors search a site."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin, PageFilesMixin
from wagtail_newsroom.news.registry import ListedField


class SearchPageMixin(PageFilesMixin, ManagedPageMixin):
    """What makes a page of a site the one on which it is searched; one below each home page.

    With it the search box stands in the masthead and where a page is missing. Search engines are told to leave it out.
    """

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    api_fields = [ListedField("intro")]
    max_count_per_parent = 1
    subpage_types: list[str] = []
    template = "newsroom/search_page.html"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = registry.page_listing(type(self))
        return {**context, **listing(self, request)} if listing else context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().serve(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """None: what is found is listed elsewhere."""
        return []
