"""Three groups: what each may do, tried by posting to the admin; and setting up can be repeated without harm."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import HomePage
from tests.admin.desk import Desk, member
from tests.factories import NewsIndexPageFactory, NewsPageFactory, TopicFactory, make_attachment, make_photo, make_site
from wagtail_newsroom.news.models import ApprovalTask, EventPage, NewsPage, NewsroomSettings, Topic
from wagtail_newsroom.news.publishing.approval.groups import ADMINISTRATORS, EDITORS, PUBLISHERS, TASK, set_up_roles

pytestmark = [pytest.mark.django_db, pytest.mark.services]

GOOD = {"title": "Wiadomość", "slug": "wiadomosc", "lead": "O czym jest."}


@pytest.fixture
def tree() -> dict[str, Page]:
    pages = make_site()
    set_up_roles()
    return pages


@pytest.fixture
def editor(tree: dict[str, Page]) -> Desk:
    return Desk(member(EDITORS))


@pytest.fixture
def publisher(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS))


@pytest.fixture
def administrator(tree: dict[str, Page]) -> Desk:
    return Desk(member(ADMINISTRATORS))


def rights() -> dict[str, Any]:
    """Everything that setting up writes, row by row."""
    tables = (GroupPagePermission, GroupCollectionPermission, Workflow, WorkflowPage, WorkflowTask, Task)
    return {
        **{model.__name__: list(model.objects.order_by("pk").values()) for model in tables},
        "groups": {
            group.name: sorted(group.permissions.values_list("content_type__app_label", "codename"))
            for group in Group.objects.all()
        },
    }


def newsroom_workflow() -> Workflow:
    """The workflow of the newsroom; its name is in the site's language."""
    return Workflow.objects.get(workflow_tasks__task__name=gettext(TASK))


def refused(answer: Any) -> bool:
    """Wagtail says no with 403, or leads to the admin's home with a message."""
    return answer.status_code == 403 or (answer.status_code == 302 and answer["Location"] == "/admin/")


def draft(tree: dict[str, Page], **fields: Any) -> NewsPage:
    page = NewsPageFactory(parent=tree["news"], live=False, **fields)
    page.save_revision(user=fields.get("owner"))
    return page


# Setting up


def test_setting_up_twice_changes_nothing(tree: dict[str, Page]) -> None:
    before = rights()
    for language in ("pl", "en"):
        with translation.override(language):
            call_command("setup_newsroom", verbosity=0)
            assert rights() == before


def test_setting_up_leaves_other_groups_and_what_was_granted_by_hand() -> None:
    tree = make_site()
    stock = {name: Group.objects.get(name=name) for name in ("Editors", "Moderators")}
    before = {name: rights()["groups"][name] for name in stock}
    pages_before = list(GroupPagePermission.objects.filter(group__in=stock.values()).order_by("pk").values())
    set_up_roles()
    assert {name: rights()["groups"][name] for name in stock} == before
    assert list(GroupPagePermission.objects.filter(group__in=stock.values()).order_by("pk").values()) == pages_before

    editors = Group.objects.get(name=EDITORS)
    by_hand = Permission.objects.get(content_type__app_label="newsroom", codename="delete_topic")
    editors.permissions.add(by_hand)
    grant = GroupPagePermission.objects.create(
        group=editors, page=tree["galleries"], permission=Permission.objects.get(codename="publish_page")
    )
    workflow = newsroom_workflow()
    workflow.active = False
    workflow.save()
    set_up_roles()
    assert by_hand in editors.permissions.all()
    assert GroupPagePermission.objects.filter(pk=grant.pk).exists()
    assert not newsroom_workflow().active


def test_setting_up_leaves_a_workflow_that_somebody_chose() -> None:
    tree = make_site()
    own = Workflow.objects.create(name="Po swojemu")
    WorkflowPage.objects.create(page=tree["news"], workflow=own)
    set_up_roles()
    assert tree["news"].get_workflow() == own


