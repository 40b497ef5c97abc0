"""Who may approve what: members of the groups and their deputies, and nobody their own work."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Task, TaskState, Workflow, WorkflowPage, WorkflowTask

from tests.admin.desk import EDITORS, PUBLISHERS, member
from tests.factories import NewsPageFactory, make_site
from wagtail_newsroom.news.models import ApprovalTask, Deputy, NewsPage
from wagtail_newsroom.news.publishing.approval import moderation
from wagtail_newsroom.news.publishing.approval.groups import TASK, WORKFLOW, set_up_roles

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)
Run = Callable[..., Any]


@pytest.fixture
def tree() -> dict[str, Page]:
    pages = make_site()
    set_up_roles()
    return pages


@pytest.fixture(autouse=True)
def _mail_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Run) -> Run:
    """Run what waits for the end of the transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def person(name: str, group: str = EDITORS, *, language: str = "en") -> User:
    user = member(group, name, language=language)
    user.email = f"{name}@example.org"
    user.save()
    return user


def submitted(tree: dict[str, Page], by: User, **fields: Any) -> NewsPage:
    page = NewsPageFactory(parent=tree["news"], live=False, owner=by, **fields)
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return NewsPage.objects.get(pk=page.pk)


def fresh(user: User) -> User:
    """As the next request meets them: answers are kept on the user for one request."""
    return User.objects.get(pk=user.pk)


def names(page: Page, user: User) -> list[str]:
    task = page.current_workflow_task
    assert isinstance(task, ApprovalTask)
    return list(dict.fromkeys(name for name, _words, _more in task.get_actions(page, fresh(user))))


def stand_in(publisher: User, deputy: User, first: int = 0, last: int = 0) -> Deputy:
    """``deputy`` for ``publisher``, from ``first`` days from today to ``last``."""
    return Deputy.objects.create(
        publisher=publisher, deputy=deputy, first_day=TODAY() + first * DAY, last_day=TODAY() + last * DAY
    )


def test_only_members_decide(tree: dict[str, Page]) -> None:
    page = submitted(tree, person("ewa"))
    assert names(page, person("piotr", PUBLISHERS)) == ["reject", "approve"]
    assert names(page, person("jan")) == []


@pytest.mark.parametrize(
    ("first", "last", "decides"), [(0, 0, True), (-3, 0, True), (0, 9, True), (1, 9, False), (-9, -1, False)]
)
def test_deputy_decides_on_the_days_of_duty(tree: dict[str, Page], first: int, last: int, decides: bool) -> None:
    page, publisher, jan = submitted(tree, person("ewa")), person("piotr", PUBLISHERS), person("jan")
    stand_in(publisher, jan, first, last)
    task = page.current_workflow_task
    assert (names(page, jan) == ["reject", "approve"]) is decides
    assert task.user_can_access_editor(page, fresh(jan)) is decides
    assert task.user_can_lock(page, fresh(jan)) is decides
    assert task.locked_for_user(page, fresh(jan)) is not decides


def test_deputy_of_somebody_without_the_right_decides_nothing(tree: dict[str, Page]) -> None:
    page, jan = submitted(tree, person("ewa")), person("jan")
    stand_in(person("ola"), jan)
    gone = person("piotr", PUBLISHERS)
    gone.is_active = False
    gone.save()
    stand_in(gone, jan)
    assert names(page, jan) == []


def test_nobody_decides_about_what_they_submitted(tree: dict[str, Page]) -> None:
    publisher, other = person("piotr", PUBLISHERS), person("anna", PUBLISHERS)
    root = User.objects.create_superuser("root")
    assert names(submitted(tree, publisher), publisher) == []
    assert names(submitted(tree, root), root) == []
    assert names(submitted(tree, publisher), other) == ["reject", "approve"]
    assert names(submitted(tree, publisher), root) == ["reject", "approve"]


def test_who_changed_the_page_since_sends_it_back_and_does_not_approve_it(tree: dict[str, Page]) -> None:
    page, publisher = submitted(tree, person("ewa")), person("piotr", PUBLISHERS)
    page.lead = "Inny wstęp."
    page.save_revision(user=publisher)
    assert names(page, publisher) == ["reject"]
    assert names(page, person("anna", PUBLISHERS)) == ["reject", "approve"]


def test_who_set_the_time_of_publication_only_may_approve(tree: dict[str, Page]) -> None:
    page, publisher = submitted(tree, person("ewa")), person("piotr", PUBLISHERS)
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.save_revision(user=publisher)
    assert names(page, publisher) == ["reject", "approve"]
    assert list(TaskState.objects.reviewable_by(fresh(publisher))) == [page.current_workflow_task_state]

    page.lead = "Inny wstęp."
    page.save_revision(user=publisher)
    page.go_live_at += dt.timedelta(days=1)
    page.save_revision(user=publisher)
    assert names(page, publisher) == ["reject"]
    assert list(TaskState.objects.reviewable_by(fresh(publisher))) == []


