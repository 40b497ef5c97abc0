"""Galleries in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from galleries.models import GalleryPage


class GalleryListing(PageListingViewSet):
    model = GalleryPage
    menu_label = _("Galleries")
    icon = "image"
    columns = [
        *PageListingViewSet.columns[:2],
        Column("date", label=_("Date"), sort_key="date"),
        Column("place", label=_("Place"), sort_key="place"),
        *PageListingViewSet.columns[3:],
    ]


def gallery_listing() -> GalleryListing:
    """The list of galleries for the newsroom's menu."""
    return GalleryListing("newsroom_galleries")
