"""Parts that a host switches off: their addresses, menu items, panels, buttons, forms and rights are not there."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.admin.desk import Desk, member
from tests.admin.test_menu import menu
from tests.factories import EventPageFactory, NewsPageFactory, make_site
from tests.news.test_requests import FORM
from wagtail_newsroom.news.admin.page_actions.catalogue import PAGE_ACTIONS
from wagtail_newsroom.news.api.fields import without_parts_that_are_off
from wagtail_newsroom.news.enums import RegistrationKind
from wagtail_newsroom.news.feeds.calendar import event_calendar
from wagtail_newsroom.news.models import AccessRequest, Bundle, EventPage
from wagtail_newsroom.news.publishing.approval.groups import PUBLISHERS, set_up_roles
from wagtail_newsroom.news.publishing.preflight.checks.events import check_event
from wagtail_newsroom.news.publishing.sharing.links import can_be_shared, draft_address, share_draft, working_link
from wagtail_newsroom.news.switches import PARTS, REGISTRATION_FIELDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Page]:
    pages = make_site()
    set_up_roles()
    return pages


@pytest.fixture
def publisher(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS))


@pytest.fixture
def without(settings: Any) -> Any:
    """A function that switches a part off."""

    def switch_off(part: str) -> None:
        assert part in PARTS
        settings.NEWSROOM = {**settings.NEWSROOM, part: False}

    return switch_off


def gone(desk: Desk, *addresses: str) -> None:
    for address in addresses:
        assert desk.client.get(address).status_code == 404, address


# Bundles


def test_bundles_are_gone_where_they_are_off(publisher: Desk, without: Any) -> None:
    bundle = Bundle.objects.create(title="Razem", owner=publisher.user, go_live_at=timezone.now())
    addresses = (
        "/admin/newsroom_bundles/",
        "/admin/newsroom_bundles/new/",
        f"/admin/newsroom_bundles/inspect/{bundle.pk}/",
    )
    assert "Publish together" in menu(publisher)
    assert [publisher.client.get(address).status_code for address in addresses] == [200, 200, 200]
    assert "Razem" in publisher.client.get("/admin/newsroom_schedule/").content.decode()
    without("BUNDLES")
    assert "Publish together" not in menu(publisher)
    gone(publisher, *addresses)
    assert "Razem" not in publisher.client.get("/admin/newsroom_schedule/").content.decode()


# Sharing


def test_sharing_is_gone_where_it_is_off(tree: dict[str, Page], publisher: Desk, without: Any) -> None:
    page = NewsPageFactory(parent=tree["news"], live=False, owner=publisher.user)
    page.save_revision(user=publisher.user)
    link = share_draft(page, publisher.user)
    public, admin = f"/podglad/{link.token}/", f"/admin/newsroom/share/{page.pk}/"
    assert Client().get(public).status_code == 200
    assert admin in publisher.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    without("SHARING")
    assert Client().get(public).status_code == 404
    gone(publisher, admin)
    assert admin not in publisher.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert not can_be_shared(page)
    assert draft_address(link) == ""
    assert working_link(link.token) is None
    link.remarks.create(name="Jan", text="Zła data.")
    assert "Zła data." not in publisher.client.get("/admin/").content.decode()


# Requests for accessible versions


def test_access_requests_are_gone_where_they_are_off(tree: dict[str, Page], publisher: Desk, without: Any) -> None:
    page = NewsPageFactory(parent=tree["news"])
    asked = AccessRequest.objects.create(
        kind="page", item_id=page.pk, title="Zqprośba", wished_form="text", due_on=timezone.localdate()
    )
    admin = (
        "/admin/newsroom_requests/",
        f"/admin/newsroom_requests/inspect/{asked.pk}/",
        "/admin/newsroom/requests/figures/",
        f"/admin/newsroom/requests/{asked.pk}/answer/",
    )
    assert Client().get(FORM).status_code == 200
    assert FORM in Client().get(page.url).content.decode()
    assert publisher.client.get(admin[0]).status_code == 200
    assert "Zqprośba" in publisher.client.get("/admin/").content.decode()
    assert any("equest" in label for label in menu(publisher))
    without("ACCESS_REQUESTS")
    for address in (FORM, f"{FORM}strona/{page.pk}/", "/en/accessibility/request/"):
        assert Client().get(address).status_code == 404, address
    for address in ("/", page.url, tree["documents"].url):
        assert FORM not in Client().get(address).content.decode(), address
    gone(publisher, *admin)
    assert "Zqprośba" not in publisher.client.get("/admin/").content.decode()
    assert not any("equest" in label for label in menu(publisher))


# Registration

TAKES = {"registration": RegistrationKind.EMAIL, "registration_email": "zapisy@example.org", "cost": "bezpłatnie"}


def test_registration_is_gone_where_it_is_off(tree: dict[str, Page], publisher: Desk, without: Any, rf: Any) -> None:
    today = timezone.localdate()
    event = EventPageFactory(parent=tree["events"], deadline_date=today, **TAKES)
    edit = f"/admin/pages/{event.pk}/edit/"
    assert b"zapisy@example.org" in Client().get(event.url).content
    form = publisher.client.get(edit).content.decode()
    assert 'name="registration_email"' in form
    assert PAGE_ACTIONS["deadline"].offered(event)
    assert "registration_is" in publisher.client.get("/admin/newsroom_events/").content.decode()
    assert "Registration closes today" in publisher.client.get("/admin/").content.decode()
    without("REGISTRATION")
    event = type(event).objects.get(pk=event.pk)
    assert b"zapisy@example.org" not in Client().get(event.url).content
    form = publisher.client.get(edit).content.decode()
    assert [name for name in REGISTRATION_FIELDS if f'name="{name}"' in form] == []
    assert "registration_is" not in publisher.client.get("/admin/newsroom_events/").content.decode()
    assert "Registration closes today" not in publisher.client.get("/admin/").content.decode()
    assert not PAGE_ACTIONS["deadline"].offered(event)
    assert event.registration_state == "none"
    assert "closed" not in {name for name, _label in event.preview_modes}
    assert [found.code for found in check_event(event) if "clause" in found.code or "deadline" in found.code] == []
    assert "zapisy@example.org" not in event_calendar(event, rf.get("/")).decode()
    api = Client().get(f"/api/v2/pages/{event.pk}/").json()
    assert (api["registration"], api["registration_state"]) == ("none", "none")


def test_api_carries_nothing_about_registration_where_that_is_off(without: Any) -> None:
    names = {field.name for field in EventPage.api_fields}
    assert {*REGISTRATION_FIELDS} <= names
    without("REGISTRATION")
    left = {field.name for field in without_parts_that_are_off(EventPage.api_fields)}
    assert names - left == {*REGISTRATION_FIELDS} - {"registration"}


def test_form_of_an_event_keeps_what_was_stored_about_registration(
    tree: dict[str, Page], publisher: Desk, without: Any
) -> None:
    event = EventPageFactory(parent=tree["events"], owner=publisher.user, **TAKES)
    event.save_revision(user=publisher.user)
    without("REGISTRATION")
    assert publisher.open(event).fill(title="Nowy tytuł").save_draft().status_code == 302
    draft = type(event).objects.get(pk=event.pk).get_latest_revision_as_object()
    assert draft.title == "Nowy tytuł"
    assert {name: getattr(draft, name) for name in TAKES} == {name: str(value) for name, value in TAKES.items()}


# Rights


@pytest.mark.parametrize(("part", "codename"), [("BUNDLES", "add_bundle"), ("ACCESS_REQUESTS", "change_accessrequest")])
def test_set_up_gives_no_rights_for_a_part_that_is_off(without: Any, part: str, codename: str) -> None:
    make_site()
    without(part)
    set_up_roles()
    given = Group.objects.get(name=PUBLISHERS).permissions
    assert not given.filter(codename=codename).exists()
    assert given.filter(codename="add_topic").exists()
