"""The menu entry “Newsroom”: lists of pages, registers of files, and what else parts of the newsroom add to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.admin.access_requests.listing import RequestRegister
from wagtail_newsroom.news.admin.bundles.viewset import BundleViewSet
from wagtail_newsroom.news.admin.desk.schedule import DeskActions, ScheduleViewSet
from wagtail_newsroom.news.admin.lists.attachments import attachment_register
from wagtail_newsroom.news.admin.lists.pages import AllPagesListing, page_listings
from wagtail_newsroom.news.admin.lists.reviews import ReviewsListing, StaleListing
from wagtail_newsroom.news.admin.menu.places import REGISTERS, SUBMENU_HOOK
from wagtail_newsroom.news.admin.moderation.deputies import DeputyViewSet


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
        DeskActions("newsroom_desk"),
    ]


def register_model_admins() -> None:
    """Put the registers of files and requests, and those that other apps registered into the menu."""
    for model_admin_class in [attachment_register(), RequestRegister, *registry.model_admins()]:
        register_register(model_admin_class)


def register_register(model_admin_class: type[Any], order: int = REGISTERS) -> None:
    """Put a register (a ``ModelAdmin`` class) into the menu and its views into the admin."""
    model_admin = model_admin_class()
    model_admin.add_to_admin_menu = False
    model_admin.register_with_wagtail()
    position = model_admin.menu_order or order
    hooks.register(SUBMENU_HOOK, lambda: model_admin.get_menu_item(order=position))
