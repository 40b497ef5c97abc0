"""The menu entry “Newsroom”: lists of pages, registers of files, and what else parts of the newsroom add to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from news import registry
from news.admin.bundles.viewset import BundleViewSet
from news.admin.desk.schedule import DeskActs, ScheduleViewSet
from news.admin.lists.attachments import attachment_register
from news.admin.lists.pages import AllPagesListing, EventListing, NewsListing
from news.admin.lists.reviews import ReviewsListing, StaleListing
from news.admin.menu_places import REGISTERS, SUBMENU_HOOK
from news.admin.moderation.deputies import DeputyViewSet
from news.admin.requests.register import RequestRegister


class NewsroomMenu(ViewSetGroup):
    """The menu entry, and the lists of pages in it."""

    @property
    def items(self) -> list[Any]:
        """The newsroom's own lists, then those that other apps registered."""
        return page_listings()

    menu_label = _("Newsroom")
    menu_name = "newsroom"
    menu_icon = "pilcrow"
    menu_order = 90
    submenu_hook = SUBMENU_HOOK


def page_listings() -> list[Any]:
    """The newsroom's lists of pages, each by the address under which it is registered."""
    return [NewsListing("newsroom_news"), EventListing("newsroom_events"), *registry.admin_listings()]


def newsroom_viewsets() -> list[Any]:
    """Everything that the newsroom's menu leads to, and what its buttons do."""
    return [
        NewsroomMenu(),
        AllPagesListing("newsroom_pages"),
        BundleViewSet("newsroom_bundles"),
        ScheduleViewSet("newsroom_schedule"),
        ReviewsListing("newsroom_reviews"),
        StaleListing("newsroom_stale"),
        DeputyViewSet(),
        DeskActs("newsroom_desk"),
    ]


def register_registers() -> None:
    """Put the registers of files and requests, and those that other apps registered into the menu."""
    for model_admin_class in [attachment_register(), RequestRegister, *registry.admin_registers()]:
        register_register(model_admin_class)


def register_register(model_admin_class: type[Any], order: int = REGISTERS) -> None:
    """Put a register (a ``ModelAdmin`` class) into the menu and its views into the admin."""
    model_admin = model_admin_class()
    model_admin.add_to_admin_menu = False
    model_admin.register_with_wagtail()
    position = model_admin.menu_order or order
    hooks.register(SUBMENU_HOOK, lambda: model_admin.get_menu_item(order=position))
