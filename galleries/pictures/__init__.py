"""Pictures as files: what may come in, what is taken out of it, and its sizes. No request, no model, no Django."""

from wagtail_newsroom.galleries.pictures.cleaning import clean_picture
from wagtail_newsroom.galleries.pictures.results import CleanPicture, Facts, Limits, Reason, RefusedError
from wagtail_newsroom.galleries.pictures.sizing import Order, Sizes, make_sizes
from wagtail_newsroom.galleries.pictures.stripping import strip_picture

__all__ = [
    "CleanPicture",
    "Facts",
    "Limits",
    "Order",
    "Reason",
    "RefusedError",
    "Sizes",
    "clean_picture",
    "make_sizes",
    "strip_picture",
]
