"""The list of galleries: with their cover, what they are about, and how many photos nobody has described yet."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_rendition_or_not_found

from wagtail_newsroom.galleries.admin.buttons import list_buttons
from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto
from wagtail_newsroom.news.admin.lists.page_filters import PageFilters, date_range
from wagtail_newsroom.news.admin.lists.pages import AFTER, BEFORE, DayColumn, NewsroomIndexView, NewsroomListing
from wagtail_newsroom.news.images.renditions import THUMBNAIL


def undescribed_rows() -> QuerySet[GalleryPhoto]:
    """Rows of galleries whose photo is described neither there nor in the library, and is not decorative."""
    return GalleryPhoto.objects.filter(alt="", decorative=False, photo__description="")


def rows_of(gallery: OuterRef, rows: QuerySet[GalleryPhoto]) -> Coalesce:
    """How many of ``rows`` a gallery has, without a join."""
    counted = rows.filter(page=gallery).order_by().values("page").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class GalleryFilters(PageFilters):
    date = date_range(_("Date"))
    undescribed = django_filters.ChoiceFilter(
        label=_("Photos without a description"),
        choices=[("yes", pgettext_lazy("filter", "Yes")), ("no", pgettext_lazy("filter", "No"))],
        method="filter_undescribed",
        empty_label=pgettext_lazy("filter of a list", "All"),
        widget=forms.RadioSelect,
    )

    class Meta(PageFilters.Meta):
        model = GalleryPage

    def filter_undescribed(self, galleries: Any, name: str, value: str) -> Any:
        has_them = Exists(undescribed_rows().filter(page=OuterRef("pk")))
        return galleries.filter(has_them if value == "yes" else ~has_them)


class CoverColumn(BaseColumn):
    """The cover, else the first photo, in the size that Wagtail's own lists make."""

    cell_template_name = "newsroom_admin/galleries/cover_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        photo = getattr(instance, "shown_cover", None)
        rendition = get_rendition_or_not_found(photo, THUMBNAIL) if photo else None
        return {**super().get_cell_context_data(instance, parent_context), "rendition": rendition}


class UndescribedColumn(BaseColumn):
    """How many photos nobody has described; nothing where all are."""

    cell_template_name = "newsroom_admin/galleries/undescribed_cell.html"


class GalleryIndexView(NewsroomIndexView):
    def annotate_queryset(self, pages: Any) -> Any:
        first = GalleryPhoto.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk").values("photo")[:1]
        return (
            super()
            .annotate_queryset(pages)
            .annotate(
                photos_in_it=rows_of(OuterRef("pk"), GalleryPhoto.objects.all()),
                undescribed_in_it=rows_of(OuterRef("pk"), undescribed_rows()),
                shown_cover_id=Coalesce("cover_id", Subquery(first), output_field=IntegerField()),
                about_title=F("about__title"),
            )
        )

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *list_buttons(self.request.user)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The covers of all galleries on this page of the list, in one query."""
        context = super().get_context_data(**kwargs)
        wanted = {gallery.shown_cover_id for gallery in context["object_list"] if gallery.shown_cover_id}
        photos = get_image_model().objects.prefetch_renditions(THUMBNAIL).in_bulk(wanted)
        for gallery in context["object_list"]:
            gallery.shown_cover = photos.get(gallery.shown_cover_id)
        return context


class GalleryListing(NewsroomListing):
    model = GalleryPage
    index_view_class = GalleryIndexView
    menu_label = _("Galleries")
    new_label = _("New gallery")
    icon = "image"
    filterset_class = GalleryFilters
    list_export = [
        "title",
        "date",
        "place",
        "about_title",
        "photos_in_it",
        "undescribed_in_it",
        "status_string",
        "full_url",
    ]
    export_headings = {
        "about_title": _("About"),
        "photos_in_it": _("Photos"),
        "undescribed_in_it": _("Not described"),
        "status_string": pgettext_lazy("of a page", "State"),
        "full_url": _("Address"),
    }
    columns = [
        BEFORE[0],
        CoverColumn("cover", label=_("Cover"), width="100px"),
        BEFORE[1],
        DayColumn("date", label=_("Date"), sort_key="date"),
        Column("about_title", label=_("About"), sort_key="about_title"),
        Column("photos_in_it", label=_("Photos"), sort_key="photos_in_it"),
        UndescribedColumn("undescribed", label=_("Not described"), sort_key="undescribed_in_it"),
        *AFTER[1:],
    ]


def gallery_listing() -> GalleryListing:
    """The list of galleries for the newsroom's menu."""
    return GalleryListing("newsroom_galleries")