def test_setting_up_gives_the_lists_in_every_language_and_nothing_above_or_beside_them() -> None:
    tree = make_site()
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = tree["home"].copy_for_translation(english)
    foreign = tree["news"].copy_for_translation(english)
    set_up_roles()
    workflow = newsroom_workflow()
    lists = {tree[name].pk for name in ("news", "events", "galleries", "documents")} | {foreign.pk}
    groups = {EDITORS, PUBLISHERS, ADMINISTRATORS}
    given = GroupPagePermission.objects.filter(group__name__in=groups)
    assert set(given.values_list("page", "group__name")) == {(pk, name) for pk in lists for name in groups}
    assert set(WorkflowPage.objects.filter(workflow=workflow).values_list("page", flat=True)) == lists
    for page in (tree["home"], home):
        assert page.get_workflow() != workflow
    assert {group.name for group in ApprovalTask.objects.get(name=gettext(TASK)).groups.all()} == {
        PUBLISHERS,
        ADMINISTRATORS,
    }


def test_list_that_comes_later_is_taken_in(tree: dict[str, Page]) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    tree["home"].copy_for_translation(english)
    foreign = tree["news"].copy_for_translation(english)
    assert foreign.get_workflow() == newsroom_workflow()
    before = rights()
    set_up_roles()
    assert rights() == before


def test_list_that_comes_later_is_left_alone_where_other_pages_were_named(second_site: Page) -> None:
    tree = make_site()
    set_up_roles([tree["news"].get_parent()])
    before = rights()
    NewsIndexPageFactory(parent=second_site)
    assert rights() == before


@pytest.fixture
def second_site() -> Page:
    """The home page of a second site."""
    home = HomePage(title="Drugi serwis", slug="drugi")
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.create(hostname="second.example", root_page=home, site_name="Drugi")
    return home


def test_second_site_is_touched_only_where_it_is_named(second_site: Page) -> None:
    make_site()
    theirs = NewsIndexPageFactory(parent=second_site)
    set_up_roles()
    NewsIndexPageFactory(parent=second_site.add_child(instance=HomePage(title="Dział", slug="dzial")))
    assert not GroupPagePermission.objects.filter(page__path__startswith=second_site.path).exists()
    assert theirs.get_workflow() != newsroom_workflow()

    call_command("setup_newsroom", under=[f"https://second.example/{theirs.slug}/"], verbosity=0)
    assert set(
        GroupPagePermission.objects.filter(page__path__startswith=second_site.path).values_list("page", flat=True)
    ) == {theirs.pk}
    assert Page.objects.get(pk=theirs.pk).get_workflow() == newsroom_workflow()


def test_command_takes_the_page_that_is_named(capsys: Any) -> None:
    tree = make_site()
    call_command("setup_newsroom", "--under", "/aktualnosci/", "--no-workflow")
    given = GroupPagePermission.objects.filter(group__name=EDITORS)
    assert list(given.values_list("page", flat=True)) == [tree["news"].pk]
    assert not Workflow.objects.filter(workflow_tasks__task__name=gettext(TASK)).exists()
    assert "page “Aktualności” (/start/aktualnosci/): Newsroom editors may add" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"no page at /nic/"):
        call_command("setup_newsroom", "--under", "/nic/")
    with pytest.raises(CommandError, match=r"no site at nowhere\.example"):
        call_command("setup_newsroom", "--under", "https://nowhere.example/")


def test_rights_beyond_the_newsrooms_pages_are_given_only_where_asked_for(capsys: Any) -> None:
    make_site()
    beyond = {"change_site", "add_redirect", "delete_redirect"}
    rights = Group.objects.get_or_create(name=ADMINISTRATORS)[0].permissions.filter(codename__in=beyond)
    call_command("setup_newsroom", verbosity=0)
    assert not rights.exists()
    call_command("setup_newsroom", "--site-rights", verbosity=0)
    assert set(rights.values_list("codename", flat=True)) == beyond


def test_dry_run_says_what_would_be_given_and_gives_nothing(capsys: Any) -> None:
    make_site()
    before = rights()
    call_command("setup_newsroom", "--dry-run")
    said = capsys.readouterr().out
    assert rights() == before
    assert "Would be given:" in said
    assert "group Newsroom publishers" in said
    assert "Newsroom publishers may add, change, lock, publish, unlock" in said
    call_command("setup_newsroom", verbosity=0)
    call_command("setup_newsroom", "--dry-run")
    assert "All of it was there before." in capsys.readouterr().out


