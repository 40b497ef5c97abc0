"""Moderation: who may approve what, and what approving does.

In charge of a page that waits are the members of the task's groups and whoever stands in for one of them today.
Nobody approves their own work, superusers neither, unless ``APPROVE_OWN_WORK`` says so; nor does anybody publish past
the approval what waits for it as their own work. A superuser may do that: it stands in the page's history. Whoever
approves the last step publishes, with or without the right to publish by themselves: the approval is the right.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Page, Revision, TaskState, Workflow

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models.workflow.moderation import ApprovalTask, Deputy
from wagtail_newsroom.news.publishing.preflight import preflight
from wagtail_newsroom.news.publishing.schedule.claims import claim
from wagtail_newsroom.news.publishing.shown import OvertakenError, last_act

APPROVE, SEND_BACK = "approve", "reject"  # Wagtail's names of the two actions
OWN_WORK_PUBLISHED = "newsroom.own_work_published"

# What a version holds beside the work: when it is shown, and what Wagtail writes into it at every save.
SCHEDULE = {"go_live_at", "expire_at", "latest_revision", "latest_revision_created_at", "has_unpublished_changes"}
VERSIONS = 20  # as far back as authors are looked for

# The page and the person whose approval is being carried out in this thread.
_approval: ContextVar[tuple[Any, Any] | None] = ContextVar("newsroom_approval", default=None)


def is_in_charge(task: ApprovalTask, user: Any) -> bool:
    """Tell whether ``user`` may edit, lock and decide about pages that wait at ``task``.

    The answer is kept on the user object, which lives as long as the request: pages ask many times.
    """
    if user.is_superuser:
        return True
    known: dict[Any, bool] | None = getattr(user, "_newsroom_in_charge", None)
    if known is None:
        user._newsroom_in_charge = known = {}
    if task.pk not in known:
        known[task.pk] = people_in_charge(task).filter(pk=user.pk).exists()
    return known[task.pk]


def people_in_charge(task: ApprovalTask) -> QuerySet[Any]:
    """Active members of the task's groups, and whoever stands in for one of them today."""
    members = Q(groups__approvaltask=task)
    standing_in = Deputy.objects.on_duty().filter(
        publisher__is_active=True, publisher__groups__in=task.groups.values("pk")
    )
    people = get_user_model()._default_manager.filter(members | Q(pk__in=standing_in.values("deputy")))
    return people.filter(is_active=True).distinct()


def approvers(task_state: TaskState) -> list[Any]:
    """People who may approve what waits at ``task_state``: those in charge, without the authors."""
    people = people_in_charge(task_state.task.specific)
    return [person for person in people if not _is_own_work(task_state, person)]


def actions(task: ApprovalTask, page: Any, user: Any) -> list[tuple[str, Any, bool]]:
    """What ``user`` may do with ``page``, as Wagtail asks for it: name, words of the button, whether it asks for more.

    Who has changed the page since it was submitted may send it back, not approve it; a time of publication is no change.
    """
    if not is_in_charge(task, user):
        return []
    send_back = (SEND_BACK, _("Send back with remarks"), True)
    approve = [
        (APPROVE, pgettext_lazy("moderation", "Approve"), False),
        (APPROVE, _("Approve with a remark"), True),
    ]
    state = page.current_workflow_task_state
    if state is None or setting("APPROVE_OWN_WORK"):
        return [send_back, *approve]
    if user.pk in _submitters(state):
        return []
    return [send_back] if user.pk == _latest_author(state) else [send_back, *approve]


def states_to_approve(task: ApprovalTask, user: Any) -> QuerySet[TaskState]:
    """What waits at ``task`` for ``user``, own work left out; three queries at most, however much waits."""
    if not is_in_charge(task, user):
        return TaskState.objects.none()
    waiting = task.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
    if setting("APPROVE_OWN_WORK"):
        return waiting
    newest = Revision.objects.filter(
        base_content_type=OuterRef("workflow_state__base_content_type"), object_id=OuterRef("workflow_state__object_id")
    ).order_by("-created_at", "-pk")
    in_progress = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    own = in_progress.filter(Q(workflow_state__requested_by=user) | Q(revision__user=user))
    touched = waiting.annotate(newest_author=Subquery(newest.values("user")[:1])).filter(newest_author=user.pk)
    return waiting.exclude(pk__in=own.values("pk")).exclude(pk__in=_written_by(user, touched))


def _written_by(user: Any, states: QuerySet[TaskState]) -> list[Any]:
    """Ids of those of ``states`` whose latest version is the work of ``user``; two queries."""
    of_page = {
        (state.workflow_state.base_content_type_id, state.workflow_state.object_id): state.pk
        for state in states.select_related("workflow_state")
    }
    if not of_page:
        return []
    versions: dict[tuple[Any, str], list[Revision]] = {key: [] for key in of_page}
    found = Revision.objects.filter(object_id__in=[object_id for _kind, object_id in of_page])
    for revision in found.order_by("-created_at", "-pk"):
        if (key := (revision.base_content_type_id, revision.object_id)) in versions:
            versions[key].append(revision)
    return [of_page[key] for key, revisions in versions.items() if _author(revisions) == user.pk]


