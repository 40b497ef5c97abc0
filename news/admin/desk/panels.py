"""The panels of the desk: what waits for the person who comes in, each line leading straight to its work."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, pgettext
from wagtail.admin.utils import get_user_display_name
from wagtail.models import WorkflowState

from wagtail_newsroom.news.admin.desk import queries
from wagtail_newsroom.news.admin.desk.calendar import days_of
from wagtail_newsroom.news.admin.desk.lines import (
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
from wagtail_newsroom.news.admin.desk.members import desk_url
from wagtail_newsroom.news.admin.desk.queries import FirstRows
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.publishing.sharing.links import open_remarks_for
from wagtail_newsroom.news.switches import REGISTRATION, SHARING, is_on
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording.files import finding_name


def once(request: Any, query: Callable[[Any], dict[str, FirstRows]]) -> dict[str, FirstRows]:
    """What ``query`` finds for the person who asks; panels that share it ask the database once."""
    kept: dict[Any, dict[str, FirstRows]] = request.__dict__.setdefault("_newsroom_desk", {})
    if query not in kept:
        kept[query] = query(request.user)
    return kept[query]


class FailuresPanel(QueryPanel):
    name, icon, tone, wide = "failures", "warning", "alarm", True

    def heading(self) -> str:
        return gettext("Was due and could not be done")

    def hint(self) -> str:
        return gettext("Each is tried again by itself. Mend what the reason names.")

    def find(self) -> FirstRows:
        return queries.failures(self.user)

    def line(self, row: Any) -> Line:
        return Line(
            title=title_of(row.page) if row.page else str(row.bundle),
            url=edit_url(row.page_id) if row.page_id else "",
            when=gettext("%(act)s, due %(when)s") % {"act": row.get_action_display(), "when": moment(row.due_at)},
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

    def find(self) -> FirstRows:
        found = once(self.request, queries.my_workflows)
        return found.get(WorkflowState.STATUS_NEEDS_CHANGES, FirstRows())

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

    def find(self) -> FirstRows:
        return queries.waiting_for(self.user)

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

    def find(self) -> FirstRows:
        return queries.first_rows(open_remarks_for(self.user)) if is_on(SHARING) else FirstRows()

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

    def find(self) -> FirstRows:
        found = once(self.request, queries.my_workflows)
        return found.get(WorkflowState.STATUS_IN_PROGRESS, FirstRows())

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

    def find(self) -> FirstRows:
        return queries.my_drafts(self.user)

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

    def find(self) -> FirstRows:
        if not is_on(REGISTRATION):
            return FirstRows()
        return once(self.request, queries.events_to_see_to).get(queries.CLOSING, FirstRows())

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

    def find(self) -> FirstRows:
        return once(self.request, queries.events_to_see_to).get(queries.OWING, FirstRows())

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

    def find(self) -> FirstRows:
        return queries.reviews_for(self.user)

    def line(self, row: Any) -> Line:
        done = reverse("newsroom_reviews:done", args=[row.page_id])
        return Line(
            title=title_of(row.page),
            url=edit_url(row.page_id),
            when=gettext("due %(when)s") % {"when": day_name(row.due_on)},
            notes=[] if row.page_owner_id else [gettext("nobody looks after it")],
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

    def find(self) -> FirstRows:
        return queries.inaccessible_files(self.user)

    def line(self, row: Any) -> Line:
        return Line(
            title=row.title,
            url=f"{reverse('wagtaildocs:edit', args=[row.pk])}?next={desk_url(self.user)}",
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
    def plan(self) -> list[queries.Planned]:
        return queries.planned(self.user, limit=queries.LINES)

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
