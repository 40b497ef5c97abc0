"""Pictures on the visitors' pages."""

from typing import Any

from django import template
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

from wagtail_newsroom.news.images.renditions import FORMATS, specs_of

register = template.Library()


@register.simple_tag
def photo_sizes(image: Any, use: str) -> Picture:
    """The sizes of ``image`` for a use of it, by format. AVIF, slow to make, is offered once the background has made it."""
    formats = FORMATS if getattr(image, "sizes_ready", False) else FORMATS[1:]
    return Picture(get_renditions_or_not_found(image, specs_of(use, formats)))
