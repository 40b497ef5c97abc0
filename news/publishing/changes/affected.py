"""Whose answers differ by a change, site by site: what a front end makes anew."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from wagtail_newsroom.news.models import Retirement
from wagtail_newsroom.news.models.files.versions import with_versions
from wagtail_newsroom.news.publishing.changes.places import Place, place_of, public_places
from wagtail_newsroom.news.publishing.changes.showing import (
    EverywhereError,
    lists_of,
    named_by_tags,
    showing_pages,
    showing_rows,
)
from wagtail_newsroom.news.registry.changes import shows_on_cards
from wagtail_newsroom.news.uses import kind_of, row_of
from wagtail_newsroom.news.visibility import is_always_shown

# Every path of a site.
EVERYTHING = "*"
# More paths than these are told as all of them.
MOST_PATHS = 1000

# For each site (id) the pages by their paths; a path without a page is there for itself.
Reach = dict[int, dict[str, Any]]


def reach_of_pages(
    pages: Collection[Page],
    tags: Collection[str],
    *,
    old: Place | None = None,
    also: Iterable[int] = (),
    renamed: bool = True,
) -> Reach:
    """Whose answers differ by a change of ``pages``, which carries ``tags``; ``old``: where they lived.

    See :func:`.showing.showing_pages` for the rest.
    """
    if "site" in tags:
        return everywhere()
    sites = [old.site_id] if old and old.site_id else []
    also = {*also, *named_by_tags(tags)}
    try:
        reach = public_places(showing_pages(pages, tags=tags, sites=sites, also=also, renamed=renamed))
    except EverywhereError:
        return everywhere()
    for site, path in addresses_leading_to(pages) if renamed else ():
        reach.setdefault(site, {}).setdefault(path, None)
    return reach


def addresses_leading_to(pages: Iterable[Page]) -> Iterator[tuple[int, str]]:
    """Sites (ids) and paths from which redirects lead to ``pages``, and where one of them is named instead of a page that is gone.

    They answer otherwise once such a page lives elsewhere, can be read or cannot.
    """
    ids = [page.pk for page in pages]
    redirects = Redirect.objects.filter(redirect_page__in=ids).order_by("pk").values_list("site_id", "old_path")
    sites = _site_ids() if any(site is None for site, _path in redirects) else []
    for site, path in redirects:
        yield from ((each, path) for each in ([site] if site else sites))
    for url_path in Retirement.objects.filter(redirect_page__in=ids).order_by("pk").values_list("url_path", flat=True):
        place = place_of(Page(pk=0, url_path=url_path))
        if place.site_id is not None:
            yield place.site_id, place.path


def reach_of_row(row: Any, tags: Collection[str]) -> Reach:
    """Whose answers differ by a change of ``row``, which is no page and carries ``tags``."""
    if isinstance(row, Redirect):
        return {site: {row.old_path: None} for site in ([row.site_id] if row.site_id else everywhere())}
    if "site" in tags or is_always_shown(type(row)):
        site = getattr(row, "site_id", None)  # one whose hostname changes is named on the others
        return {site: {EVERYTHING: None}} if site else everywhere()
    rows = {row_of(row)}
    if isinstance(row, get_document_model()):
        rows |= {(kind_of(type(row)).pk, str(pk)) for pk in with_versions([row.pk])}
    try:
        return public_places(showing_rows(rows, on_cards=shows_on_cards(type(row))) | lists_of(set(tags)))
    except EverywhereError:
        return everywhere()


def everywhere() -> Reach:
    """Every path of every site."""
    return {pk: {EVERYTHING: None} for pk in _site_ids()}


def _site_ids() -> list[int]:
    return list(Site.objects.order_by("pk").values_list("pk", flat=True))


def paths(reached: Iterable[str]) -> list[str]:
    """Paths as they are told: in order, ``["*"]`` for all."""
    found = sorted(set(reached) - {""})
    return [EVERYTHING] if EVERYTHING in found or len(found) > MOST_PATHS else found
