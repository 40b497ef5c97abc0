"""Where the desk stands: an item of the newsroom's menu, or the admin's home; in either case for its members only."""

from typing import Any

import bs4
import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from tests.admin.desk import Desk, member
from tests.admin.newsroom import other_section
from tests.admin.test_menu import menu
from wagtail_newsroom.news.publishing.approval.groups import EDITORS

SUMMARY = ".w-summary, [data-summary-panel], .summary"


@pytest.fixture
def on_the_menu(settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "DESK_AS_HOME": False}


@pytest.fixture
def moderator(tree: dict[str, Page]) -> Desk:
    """Somebody of the host's, who edits pages and belongs to none of our groups."""
    group = Group.objects.get(name="Moderators")
    GroupPagePermission.objects.get_or_create(
        group=group, page=tree["home"], permission=Permission.objects.get(codename="change_page")
    )
    return Desk(member("Moderators"))


def home(desk: Desk) -> bs4.BeautifulSoup:
    answer = desk.client.get("/admin/")
    assert answer.status_code == 200
    return bs4.BeautifulSoup(answer.content, "html.parser")


def summary(desk: Desk) -> list[str]:
    """Where the numbers over the home lead."""
    return [link["href"] for link in home(desk).select("main section a[href]") if link["href"].startswith("/admin/")]


def test_desk_is_an_item_of_the_menu_by_default(on_the_menu: None, editor: Desk) -> None:
    assert menu(editor)[0] == "Desk"
    assert home(editor).select(".desk") == []
    page = bs4.BeautifulSoup(editor.client.get("/admin/newsroom_desk/").content, "html.parser")
    assert len(page.select(".desk")) == 1
    assert page.select_one('link[href$="newsroom/admin/desk/desk.css"]') is not None


def test_home_of_members_is_wagtails_where_the_desk_is_on_the_menu(on_the_menu: None, editor: Desk) -> None:
    assert "/admin/images/" in summary(editor)


def test_desk_is_the_home_where_the_site_says_so(editor: Desk) -> None:
    assert len(home(editor).select(".desk")) == 1
    assert "Desk" not in menu(editor)


def test_other_people_keep_their_home_and_its_summary(moderator: Desk) -> None:
    assert home(moderator).select(".desk") == []
    assert "/admin/images/" in summary(moderator)
    assert moderator.client.get("/admin/newsroom_desk/").status_code in (302, 403)


def test_menu_of_people_without_a_list_stays_as_it_was(tree: dict[str, Page], moderator: Desk) -> None:
    """The newsroom's entry is for its members, for those with a right of ours, and where a list is among one's pages."""
    stranger = other_section(tree)
    assert not has_entry(stranger)
    assert has_entry(moderator)
    group = Group.objects.get(name="Another section")
    group.permissions.add(Permission.objects.get(codename="view_accessrequest"))
    assert has_entry(Desk(type(stranger.user).objects.get(pk=stranger.user.pk)))


def has_entry(desk: Desk) -> bool:
    sidebar = home(desk).find(id="wagtail-sidebar-props")
    assert sidebar is not None
    return '"name": "newsroom"' in sidebar.text


def test_button_leads_back_to_where_the_desk_stands(on_the_menu: None, publisher: Desk, settings: Any) -> None:
    from wagtail_newsroom.news.admin.desk.members import desk_url

    assert desk_url(publisher.user) == "/admin/newsroom_desk/"
    settings.NEWSROOM = {**settings.NEWSROOM, "DESK_AS_HOME": True}
    assert desk_url(publisher.user) == "/admin/"


def test_superuser_opens_the_desk_and_keeps_the_home(tree: dict[str, Page], admin_user: Any) -> None:
    root = Desk(admin_user)
    assert home(root).select(".desk") == []
    assert root.client.get("/admin/newsroom_desk/").status_code == 200
    admin_user.groups.add(Group.objects.get(name=EDITORS))
    assert len(home(Desk(type(admin_user).objects.get(pk=admin_user.pk))).select(".desk")) == 1
