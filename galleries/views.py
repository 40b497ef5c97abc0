"""What the list of galleries shows."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.listings.filters import paginate, site_of
from wagtail_newsroom.news.visibility import public_pages, restricted_collections


def gallery_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the list of galleries: ``items``, latest first."""
    pages = public_pages(GalleryPage.objects.filter(path__startswith=page.path), site_of(request))
    items = paginate(request, pages.with_photo_count().with_photos().order_by("-date", "-pk"))
    items.object_list = list(items.object_list)
    hidden = set(restricted_collections())
    for gallery in items.object_list:
        gallery.hidden_collections = hidden
    return {"items": items}
