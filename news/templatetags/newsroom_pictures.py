"""Pictures on the visitors' pages."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from wagtail.images.models import SourceImageIOError

from wagtail_newsroom.news.images.renditions import FORMATS, specs_of
from wagtail_newsroom.news.images.sizes import ShownSizes, known_sizes
from wagtail_newsroom.news.once import once
from wagtail_newsroom.news.publishing.tasks import has_workers

register = template.Library()


@register.simple_tag
def photo_sizes(image: Any, use: str) -> ShownSizes:
    """The sizes of ``image`` for a use of it, by format. AVIF, slow to make, is offered once the background has made it.

    What is missing is left out until the background has made it; only a site without a queue makes it here.
    """
    kinds = FORMATS if getattr(image, "sizes_ready", False) else FORMATS[1:]
    specs = specs_of(use, kinds)
    known = known_sizes(image, specs)
    if len(known) < len(specs) and not has_workers():
        make_sizes(image, specs)
        known = known_sizes(image, specs)
    return ShownSizes({kind: [known[spec] for spec in specs_of(use, (kind,)) if spec in known] for kind in kinds})


@register.simple_tag
def photo_widths(use: str) -> str:
    """How wide a photo stands on the page in a use of it, for ``sizes``: what ``photo_sizes.html`` says."""
    template = "newsroom/components/photo_sizes.html"
    return mark_safe(once(("photo widths", use), lambda: str(render_to_string(template, {"use": use}))))


def make_sizes(image: Any, specs: list[str]) -> None:
    """Make the sizes that ``image`` lacks; of a file that is gone or broken there are none."""
    image.__dict__.pop("size_rows", None)
    try:
        image.get_renditions(*specs)
    except SourceImageIOError:
        return
