"""Taking the newsroom out of a site again: what set-up made, pages, and the rows that Wagtail keeps about ours.

Public: other apps may import from here.
"""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_migrate
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from wagtail_newsroom.news.models.workflow.moderation import ApprovalTask
from wagtail_newsroom.news.publishing.approval.groups import newsroom_workflows, role_names
from wagtail_newsroom.news.publishing.own_pages import own_types
from wagtail_newsroom.news.publishing.rights import place, rights_in_words


@dataclass
class Removal:
    """What a removal takes away, what it keeps, and what stands in its way; each a line of text."""

    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)


def plan_removal(*, pages: bool = False, force: bool = False) -> Removal:
    """Say what :func:`remove_newsroom` would do with the same arguments. Changes nothing."""
    plan = Removal()
    staying = [] if force else list(_groups_with_members())
    lines_kept = tuple(f"group {group.name}" for group in staying)
    plan.gone += [line for line in rights_in_words() if line.partition(":")[0] not in lines_kept]
    for group in staying:
        count = group.user_set.count()
        plan.kept.append(f"group {group.name}: {count} member(s). Take them out of it, or use --force.")
    for task in _other_tasks():
        plan.gone.append(f"task {task.name}: becomes a stock approval by its groups")
    if pages:
        for page in _top_pages():
            count = page.get_descendant_count()
            plan.gone.append(f"page {place(page)}" + (f" with {count} below it" if count else ""))
        plan.obstacles = [f"page {place(page)}: {why}" for page, why in _strangers()]
    return plan


@transaction.atomic
def remove_newsroom(*, pages: bool = False, force: bool = False) -> None:
    """Take away what set-up made: groups, their permissions, the workflow and its task.

    ``pages``: the newsroom's pages too, with their history. ``force``: groups that have members as well. Raises
    ``ValueError`` where a page of somebody else stands below one of ours, or a site has one of ours as its home page.
    """
    if pages and (obstacles := plan_removal(pages=True, force=force).obstacles):
        raise ValueError("; ".join(obstacles))
    _remove_workflow()
    GroupPagePermission.objects.filter(group__name__in=role_names()).delete()
    GroupCollectionPermission.objects.filter(group__name__in=role_names()).delete()
    groups = Group.objects.filter(name__in=role_names())
    if not force:
        staying = list(_groups_with_members())
        groups = groups.exclude(pk__in=[group.pk for group in staying])
        for group in staying:
            group.permissions.clear()
    groups.delete()
    if pages:
        for page in _top_pages():
            page.refresh_from_db()
            page.specific.delete()


def _groups_with_members() -> QuerySet[Group]:
    return Group.objects.filter(name__in=role_names(), user__isnull=False).distinct().order_by("name")


def _remove_workflow() -> None:
    """Pages that wait are taken back first, so that none is left waiting for a step that nobody can take."""
    workflows = list(newsroom_workflows())
    waiting = WorkflowState.objects.filter(
        workflow__in=workflows, status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    )
    for state in waiting:
        state.cancel()
    steps = ApprovalTask.objects.filter(workflow_tasks__workflow__in=workflows)
    own = list(steps.exclude(workflow_tasks__workflow__in=Workflow.objects.exclude(pk__in=[w.pk for w in workflows])))
    for workflow in workflows:
        workflow.delete()
    for task in own:
        task.delete()
    for task in _other_tasks():
        _make_stock(task)


def _other_tasks() -> list[ApprovalTask]:
    """Approvals of our type in workflows of the host, or in none: the type goes with the newsroom, the task stays."""
    ours = WorkflowTask.objects.filter(workflow__in=newsroom_workflows())
    own = ApprovalTask.objects.filter(pk__in=ours.values("task"))
    shared = WorkflowTask.objects.exclude(workflow__in=newsroom_workflows())
    return [task for task in ApprovalTask.objects.order_by("name") if task not in own or _is_in(task, shared)]


def _is_in(task: Task, steps: QuerySet[WorkflowTask]) -> bool:
    return steps.filter(task=task.pk).exists()


