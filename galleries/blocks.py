"""The gallery inside a story."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_newsroom.news.blocks.once import first_time
from wagtail_newsroom.news.visibility import public_pages


class GalleryBlock(blocks.StructBlock):
    gallery = blocks.PageChooserBlock(page_type="newsroom_galleries.GalleryPage", label=_("Gallery"))

    class Meta:
        icon = "grid"
        label = _("Gallery")
        description = _("The photos of a gallery, in the middle of the text")
        template = "newsroom_galleries/blocks/gallery.html"
        preview_template = "newsroom_galleries/blocks/gallery_preview.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add ``gallery``: the gallery as it is public; ``None`` where it is not (any more), or stands above already."""
        context = super().get_context(value, parent_context=parent_context)
        gallery, request = public_gallery(value), context.get("request")
        context["gallery"] = gallery if gallery and first_time(request, gallery) else None
        return context

    api_keeps_fields = True

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        gallery = public_gallery(value)
        return {"gallery": gallery.pk if gallery else None}


def public_gallery(value: Any) -> Any:
    """The chosen gallery, where the public may see it; else ``None``."""
    chosen = value.get("gallery")
    return public_pages(type(chosen).objects.filter(pk=chosen.pk)).first() if chosen else None
