"""Which sets a gallery is in, for the log of changes."""

from collections.abc import Iterator

from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.publishing.changes.tags import own_tag


def gallery_tags(gallery: GalleryPage) -> Iterator[str]:
    """The page that it is about, which shows it."""
    if gallery.about is not None:
        yield own_tag(gallery.about.specific)
