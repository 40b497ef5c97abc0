"""What the desk asks the database: a query or two for each panel, however many pages there are.

Reads only. Work on a page is offered to those who may change this very page; the plan of publications shows every page
that a person may see in the explorer.

Public: other apps may import from here.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.admin.lists.conditions import (
    ACTIVE,
    approved_schedule,
    is_mine,
    owes_a_report,
    registration_is,
    unfinished,
)
from wagtail_newsroom.news.enums import UNREADABLE
from wagtail_newsroom.news.models import Bundle, BundlePage, BundleState, EventPage, PageReview, ScheduleFailure
from wagtail_newsroom.news.publishing.schedule.due import is_scheduler_alive, scheduler_seen_at
from wagtail_newsroom.news.switches import BUNDLES, is_on

LINES = 10


@dataclass(frozen=True)
class FirstRows:
    """The first rows of a list, and how many there are in all."""

    rows: list[Any] = field(default_factory=list)
    total: int = 0


def first_rows(rows: QuerySet[Any], limit: int = LINES) -> FirstRows:
    """The first ``limit`` rows and the number of all, in one query."""
    found = list(rows.annotate(desk_total=Window(Count("*")))[:limit])
    return FirstRows(found, found[0].desk_total if found else 0)


def first_rows_of_each(rows: QuerySet[Any], kind: str, order: list[Any], limit: int = LINES) -> dict[str, FirstRows]:
    """As :func:`first_rows`, for each value of the column ``kind``, in one query all the same."""
    rows = rows.annotate(
        desk_total=Window(Count("*"), partition_by=[F(kind)]),
        desk_place=Window(RowNumber(), partition_by=[F(kind)], order_by=order),
    )
    found: dict[str, list[Any]] = {}
    for row in rows.filter(desk_place__lte=limit).order_by(kind, "desk_place"):
        found.setdefault(getattr(row, kind), []).append(row)
    return {value: FirstRows(group, group[0].desk_total) for value, group in found.items()}


def editable(user: Any) -> QuerySet[Page]:
    """Pages that ``user`` may change: all below where they may change pages, their own where they may add."""
    return policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")


def seen(user: Any) -> QuerySet[Page]:
    """Pages that ``user`` works among: all in the explorer but those that merely lead there."""
    actions = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, actions)


def may_publish(user: Any) -> bool:
    """Whether ``user`` may publish pages anywhere."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))


