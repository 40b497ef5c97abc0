"""System checks of the galleries."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, register


@register("newsroom_galleries")
def check_image_model(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom_galleries.W001: photos without credit and licence."""
    from wagtail.images import get_image_model

    if hasattr(get_image_model(), "newsroom_photo"):
        return []
    return [
        checks.Warning(
            "The image model has no credit, licence or rights basis, so galleries show photos without them.",
            hint='Set WAGTAILIMAGES_IMAGE_MODEL = "newsroom_galleries.Photo", or add wagtail_newsroom.galleries.models.PhotoMixin to your own model.',
            id="newsroom_galleries.W001",
        )
    ]
