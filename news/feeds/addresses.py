"""Absolute addresses of many pages: Wagtail is asked once for all that stand below the same page."""

from functools import cached_property
from urllib.parse import quote

from django.http import HttpRequest
from wagtail.models import Page

SIBLING = "sibling"


class Addresses:
    """Addresses for one answer, of pages that are found where Wagtail finds pages: types that say otherwise are asked themselves."""

    def __init__(self, request: HttpRequest | None) -> None:
        self.request = request
        self._around: dict[str, tuple[str, str]] = {}

    def of(self, url_path: str) -> str:
        """The absolute address of the page at ``url_path``; empty where it has none."""
        parent, _slash, slug = url_path.rstrip("/").rpartition("/")
        if url_path in self._homes:
            return Page(url_path=url_path).get_full_url(self.request) or ""
        if parent not in self._around:
            sibling = Page(url_path=f"{parent}/{SIBLING}/").get_full_url(self.request) or ""
            before, _sibling, behind = sibling.rpartition(SIBLING)
            self._around[parent] = before, behind
        before, behind = self._around[parent]
        return f"{before}{quote(slug)}{behind}" if before else ""

    @cached_property
    def _homes(self) -> frozenset[str]:
        """A home page may stand below the page of another site."""
        return frozenset(root.root_path for root in Page()._get_site_root_paths(self.request))
