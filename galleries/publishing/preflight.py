"""What a gallery forgets before it is published. It comes to the newsroom through the public registry."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model
from wagtail.models import Page

from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.galleries.models.photos import RightsBasis, basis_of
from wagtail_newsroom.news.publishing.preflight.checks.descriptions import undescribed
from wagtail_newsroom.news.publishing.preflight.checks.titles import same_title
from wagtail_newsroom.news.registry import Finding, Severity


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
    yield from _unfounded(page, [photos[row.photo_id] for row in rows if row.photo_id in photos])
    if not rows:
        yield Finding("gallery_empty", Severity.WARN, _("The gallery has no photo yet. Add some."), "photos")
    yield from same_title(page, "date")


def _unfounded(gallery: GalleryPage, photos: list[Any]) -> Iterator[Finding]:
    """One finding for all photos of which neither the library nor the gallery says on what basis they are published."""
    unknown = sum(basis_of(photo, gallery) == RightsBasis.UNKNOWN for photo in photos)
    if unknown:
        message = ngettext(
            "For %(count)s photo nobody has said on what basis it is published. Say it for the gallery, or in the photo's form.",
            "For %(count)s photos nobody has said on what basis they are published. Say it for the gallery, or in the photos' forms.",
            unknown,
        ) % {"count": unknown}
        yield Finding("rights_unknown", Severity.WARN, message, "rights_basis")