def test_set_up_before_there_is_a_list_says_so_and_takes_in_the_first_one(capsys: Any) -> None:
    home = HomePage(title="Serwis", slug="serwis")
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    call_command("setup_newsroom")
    assert "There is no list of the newsroom" in capsys.readouterr().out
    assert not GroupPagePermission.objects.filter(group__name=EDITORS).exists()
    news = NewsIndexPageFactory(parent=home)
    assert set(GroupPagePermission.objects.filter(group__name=EDITORS).values_list("page", flat=True)) == {news.pk}
    assert news.get_workflow() == newsroom_workflow()


# Editors


def test_editor_writes_and_submits_but_never_publishes(tree: dict[str, Page], editor: Desk) -> None:
    assert editor.blank(NewsPage, tree["news"]).fill(**GOOD).publish().status_code == 302
    page = NewsPage.objects.get()
    assert not page.live, "asked to publish, the form only saves"
    assert editor.open(page).fill(lead="Poprawione.").publish().status_code == 302
    page.refresh_from_db()
    assert not page.live
    assert editor.open(page).submit().status_code == 302
    state = page.workflow_states.get()
    assert (state.workflow, state.status) == (newsroom_workflow(), "in_progress")
    assert page.get_latest_revision_as_object().lead == "Poprawione."


