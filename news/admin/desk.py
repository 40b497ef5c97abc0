"""The desk, the admin's home: what waits for the person who comes in, each line leading straight to its work."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, pgettext
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry

from news import dates, registry
from news.admin import desk_queries
from news.admin.attachments import finding_name
from news.admin.desk_calendar import days_of
from news.admin.desk_lines import (
    Action,
    DeskPanel,
    Line,
    QueryPanel,
    day_name,
    edit_url,
    listing_url,
    moment,
    title_of,
)
from news.admin.desk_queries import Found
from news.models import EventPage
from news.publishing.sharing import open_remarks_for

REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel, RecentEditsPanel)


def once(request: Any, query: Callable[[Any], dict[str, Found]]) -> dict[str, Found]:
    """What ``query`` finds for the person who asks; panels that share it ask the database once."""
    kept: dict[Any, dict[str, Found]] = request.__dict__.setdefault("_newsroom_desk", {})
    if query not in kept:
        kept[query] = query(request.user)
    return kept[query]


class FailuresPanel(QueryPanel):
    name, icon, tone, wide = "failures", "warning", "alarm", True

    def heading(self) -> str:
        return gettext("Was due and could not be done")

    def hint(self) -> str:
        return gettext("Each is tried again by itself. Mend what the reason names.")

    def find(self) -> Found:
        return desk_queries.failures(self.user)

    def line(self, row: Any) -> Line:
        return Line(
            title=title_of(row.page) if row.page else str(row.bundle),
            url=edit_url(row.page_id) if row.page_id else "",
            when=gettext("%(act)s, due %(when)s") % {"act": row.get_act_display(), "when": moment(row.due_at)},
            notes=[
                ngettext("tried %(count)s time", "tried %(count)s times", row.attempts) % {"count": row.attempts},
                gettext("again %(when)s") % {"when": moment(row.next_attempt_at)},
            ],
            remark=row.error,
            tone="alarm",
        )

    def all_url(self) -> str:
        return reverse("newsroom_schedule:index")


class SentBackPanel(QueryPanel):
    name, icon = "sent-back", "comment"

    def heading(self) -> str:
        return gettext("Sent back to you")

    def find(self) -> Found:
        found = once(self.request, desk_queries.my_workflows)
        return found.get(WorkflowState.STATUS_NEEDS_CHANGES, Found())

    def line(self, row: Any) -> Line:
        task = row.current_task_state
        who = get_user_display_name(task.finished_by) if task and task.finished_by else ""
        return Line(
            title=row.page_title,
            url=edit_url(row.page_id),
            when=moment(task.finished_at) if task and task.finished_at else "",
            notes=[who] if who else [],
            remark=task.comment if task else "",
        )

    def all_url(self) -> str:
        return listing_url("newsroom_pages", "state=sent_back&whose=mine")


class WaitingPanel(QueryPanel):
    name, icon = "waiting", "check"

    def heading(self) -> str:
        return gettext("Waiting for your decision")

    def find(self) -> Found:
        return desk_queries.waiting_for(self.user)

    def line(self, row: Any) -> Line:
        author = get_user_display_name(row.revision.user) if row.revision.user else ""
        preview = reverse("wagtailadmin_pages:workflow_preview", args=[row.page_id, row.task_id])
        actions = [Action(gettext("Preview"), preview)]
        if row.page_live:
            compared = reverse("wagtailadmin_pages:revisions_compare", args=[row.page_id, "live", row.revision_id])
            actions.append(Action(gettext("What changed"), compared))
        return Line(
            title=row.page_title,
            url=edit_url(row.page_id),
            when=gettext("since %(when)s") % {"when": moment(row.started_at)},
            notes=[author] if author else [],
            actions=actions,
        )

    def all_url(self) -> str:
        return f"{reverse('wagtailadmin_reports:workflow')}?reviewable=true"


class RemarksPanel(QueryPanel):
    name, icon = "remarks", "comment"

    def heading(self) -> str:
        return gettext("Remarks on shared drafts")

    def find(self) -> Found:
        return desk_queries.first_rows(open_remarks_for(self.user))

    def line(self, row: Any) -> Line:
        page = row.link.page
        return Line(
            title=title_of(page),
            url=f"{reverse('newsroom_share', args=[page.pk])}#remark-{row.pk}",
            when=moment(row.created_at),
            notes=[row.name],
            remark=row.text,
        )


class HandedInPanel(QueryPanel):
    name, icon = "handed-in", "resubmit"

    def heading(self) -> str:
        return gettext("Handed in, waiting for others")

    def find(self) -> Found:
        found = once(self.request, desk_queries.my_workflows)
        return found.get(WorkflowState.STATUS_IN_PROGRESS, Found())

    def line(self, row: Any) -> Line:
        task = row.current_task_state
        return Line(
            title=row.page_title,
            url=edit_url(row.page_id),
            when=gettext("since %(when)s") % {"when": moment(task.started_at)} if task else "",
            notes=[task.task.name] if task else [],
        )

    def all_url(self) -> str:
        return listing_url("newsroom_pages", "state=moderation&whose=mine")


class DraftsPanel(QueryPanel):
    name, icon = "drafts", "edit"

    def heading(self) -> str:
        return gettext("My drafts")

    def find(self) -> Found:
        return desk_queries.my_drafts(self.user)

    def line(self, row: Any) -> Line:
        return Line(
            title=title_of(row),
            url=edit_url(row.pk),
            when=moment(row.latest_revision_created_at) if row.latest_revision_created_at else "",
            notes=[gettext("published, with changes that are not")] if row.live else [],
        )

    def all_url(self) -> str:
        return listing_url("newsroom_pages", "state=unfinished&whose=mine")


class ClosingPanel(QueryPanel):
    name, icon = "closing", "time"

    def heading(self) -> str:
        return pgettext("on the desk", "Registration closes today")

    def find(self) -> Found:
        return once(self.request, desk_queries.events_to_see_to).get(desk_queries.CLOSING, Found())

    def line(self, row: EventPage) -> Line:
        closes = row.deadline_at or row.starts_at
        hour = dates.plain_time(timezone.localtime(closes).time()) if closes else ""
        whole_day = row.deadline_at is not None and row.deadline_time is None
        return Line(
            title=title_of(row),
            url=edit_url(row.pk),
            when=gettext("until midnight") if whole_day else gettext("at %(hour)s") % {"hour": hour},
            notes=[row.when_text],
        )

    def all_url(self) -> str:
        return listing_url("newsroom_events", "registration_is=closing")


class ReportsPanel(QueryPanel):
    name, icon = "reports", "pilcrow"

    def heading(self) -> str:
        return gettext("Over, and owe a report")

    def hint(self) -> str:
        return gettext("A report or a gallery about the event takes it off this list.")

    def find(self) -> Found:
        return once(self.request, desk_queries.events_to_see_to).get(desk_queries.OWING, Found())

    def line(self, row: EventPage) -> Line:
        start = reverse("newsroom_desk:start_report", args=[row.pk])
        return Line(
            title=title_of(row),
            url=edit_url(row.pk),
            when=row.when_text,
            actions=[Action(gettext("Start the report"), start, posts=True)],
        )

    def all_url(self) -> str:
        return listing_url("newsroom_events", "when=owing")


class ReviewsPanel(QueryPanel):
    name, icon = "reviews", "rotate"

    def heading(self) -> str:
        return gettext("To review")

    def hint(self) -> str:
        return gettext("Is everything on the page still right?")

    def find(self) -> Found:
        return desk_queries.reviews_for(self.user)

    def line(self, row: Any) -> Line:
        done = reverse("newsroom_reviews:done", args=[row.page_id])
        return Line(
            title=title_of(row.page),
            url=edit_url(row.page_id),
            when=gettext("due %(when)s") % {"when": day_name(row.due_on)},
            notes=[] if row.keeper_id else [gettext("nobody looks after it")],
            actions=[Action(gettext("Reviewed"), done, posts=True)],
        )

    def all_url(self) -> str:
        return listing_url("newsroom_reviews", "due=now")


class FilesPanel(QueryPanel):
    name, icon = "files", "doc-full-inverse"

    def heading(self) -> str:
        return gettext("Files that not everybody can read")

    def hint(self) -> str:
        return gettext("Replace them by accessible ones: the old addresses will lead to the new files.")

    def find(self) -> Found:
        return desk_queries.inaccessible_files(self.user)

    def line(self, row: Any) -> Line:
        return Line(
            title=row.title,
            url=f"{reverse('wagtaildocs:edit', args=[row.pk])}?next={reverse('wagtailadmin_home')}",
            notes=[", ".join(finding_name(code) for code in row.findings)],
        )

    def all_url(self) -> str:
        return f"{reverse('newsroom_files_modeladmin_index')}?findings=yes&superseded=no"


class CalendarPanel(DeskPanel):
    """What comes next, day by day."""

    template_name = "newsroom_admin/desk/calendar.html"
    name, icon = "calendar", "calendar-alt"

    def heading(self) -> str:
        return gettext("What comes next")

    @cached_property
    def plan(self) -> list[desk_queries.Planned]:
        return desk_queries.planned(self.user, limit=desk_queries.LINES)

    def lines(self) -> list[Line]:
        return [Line(title=each.title) for each in self.plan]

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            **super().get_context_data(parent_context),
            "days": days_of(self.plan, self.user),
            "all_url": reverse("newsroom_schedule:index"),
        }


PANELS = (
    FailuresPanel,
    SentBackPanel,
    RemarksPanel,
    WaitingPanel,
    ClosingPanel,
    DraftsPanel,
    CalendarPanel,
    HandedInPanel,
    ReportsPanel,
    ReviewsPanel,
)
LAST_PANELS = (FilesPanel,)


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
        whole = Media(css={"all": ["newsroom/admin/desk.css"]})
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
        silence = desk_queries.silence(something_is_planned=any(panel.shown for panel in calendars))
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
    from news.admin.menu import page_listings

    if not policy_registry.get_by_type(Page).user_has_permission(user, "add"):
        return []
    return [
        {
            "label": str(listing.new_label),
            "url": reverse(listing.get_url_name("choose_parent")),
            "icon": listing.icon,
        }
        for listing in page_listings()
        if getattr(listing, "new_label", "")
    ]


def put_desk_in_place(request: Any, panels: list[Any]) -> None:
    """Put the desk first, in the place of those of Wagtail's panels that it says the same as, for people with pages."""
    if not user_has_any_page_permission(request.user):
        return
    panels[:] = [Desk(request), *(panel for panel in panels if not isinstance(panel, REPLACED))]


def clear_summary(request: Any, items: list[Any]) -> None:
    """Leave out the numbers of pages, images and documents: nobody's work depends on them."""
    if user_has_any_page_permission(request.user):
        items.clear()