def why_not(task: ApprovalTask, task_state: TaskState, user: Any, action: str, remark: str) -> str | None:
    """Why ``user`` cannot do ``action`` now: an address that says so; ``None`` where nothing stands in the way.

    Raises ``PermissionDenied`` where they may not do it at all: the page is looked up from ``task_state`` itself,
    so that an address made of one page and the task of another leads nowhere. Raises
    :class:`~wagtail_newsroom.news.publishing.shown.OvertakenError` where somebody else has decided meanwhile.
    """
    if not is_in_charge(task, user):
        raise PermissionDenied
    claim(TaskState.objects.filter(pk=task_state.pk), touch="status", wait=True)
    task_state.refresh_from_db()
    page = task_state.workflow_state.content_object
    page = page.specific if isinstance(page, Page) else page
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise OvertakenError(last_act(page) if isinstance(page, Page) else "")
    if action not in {name for name, _words, _more in actions(task, page, user)}:
        if isinstance(page, Page) and action == APPROVE and user.pk == _latest_author(task_state):
            return approval_address(page, remark)
        raise PermissionDenied
    if not isinstance(page, Page):
        return None
    if action == SEND_BACK and not remark.strip():
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    if action == APPROVE and preflight.is_checked(page) and preflight.open_findings(page.get_latest_revision()):
        return approval_address(page, remark)
    return None


def approval_address(page: Page, remark: str = "") -> str:
    """Address of the list of what stands between ``page`` and its approval; a remark typed already goes along."""
    query = {"act": APPROVE, **({"remark": remark} if remark else {})}
    return f"{reverse('newsroom_preflight_gate', args=[page.pk])}?{urlencode(query)}"


@contextmanager
def approving(task_state: TaskState, user: Any) -> Iterator[None]:
    """While this lasts, ``user`` may publish the page of ``task_state``, a deputy too."""
    token = _approval.set((task_state.workflow_state.object_id, user.pk))
    try:
        yield
    finally:
        _approval.reset(token)


def is_approving(user: Any, page: Page) -> bool:
    """Tell whether ``user`` is just approving ``page``, which is the right to publish it."""
    return _approval.get() == (str(page.pk), user.pk)


class OwnWorkError(PermissionDenied):
    """Somebody tried to publish their own work while it waits for the approval of somebody else."""

    def __init__(self) -> None:
        super().__init__(own_work_in_words())


def own_work_in_words() -> str:
    """Why somebody cannot publish what waits as their own work, and what to do."""
    return gettext(
        "The page waits for approval, and this version is your work. Somebody else approves it, or sends it back to you."
    )


def waits_as_own_work(page: Page, user: Any, version: Page | None = None) -> bool:
    """Tell whether ``page`` waits for approval, or was sent back, as the work of ``user`` (``None``: code).

    It is theirs where they asked for the approval, wrote what was submitted, or changed it last. ``version``: the page
    as they are about to store it.
    """
    if user is None or setting("APPROVE_OWN_WORK"):
        return False
    workflow_state = page.current_workflow_state
    state = workflow_state.current_task_state if workflow_state else None
    if state is None:
        return False
    return (version is not None and _is_changed(version)) or _is_own_work(state, user)


def check_own_work(page: Page, user: Any, version: Page | None = None) -> None:
    """Raise :class:`OwnWorkError` where :func:`waits_as_own_work`; that a superuser may, stands in the page's history."""
    if not waits_as_own_work(page, user, version):
        return
    if not user.is_superuser:
        raise OwnWorkError
    log(instance=page, action=OWN_WORK_PUBLISHED, user=user)


def _is_changed(version: Page) -> bool:
    """Tell whether ``version`` holds other work than what is stored of its page."""
    latest = Page.objects.get(pk=version.pk).get_latest_revision()
    content = json.loads(json.dumps(version.serializable_data(), cls=DjangoJSONEncoder))
    return latest is None or _work(content) != _work(latest.content)


def _work(content: dict[str, Any]) -> dict[str, Any]:
    """What a version holds beside its schedule: to say when a page is published is not to write it."""
    return {name: value for name, value in content.items() if name not in SCHEDULE}


def _is_own_work(state: TaskState, user: Any) -> bool:
    return not setting("APPROVE_OWN_WORK") and user.pk in {*_submitters(state), _latest_author(state)}


def _submitters(state: TaskState) -> set[Any]:
    """Who asked for the approval, and who wrote the version that was submitted."""
    return {state.workflow_state.requested_by_id, state.revision.user_id} - {None}


def _latest_author(state: TaskState) -> Any:
    """Who wrote the page's latest version."""
    workflow_state = state.workflow_state
    revisions = Revision.objects.filter(
        base_content_type=workflow_state.base_content_type_id, object_id=workflow_state.object_id
    )
    return _author(revisions.order_by("-created_at", "-pk")[:VERSIONS])


def _author(revisions: Iterable[Revision]) -> Any:
    """Who wrote the first of ``revisions``, latest first."""
    author, work = None, None
    for revision in revisions:
        content = _work(revision.content)
        if work is not None and content != work:
            break
        author, work = revision.user_id, content
    return author


def convert_stock_task(workflow: Workflow) -> None:
    """Make the stock approval of ``workflow`` one of ours, in place: its row keeps its id, so what waits goes on waiting.

    A task that another workflow uses too is left as it is.
    """
    stock = GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).distinct()
    for task in stock:
        if task.workflows.exclude(pk=workflow.pk).exists():
            continue
        groups = list(task.groups.all())
        ours = ApprovalTask(task_ptr_id=task.pk, name=task.name, active=task.active)
        task.delete(keep_parents=True)
        ours.save()
        ours.groups.set(groups)
