"""What a gallery forgets before it is published. It comes to the newsroom through the public registry."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page

from galleries.models import GalleryPage
from news.publishing.checks.descriptions import undescribed
from news.publishing.checks.titles import same_title
from news.publishing.preflight import Finding, Severity


def check_gallery(page: Page) -> Iterator[Finding]:
    """A photo without a description blocks; an empty gallery and a repeated title are told."""
    if not isinstance(page, GalleryPage):
        return
    rows = list(page.photos.all())
    photos = get_image_model()._default_manager.in_bulk({row.photo_id for row in rows})
    for position, row in enumerate(rows):
        photo = photos.get(row.photo_id)
        if photo is not None and not (row.decorative or row.alt or photo.description):
            yield undescribed(f"photos-{position}-alt")
    if not rows:
        yield Finding("gallery_empty", Severity.WARN, _("The gallery has no photo yet. Add some."), "photos")
    yield from same_title(page, "date")
