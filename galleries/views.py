"""What the list of galleries shows."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from galleries.models import GalleryPage
from news.views.listings import paginate, site_of
from news.visibility import public_pages


def gallery_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the list of galleries: ``items``, latest first."""
    pages = public_pages(GalleryPage.objects.filter(path__startswith=page.path), site_of(request))
    return {"items": paginate(request, pages.with_photo_count().with_photos().order_by("-date", "-pk"))}
