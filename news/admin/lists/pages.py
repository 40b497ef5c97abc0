"""News and events in the admin: a list for each, with the columns and filters that an editor looks for.

Public: other apps may import from here.
"""

from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn, PageTypeColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.admin.intake.menu import list_buttons
from wagtail_newsroom.news.admin.lists.page_filters import EventFilters, NewsFilters, TypedPageFilters
from wagtail_newsroom.news.enums import EventStatus
from wagtail_newsroom.news.models import EventPage, NewsPage
from wagtail_newsroom.news.wording import dates


class DayColumn(Column):
    """A day, as the site writes days; the year where it is another one."""

    def get_value(self, instance: Any) -> str:
        day = super().get_value(instance)
        return dates.plain_date(day, year=day.year != timezone.localdate().year) if day else ""


def event_days(event: Any) -> str:
    """The days of an event, without hours and without this year."""
    if event.start_date is None:
        return ""
    return dates.plain_dates(event.start_date, event.end_date, year=event.last_day.year != timezone.localdate().year)


class EventStatusColumn(BaseColumn):
    """Says that an event does not go ahead as planned, and nothing where it does."""

    cell_template_name = "newsroom_admin/lists/event_status_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        changed = "" if instance.status == EventStatus.SCHEDULED else instance.get_status_display()
        return {**super().get_cell_context_data(instance, parent_context), "changed": changed}


def owner_name(page: Any) -> str:
    """Who created the page."""
    return get_user_display_name(page.owner) if page.owner else ""


BEFORE = [BulkActionsColumn("bulk_actions"), PageTitleColumn("title", label=_("Title"), sort_key="title")]
AFTER = [
    Column("owner", label=_("Created by"), accessor=owner_name, sort_key="owner__last_name"),
    DateColumn("latest_revision_created_at", label=_("Changed"), sort_key="latest_revision_created_at", width="11%"),
    PageStatusColumn("status", label=pgettext_lazy("of a page", "State"), sort_key="live", width="11%"),
]


TYPE = PageTypeColumn("type", label=_("Kind"), accessor="page_type_display_name", sort_key="content_type__model")


class NewsroomIndexView(IndexView):
    """A list of pages. Filters hold while searching, and each language has a “New …” without a detour.

    ``related``: what a row shows; ``exported``: what only a spreadsheet shows besides.
    """

    related: tuple[str, ...] = ("owner",)
    exported: tuple[str, ...] = ()

    def annotate_queryset(self, pages: Any) -> Any:
        related = [*self.related, *(self.exported if self.is_export else ())]
        return super().annotate_queryset(pages).prefetch_related(*related)

    def search_queryset(self, queryset: Any) -> Any:
        """Search within what the filters leave: Wagtail's search takes conditions on its own fields only."""
        if self.is_searching:
            found = self.model.objects.filter(pk__in=queryset.order_by().values("pk"))
            queryset = self.annotate_queryset(found)
        return super().search_queryset(queryset)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """“New …” in the site's other languages; the button beside them is for the one that is looked at."""
        buttons = [*super().header_more_buttons, *list_buttons(self.model, self.request.user)]
        languages = self.filters.filters.get("locale") if self.filters else None
        if not self.add_url or not self.locale or not languages:
            return buttons
        for code, name in languages.extra["choices"]:
            if code != self.locale.language_code:
                url = f"{reverse(self.add_url_name)}?{urlencode({'locale': code})}"
                buttons.append(Button(f"{self.add_item_label} ({name})", url=url, icon_name="plus", priority=50))
        return buttons


class PagesOnly(MenuItem):
    """Shown to people who have pages to work on."""

    def is_shown(self, request: Any) -> bool:
        return bool(user_has_any_page_permission(request.user))


class NewsroomListing(PageListingViewSet):
    """A list of pages of one kind in the newsroom's menu. ``new_label``: words of the button for a new one."""

    index_view_class = NewsroomIndexView
    menu_item_class = PagesOnly
    new_label: Any = ""

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(**{"add_item_label": self.new_label, **kwargs})


class NewsListing(NewsroomListing):
    model = NewsPage
    menu_label = _("News")
    new_label = _("New news item")
    icon = "doc-full"
    filterset_class = NewsFilters
    list_export = ["title", "get_kind_display", "date", "status_string", "owner", "full_url"]
    export_headings = {"get_kind_display": _("Kind"), "status_string": _("State"), "full_url": _("Address")}
    columns = [
        *BEFORE,
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        DayColumn("date", label=_("Date"), sort_key="date"),
        *AFTER,
    ]


class EventIndexView(NewsroomIndexView):
    exported = ("venue", "stops")


class EventListing(NewsroomListing):
    model = EventPage
    index_view_class = EventIndexView
    menu_label = _("Events")
    new_label = _("New event")
    icon = "calendar-alt"
    filterset_class = EventFilters
    list_export = ["title", "get_kind_display", "start_date", "end_date", "where_text", "deadline_date",
                   "get_status_display", "status_string", "owner", "full_url"]  # fmt: skip
    export_headings = {
        "get_kind_display": _("Kind"),
        "where_text": _("Where"),
        "get_status_display": _("Goes ahead?"),
        "status_string": _("State"),
        "full_url": _("Address"),
    }
    columns = [
        *BEFORE,
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("start_date", label=_("When"), accessor=event_days, sort_key="start_date"),
        DayColumn("deadline_date", label=_("Registration until"), sort_key="deadline_date"),
        EventStatusColumn("event_status", label=_("Goes ahead?"), sort_key="status"),
        *AFTER[1:],
    ]


class PageListOnly(NewsroomListing):
    """A list of pages of all kinds, in which nothing new is begun."""

    model = Page

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


class AllPagesIndexView(NewsroomIndexView):
    page_title = _("Pages of all kinds")


class AllPagesListing(PageListOnly):
    """Where the desk's panels lead for all of their lines. It stands in no menu: Wagtail's “Pages” does."""

    index_view_class = AllPagesIndexView
    icon = "doc-full"
    filterset_class = TypedPageFilters
    list_export = ["title", "page_type_display_name", "status_string", "owner", "full_url"]
    export_headings = {"page_type_display_name": _("Kind"), "status_string": _("State"), "full_url": _("Address")}
    columns = [*BEFORE, TYPE, *AFTER]


def page_listings() -> list[Any]:
    """The newsroom's lists of pages, each by the address under which it is registered."""
    return [NewsListing("newsroom_news"), EventListing("newsroom_events"), *registry.admin_listings()]
