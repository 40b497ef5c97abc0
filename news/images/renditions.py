"""Sizes in which pictures are shown: the one list for templates, the API, background work and previews.

A size is what Wagtail calls a filter spec. Nobody outside can ask for another one.

Public: other apps may import from here.
"""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

# The named crops, from narrow to wide: uncropped, 16:9, 3:2, 1:1. The API promises these widths (docs/api.md).
# A cut one lies around the focal point. A size is never larger than the photo: a smaller photo keeps its own pixels.
CROPS: dict[str, tuple[str, ...]] = {
    "original": ("width-480", "width-960", "width-1600"),
    "wide": ("fill-480x270", "fill-960x540"),
    "landscape": ("fill-480x320", "fill-960x640"),
    "square": ("fill-320x320", "fill-640x640"),
}
# Sizes of each use of a photo in the visitors' theme (see ``news/components/photo.html``).
USES: dict[str, tuple[str, ...]] = {
    "card": CROPS["landscape"],
    "row": CROPS["original"][:2],
    "lead": CROPS["original"],
    "story": CROPS["original"],
    "photo": CROPS["original"],
}
# In the order in which browsers are offered them.
FORMATS = ("avif", "webp", "jpeg")
SHARED = "fill-1200x630|format-jpeg"
LOGO = "max-480x144"  # of the publisher, above every page of the theme
THUMBNAIL = "max-165x165"  # the size that Wagtail's own lists and choosers make: no further file for each photo


def specs_of(use: str, formats: tuple[str, ...] = FORMATS) -> list[str]:
    """Sizes for one use of a photo, format by format; for a use that nobody knows, those of ``story``."""
    return [f"format-{kind}|{size}" for kind in formats for size in USES.get(use, USES["story"])]


def specs_of_crops() -> dict[str, tuple[str, str]]:
    """Every size that the API shows, with the name of its crop and its format."""
    return {
        f"format-{kind}|{size}": (crop, kind) for crop, sizes in CROPS.items() for kind in FORMATS for size in sizes
    }


def all_specs() -> list[str]:
    """Every size that the theme, the API and the admin's lists ask for, each once."""
    theme = [spec for use in USES for spec in specs_of(use)]
    return list(dict.fromkeys([*theme, *specs_of_crops(), SHARED, THUMBNAIL]))


def lacking_sizes(images: QuerySet[Any]) -> QuerySet[Any]:
    """Those of ``images`` that lack one of :func:`all_specs`. Drawings (SVG) have no sizes, and lack none.

    Sizes around an earlier focal point count: whoever moves one has the sizes made anew at once.
    """
    specs = all_specs()
    made = images.model.get_rendition_model()._default_manager.filter(image=OuterRef("pk"), filter_spec__in=specs)
    counted = made.order_by().values("image").annotate(found=Count("filter_spec", distinct=True)).values("found")
    lacking = images.exclude(file__iendswith=".svg").alias(sizes_made=Coalesce(Subquery(counted), 0))
    return lacking.filter(sizes_made__lt=len(specs))