def test_editor_publishes_by_no_other_door(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    page = draft(tree, owner=editor.user)
    live = NewsPageFactory(parent=tree["news"], owner=editor.user)
    editor.client.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={page.pk}", {"include_descendants": ""})
    editor.client.post(f"/admin/bulk/wagtailcore/page/unpublish/?next=/admin/&id={live.pk}", {})
    editor.client.post(f"/admin/pages/{page.pk}/copy/", {
        "new_title": "Kopia", "new_slug": "kopia", "new_parent_page": tree["news"].pk, "publish_copies": "on",
    })  # fmt: skip
    assert refused(editor.client.post(f"/admin/pages/{live.pk}/unpublish/"))
    assert editor.open(page).submit().status_code == 302
    page.refresh_from_db()
    task = page.current_workflow_task_state
    approve = f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/"
    editor.client.post(approve, {})
    assert set(NewsPage.objects.live()) == {live}


def test_editor_edits_only_what_is_their_own(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    mine, theirs = draft(tree, owner=editor.user), draft(tree, owner=publisher.user)
    assert editor.open(mine).fill(lead="Moje.").save_draft().status_code == 302
    mine.refresh_from_db()
    assert mine.get_latest_revision_as_object().lead == "Moje."
    url = f"/admin/pages/{theirs.pk}/edit/"
    assert refused(editor.client.get(url))
    assert refused(editor.client.post(url, {**GOOD, "title": "Cudze"}))
    assert theirs.get_latest_revision_as_object().title == theirs.title


def test_editor_uploads_and_writes_lists_but_deletes_nothing(tree: dict[str, Page], editor: Desk) -> None:
    for url in ("/admin/images/add/", "/admin/documents/add/", "/admin/snippets/newsroom/topic/add/"):
        assert editor.client.get(url).status_code == 200, url
    assert (
        editor.client.post(
            "/admin/snippets/newsroom/topic/add/", {"name": "Edukacja", "slug": "", "description": ""}
        ).status_code
        == 302
    )
    topic = Topic.objects.get()
    document, photo = make_attachment(), make_photo()
    for url in (
        f"/admin/snippets/newsroom/topic/delete/{topic.pk}/",
        f"/admin/documents/delete/{document.pk}/",
        f"/admin/images/{photo.pk}/delete/",
        f"/admin/pages/{draft(tree).pk}/delete/",
    ):
        assert refused(editor.client.post(url)), url
    assert Topic.objects.exists()
    assert NewsPage.objects.exists()


@pytest.mark.parametrize(
    "url", ["/admin/settings/newsroom/newsroomsettings/", "/admin/snippets/newsroom/sitetexts/add/"]
)
def test_only_administrators_reach_the_settings(url: str, editor: Desk, publisher: Desk, administrator: Desk) -> None:
    assert [refused(desk.client.get(url, follow=False)) for desk in (editor, publisher)] == [True, True]
    assert administrator.client.get(url, follow=True).status_code == 200


@pytest.mark.parametrize("url", ["/admin/users/", "/admin/groups/", "/admin/workflows/list/", "/admin/sites/new/"])
def test_nobody_of_the_newsroom_manages_people(url: str, editor: Desk, publisher: Desk, administrator: Desk) -> None:
    assert all(refused(desk.client.get(url)) for desk in (editor, publisher, administrator))


# Publishers


def test_publisher_publishes_what_is_theirs_and_what_is_not(
    tree: dict[str, Page], editor: Desk, publisher: Desk
) -> None:
    assert publisher.blank(NewsPage, tree["news"]).fill(**GOOD).publish().status_code == 302
    assert NewsPage.objects.get().live
    theirs = draft(tree, owner=editor.user)
    assert publisher.open(theirs).publish().status_code == 302
    theirs.refresh_from_db()
    assert theirs.live
    # What was public is retired, for a reason: tests/admin/test_retiring.py.
    asked = publisher.client.post(f"/admin/pages/{theirs.pk}/unpublish/")
    assert (asked.status_code, asked["Location"]) == (302, f"/admin/newsroom/retire/?id={theirs.pk}")
    publisher.client.post(asked["Location"], {"reason": "Odwołane."})
    theirs.refresh_from_db()
    assert not theirs.live


def test_publisher_approves_what_an_editor_submitted(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    page = draft(tree, owner=editor.user)
    editor.open(page).submit()
    form = publisher.open(page)
    answer = publisher.client.post(
        form.url, {**form.data, "action-workflow-action": "true", "workflow-action-name": "approve"}
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.live
    assert page.workflow_states.get().status == "approved"


def test_publisher_schedules(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, go_live_at="2099-01-01 10:00")
    assert form.publish().status_code == 302
    page = NewsPage.objects.get()
    assert not page.live
    assert page.scheduled_revision is not None


# Administrators


def test_administrator_changes_the_settings(tree: dict[str, Page], administrator: Desk) -> None:
    site = Site.objects.get()
    sent = {"email": "biuro@example.org", "bip_url": "https://bip.example.org/"}
    sent |= dict.fromkeys(
        ("logo", "phone", "accessible_formats_email", "facebook_url", "youtube_url", "linkedin_url"), ""
    )
    url = f"/admin/settings/newsroom/newsroomsettings/{site.pk}/"
    assert administrator.client.post(url, sent).status_code == 302
    assert NewsroomSettings.for_site(site).email == "biuro@example.org"
    refused_link = administrator.client.post(url, {**sent, "bip_url": "javascript:alert(1)"})
    assert refused_link.status_code == 200
    assert list(refused_link.context["form"].errors) == ["bip_url"]
    assert NewsroomSettings.objects.get().bip_url == "https://bip.example.org/"


def test_administrator_deletes_topics_and_pages(tree: dict[str, Page], administrator: Desk) -> None:
    topic, page = TopicFactory(), draft(tree)
    assert administrator.client.post(f"/admin/snippets/newsroom/topic/delete/{topic.pk}/").status_code == 302
    assert administrator.client.post(f"/admin/pages/{page.pk}/delete/").status_code == 302
    assert not Topic.objects.exists()
    assert not NewsPage.objects.exists()


def test_groups_work_in_the_newsrooms_tree_only(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    elsewhere = HomePage(title="Inny serwis", slug="inny")
    Page.get_first_root_node().add_child(instance=elsewhere)
    for desk in (editor, publisher):
        assert refused(desk.client.get(f"/admin/pages/add/home/standardpage/{elsewhere.pk}/"))
        assert refused(desk.client.get(f"/admin/pages/{elsewhere.pk}/edit/"))
    assert not EventPage.objects.exists()
    assert Collection.objects.count() == 1