def my_drafts(user: Any) -> FirstRows:
    """Pages of ``user`` with changes that nobody has handed in; latest first.

    What is in a workflow, has its time of publication, or was taken down is somewhere else on the desk, or nowhere.
    """
    pages = editable(user).filter(is_mine(user), unfinished())
    return first_rows(pages.order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk"))


def _of_page(name: str, page_id: Any, output: Any) -> Subquery:
    """A column of the page that a row names by id in text."""
    page = Page.objects.filter(pk=Cast(OuterRef(page_id), IntegerField())).order_by()
    return Subquery(page.values(name)[:1], output_field=output)


def _about_pages(rows: QuerySet[Any], content_type: str, page_id: str) -> QuerySet[Any]:
    """Rows that name a page, with its id, title and whether it is live."""
    return rows.filter(**{content_type: ContentType.objects.get_for_model(Page)}).annotate(
        page_id=_of_page("pk", page_id, IntegerField()),
        page_title=_of_page("draft_title", page_id, CharField()),
        page_live=_of_page("live", page_id, BooleanField()),
    )


def waiting_for(user: Any) -> FirstRows:
    """Steps of workflows that ``user`` may decide on, those that wait longest first.

    Each task says itself who may decide (``Task.get_task_states_user_can_moderate``); only those at which something
    waits are asked.
    """
    busy = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("task")
    states = TaskState.objects.none()
    for task in Task.objects.filter(active=True, pk__in=busy).specific():
        states = states | task.get_task_states_user_can_moderate(user=user)
    states = states.order_by("started_at", "pk")
    states = _about_pages(states, "revision__base_content_type", "revision__object_id").select_related("revision__user")
    return first_rows(states.filter(page_id__isnull=False))


def my_workflows(user: Any) -> dict[str, FirstRows]:
    """Workflows that ``user`` began, or that are about their pages, by their status (sent back, in progress); latest first."""
    own = Exists(Page.objects.filter(owner=user, pk=Cast(OuterRef("object_id"), IntegerField())))
    theirs = Exists(editable(user).filter(pk=Cast(OuterRef("object_id"), IntegerField())))
    states = WorkflowState.objects.filter(Q(requested_by=user) | Q(own), theirs, status__in=ACTIVE)
    states = _about_pages(states, "base_content_type", "object_id")
    states = states.select_related("current_task_state__task", "current_task_state__finished_by")
    return first_rows_of_each(states, "status", ["-current_task_state__started_at", "-pk"])


@dataclass(frozen=True)
class Planned:
    """Something that happens to a page or a bundle at ``at`` (aware). ``certain``: approved, not merely planned;
    ``changeable``: whoever asks may change the page."""

    action: str
    at: dt.datetime
    pk: int
    title: str
    is_bundle: bool
    certain: bool
    changeable: bool


GOES_LIVE, RETIRES = "live", "retire"


def planned(user: Any, limit: int | None = None) -> list[Planned]:
    """What goes live, retires or is planned to, soonest first: pages and bundles that ``user`` may see.

    One query: the parts are put together by the database.
    """
    now = timezone.now()
    pages = seen(user).order_by()
    approved = pages.annotate(at=_approved_at()).filter(at__isnull=False)
    retiring = pages.filter(live=True, expire_at__gt=now).annotate(at=F("expire_at"))
    wished = (
        pages.filter(has_unpublished_changes=True, latest_revision__isnull=False)
        .annotate(wish=Cast(KeyTextTransform("go_live_at", "latest_revision__content"), CharField()))
        .filter(wish__gt=now.strftime("%Y-%m-%dT%H:%M:%S"))
        .exclude(approved_schedule())
        .annotate(at=Cast("wish", DateTimeField()))
    )
    bundles = Bundle.objects.filter(Q(owner=user) | _all_seen(pages)).order_by()
    bundles = bundles if is_on(BUNDLES) else bundles.none()
    going = bundles.filter(go_live_at__isnull=False, state__in=[BundleState.DRAFT, BundleState.SCHEDULED])
    leaving = bundles.filter(retire_at__gt=now).exclude(state=BundleState.RETIRED)
    certain = Case(When(state=BundleState.SCHEDULED, then=1), default=0, output_field=IntegerField())
    theirs = Case(
        When(Exists(editable(user).filter(pk=OuterRef("pk"))), then=1), default=0, output_field=IntegerField()
    )
    approved, wished, retiring = (part.annotate(desk_changeable=theirs) for part in (approved, wished, retiring))
    nobodys = Value(0, output_field=IntegerField())
    going, leaving = (part.annotate(desk_changeable=nobodys) for part in (going, leaving))
    parts = [
        _part(approved, GOES_LIVE, "draft_title", bundle=0, certain=Value(1)),
        _part(wished, GOES_LIVE, "draft_title", bundle=0, certain=Value(0)),
        _part(retiring, RETIRES, "draft_title", bundle=0, certain=Value(1)),
        _part(going.annotate(at=F("go_live_at")), GOES_LIVE, "title", bundle=1, certain=certain),
        _part(leaving.annotate(at=F("retire_at")), RETIRES, "title", bundle=1, certain=Value(1)),
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("at")[: limit or None]
    return [
        Planned(action, at, pk, title, is_bundle=bool(bundle), certain=bool(is_certain), changeable=bool(may_change))
        for action, at, pk, title, bundle, is_certain, may_change in rows
        if at is not None
    ]


def _all_seen(pages: QuerySet[Page]) -> Q:
    """Condition on bundles: all of their pages are among ``pages``."""
    return ~Q(Exists(BundlePage.objects.filter(bundle=OuterRef("pk")).exclude(page__in=pages.values("pk"))))


def _approved_at() -> Subquery:
    revision = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return Subquery(revision.order_by("-pk").values("approved_go_live_at")[:1], output_field=DateTimeField())


def _part(rows: QuerySet[Any], action: str, title: str, *, bundle: int, certain: Any) -> QuerySet[Any]:
    return rows.annotate(
        desk_action=Value(action),
        desk_bundle=Value(bundle, output_field=IntegerField()),
        desk_certain=certain,
    ).values_list("desk_action", "at", "pk", title, "desk_bundle", "desk_certain", "desk_changeable")


def failures(user: Any) -> FirstRows:
    """What was due and failed: on pages that ``user`` may change, and in bundles all of whose pages they may see.

    The reason of a bundle names its pages.
    """
    theirs = Q(page__in=editable(user))
    if may_publish(user):
        theirs |= Q(bundle__in=Bundle.objects.filter(_all_seen(seen(user).order_by())))
    return first_rows(ScheduleFailure.objects.filter(theirs).select_related("page", "bundle").order_by("due_at", "pk"))


@dataclass(frozen=True)
class Silence:
    """No scheduler was seen for too long; ``since`` is ``None`` where none ever was."""

    since: dt.datetime | None


def silence(*, something_is_planned: bool) -> Silence | None:
    """Tell that the scheduler is not running; ``None`` where it is, or where nobody has ever needed one."""
    seen_at = scheduler_seen_at()
    if seen_at is None:
        return Silence(None) if something_is_planned else None
    return None if is_scheduler_alive(seen_at=seen_at) else Silence(seen_at)


CLOSING, OWING = "closing", "owing"


def events_to_see_to(user: Any) -> dict[str, FirstRows]:
    """Events that need somebody: those whose registration closes before the day is over (the first to close first),
    and those that are over and that nothing followed (the latest first)."""
    now = timezone.now()
    closing, owing = registration_is("closing", now) & Q(live=True), owes_a_report(now)
    events = EventPage.objects.filter(closing | owing, pk__in=editable(user).values("pk")).annotate(
        desk_need=Case(When(closing, then=Value(CLOSING)), default=Value(OWING)),
        desk_first=Case(When(closing, then=Coalesce("deadline_at", "starts_at")), default=None),
    )
    order = [F("desk_first").asc(nulls_last=True), F("ends_at").desc(nulls_last=True), "-pk"]
    return first_rows_of_each(events.defer_streamfields(), "desk_need", order)


def reviews_for(user: Any) -> FirstRows:
    """Reviews that are due and are ``user``'s to make: as page owner, or where nobody keeps the page, as who may change it."""
    reviews = PageReview.objects.filter(
        Q(page_owner=user) | Q(page_owner__isnull=True), due_on__lte=timezone.localdate(), page__in=editable(user)
    )
    return first_rows(reviews.select_related("page").order_by("due_on", "pk"))


def inaccessible_files(user: Any) -> FirstRows:
    """Current files with findings on their accessibility that ``user`` may change, the latest first."""
    model = get_document_model()
    if not hasattr(model, "newsroom_attachment"):
        return FirstRows()
    own = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["change"])
    return first_rows(
        own.filter(verdict__in=UNREADABLE, newsroom_superseded_by__isnull=True).order_by("-created_at", "-pk")
    )
