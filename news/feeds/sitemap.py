"""The sitemap: addresses of all public pages of a site, in every language."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page

from news.visibility import public_pages


class NewsroomSitemap(Sitemap):
    """Wagtail's sitemap, limited to what :mod:`news.visibility` calls public."""

    def items(self) -> Any:
        site = self.get_wagtail_site()
        return public_pages(Page.objects.all(), site).order_by("path").specific(defer=False)


def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer ``/sitemap.xml``."""
    return wagtail_sitemap(request, sitemaps={"pages": NewsroomSitemap(request)})
