"""What a database holds about types, rights and workflow: all that may not change, and all that has to go again."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from taggit.models import TaggedItem
from wagtail.models import (
    Collection,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    ReferenceIndex,
    Revision,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
)
from wagtail.search.models import IndexEntry

COUNTED = (ModelLogEntry, PageLogEntry, Page, Revision, IndexEntry, TaggedItem, ReferenceIndex, Task, WorkflowState)


def everything() -> dict[str, Any]:
    """All of it, each part as a sorted list of words."""
    kinds = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}
    rows: Counter[str] = Counter()
    for model in COUNTED:
        keys = [field.attname for field in model._meta.fields if field.related_model is ContentType]
        for values in model._base_manager.order_by().values_list(*keys):
            named = ", ".join(str(kinds.get(value, "a type that is gone")) for value in values)
            rows[f"{model.__name__} of {named}"] += 1
    rows |= Counter(
        {model.__name__: model.objects.count() for model in (TaskState, PageSubscription, Collection, Site)}
    )
    return {
        "tables": sorted(connection.introspection.table_names()),
        "migrations": sorted({app for app, _name in MigrationRecorder(connection).applied_migrations()}),
        "types": sorted(kinds.values()),
        "permissions": sorted(map(str, Permission.objects.values_list("content_type__app_label", "codename"))),
        "groups": sorted(Group.objects.values_list("name", flat=True)),
        "rights": rights(),
        "workflows": sorted(Workflow.objects.values_list("name", flat=True)),
        "tasks": sorted(f"{task.name}: {kinds.get(task.content_type_id)}" for task in Task.objects.all()),
        "workflow of pages": workflow_of_pages(),
        "rows": sorted(f"{count} {what}" for what, count in rows.items()),
    }


def workflow_of_pages() -> list[str]:
    return sorted(f"{link.page.url_path}: {link.workflow.name}" for link in WorkflowPage.objects.all())


def rights() -> list[str]:
    """One line for each right of each group: the group, the right and where it holds."""
    lines = []
    for group in Group.objects.all():
        lines += [f"{group.name}: {each.codename}" for each in group.permissions.all()]
        for right in group.page_permissions.select_related("page", "permission"):
            lines.append(f"{group.name}: {right.permission.codename} on {right.page.url_path}")
        for right in group.collection_permissions.select_related("collection", "permission"):
            lines.append(f"{group.name}: {right.permission.codename} in {right.collection.name}")
    return sorted(lines)
