"""A panel of the desk and a line in it: the same for every part of the newsroom, and for other apps.

A panel of another app is a subclass of :class:`DeskPanel`, given to ``wagtail_newsroom.news.registry.register_desk_panel``.

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from wagtail_newsroom.news.wording import dates


@dataclass(frozen=True)
class Action:
    """A button at the end of a line; ``posts``: it does something, where the others lead somewhere."""

    label: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Line:
    """One thing to do. ``url`` leads straight to it; without one the title is plain text.

    ``when``: when it is due or happened; ``notes``: what else is worth knowing; ``remark``: what somebody wrote;
    ``picture``: a rendition; ``tone``: ``alarm`` for what cannot wait.
    """

    title: str
    url: str = ""
    when: str = ""
    notes: list[str] = field(default_factory=list)
    remark: str = ""
    actions: list[Action] = field(default_factory=list)
    picture: Any = None
    tone: str = ""


class DeskPanel(Component):
    """Lines under a heading; nothing at all where there is no line.

    A subclass gives ``name`` (stable, used in addresses and styles), ``icon``, :meth:`heading` and :meth:`lines`.
    ``wide``: it takes the whole width of the desk.
    """

    template_name = "newsroom_admin/desk/panel.html"
    name = ""
    icon = "doc-full"
    wide = False
    tone = ""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.user = request.user

    def heading(self) -> str:
        """What the lines are."""
        raise NotImplementedError

    def hint(self) -> str:
        """One sentence on what to do; may be empty."""
        return ""

    def lines(self) -> list[Line]:
        """What there is to do, the most urgent first, about ten at most."""
        raise NotImplementedError

    def total(self) -> int:
        """How many there are in all."""
        return len(self.shown)

    def all_url(self) -> str:
        """Where all of them are listed; may be empty."""
        return ""

    @cached_property
    def shown(self) -> list[Line]:
        return self.lines()

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        total = self.total()
        return {
            "panel": self,
            "heading": self.heading(),
            "hint": self.hint(),
            "lines": self.shown,
            "total": total,
            "all_url": self.all_url() if total > len(self.shown) else "",
            "csrf_token": (parent_context or {}).get("csrf_token"),
        }

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> SafeString:
        return super().render_html(parent_context) if self.shown else mark_safe("")


class QueryPanel(DeskPanel):
    """A panel whose lines are the rows of one query of :mod:`wagtail_newsroom.news.admin.desk.queries`."""

    def find(self) -> Any:
        """Ask the database, once."""
        raise NotImplementedError

    def line(self, row: Any) -> Line:
        """Describe one row."""
        raise NotImplementedError

    @cached_property
    def found(self) -> Any:
        return self.find()

    def lines(self) -> list[Line]:
        return [self.line(row) for row in self.found.rows]

    def total(self) -> int:
        return int(self.found.total)


def edit_url(page_id: int) -> str:
    """Where a page is written."""
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def listing_url(viewset: str, query: str = "") -> str:
    """A list of the newsroom, narrowed by ``query``."""
    return f"{reverse(f'{viewset}:index')}{'?' if query else ''}{query}"


def title_of(page: Page) -> str:
    """What an editor calls the page: its title as it was last written."""
    return str(page.get_admin_display_title()) or gettext("Untitled")


def moment(at: dt.datetime) -> str:
    """“today, 9:30”, “tomorrow, 9:30”, “12 March, 9:30”; the year where it is another one."""
    local, today = timezone.localtime(at), timezone.localdate()
    return f"{day_name(local.date(), today)}, {dates.plain_time(local.time())}"


def day_name(day: dt.date, today: dt.date | None = None) -> str:
    """“today”, “tomorrow”, “yesterday”, else the date."""
    today = today or timezone.localdate()
    names = {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}
    return names.get((day - today).days) or dates.plain_date(day, year=day.year != today.year)
