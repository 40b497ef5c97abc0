"""Doors to the admin: lists, registers and items of the newsroom's menu, panels of the desk."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wagtail_newsroom.news.registry.shelves import Shelf

if TYPE_CHECKING:
    from wagtail.admin.ui.components import Component

DeskPanel = Callable[[Any], "Component"]

_admin_listings: Shelf[Callable[[], Any]] = Shelf("register_admin_listing", "the list in the admin")
_model_admins: Shelf[Callable[[], type[Any]]] = Shelf("register_model_admin", "the register in the admin")
_menu_items: Shelf[Callable[[], Any]] = Shelf("register_menu_item", "the menu item")
_desk_panels: Shelf[DeskPanel] = Shelf("register_desk_panel", "the desk panel")


def register_admin_listing(factory: Callable[[], Any]) -> None:
    """Add a list of pages to the newsroom's menu in the admin.

    ``factory``: called without arguments once URLs are built, returns a Wagtail viewset.
    """
    _admin_listings.put(factory)


def admin_listings() -> list[Any]:
    """Return the registered lists for the newsroom's menu."""
    return [factory() for factory in _admin_listings.items()]


def register_model_admin(factory: Callable[[], type[Any]]) -> None:
    """Add a register of plain rows (photos, logs) to the newsroom's menu in the admin.

    ``factory``: called without arguments once the admin is set up, returns a ``ModelAdmin`` class of
    wagtail-modeladmin; :class:`wagtail_newsroom.news.admin.lists.registers.LibraryRegister` is one for files that lie in collections.
    """
    _model_admins.put(factory)


def model_admins() -> list[type[Any]]:
    """Return the registered registers for the newsroom's menu."""
    return [factory() for factory in _model_admins.items()]


def register_menu_item(factory: Callable[[], Any]) -> None:
    """Add an item of any kind to the newsroom's menu in the admin.

    ``factory``: called without arguments once the admin is set up, returns a ``wagtail.admin.menu.MenuItem``.
    """
    _menu_items.put(factory)


def menu_items() -> list[Any]:
    """Return the registered items for the newsroom's menu."""
    return [factory() for factory in _menu_items.items()]


def register_desk_panel(factory: DeskPanel) -> None:
    """Add a panel to the desk.

    ``factory``: called with the request, returns a Wagtail component that shows nothing where there is nothing to do.
    """
    _desk_panels.put(factory)


def desk_panels(request: Any) -> list["Component"]:
    """Return the registered panels for the person who asks."""
    return [factory(request) for factory in _desk_panels.items()]
