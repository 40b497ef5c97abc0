"""Where pages and files live: on which site, at which path.

Public: other apps may import from here.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from wagtail_newsroom.news.visibility import public_pages

KNOWN_ROOTS = "_wagtail_cached_site_root_paths"
# Ids that are asked for in one query.
BATCH = 500


@dataclass(frozen=True)
class Place:
    """Where a page lives: its site (id) and its path there; empty for a page that no site shows."""

    site_id: int | None = None
    path: str = ""


def place_of(instance: Any) -> Place:
    """Where a page, a redirect, or a file with an address, lives now."""
    if isinstance(instance, Redirect):
        return Place(instance.site_id, instance.old_path)
    if isinstance(instance, Page):
        known = KNOWN_ROOTS in instance.__dict__
        place = _place(instance.get_url_parts())
        if not known:  # the page keeps what it looked up, and the site may be another one by the time it is asked again
            instance.__dict__.pop(KNOWN_ROOTS, None)
        return place
    url = getattr(instance, "url", "") if hasattr(instance, "file") and hasattr(instance, "filename") else ""
    return Place(None, url if isinstance(url, str) else "")


def public_places(pages: Collection[int]) -> dict[int, dict[str, Page]]:
    """The public ones of ``pages`` (ids) by their sites (ids) and paths."""
    found: dict[int, dict[str, Page]] = defaultdict(dict)
    ids, roots = sorted(pages), Site.get_site_root_paths() if pages else []
    for start in range(0, len(ids), BATCH):
        for page in public_pages(Page.objects.filter(pk__in=ids[start : start + BATCH])).select_related("locale"):
            page.__dict__[KNOWN_ROOTS] = roots
            place = place_of(page)
            if place.site_id is not None:
                found[place.site_id][place.path] = page
    return found


def stands_on_every_page(page: Page) -> bool:
    """Whether menus name ``page``: the home page of a site, pages right below it, and those that are shown in menus."""
    roots = {root.root_path for root in Site.get_site_root_paths()}
    above = page.url_path.rstrip("/").rpartition("/")[0] + "/"
    return page.show_in_menus or page.url_path in roots or above in roots


def _place(parts: Any) -> Place:
    if not parts or parts[2] is None:
        return Place()
    return Place(parts[0], parts[2])
