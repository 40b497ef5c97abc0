"""Taking the newsroom out: what set-up made goes, what is others' stays, and nothing is left waiting."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import HomePage, StandardPage
from tests.admin.desk import member
from tests.factories import EventPageFactory, NewsPageFactory, make_site
from wagtail_newsroom.news.models import ApprovalTask, NewsIndexPage, NewsPage
from wagtail_newsroom.news.publishing.approval.groups import EDITORS, newsroom_workflows, role_names, set_up_roles
from wagtail_newsroom.news.publishing.removal import plan_removal, remove_newsroom

pytestmark = pytest.mark.django_db

TABLES = (Group, GroupPagePermission, GroupCollectionPermission, Workflow, WorkflowPage, WorkflowTask, Task)


def rows() -> dict[str, list[Any]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def test_removal_leaves_what_was_there_before_set_up() -> None:
    make_site()
    before = rows()
    set_up_roles()
    assert rows() != before
    call_command("remove_newsroom", "--yes", verbosity=0)
    assert rows() == before
    assert NewsIndexPage.objects.exists(), "pages go only where that is asked for"


def test_dry_run_says_what_goes_and_takes_nothing(capsys: Any) -> None:
    tree = make_site()
    set_up_roles()
    before = rows()
    call_command("remove_newsroom", "--pages", "--dry-run")
    said = capsys.readouterr().out
    assert rows() == before
    assert f"group {EDITORS}" in said
    assert f"page “{tree['news'].title}” (/start/aktualnosci/)" in said
    assert NewsIndexPage.objects.exists()


def test_whoever_does_not_say_yes_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    make_site()
    set_up_roles()
    before = rows()
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with pytest.raises(CommandError, match="Nothing was taken away"):
        call_command("remove_newsroom")
    assert rows() == before


def test_group_with_members_stays_without_its_rights_unless_forced(capsys: Any) -> None:
    make_site()
    set_up_roles()
    member(EDITORS)
    call_command("remove_newsroom", "--yes")
    assert f"group {EDITORS}: 1 member(s)" in capsys.readouterr().out
    assert set(Group.objects.filter(name__in=role_names()).values_list("name", flat=True)) == {EDITORS}
    assert not GroupPagePermission.objects.filter(group__name=EDITORS).exists()
    assert not Group.objects.get(name=EDITORS).permissions.exists()
    assert not GroupCollectionPermission.objects.filter(group__name=EDITORS).exists()
    call_command("remove_newsroom", "--yes", "--force")
    assert not Group.objects.filter(name__in=role_names()).exists()


def test_page_that_waits_is_taken_back() -> None:
    tree = make_site()
    set_up_roles()
    user = member(EDITORS)
    page = NewsPageFactory(parent=tree["news"], live=False, owner=user)
    page.save_revision(user=user)
    newsroom_workflows().get().start(page, user)
    remove_newsroom(force=True)
    page = NewsPage.objects.get(pk=page.pk)
    assert page.current_workflow_state is None
    assert not page.workflow_in_progress


def test_task_in_a_workflow_of_the_host_becomes_a_stock_one() -> None:
    make_site()
    set_up_roles()
    theirs = Workflow.objects.create(name="Po swojemu")
    group = Group.objects.create(name="Rzecznicy")
    task = ApprovalTask.objects.create(name="Rzecznik")
    task.groups.set([group])
    WorkflowTask.objects.create(workflow=theirs, task=task, sort_order=0)
    assert "task Rzecznik: becomes a stock approval by its groups" in plan_removal().gone
    remove_newsroom()
    step = Task.objects.get(pk=task.pk).specific
    assert type(step) is GroupApprovalTask
    assert list(step.groups.all()) == [group]
    assert list(theirs.tasks) == [step.task_ptr]
    assert not ApprovalTask.objects.exists()


def test_pages_go_with_their_history_and_pages_of_others_stay() -> None:
    tree = make_site()
    set_up_roles()
    other = tree["home"].add_child(instance=StandardPage(title="O nas", slug="o-nas"))
    other.save_revision()
    for page in (NewsPageFactory(parent=tree["news"]), EventPageFactory(parent=tree["events"])):
        page.save_revision().publish()
    call_command("remove_newsroom", "--pages", "--yes", verbosity=0)
    left = set(Page.objects.filter(depth__gt=1).values_list("pk", flat=True))
    assert {tree["home"].pk, other.pk} <= left
    assert not left & {tree[name].pk for name in ("news", "events", "galleries", "documents")}
    assert set(Revision.objects.values_list("object_id", flat=True)) == {str(other.pk)}
    tree["home"].refresh_from_db()
    assert tree["home"].numchild == tree["home"].get_children().count()


def test_page_of_somebody_else_below_ours_stands_in_the_way(capsys: Any) -> None:
    tree = make_site()
    set_up_roles()
    before = rows()
    theirs = HomePage(title="Wkładka", slug="wkladka")
    tree["news"].add_child(instance=theirs)
    with pytest.raises(CommandError, match="Nothing was taken away"):
        call_command("remove_newsroom", "--pages", "--yes")
    assert (
        "page “Wkładka” (/start/aktualnosci/wkladka/): stands below a page of the newsroom" in capsys.readouterr().out
    )
    with pytest.raises(ValueError, match="Wkładka"):
        remove_newsroom(pages=True)
    assert rows() == before

    theirs.delete()
    Site.objects.update(root_page=tree["news"])
    with pytest.raises(ValueError, match="home page of a site"):
        remove_newsroom(pages=True)
    assert NewsIndexPage.objects.exists()
