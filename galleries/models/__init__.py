"""Photos as an image model, and galleries as pages."""

from wagtail_newsroom.galleries.models.galleries import GalleryIndexPage, GalleryPage, GalleryPhoto
from wagtail_newsroom.galleries.models.photos import Photo, PhotoMixin, PhotoRendition

__all__ = [
    "GalleryIndexPage",
    "GalleryPage",
    "GalleryPhoto",
    "Photo",
    "PhotoMixin",
    "PhotoRendition",
]
