"""Photos that say nothing to people who do not see them (WCAG 1.1.1).

Public: other apps may import from here.
"""

from collections.abc import Iterator
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_newsroom.news.forms import UNDESCRIBED, is_undescribed
from wagtail_newsroom.news.models.pages.shared import NewsroomPage
from wagtail_newsroom.news.registry.contracts import Finding, Severity


def undescribed(field: str) -> Finding:
    """The finding that a photo at ``field`` has no description."""
    return Finding("alt_missing", Severity.BLOCK, str(UNDESCRIBED), field)


def check_descriptions(page: Page) -> Iterator[Finding]:
    """The lead photo, and the photos inside the text."""
    if isinstance(page, NewsroomPage) and page.lead_image and not page.lead_image_alt_text:
        yield undescribed("lead_image_alt")
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField) and "image" in field.stream_block.child_blocks:
            yield from _in_story(getattr(page, field.name), field.name)


def _in_story(story: Any, name: str) -> Iterator[Finding]:
    for child in story:
        if (
            child.block_type == "image"
            and {"image", "alt", "decorative"} <= set(child.value)
            and is_undescribed(child.value)
        ):
            yield undescribed(f"{name}.{child.id}.alt" if child.id else name)