def test_organisation_may_allow_to_approve_own_work(tree: dict[str, Page], settings: Any) -> None:
    settings.NEWSROOM = {"APPROVE_OWN_WORK": True}
    publisher = person("piotr", PUBLISHERS)
    page = submitted(tree, publisher)
    assert names(page, publisher) == ["reject", "approve"]
    assert list(TaskState.objects.reviewable_by(fresh(publisher))) == [page.current_workflow_task_state]


def test_list_of_what_waits_leaves_own_work_out(tree: dict[str, Page]) -> None:
    editor, publisher = person("ewa"), person("piotr", PUBLISHERS)
    theirs, changed = submitted(tree, editor), submitted(tree, editor)
    changed.lead = "Inny wstęp."
    changed.save_revision(user=publisher)
    submitted(tree, publisher)
    GroupApprovalTask.objects.create(name="Inne")
    assert [state.workflow_state.content_object.pk for state in TaskState.objects.reviewable_by(fresh(publisher))] == [
        theirs.pk
    ]
    assert list(TaskState.objects.reviewable_by(fresh(editor))) == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_list_of_what_waits_asks_twice_however_long_it_is(
    tree: dict[str, Page], count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    editor, publisher = person("ewa"), fresh(person("piotr", PUBLISHERS))
    page = None
    for _number in range(count):
        page = submitted(tree, editor)
    assert page is not None
    task = page.current_workflow_task
    moderation.is_in_charge(task, publisher)
    with django_assert_num_queries(2):
        assert len(task.get_task_states_user_can_moderate(publisher)) == count


def test_own_work_is_refused_where_no_view_has_asked_before(tree: dict[str, Page]) -> None:
    publisher = person("piotr", PUBLISHERS)
    own = submitted(tree, publisher)
    state = own.current_workflow_task_state
    state.task.specific.on_action(state, fresh(publisher), "approve")
    state.refresh_from_db()
    own.refresh_from_db()
    assert (state.status, own.live) == (TaskState.STATUS_IN_PROGRESS, False)
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, fresh(person("jan")), "approve")


def test_deputy_without_the_right_to_publish_publishes_by_approving(tree: dict[str, Page]) -> None:
    publisher, jan = person("piotr", PUBLISHERS), person("jan")
    stand_in(publisher, jan)
    page = submitted(tree, person("ewa"))
    assert not page.permissions_for_user(jan).can_publish()
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, fresh(jan), "approve")
    page.refresh_from_db()
    assert page.live
    published = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
    assert [entry.user.username for entry in published] == ["jan"]
    # The right ends with the approval.
    with pytest.raises(PermissionDenied):
        page.save_revision(user=jan).publish(user=fresh(jan))


def test_deputies_are_checked(tree: dict[str, Page]) -> None:
    publisher = person("piotr", PUBLISHERS)
    with pytest.raises(ValidationError):
        Deputy(publisher=publisher, deputy=publisher, last_day=TODAY()).full_clean()
    with pytest.raises(ValidationError):
        Deputy(publisher=publisher, deputy=person("jan"), first_day=TODAY(), last_day=TODAY() - DAY).full_clean()


# Setting up


def stock_workflow(page: Page) -> GroupApprovalTask:
    """What the release before set up."""
    task = GroupApprovalTask.objects.create(name=gettext(TASK))
    task.groups.add(Group.objects.get_or_create(name=PUBLISHERS)[0])
    workflow = Workflow.objects.create(name=gettext(WORKFLOW))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    return task


def test_stock_task_becomes_ours_and_loses_no_running_approval() -> None:
    tree = make_site()
    stock = stock_workflow(tree["home"])
    editor = User.objects.create_user("ewa")
    page = submitted(tree, editor)
    waiting = page.current_workflow_task_state
    for _time in range(2):
        set_up_roles()
        assert not GroupApprovalTask.objects.filter(name=gettext(TASK)).exists()
        ours = ApprovalTask.objects.get()
        assert (ours.pk, ours.name) == (stock.pk, stock.name)
        assert [group.name for group in ours.groups.all()] == [PUBLISHERS]
    page = NewsPage.objects.get(pk=page.pk)
    assert page.current_workflow_task_state == waiting
    assert isinstance(page.current_workflow_task, ApprovalTask)
    publisher = person("piotr", PUBLISHERS)
    ours.on_action(page.current_workflow_task_state, fresh(publisher), "approve")
    page.refresh_from_db()
    assert page.live


def test_stock_tasks_of_other_workflows_stay() -> None:
    tree = make_site()
    shared = stock_workflow(tree["home"])
    other = Workflow.objects.create(name="Inny obieg")
    WorkflowTask.objects.create(workflow=other, task=shared, sort_order=0)
    before = list(Task.objects.order_by("pk").values())
    set_up_roles()
    assert list(Task.objects.order_by("pk").values()) == before


