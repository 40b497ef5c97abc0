"""System checks of what the galleries do in Wagtail's admin."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, register
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_base_form

from wagtail_newsroom.galleries.admin.photo_form import PhotoForm


@register("newsroom_galleries")
def check_photo_form(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom_galleries.W011: photos in a form that judges a file by its name and tells editors late what is wrong with it."""
    if not hasattr(get_image_model(), "newsroom_photo") or issubclass(get_image_base_form(), PhotoForm):
        return []
    return [
        checks.Warning(
            "The form of photos is not the newsroom's: a file is judged by its name, and cleaned only once it is saved.",
            hint='Set WAGTAILIMAGES_IMAGE_FORM_BASE = "wagtail_newsroom.galleries.admin.photo_form.PhotoForm", or a subclass of it.',
            id="newsroom_galleries.W011",
        )
    ]