def _make_stock(task: ApprovalTask) -> None:
    """Make an approval of ours a stock one in place: its row keeps its id, so what waits goes on waiting."""
    groups = list(task.groups.all())
    stock = GroupApprovalTask(task_ptr_id=task.pk, name=task.name, active=task.active)
    task.delete(keep_parents=True)
    stock.content_type = ContentType.objects.get_for_model(GroupApprovalTask)
    stock.save()
    stock.groups.set(groups)


def _top_pages() -> list[Page]:
    """Pages of ours that stand below none of ours, from the top down."""
    found: list[Page] = []
    for page in Page.objects.type(*own_types()).order_by("path"):
        if not found or not page.path.startswith(found[-1].path):
            found.append(page)
    return found


def _strangers() -> list[tuple[Page, str]]:
    """Pages that must be moved before ours can go, each with the reason."""
    own = {ContentType.objects.get_for_model(model).pk for model in own_types()}
    found = [
        (page, "stands below a page of the newsroom. Move it first.")
        for top in _top_pages()
        for page in top.get_descendants().exclude(content_type__in=own)
    ]
    homes = Page.objects.type(*own_types()).filter(pk__in=Site.objects.values("root_page"))
    return [*found, *((page, "is the home page of a site. Give that site another one first.") for page in homes)]


_labels: set[str] = set()


def forget_once_gone(label: str) -> None:
    """Have the app with this label forgotten once it is migrated to zero. Call it in ``AppConfig.ready()``."""
    _labels.add(label)
    post_migrate.connect(_forget_those_gone, dispatch_uid="newsroom_forget")


def _forget_those_gone(sender: Any, **kwargs: Any) -> None:
    """Django tells of each app in turn, and some make content types anew: what is gone is forgotten each time."""
    state, using = kwargs.get("apps"), kwargs["using"]
    if state is None or not _keeps_content_types(using):
        return
    for label in _labels:
        if label not in state.app_configs or not list(state.get_app_config(label).get_models()):
            forget(label, using=using)


def _keeps_content_types(using: str) -> bool:
    """Whether Django keeps its content types in this database: a second one may hold a few tables only."""
    table = ContentType._meta.db_table
    return router.allow_migrate_model(using, ContentType) and table in connections[using].introspection.table_names()


def forget(label: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Delete what Django and Wagtail keep about the models of an app whose tables are gone.

    Content types and permissions, revisions, rows of the search and reference index, log entries, tags. Rows are
    deleted as they are: the models that would cascade have no tables any more. A type of which a page or a task is left
    stays.
    """
    types = ContentType.objects.using(using)
    kinds = set(types.filter(app_label=label).values_list("pk", flat=True))
    if not kinds:
        return
    for model in (Page, Task):
        rows = model._base_manager.using(using).filter(content_type__in=kinds)
        kinds -= set(rows.values_list("content_type", flat=True))
    tables = set(connections[using].introspection.table_names())
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in tables]
    permissions = set(Permission.objects.using(using).filter(content_type__in=kinds).values_list("pk", flat=True))
    of_kinds = Q(base_content_type__in=kinds) | Q(content_type__in=kinds)
    states = WorkflowState.objects.using(using).filter(of_kinds).values_list("pk", flat=True)
    revisions = Revision.objects.using(using).filter(of_kinds).values_list("pk", flat=True)
    with transaction.atomic(using=using):
        _delete_rows(models, using, WorkflowState, set(states))
        _delete_rows(models, using, Revision, set(revisions))
        _delete_rows(models, using, Permission, permissions)
        _delete_rows(models, using, ContentType, kinds)
    ContentType.objects.clear_cache()


def _delete_rows(models: list[type[Model]], using: str, target: type[Model], ids: set[Any]) -> None:
    """Delete rows of ``target``, before them the rows of ``models`` that must refer to one; others forget them."""
    for model in models:
        if model._meta.proxy or not model._meta.managed:
            continue
        for key in model._meta.local_fields:
            if key.remote_field is None or key.remote_field.model is not target:
                continue
            rows = model._base_manager.using(using).filter(**{f"{key.name}__in": ids})
            if key.null and target is not ContentType:  # a log entry without a type says nothing to anybody
                rows.update(**{key.name: None})
            else:
                rows._raw_delete(using)
    rows = target._base_manager.using(using).filter(pk__in=ids)
    rows._raw_delete(using)
