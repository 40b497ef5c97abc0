"""The desk and its panels; where it is the admin's home, in the place of Wagtail's own."""

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.admin.desk import queries
from wagtail_newsroom.news.admin.desk.lines import moment
from wagtail_newsroom.news.admin.desk.members import desk_is_home
from wagtail_newsroom.news.admin.desk.panels import LAST_PANELS, PANELS, CalendarPanel
from wagtail_newsroom.news.admin.intake.menu import desk_buttons
from wagtail_newsroom.news.admin.lists.pages import page_listings
from wagtail_newsroom.news.wording import dates

REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel, RecentEditsPanel)


class Desk(Component):
    """All panels, a way to begin something new, and a friendly word where nothing waits."""

    template_name = "newsroom_admin/desk/desk.html"
    order = 50

    def __init__(self, request: Any) -> None:
        self.request = request
        self.panels = [
            *(panel(request) for panel in PANELS),
            *registry.desk_panels(request),
            *(panel(request) for panel in LAST_PANELS),
        ]

    @property
    def media(self) -> Any:
        whole = Media(css={"all": ["newsroom/admin/desk/desk.css"]})
        for panel in self.panels:
            whole += panel.media
        return whole

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        rendered = [panel.render_html(parent_context) for panel in self.panels]
        return {
            "panels": [html for html in rendered if html.strip()],
            "alarm": self.alarm(),
            "today": dates.plain_date(timezone.localdate()),
            "weekday": dates.weekday(timezone.localdate()),
            "new": new_pages(self.request.user),
        }

    def alarm(self) -> str:
        """What to say where the scheduler is not running; empty where it is."""
        calendars = [panel for panel in self.panels if isinstance(panel, CalendarPanel)]
        silence = queries.silence(something_is_planned=any(panel.shown for panel in calendars))
        if silence is None:
            return ""
        if silence.since is None:
            return gettext(
                "The scheduler has never been seen: nothing is published or retired at its time. "
                "Ask whoever looks after the server to start it."
            )
        return gettext(
            "The scheduler has not been seen since %(when)s: nothing is published or retired at its time. "
            "Ask whoever looks after the server to start it."
        ) % {"when": moment(silence.since)}


def new_pages(user: Any) -> list[dict[str, str]]:
    """Buttons that begin a new page, for those who may add one; a list of pages names its own."""
    if not policy_registry.get_by_type(Page).user_has_permission(user, "add"):
        return []
    blank = [
        {
            "label": str(listing.new_label),
            "url": reverse(listing.get_url_name("choose_parent")),
            "icon": listing.icon,
        }
        for listing in page_listings()
        if getattr(listing, "new_label", "")
    ]
    return [*blank, *desk_buttons()]


def put_desk_in_place(request: Any, panels: list[Any]) -> None:
    """Put the desk first, in the place of those of Wagtail's panels that it says the same as, where it is the home."""
    if desk_is_home(request.user):
        panels[:] = [Desk(request), *(panel for panel in panels if not isinstance(panel, REPLACED))]


def clear_summary(request: Any, items: list[Any]) -> None:
    """Leave out the numbers of pages, images and documents over the desk: nobody's work depends on them."""
    if desk_is_home(request.user):
        items.clear()
