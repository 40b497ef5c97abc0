"""Which galleries belong to a page."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from wagtail.models import Page

from wagtail_newsroom.galleries.listings.whole import with_photo_rows
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.visibility import public_pages


def galleries_about(page: Page) -> Iterable[Page]:
    """Return the public galleries of its site about ``page`` in its language, latest first."""
    if page.pk is None:
        return []
    galleries = GalleryPage.objects.filter(about__translation_key=page.translation_key, locale=page.locale_id)
    galleries = public_pages(galleries, page.get_site()).order_by("-date", "-pk")
    # What is over tells how many photos there are; whatever else shows galleries shows the photos.
    return galleries.with_photo_count() if getattr(page, "is_event", False) else with_photo_rows(galleries)


def has_gallery() -> Exists:
    """Condition on events: a public gallery is about the event, in any of its languages."""
    return Exists(GalleryPage.objects.filter(live=True, about__translation_key=OuterRef("translation_key")))
