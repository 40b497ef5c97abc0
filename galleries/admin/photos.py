"""The register of photos: every photo with its thumbnail, what it shows, and on what basis it is published."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail_modeladmin.views import IndexView

from wagtail_newsroom.galleries.admin.withdrawing import what_is_left, withdraw_url
from wagtail_newsroom.news.admin.lists.register_filters import CollectionFilter, UsedFilter, YesNoFilter
from wagtail_newsroom.news.admin.lists.registers import LibraryRegister, RegisterButtons
from wagtail_newsroom.news.admin.menu.places import PHOTOS
from wagtail_newsroom.news.images.renditions import THUMBNAIL


class DescribedFilter(YesNoFilter):
    title = _("description for people who do not see it")
    parameter_name = "undescribed"
    yes = _("Missing")
    no = _("Given")

    def narrow(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return rows.filter(description="") if yes else rows.exclude(description="")


class WithdrawnFilter(YesNoFilter):
    title = _("consent withdrawn")
    parameter_name = "withdrawn"

    def narrow(self, rows: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return rows.filter(withdrawn_at__isnull=not yes)


class PhotoButtons(RegisterButtons):
    """The buttons of a photo: “Withdraw consent” too, or what is left of it to do."""

    def get_buttons_for_obj(self, obj: Any, **kwargs: Any) -> list[Any]:
        buttons = super().get_buttons_for_obj(obj, **kwargs)
        if not isinstance(self.view, IndexView) and (label := what_is_left(obj, self.request.user)):
            names = ["button-secondary", *(kwargs.get("classnames_add") or [])]
            look = self.finalise_classname(names, kwargs.get("classnames_exclude"))
            buttons.append({"url": withdraw_url(obj), "label": label, "title": label, "classname": look})
        return buttons


class ImageRegister(LibraryRegister):
    """Images of any model."""

    core_urls = {
        "create": "wagtailimages:add_multiple",
        "edit": "wagtailimages:edit",
        "delete": "wagtailimages:delete",
    }
    base_url_path = "newsroom_photos"
    menu_label = _("Photos")
    menu_icon = "image"
    menu_order = PHOTOS
    add_label = _("Add photos")
    list_display: tuple[str, ...] = ("thumbnail", "title", "description", "in_collection", "is_used", "created_at")
    list_display_add_buttons = "title"
    list_filter: tuple[Any, ...] = (DescribedFilter, UsedFilter, CollectionFilter)
    search_fields: tuple[str, ...] = ("title", "description", "file")
    list_export: tuple[str, ...] = ("title", "description", "filename", "width", "height", "in_collection", "is_used")
    inspect_view_fields = ["title", "description", "filename", "width", "height", "collection",
                           "uploaded_by_user", "created_at"]  # fmt: skip

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).prefetch_renditions(THUMBNAIL)

    def thumbnail(self, photo: Any) -> str:
        """The photo itself, small; a broken file shows Wagtail's mark for it."""
        rendition = get_rendition_or_not_found(photo, THUMBNAIL)
        return format_html('<img src="{}" alt="" width="80" loading="lazy" decoding="async">', rendition.url)

    thumbnail.short_description = _("Photo")  # type: ignore[attr-defined]


class PhotoRegister(ImageRegister):
    """Photos of the newsroom: credit, licence, basis of rights."""

    list_display = ("thumbnail", "title", "description", "credit", "rights_basis", "is_used")
    list_filter = (DescribedFilter, "rights_basis", WithdrawnFilter, UsedFilter, CollectionFilter)
    button_helper_class = PhotoButtons
    search_fields = (*ImageRegister.search_fields, "credit")
    list_export = (
        "title", "description", "credit", "licence", "taken_on", "rights_basis", "withdrawn_at", "filename", "width",
        "height", "in_collection", "is_used",
    )  # fmt: skip
    inspect_view_fields = [
        "title", "description", "credit", "licence", "taken_on", "rights_basis", "withdrawn_at", "withdrawn_reason",
        "withdrawn_by", "filename", "width", "height", "collection", "uploaded_by_user", "created_at",
    ]  # fmt: skip


def photo_register() -> type[LibraryRegister]:
    """The register for the image model that the site uses."""
    model = get_image_model()
    base = PhotoRegister if hasattr(model, "newsroom_photo") else ImageRegister
    return type("PictureRegister", (base,), {"model": model})
