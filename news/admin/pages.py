"""News and events in the admin: a list for each, with what an editor looks for."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from news import registry
from news.admin.bundles import BundleViewSet
from news.models import EventPage, NewsPage


class NewsListing(PageListingViewSet):
    model = NewsPage
    menu_label = _("News")
    icon = "doc-full"
    columns = [
        *PageListingViewSet.columns[:2],
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("date", label=_("Date"), sort_key="date"),
        *PageListingViewSet.columns[3:],
    ]


class EventListing(PageListingViewSet):
    model = EventPage
    menu_label = _("Events")
    icon = "calendar-alt"
    columns = [
        *PageListingViewSet.columns[:2],
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("start_date", label=_("First day"), sort_key="start_date"),
        Column("get_status_display", label=_("Goes ahead?"), sort_key="status"),
        *PageListingViewSet.columns[3:],
    ]


class NewsroomPages(ViewSetGroup):
    """The menu entry “Newsroom” with the lists of pages."""

    @property
    def items(self) -> list[Any]:
        """The newsroom's own lists, then those that other apps registered."""
        return [
            NewsListing("newsroom_news"),
            EventListing("newsroom_events"),
            BundleViewSet("newsroom_bundles"),
            *registry.admin_listings(),
        ]

    menu_label = _("Newsroom")
    menu_name = "newsroom"
    menu_icon = "pilcrow"
    menu_order = 90