# E-mails


def sent() -> list[tuple[str, str]]:
    return sorted((message.to[0], message.subject) for message in mail.outbox)


def test_submission_is_told_to_whoever_may_approve(tree: dict[str, Page], on_commit: Run) -> None:
    piotr, anna, jan, ola = (
        person("piotr", PUBLISHERS, language="pl"), person("anna", PUBLISHERS), person("jan"), person("ola")
    )  # fmt: skip
    stand_in(piotr, jan)
    stand_in(piotr, ola, -9, -1)
    with on_commit():
        submitted(tree, anna, title="Nabór")
    assert {address for address, _subject in sent()} == {"jan@example.org", "piotr@example.org"}
    text = next(message for message in mail.outbox if message.to == ["jan@example.org"])
    assert text.subject == "Waiting for your approval: Nabór"
    assert "anna submitted “Nabór”" in text.body
    assert f"/admin/pages/{NewsPage.objects.get().pk}/edit/" in text.body
    assert text.alternatives == []


def test_remark_reaches_whoever_submitted(tree: dict[str, Page], on_commit: Run) -> None:
    editor, publisher = person("ewa"), person("piotr", PUBLISHERS)
    page = submitted(tree, editor, title="Nabór <b>ważny</b>")
    state = page.current_workflow_task_state
    with on_commit():
        state.task.specific.on_action(state, fresh(publisher), "reject", comment="Brak terminu & miejsca.")
    assert sent() == [("ewa@example.org", "To be mended: Nabór <b>ważny</b>")]
    assert "Brak terminu & miejsca." in mail.outbox[0].body
    assert "piotr sent" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("days", "subject"), [(None, "Published: Nabór"), (5, "Scheduled: Nabór")], ids=["now", "later"]
)
def test_approval_tells_what_follows(tree: dict[str, Page], on_commit: Run, days: int | None, subject: str) -> None:
    when = timezone.now() + days * DAY if days else None
    page = submitted(tree, person("ewa"), title="Nabór", go_live_at=when)
    state = page.current_workflow_task_state
    with on_commit():
        state.task.specific.on_action(state, fresh(person("piotr", PUBLISHERS)), "approve", comment="Dobra robota.")
    assert sent() == [("ewa@example.org", subject)]
    assert "Dobra robota." in mail.outbox[0].body


def test_publication_without_the_approval_is_told_too(tree: dict[str, Page], on_commit: Run) -> None:
    page, publisher = submitted(tree, person("ewa"), title="Nabór"), person("piotr", PUBLISHERS)
    with on_commit():
        page.get_latest_revision().publish(user=publisher)
    assert sent() == [("ewa@example.org", "Published: Nabór")]


def test_x6_line_breaks_in_a_title_add_no_line_to_an_e_mail(tree: dict[str, Page], on_commit: Run) -> None:
    person("piotr", PUBLISHERS)
    with on_commit():
        submitted(tree, person("ewa"), title="Nabór\r\nBcc: obcy@example.org")
    assert [message.subject for message in mail.outbox] == ["Waiting for your approval: Nabór Bcc: obcy@example.org"]
    assert mail.outbox[0].recipients() == ["piotr@example.org"]


def test_e_mails_that_somebody_does_not_want_are_not_sent(tree: dict[str, Page], on_commit: Run) -> None:
    publisher = person("piotr", PUBLISHERS)
    publisher.wagtail_userprofile.submitted_notifications = False
    publisher.wagtail_userprofile.save()
    with on_commit():
        submitted(tree, person("ewa"))
    assert mail.outbox == []


def test_dead_mail_server_stops_neither_submission_nor_publication(
    tree: dict[str, Page], on_commit: Run, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    publisher = person("piotr", PUBLISHERS)
    with on_commit():
        page = submitted(tree, person("ewa"))
    state = page.current_workflow_task_state
    with on_commit():
        state.task.specific.on_action(state, fresh(publisher), "approve")
    page.refresh_from_db()
    assert page.live
    assert [
        record.getMessage() for record in caplog.records if record.name == "wagtail_newsroom.news.publishing.mail"
    ] == ["An e-mail could not be sent."] * 2


def test_what_other_workflows_tell_stays_wagtails(tree: dict[str, Page], on_commit: Run) -> None:
    task = GroupApprovalTask.objects.create(name="Inne")
    task.groups.add(Group.objects.get(name=PUBLISHERS))
    workflow = Workflow.objects.create(name="Inny obieg")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    person("piotr", PUBLISHERS)
    page = NewsPageFactory(parent=tree["news"], live=False)
    page.save_revision()
    with on_commit():
        workflow.start(page, person("ewa"))
    assert [message.to for message in mail.outbox] == [["piotr@example.org"]]
    assert "submitted for approval" in mail.outbox[0].subject
