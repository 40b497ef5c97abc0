"""Pictures as files: what may come in, what is taken out of it, and its sizes. No request, no model, no Django."""

from galleries.pictures.cleaning import clean_picture
from galleries.pictures.sizing import Order, make_sizes
from galleries.pictures.stripping import strip_picture
from galleries.pictures.verdicts import CleanPicture, Facts, Limits, Reason, RefusedError

__all__ = [
    "CleanPicture",
    "Facts",
    "Limits",
    "Order",
    "Reason",
    "RefusedError",
    "clean_picture",
    "make_sizes",
    "strip_picture",
]
