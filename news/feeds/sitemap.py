"""The sitemap: addresses of all public pages of a site, in every language."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Locale, Page

from wagtail_newsroom.news.caching import keep, say_how_long
from wagtail_newsroom.news.feeds.addresses import Addresses
from wagtail_newsroom.news.listings.everything import every_public_page
from wagtail_newsroom.news.models.pages.routed import RoutedMixin

COLUMNS = (
    *("pk", "url_path", "locale_id", "translation_key", "content_type_id"),
    *("last_published_at", "latest_revision_created_at"),
)
# What a page type may answer itself of its entries.
ASKED = ("get_sitemap_urls", "get_full_url", "get_url_parts")


class NewsroomSitemap(Sitemap):
    """Wagtail's sitemap, limited to what :mod:`wagtail_newsroom.news.visibility` calls public, each page with its other languages.

    Of most pages columns are enough. Pages of a type that says itself what stands in the sitemap, or where it is found, are
    read whole and asked.
    """

    def items(self) -> Any:
        pages = every_public_page(self.get_wagtail_site()).order_by("path")
        return pages.values_list(*COLUMNS, named=True)

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        addresses = Addresses(self.request)
        rows = list(self.paginator.page(page).object_list)
        own = _pages_with_own_words(rows)
        found: list[tuple[dict[str, Any], Any]] = []
        languages: dict[Any, list[dict[str, str]]] = {}
        for row in rows:
            item = own.get(row.pk)
            address = item.get_full_url(self.request) if item else addresses.of(row.url_path) or None
            alternate = {"location": address, "lang_code": codes[row.locale_id]}
            languages.setdefault(row.translation_key, []).append(alternate)
            entries = (
                item.get_sitemap_urls(self.request) if item else [{"location": address, "lastmod": self.lastmod(row)}]
            )
            found += [(entry, row.translation_key if entry["location"] == address else None) for entry in entries]
        moments = [entry.get("lastmod") for entry, _key in found]
        if all(moments):
            self.latest_lastmod = max(filter(None, moments), default=None)
        return [{**entry, "alternates": _alternates(languages.get(key, []))} for entry, key in found]


def _pages_with_own_words(rows: Sequence[Any]) -> dict[int, Any]:
    """Of ``rows``, the pages whose type has its own entries or addresses, by their ids. One query for each such type."""
    kinds = {pk: ContentType.objects.get_for_id(pk).model_class() for pk in {row.content_type_id for row in rows}}
    told = {pk for pk, model in kinds.items() if model and any(_is_own(model, name) for name in ASKED)}
    ids = [row.pk for row in rows if row.content_type_id in told]
    return {page.pk: page for page in Page.objects.filter(pk__in=ids).specific()} if ids else {}


def _is_own(model: type[Any], name: str) -> bool:
    """Whether the type answers ``name`` otherwise than Wagtail; pages of ours say the same as Wagtail, sooner."""
    return all(getattr(model, name) is not getattr(each, name, None) for each in (Page, RoutedMixin))


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
