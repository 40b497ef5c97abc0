"""Photos and galleries."""

from galleries.models.galleries import GalleryIndexPage, GalleryPage, GalleryPhoto
from galleries.models.photos import Photo, PhotoMixin, PhotoRendition

__all__ = [
    "GalleryIndexPage",
    "GalleryPage",
    "GalleryPhoto",
    "Photo",
    "PhotoMixin",
    "PhotoRendition",
]
