"""Sizes in which pictures are shown: the one list for templates, background work and previews.

A size is what Wagtail calls a filter spec. Nobody outside can ask for another one.

Public: other apps may import from here.
"""

# Widths of each use of a photo in the visitors' theme (see ``news/components/photo.html``).
USES: dict[str, tuple[str, ...]] = {
    "card": ("fill-480x320", "fill-960x640"),
    "row": ("width-480", "width-960"),
    "lead": ("width-480", "width-960", "width-1600"),
    "story": ("width-480", "width-960", "width-1600"),
    "photo": ("width-480", "width-960", "width-1600"),
}
# In the order in which browsers are offered them.
FORMATS = ("avif", "webp", "jpeg")
SHARED = "fill-1200x630|format-jpeg"
THUMBNAIL = "max-165x165"  # the size that Wagtail's own lists and choosers make: no further file for each photo


def specs_of(use: str, formats: tuple[str, ...] = FORMATS) -> list[str]:
    """Sizes for one use of a photo, format by format; for a use that nobody knows, those of ``story``."""
    return [f"format-{kind}|{size}" for kind in formats for size in USES.get(use, USES["story"])]


def all_specs() -> list[str]:
    """Every size that the theme and the admin's lists ask for, each once."""
    theme = [spec for use in USES for spec in specs_of(use)]
    return list(dict.fromkeys([*theme, SHARED, THUMBNAIL]))
