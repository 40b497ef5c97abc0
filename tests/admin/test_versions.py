"""What has to hold on every version of Wagtail, Django and Python that we run on (`make matrix`): each part, shortly."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import APIToken, Page

from tests.admin.desk import Desk
from tests.factories import EventPageFactory, NewsPageFactory, make_attachment
from tests.trust.planting import make_world, page_types
from wagtail_newsroom.news.models import EventPage, NewsPage
from wagtail_newsroom.news.publishing.approval.groups import ADMINISTRATORS, EDITORS, PUBLISHERS

pytestmark = pytest.mark.matrix

LISTS = ("", "newsroom_news/", "newsroom_events/", "newsroom_galleries/", "newsroom_files/", "newsroom_photos/",
         "newsroom_schedule/", "newsroom_reviews/", "newsroom_bundles/", "newsroom_deputies/")  # fmt: skip


def test_page_of_each_type_is_read_edited_and_found(db: None) -> None:
    world = make_world()
    call_command("setup_newsroom", verbosity=0)
    desk, visitor = Desk(_administrator()), Client()
    for model in page_types():
        page = world.ground[model]
        name = model._meta.label
        answer = visitor.get(page.url)
        assert answer.status_code == 200, name
        assert page.title in answer.content.decode(), name
        assert "sessionid" not in answer.cookies, name
        detail = visitor.get(f"/api/v2/pages/{page.pk}/?fields=*").json()
        assert (detail["title"], detail["meta"]["type"]) == (page.title, name)
        preview = visitor.get(f"/api/v3-preview/pages/{page.pk}/").json()
        assert (preview["title"], preview["meta"]["type"]) == (page.title, name)
        form = desk.open(page)
        assert form.fill(title=f"{page.title} 2").save_draft().status_code == 302, name
        assert Page.objects.get(pk=page.pk).draft_title == f"{page.title} 2"


def _administrator() -> Any:
    return get_user_model().objects.create_superuser("root", "root@example.org")


def test_new_pages_are_published_in_the_editor(tree: dict[str, Page], publisher: Desk) -> None:
    news = publisher.blank(NewsPage, tree["news"]).fill(title="Most otwarty", slug="most", lead="Jeżdżą tramwaje.")
    event = publisher.blank(EventPage, tree["events"]).fill(
        title="Spacer po moście", slug="spacer", lead="Zapraszamy.", start_date="2099-05-01"
    )
    assert news.publish().status_code == 302
    assert event.publish_anyway().status_code == 302

    visitor = Client()
    for address, kind in (
        (f"{tree['news'].url}atom.xml", "application/atom+xml"),
        (f"{tree['events'].url}calendar.ics", "text/calendar"),
        (f"{EventPage.objects.get().url}event.ics", "text/calendar"),
    ):
        answer = visitor.get(address)
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind), address
    assert NewsPage.objects.get().live
    assert EventPage.objects.get().live


def test_submission_is_approved_in_the_editor(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    page = NewsPageFactory(parent=tree["news"], live=False, owner=editor.user)
    page.save_revision(user=editor.user)
    assert editor.open(page).submit().status_code == 302
    assert publisher.open(page).approve().status_code == 302

    page.refresh_from_db()
    assert page.live


def test_page_is_moved_copied_and_retired(tree: dict[str, Page], administrator: Desk) -> None:
    page = NewsPageFactory(parent=tree["news"])
    page.save_revision().publish()
    client = administrator.client
    copied = {
        "new_title": "Kopia", "new_slug": "kopia", "new_parent_page": tree["news"].pk, "copy_subpages": "", "alias": "",
    }  # fmt: skip
    assert client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copied).status_code == 302
    copy = NewsPage.objects.get(slug="kopia")
    assert client.get(reverse("wagtailadmin_pages:move_confirm", args=[copy.pk, tree["news"].pk])).status_code == 200
    unpublish = client.get(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert unpublish["Location"] == f"{reverse('newsroom_retire')}?id={page.pk}"
    for action in ("delete", "move", "publish", "unpublish"):
        assert client.get(f"/admin/bulk/wagtailcore/page/{action}/?id={copy.pk}").status_code == 200, action


def test_another_file_in_the_form_is_a_new_version(tree: dict[str, Page], administrator: Desk) -> None:
    stored = make_attachment("Regulamin", content=b"Stary regulamin.")
    url = reverse("wagtaildocs:edit", args=[stored.pk])
    assert administrator.client.get(url).status_code == 200
    sent = {"title": "Regulamin", "file": ContentFile(b"Nowy regulamin.", "nowy.txt"), "collection": stored.collection_id,
            "kind": stored.kind, "language": stored.language, "tags": ""}  # fmt: skip
    answer = administrator.client.post(url, sent)

    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    model = get_document_model()
    newest = model.objects.order_by("-pk").first()
    assert (newest.supersedes_id, model.objects.count()) == (stored.pk, 2)
    with stored.file.open("rb") as file:
        assert file.read() == b"Stary regulamin."


@pytest.mark.parametrize("name", LISTS)
def test_list_of_the_admin_opens(tree: dict[str, Page], administrator: Desk, name: str) -> None:
    NewsPageFactory(parent=tree["news"])
    EventPageFactory(parent=tree["events"])

    assert administrator.client.get(f"/admin/{name}").status_code == 200


def test_tree_in_the_sidebar_is_explored(tree: dict[str, Page], administrator: Desk) -> None:
    """By the admin's own API, which is another one in Wagtail 8.1."""
    root = reverse("wagtailadmin_explore", args=[tree["home"].pk])
    assert administrator.client.get(root).status_code == 200
    children = f"/admin/api/main/pages/?child_of={tree['home'].pk}&for_explorer=1"
    explorer = f"/admin/api/explorer/{tree['home'].pk}/"
    answers = [administrator.client.get(address) for address in (children, explorer)]
    assert 200 in [answer.status_code for answer in answers]


def test_preview_api_writes_with_the_same_rules(tree: dict[str, Page], editor: Desk, settings: Any) -> None:
    settings.NEWSROOM = {"API_V3_WRITES": True}
    _row, secret = APIToken.create_token(user=editor.user, name="test")
    headers = {"Authorization": f"Bearer {secret}"}
    page = NewsPageFactory(parent=tree["news"], live=False, owner=editor.user)
    page.save_revision(user=editor.user)
    address = f"/api/v3-preview/pages/{page.pk}/actions/publish/"

    assert Client().post(address, {}, content_type="application/json").status_code == 401
    assert Client().post(address, {}, content_type="application/json", headers=headers).status_code == 403
    page.refresh_from_db()
    assert not page.live


def test_setting_up_twice_is_setting_up_once(tree: dict[str, Page]) -> None:
    call_command("setup_newsroom", verbosity=0)
    rights = {group.name: group.permissions.count() for group in Group.objects.all()}
    call_command("setup_newsroom", verbosity=0)

    assert {EDITORS, PUBLISHERS, ADMINISTRATORS} <= set(rights)
    assert {group.name: group.permissions.count() for group in Group.objects.all()} == rights
