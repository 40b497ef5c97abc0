"""From a draft to the public through the admin: sent back with remarks, approved by a deputy, never by the author."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Page, TaskState

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member
from tests.factories import NewsPageFactory
from wagtail_newsroom.news.models import Deputy, NewsPage

NO_REMARK = "A page goes back with a remark only. Write what has to change, so that it can be mended."


def refused(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"] == "/admin/"


def submitted(tree: dict[str, Page], desk: Desk, **fields: Any) -> NewsPage:
    page = NewsPageFactory(parent=tree["news"], live=False, owner=desk.user, **fields)
    page.save_revision(user=desk.user)
    assert desk.open(page).submit().status_code == 302
    page = NewsPage.objects.get(pk=page.pk)
    assert page.workflow_in_progress
    return page


def stand_in(publisher: User, deputy: User, **fields: Any) -> Deputy:
    return Deputy.objects.create(publisher=publisher, deputy=deputy, **{"last_day": timezone.localdate(), **fields})


def action_url(page: Page, action: str, state: TaskState | None = None) -> str:
    state = state or page.current_workflow_task_state
    return f"/admin/pages/workflow/action/{page.pk}/{action}/{state.pk}/"


def test_page_goes_back_with_a_remark_and_comes_again(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    page = submitted(tree, editor)
    publisher.open(page).send_back("Brak terminu.")
    state = page.workflow_states.get()
    assert (state.status, state.current_task_state.comment) == ("needs_changes", "Brak terminu.")
    assert editor.open(page).fill(lead="Z terminem.").submit().status_code == 302
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert publisher.open(page).approve().status_code == 302
    page.refresh_from_db()
    assert (page.live, page.lead) == (True, "Z terminem.")


@pytest.mark.parametrize("remark", ["", "   "])
def test_page_does_not_go_back_without_a_remark(
    tree: dict[str, Page], editor: Desk, publisher: Desk, remark: str
) -> None:
    page = submitted(tree, editor)
    form = publisher.open(page)
    answer = form.send_back(remark)
    assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert (
        "The page was not sent back: there was no remark." in publisher.client.get(answer["Location"]).content.decode()
    )
    window = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
    asked = publisher.client.post(action_url(page, "reject"), {"comment": remark}, **window)
    assert NO_REMARK in asked.json()["html"]
    assert page.workflow_states.get().status == "in_progress"


def test_words_of_the_actions(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    shown = publisher.client.get(f"/admin/pages/{submitted(tree, editor).pk}/edit/").content.decode()
    for words in ("Send back with remarks", "Approve with a remark"):
        assert words in shown


def test_nobody_approves_their_own_work(tree: dict[str, Page], publisher: Desk) -> None:
    page = submitted(tree, publisher)
    assert "Approve with a remark" not in publisher.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    publisher.open(page).approve()
    assert refused(publisher.client.post(action_url(page, "approve"), {"comment": ""}))
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)


def test_approval_of_own_work_under_the_address_of_another_page(
    tree: dict[str, Page], editor: Desk, publisher: Desk
) -> None:
    own, other = submitted(tree, publisher), submitted(tree, editor)
    publisher.client.post(action_url(other, "approve", own.current_workflow_task_state), {"comment": ""})
    assert [page.live for page in NewsPage.objects.all()] == [False, False]


def test_superuser_follows_the_same_rule(tree: dict[str, Page], admin_user: User) -> None:
    root = Desk(admin_user)
    page = submitted(tree, root)
    assert refused(root.client.post(action_url(page, "approve"), {"comment": ""}))
    page.refresh_from_db()
    assert not page.live


def test_approval_of_what_one_has_just_changed_waits_for_somebody_else(
    tree: dict[str, Page], editor: Desk, publisher: Desk
) -> None:
    page = submitted(tree, editor, lead="Bez przecinka")
    answer = publisher.open(page).fill(lead="Z przecinkiem,").approve()
    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision_as_object().lead == "Z przecinkiem,"
    assert "You cannot approve this page" in publisher.client.get(answer["Location"]).content.decode()
    other = Desk(member(PUBLISHERS, "anna"))
    assert other.open(page).approve().status_code == 302
    page.refresh_from_db()
    assert (page.live, page.lead) == (True, "Z przecinkiem,")


def test_deputy_works_in_the_place_of_a_publisher(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    page, jan = submitted(tree, editor), Desk(member(EDITORS, "jan"))
    assert refused(jan.client.get(f"/admin/pages/{page.pk}/edit/"))
    duty = stand_in(publisher.user, jan.user)
    assert str(page.title) in jan.client.get("/admin/").content.decode()
    assert jan.open(page).approve().status_code == 302
    page.refresh_from_db()
    assert page.live
    assert page.workflow_states.get().current_task_state.finished_by == jan.user
    duty.first_day = duty.last_day = timezone.localdate() - dt.timedelta(days=1)
    duty.save()
    assert refused(jan.client.get(f"/admin/pages/{submitted(tree, editor).pk}/edit/"))
    assert not page.permissions_for_user(jan.user).can_publish()


# Deputies in the admin

URL = "/admin/newsroom_deputies/"


def filled_in(deputy: User, **more: Any) -> dict[str, Any]:
    return {"deputy": deputy.pk, "first_day": "2026-01-01", "last_day": "2026-01-09", **more}


def test_publisher_manages_their_own_deputies(tree: dict[str, Page], publisher: Desk) -> None:
    jan, anna = member(EDITORS, "jan"), member(PUBLISHERS, "anna")
    theirs = stand_in(anna, jan)
    assert publisher.client.post(f"{URL}new/", filled_in(jan, publisher=anna.pk)).status_code == 302
    own = Deputy.objects.exclude(pk=theirs.pk).get()
    assert (own.publisher, own.deputy) == (publisher.user, jan)
    listed = publisher.client.get(URL).content.decode()
    assert f"/newsroom_deputies/edit/{own.pk}/" in listed
    assert f"/newsroom_deputies/edit/{theirs.pk}/" not in listed
    assert publisher.client.post(f"{URL}edit/{own.pk}/", filled_in(anna, publisher=anna.pk)).status_code == 302
    own.refresh_from_db()
    assert (own.publisher, own.deputy) == (publisher.user, anna)
    for action in ("edit", "delete", "history", "usage", "copy", "inspect"):
        for method in (publisher.client.get, publisher.client.post):
            answer = method(f"{URL}{action}/{theirs.pk}/", filled_in(publisher.user))
            assert answer.status_code in (302, 404, 405), action
            assert answer.status_code != 302 or refused(answer), action
    assert Deputy.objects.get(pk=theirs.pk).deputy == jan
    assert publisher.client.post(f"{URL}delete/{own.pk}/").status_code == 302
    assert list(Deputy.objects.all()) == [theirs]


def test_administrator_manages_the_deputies_of_all(tree: dict[str, Page], administrator: Desk) -> None:
    jan, anna = member(EDITORS, "jan"), member(PUBLISHERS, "anna")
    assert administrator.client.post(f"{URL}new/", filled_in(jan, publisher=anna.pk)).status_code == 302
    row = Deputy.objects.get()
    assert (row.publisher, row.deputy) == (anna, jan)
    assert f"/newsroom_deputies/edit/{row.pk}/" in administrator.client.get(URL).content.decode()


def test_editor_has_no_deputies(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    row = stand_in(publisher.user, editor.user)
    for url in (URL, f"{URL}new/", f"{URL}edit/{row.pk}/", f"{URL}delete/{row.pk}/"):
        assert refused(editor.client.get(url)), url
        assert refused(editor.client.post(url, filled_in(editor.user))) or url == URL
    assert list(Deputy.objects.all()) == [row]


def test_deputy_is_somebody_else_for_days_in_order(tree: dict[str, Page], publisher: Desk) -> None:
    answer = publisher.client.post(f"{URL}new/", filled_in(publisher.user))
    assert "Nobody can be their own deputy. Choose somebody else." in answer.content.decode()
    answer = publisher.client.post(f"{URL}new/", filled_in(member(EDITORS, "jan"), last_day="2025-12-31"))
    assert "The last day comes before the first. Correct one of the two dates." in answer.content.decode()
    assert not Deputy.objects.exists()
