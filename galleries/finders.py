"""Which galleries belong to a page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto
from wagtail_newsroom.news.queries.instances import child_rows, children_of, made_of_json
from wagtail_newsroom.news.visibility import public_pages


def galleries_about(page: Page) -> Iterable[Page]:
    """Return the public galleries of its site about ``page`` in its language, latest first."""
    if page.pk is None:
        return []
    galleries = GalleryPage.objects.filter(about__translation_key=page.translation_key, locale=page.locale_id)
    galleries = public_pages(galleries, page.get_site()).order_by("-date", "-pk")
    # What is over tells how many photos there are; whatever else shows galleries shows the photos.
    return galleries.with_photo_count() if getattr(page, "is_event", False) else with_photo_rows(galleries)


def with_photo_rows(galleries: QuerySet[Any]) -> list[GalleryPage]:
    """``galleries`` with their photos, whose pictures whoever shows them has to look up. One query."""
    found: list[Any] = list(galleries.annotate(photo_rows=child_rows(GalleryPhoto)))
    for gallery in found:
        lay_photos(gallery, gallery.photo_rows)
    return found


def lay_photos(gallery: GalleryPage, rows: list[dict[str, Any]]) -> None:
    """Lay the photos of ``gallery`` where it looks for them, as if they were prefetched."""
    photos = [made_of_json(GalleryPhoto, each, page=gallery) for each in rows]
    children_of(gallery)["photos"] = gallery.__dict__.setdefault("_prefetched_objects_cache", {})["photos"] = photos


def has_gallery() -> Exists:
    """Condition on events: a public gallery is about the event, in any of its languages."""
    return Exists(GalleryPage.objects.filter(live=True, about__translation_key=OuterRef("translation_key")))
