"""The sitemap: addresses of all public pages of a site, in every language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Locale

from wagtail_newsroom.news.caching import keep, say_how_long
from wagtail_newsroom.news.listings.everything import every_public_page


class NewsroomSitemap(Sitemap):
    """Wagtail's sitemap, limited to what :mod:`wagtail_newsroom.news.visibility` calls public, each page with its other languages."""

    def items(self) -> Any:
        site = self.get_wagtail_site()
        return every_public_page(site).order_by("path").specific(defer=False)

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        found: list[tuple[dict[str, Any], Any]] = []
        languages: dict[Any, list[dict[str, str]]] = {}
        for item in self.paginator.page(page).object_list.iterator():
            address = item.get_full_url(self.request)
            alternate = {"location": address, "lang_code": codes[item.locale_id]}
            languages.setdefault(item.translation_key, []).append(alternate)
            found += [
                (entry, item.translation_key if entry["location"] == address else None)
                for entry in item.get_sitemap_urls(self.request)
            ]
        moments = [entry.get("lastmod") for entry, _key in found]
        if all(moments):
            self.latest_lastmod = max(filter(None, moments), default=None)
        return [{**entry, "alternates": _alternates(languages.get(key, []))} for entry, key in found]


def _alternates(languages: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every language of a page, itself included; none where there is one only."""
    if len(languages) < 2:
        return []
    default = next((each for each in languages if each["lang_code"] == settings.LANGUAGE_CODE), languages[0])
    return [*languages, {"location": default["location"], "lang_code": "x-default"}]


def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer ``/sitemap.xml``."""
    keep(request)
    response: HttpResponse = wagtail_sitemap(request, sitemaps={"pages": NewsroomSitemap(request)})
    say_how_long(request, response)
    return response
