"""The menu entry “Newsroom”: lists of pages, registers of files, and what else parts of the newsroom add to it."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.contrib.auth.models import Permission
from django.core import checks
from django.core.checks import CheckMessage
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.checks import check_panels_in_model
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.admin.access_requests.listing import RequestRegister
from wagtail_newsroom.news.admin.bundles.viewset import BundleViewSet
from wagtail_newsroom.news.admin.desk.members import works_here
from wagtail_newsroom.news.admin.desk.schedule import ScheduleViewSet
from wagtail_newsroom.news.admin.desk.views import DeskViewSet
from wagtail_newsroom.news.admin.lists.attachments import attachment_register
from wagtail_newsroom.news.admin.lists.figures import FiguresListing
from wagtail_newsroom.news.admin.lists.pages import AllPagesListing, page_listings
from wagtail_newsroom.news.admin.lists.registers import with_checked_query
from wagtail_newsroom.news.admin.lists.reviews import ReviewsListing, StaleListing
from wagtail_newsroom.news.admin.menu.places import REGISTERS, SUBMENU_HOOK
from wagtail_newsroom.news.admin.moderation.deputies import DeputyViewSet
from wagtail_newsroom.news.admin.searching.missed import MissedSearchViewSet
from wagtail_newsroom.news.admin.sharing.front_ends import FrontEndTokenViewSet
from wagtail_newsroom.news.admin.webhooks.viewset import WebhookViewSet


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

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return for_people_of_the_newsroom(super().get_menu_item(order))


def for_people_of_the_newsroom(item: MenuItem) -> MenuItem:
    """The same entry, for those who have something to do in the newsroom: everybody else's menu stays as it was."""
    has_items = item.is_shown
    item.is_shown = lambda request: works_here(request.user) and has_items(request)
    return item


def newsroom_viewsets() -> list[Any]:
    """Everything that the newsroom's menu leads to, and what its buttons do."""
    return [
        NewsroomMenu(),
        AllPagesListing("newsroom_pages"),
        BundleViewSet("newsroom_bundles"),
        ScheduleViewSet("newsroom_schedule"),
        ReviewsListing("newsroom_reviews"),
        StaleListing("newsroom_stale"),
        FiguresListing("newsroom_figures"),
        MissedSearchViewSet(),
        DeputyViewSet(),
        FrontEndTokenViewSet(),
        DeskViewSet("newsroom_desk"),
        WebhookViewSet("newsroom_webhooks"),
    ]


def register_model_admins() -> None:
    """Put the registers of files and requests into the menu, and those of other apps once all of these are loaded.

    Wagtail loads hooks while apps are still getting ready: what an app further down the list registers comes after that.
    So others' registers are set up by whoever asks first: the admin's addresses, its permissions, or the system checks,
    which stand before every command.
    """
    for model_admin_class in (attachment_register(), RequestRegister):
        register_register(model_admin_class)
    hooks.register("register_admin_urls", lambda: _flat(each.get_admin_urls_for_registration for each in others()))
    hooks.register("register_permissions", lambda: _permissions(others()))
    checks.register(_set_up_others, "newsroom")


@cache
def others() -> tuple[Any, ...]:
    """The registers of other apps, set up once, and the items of the menu that they registered besides."""
    registers = tuple(model_admin_class() for model_admin_class in registry.model_admins())
    for model_admin in registers:
        model_admin.add_to_admin_menu = False
        model_admin.index_view_class = with_checked_query(model_admin.index_view_class)
        model_admin.register_admin_url_finders()
        model_admin.register_indexing()
        _put_into_menu(model_admin, REGISTERS)
    for item in registry.menu_items():
        hooks.register(SUBMENU_HOOK, lambda item=item: item)
    return registers


def _set_up_others(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [message for each in others() for message in check_panels_in_model(each.model, "modeladmin")]


def _flat(makers: Iterable[Callable[[], Iterable[Any]]]) -> list[Any]:
    return [each for make in makers for each in make()]


def _permissions(registers: Iterable[Any]) -> QuerySet[Permission]:
    wanted = _flat(each.get_permissions_for_registration for each in registers)
    return Permission.objects.filter(pk__in=[permission.pk for permission in wanted])


def register_register(model_admin_class: type[Any], order: int = REGISTERS) -> None:
    """Put a register (a ``ModelAdmin`` class) into the menu and its views into the admin."""
    model_admin = model_admin_class()
    model_admin.add_to_admin_menu = False
    model_admin.register_with_wagtail()
    _put_into_menu(model_admin, order)


def _put_into_menu(model_admin: Any, order: int) -> None:
    position = model_admin.menu_order or order
    hooks.register(SUBMENU_HOOK, lambda: model_admin.get_menu_item(order=position))
