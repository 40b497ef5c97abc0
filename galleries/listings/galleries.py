"""Public galleries: the rows of their list, of the home page and of the pages that they are about."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site

from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.listings.filters import paginate, site_of
from wagtail_newsroom.news.visibility import public_pages, restricted_collections


def public_galleries(page: Page, site: Site | None) -> Any:
    """Public galleries below the page ``page``, latest first, with what a card shows."""
    galleries = public_pages(GalleryPage.objects.filter(path__startswith=page.path), site)
    return galleries.with_photo_count().with_photos().order_by("-date", "-pk")


def latest_gallery(under: Page, site: Site | None) -> GalleryPage | None:
    """The latest public gallery below the page ``under``; ``None`` where there is none."""
    found: GalleryPage | None = public_galleries(under, site).first()
    return found


def gallery_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the list of galleries: ``items``, latest first."""
    items = paginate(request, public_galleries(page, site_of(request)))
    items.object_list = list(items.object_list)
    hidden = set(restricted_collections())
    for gallery in items.object_list:
        gallery.hidden_collections = hidden
    return {"items": items}
