"""What set-up gives and removal takes away, told line by line: compare two of these to say what happens."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, WorkflowPage, WorkflowTask

from wagtail_newsroom.news.publishing.approval.groups import newsroom_workflows, role_names


def rights_in_words() -> list[str]:
    """Every group, permission, workflow and place of the newsroom's set-up, a line each, in a fixed order."""
    return [*_groups(), *_page_rights(), *_collection_rights(), *_workflows()]


def _groups() -> Iterator[str]:
    for group in Group.objects.filter(name__in=role_names()).order_by("name"):
        yield f"group {group.name}"
        for app_label, codename in group.permissions.order_by("content_type__app_label", "codename").values_list(
            "content_type__app_label", "codename"
        ):
            yield f"group {group.name}: {app_label}.{codename}"


def _page_rights() -> Iterator[str]:
    given: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    rows = GroupPagePermission.objects.filter(group__name__in=role_names()).select_related(
        "group", "permission", "page"
    )
    for row in rows.order_by("page__path", "group__name", "permission__codename"):
        given[(row.page.path, place(row.page), row.group.name)].append(row.permission.codename.removesuffix("_page"))
    for (_path, where, group), verbs in given.items():
        yield f"page {where}: {group} may {', '.join(verbs)}"


def _collection_rights() -> Iterator[str]:
    rows = GroupCollectionPermission.objects.filter(group__name__in=role_names())
    for row in rows.select_related("group", "permission", "collection").order_by("group__name", "permission__codename"):
        yield f"collection {row.collection.name}: {row.group.name} may {row.permission.codename.replace('_', ' ')}"


def _workflows() -> Iterator[str]:
    for workflow in newsroom_workflows().order_by("name"):
        yield f"workflow {workflow.name}"
        for step in WorkflowTask.objects.filter(workflow=workflow).select_related("task"):
            yield f"workflow {workflow.name}: step {step.task.name}"
        for used in WorkflowPage.objects.filter(workflow=workflow).select_related("page").order_by("page__path"):
            yield f"page {place(used.page)}: workflow {workflow.name}"


def place(page: Page) -> str:
    """A page by its title and its path in the tree."""
    return f"“{page.title}” ({page.url_path})"
