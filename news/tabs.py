"""The tabs of a page's form, read from the page type itself, so that a subclass only has to say what it adds.

Public: other apps may import from here.
"""

from typing import Any

from wagtail.admin.panels import ObjectList, TabbedInterface


class Tab:
    """One tab: its heading, and the names of the lists of panels that stand in it (``"content_panels"``), in order."""

    def __init__(self, heading: Any, *lists: str) -> None:
        self.heading = heading
        self.lists = lists

    def panels(self, page_type: type[Any]) -> list[Any]:
        """The panels of ``page_type``; a list that it has not is an empty one."""
        return [panel for name in self.lists for panel in getattr(page_type, name, ())]


class Tabs:
    """The form of a page type and of every type below it, as ``edit_handler``.

    Wagtail would show a subclass the form of the class above it and ignore its ``content_panels``. Here each class is
    asked for its own lists. A subclass with a tab more says ``edit_handler = Tabs.of(EventPage).with_tab(Tab(…))``.
    """

    def __init__(self, *tabs: Tab) -> None:
        self.tabs = tabs

    @classmethod
    def of(cls, page_type: type[Any]) -> "Tabs":
        """The tabs of ``page_type``, to add to: a class gives its form away, not what it is made of."""
        return next(vars(each)["edit_handler"] for each in page_type.__mro__ if "edit_handler" in vars(each))

    def __get__(self, page: Any, owner: type[Any]) -> TabbedInterface:
        filled = [(tab.heading, tab.panels(owner)) for tab in self.tabs]
        return TabbedInterface([ObjectList(panels, heading=heading) for heading, panels in filled if panels])

    def with_tab(self, tab: Tab, *, after: int = 0) -> "Tabs":
        """These tabs with another one behind the first, or behind the one with the number ``after`` (from 0)."""
        return Tabs(*self.tabs[: after + 1], tab, *self.tabs[after + 1 :])
