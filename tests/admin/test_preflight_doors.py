"""The checks at every door by which a page goes out: what blocks stops it, a warning wants a reason, the draft stays."""

import datetime as dt
from typing import Any

import bs4
import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail import VERSION
from wagtail.models import APIToken, Page

from tests.admin.desk import Desk, Form, pass_gate
from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    make_photo,
    restrict,
)
from tests.trust.doors import V3, v3_routes
from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.news.models import EventPage, NewsPage, PreflightOverride

GOOD = {"title": "Wiadomość", "slug": "wiadomosc", "lead": "O czym jest.", "date": "2026-01-15"}
BROKEN = [{"type": "paragraph", "value": '<p><a linktype="page" id="99999">dalej</a></p>', "id": "b1"}]


def invitation(tree: dict[str, Page], **fields: Any) -> EventPage:
    """An event that nobody can be asked about: one warning."""
    page = EventPageFactory(parent=tree["events"], live=False, **fields)
    page.save_revision(user=fields.get("owner"))
    return page


def broken(tree: dict[str, Page], **fields: Any) -> NewsPage:
    """A draft with a link that leads nowhere."""
    page = NewsPageFactory(parent=tree["news"], live=False, body=BROKEN, **fields)
    page.save_revision(user=fields.get("owner"))
    return page


def gate(page: Page, act: str) -> str:
    return f"/admin/newsroom/preflight/{page.pk}/publish/?act={act}"


def lines(answer: HttpResponse) -> list[tuple[str, str]]:
    """Each line of the list: its words, and where it leads."""
    soup = bs4.BeautifulSoup(answer.content, "html.parser")
    return [
        (line.find_all(["a", "span"])[-1].get_text(strip=True), line.a["href"] if line.a else "")
        for line in soup.select(".newsroom-checks__line")
    ]


def is_public(page: Page) -> bool:
    return Client().get(page.url or "/nowhere/").status_code == 200


# Publishing


def test_new_page_that_is_stopped_is_a_draft_and_never_public(tree: dict[str, Page], publisher: Desk) -> None:
    answer = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, body=BROKEN).publish()
    page = NewsPage.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, gate(page, "publish"))
    assert not page.live
    assert page.revisions.count() == 1
    assert not is_public(page)
    shown = publisher.client.get(answer["Location"])
    link = "A link leads to a page that was deleted. Choose another page, or take it away."
    block_id = page.get_latest_revision_as_object().body[0].id
    assert lines(shown) == [(link, f"/admin/pages/{page.pk}/edit/#newsroom-field=body.{block_id}")]
    assert "Publish anyway" not in shown.content.decode()


def test_live_page_keeps_what_readers_see_while_its_draft_is_stopped(tree: dict[str, Page], publisher: Desk) -> None:
    page = NewsPageFactory(parent=tree["news"], lead="Stare.")
    page.save_revision().publish()
    answer = publisher.open(page).fill(lead="Nowe.", body=BROKEN).publish()
    assert answer["Location"] == gate(page, "publish")
    page.refresh_from_db()
    assert (page.live, page.lead, page.has_unpublished_changes) == (True, "Stare.", True)
    assert page.get_latest_revision_as_object().lead == "Nowe."


def test_warning_wants_a_reason_which_is_kept(tree: dict[str, Page], publisher: Desk) -> None:
    page = invitation(tree)
    answer = publisher.open(page).publish()
    assert answer["Location"] == gate(page, "publish")
    without = pass_gate(publisher.client, answer["Location"], reason="  ")
    assert "Say why the page goes out as it is. The reason is kept." in without.content.decode()
    page.refresh_from_db()
    assert not page.live
    passed = pass_gate(publisher.client, answer["Location"], reason="Kontakt w piątek.")
    assert passed.status_code == 302
    page.refresh_from_db()
    assert page.live
    kept = PreflightOverride.objects.get()
    assert (kept.page_id, kept.user, kept.reason, kept.codes) == (
        page.pk, publisher.user, "Kontakt w piątek.", ["contact_missing"],
    )  # fmt: skip
    assert kept.revision == page.live_revision
    history = publisher.client.get(f"/admin/pages/{page.pk}/history/").content.decode()
    assert "To be published in spite of warnings: Kontakt w piątek." in history


def test_reason_for_one_version_lets_no_other_out(tree: dict[str, Page], publisher: Desk) -> None:
    page = invitation(tree)
    shown = publisher.client.get(gate(page, "publish"))
    form = bs4.BeautifulSoup(shown.content, "html.parser").find("input", attrs={"name": "revision"})
    page.title = "Zmienione w międzyczasie"
    page.save_revision()
    sent = {"act": "publish", "revision": form["value"], "reason": "Kontakt w piątek."}
    answer = publisher.client.post(gate(page, "publish"), sent)
    assert answer.status_code == 200
    assert "Somebody has changed the page meanwhile." in answer.content.decode()
    assert "Kontakt w piątek." in answer.content.decode()
    page.refresh_from_db()
    assert not page.live
    assert not PreflightOverride.objects.exists()


def test_reason_passes_nothing_that_blocks(tree: dict[str, Page], publisher: Desk) -> None:
    page = broken(tree)
    revision = page.get_latest_revision()
    sent = {"act": "publish", "revision": f"{revision.pk} {revision.created_at.isoformat()}", "reason": "Proszę."}
    assert publisher.client.post(gate(page, "publish"), sent).status_code == 200
    page.refresh_from_db()
    assert not page.live


def test_scheduling_passes_the_same_gate(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.open(broken(tree)).fill(go_live_at="2099-01-01 10:00")
    form.publish()
    page = NewsPage.objects.get()
    assert page.scheduled_revision is None
    event = invitation(tree)
    answer = publisher.open(event).fill(go_live_at="2099-01-01 10:00").publish()
    assert "Schedule anyway" in publisher.client.get(answer["Location"]).content.decode()
    pass_gate(publisher.client, answer["Location"], reason="Kontakt w piątek.")
    event.refresh_from_db()
    assert not event.live
    assert event.scheduled_revision is not None


def test_earlier_version_passes_the_same_gate(tree: dict[str, Page], publisher: Desk) -> None:
    page = broken(tree)
    old = page.get_latest_revision()
    page.body = []
    page.save_revision().publish()
    form = Form(publisher.client, f"/admin/pages/{page.pk}/revisions/{old.pk}/revert/")
    assert form.publish()["Location"] == gate(page, "publish")
    assert list(NewsPage.objects.get().body) == []


@pytest.mark.parametrize("name", ["gallery", "standard"])
def test_other_types_pass_the_same_gate(tree: dict[str, Page], publisher: Desk, name: str) -> None:
    if name == "gallery":
        secret = NewsPageFactory(parent=tree["news"], title="Tajne")
        restrict(secret)
        page: Page = GalleryPageFactory(parent=tree["galleries"], live=False, about=secret)
        page.photos.add(GalleryPhoto(photo=make_photo()))
    else:
        page = StandardPageFactory(parent=tree["home"], live=False, body=BROKEN)
    page.save_revision()
    assert publisher.open(page).publish()["Location"] == gate(page, "publish")
    page.refresh_from_db()
    assert not page.live


def test_several_pages_at_once_go_out_together_or_not_at_all(tree: dict[str, Page], publisher: Desk) -> None:
    fine = NewsPageFactory(parent=tree["news"], live=False, title="Dobra")
    fine.save_revision()
    bad, warned = broken(tree, title='Zła <img src=x onerror="alert(1)">'), invitation(tree, title="Bez kontaktu")
    url = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={fine.pk}&id={bad.pk}&id={warned.pk}"
    answer = publisher.client.post(url, follow=True)
    said = answer.content.decode()
    assert "Nothing was published: the checks found something in 2 pages." in said
    assert "Zła &lt;img src=x" in said
    assert "<img src=x" not in said
    assert f"/admin/newsroom/preflight/{warned.pk}/publish/" in said
    assert not Page.objects.filter(pk__in=[fine.pk, bad.pk, warned.pk], live=True).exists()
    publisher.client.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={fine.pk}")
    fine.refresh_from_db()
    assert fine.live


def test_pages_below_are_checked_with_the_page_above(tree: dict[str, Page], publisher: Desk) -> None:
    bad = broken(tree)
    url = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={tree['news'].pk}"
    answer = publisher.client.post(url, {"include_descendants": "on"}, follow=True)
    assert "Nothing was published" in answer.content.decode()
    bad.refresh_from_db()
    assert not bad.live


def test_api_publishes_nothing_that_blocks(tree: dict[str, Page], publisher: Desk, settings: Any) -> None:
    settings.NEWSROOM = {"API_V3_WRITES": True}
    page = broken(tree)
    _row, secret = APIToken.create_token(user=publisher.user, name="test")
    headers = {"Authorization": f"Bearer {secret}"}
    sent = {"meta": {"type": "newsroom.NewsPage", "action": "publish"}, "title": "Z zewnątrz"}
    answer = Client().patch(f"/api/v3-preview/pages/{page.pk}/", sent, content_type="application/json", headers=headers)
    assert answer.status_code == 403, answer.content
    # The API speaks the site's language, whatever its caller reads.
    assert "Link prowadzi do strony, której już nie ma." in answer.content.decode()
    page.refresh_from_db()
    assert (page.live, page.get_latest_revision_as_object().title) == (False, page.title)


def page_actions() -> dict[str, str]:
    """The v3 API's actions on a page, as this Wagtail has them: their names, and the patterns of their addresses."""
    found = {}
    for pattern, methods in v3_routes().items():
        page, _actions, name = pattern.partition("/actions/")
        if page == "pages/{page_id}" and "POST" in methods:
            found[name] = f"{V3}/{pattern}/"
    assert set(found) >= {"publish", "unpublish", "copy"}
    return found


def act(desk: Desk, name: str, page: Page, sent: dict[str, Any] | None = None) -> Any:
    _row, secret = APIToken.create_token(user=desk.user, name="test")
    address = page_actions()[name].replace("{page_id}", str(page.pk))
    headers = {"Authorization": f"Bearer {secret}"}
    return Client().post(address, sent or {}, content_type="application/json", headers=headers)


HAS_WORKFLOW_ROUTES = pytest.mark.skipif(VERSION < (8, 1), reason="Wagtail 8.0's v3 API has no actions on a workflow")


@pytest.mark.matrix
@pytest.mark.parametrize("name", ["publish", pytest.param("workflow/submit", marks=HAS_WORKFLOW_ROUTES)])
def test_api_action_stops_what_blocks(tree: dict[str, Page], publisher: Desk, settings: Any, name: str) -> None:
    settings.NEWSROOM = {"API_V3_WRITES": True}
    page = broken(tree)
    before = (page.revisions.count(), page.workflow_states.count())

    answer = act(publisher, name, page)
    assert answer.status_code == 403, answer.content
    assert "Link prowadzi do strony, której już nie ma." in answer.content.decode()
    page.refresh_from_db()
    assert (page.live, (page.revisions.count(), page.workflow_states.count())) == (False, before)


@pytest.mark.matrix
@HAS_WORKFLOW_ROUTES
def test_api_approves_nothing_that_the_admin_would_not(
    tree: dict[str, Page], editor: Desk, publisher: Desk, settings: Any
) -> None:
    settings.NEWSROOM = {"API_V3_WRITES": True}
    warned = invitation(tree, owner=editor.user)
    assert act(editor, "workflow/submit", warned).status_code == 200
    own = NewsPageFactory(parent=tree["news"], live=False, owner=publisher.user)
    own.save_revision(user=publisher.user)
    assert act(publisher, "workflow/submit", own).status_code == 200

    told = act(publisher, "workflow/approve", warned)
    assert (told.status_code, "contact" in told.content.decode() or "zapytać" in told.content.decode()) == (403, True)
    assert act(publisher, "workflow/approve", own).status_code == 403, "nobody approves their own work"
    assert act(editor, "workflow/approve", own).status_code in (403, 404)
    assert act(publisher, "workflow/reject", warned).status_code == 422, "sent back with a remark only"
    for page in (warned, own):
        page = Page.objects.get(pk=page.pk)
        assert (page.live, page.workflow_in_progress) == (False, True)
    assert act(publisher, "workflow/reject", warned, {"comment": "Kogo zapytać?"}).status_code == 200


@pytest.mark.matrix
@HAS_WORKFLOW_ROUTES
def test_api_approves_and_publishes_what_nothing_speaks_against(
    tree: dict[str, Page], editor: Desk, publisher: Desk, settings: Any
) -> None:
    settings.NEWSROOM = {"API_V3_WRITES": True}
    page = NewsPageFactory(parent=tree["news"], live=False, owner=editor.user)
    page.save_revision(user=editor.user)

    assert act(editor, "workflow/submit", page).status_code == 200
    assert act(publisher, "workflow/approve", page).status_code == 200
    page.refresh_from_db()
    assert page.live


def test_api_of_the_admin_acts_on_no_page(tree: dict[str, Page], publisher: Desk) -> None:
    """Wagtail 8.0 has nine actions there, which ask nobody; 8.1 has none."""
    for page in (broken(tree), invitation(tree)):
        for action in ("publish", "unpublish", "delete", "copy", "move", "revert_to_page_revision", "create_alias"):
            answer = publisher.client.post(f"/admin/api/main/pages/{page.pk}/action/{action}/")
            assert answer.status_code == 404, action
        assert not is_public(page)


# Submitting


def test_submission_is_stopped_by_what_blocks_and_the_draft_kept(tree: dict[str, Page], editor: Desk) -> None:
    answer = editor.blank(NewsPage, tree["news"]).fill(**GOOD, body=BROKEN).submit()
    page = NewsPage.objects.get()
    assert answer["Location"] == gate(page, "submit")
    assert not page.workflow_in_progress
    shown = editor.client.get(answer["Location"]).content.decode()
    assert "The page was not submitted. It is kept as a draft." in shown
    assert 'name="reason"' not in shown
    assert editor.open(page).submit()["Location"] == gate(page, "submit")
    assert not page.workflow_in_progress
    assert editor.open(page).fill(body=[]).submit().status_code == 302
    assert NewsPage.objects.get().workflow_in_progress


def test_warnings_go_with_the_page_to_whoever_approves_it(tree: dict[str, Page], editor: Desk, publisher: Desk) -> None:
    page = invitation(tree, owner=editor.user)
    answer = editor.client.post(*submitting(editor.open(page)), follow=True)
    assert "The checks found 1 thing to look at. Whoever approves the page sees it too." in answer.content.decode()
    assert page.workflow_in_progress
    stopped = publisher.open(page).approve("Proszę o kontakt następnym razem.")
    assert stopped["Location"].startswith(gate(page, "approve"))
    page.refresh_from_db()
    assert not page.live
    assert "Approve anyway" in publisher.client.get(stopped["Location"]).content.decode()
    pass_gate(publisher.client, stopped["Location"], reason="Kontakt w piątek.")
    page.refresh_from_db()
    assert page.live
    assert page.workflow_states.get().status == "approved"
    assert PreflightOverride.objects.get().user == publisher.user


def submitting(form: Form) -> tuple[str, dict[str, Any]]:
    return form.url, {**form.data, "action-submit": "action-submit"}


@pytest.mark.parametrize("door", ["form", "window"])
def test_approval_is_stopped_by_what_blocks(tree: dict[str, Page], editor: Desk, publisher: Desk, door: str) -> None:
    target = NewsPageFactory(parent=tree["news"])
    page = NewsPageFactory(parent=tree["news"], live=False, owner=editor.user, body=[
        {"type": "paragraph", "value": f'<p><a linktype="page" id="{target.pk}">dalej</a></p>'}
    ])  # fmt: skip
    page.save_revision(user=editor.user)
    editor.open(page).submit()
    target.delete()
    page = NewsPage.objects.get(pk=page.pk)
    if door == "form":
        address = publisher.open(page).approve()["Location"]
    else:
        state = page.current_workflow_task_state
        url = f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/"
        answer = publisher.client.post(url, {"comment": "Dobrze."}, headers={"X-Requested-With": "XMLHttpRequest"})
        address = answer.json()["redirect"]
    assert address.startswith(gate(page, "approve"))
    shown = publisher.client.get(address).content.decode()
    assert "The page was not approved." in shown
    assert "Approve anyway" not in shown
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)


# Who may see and do it


def test_only_who_may_edit_the_page_sees_what_is_wrong_with_it(
    tree: dict[str, Page], editor: Desk, publisher: Desk
) -> None:
    theirs, mine = broken(tree, owner=publisher.user), broken(tree, owner=editor.user)
    for url in (f"/admin/newsroom/preflight/{theirs.pk}/", gate(theirs, "publish")):
        for method in (editor.client.get, editor.client.post):
            answer = method(url)
            assert answer.status_code in (302, 405)
            assert answer.status_code == 405 or answer["Location"] == "/admin/"
            assert b"deleted" not in answer.content
        assert Client().get(url).status_code == 302
    assert editor.client.get("/admin/newsroom/preflight/99999/").status_code == 404
    assert len(lines(editor.client.get(f"/admin/newsroom/preflight/{mine.pk}/"))) == 1
    stranger = Client()
    stranger.force_login(User.objects.create_user("obcy"))
    assert stranger.get(f"/admin/newsroom/preflight/{mine.pk}/").status_code == 302


def test_p12_nobody_passes_a_gate_without_the_right(tree: dict[str, Page], editor: Desk) -> None:
    page = invitation(tree, owner=editor.user)
    revision = page.get_latest_revision()
    version = f"{revision.pk} {revision.created_at.isoformat()}"
    assert 'name="reason"' not in editor.client.get(gate(page, "publish")).content.decode()
    for act in ("publish", "approve", "submit", "cokolwiek"):
        sent = {"act": act, "revision": version, "reason": "Bo tak."}
        answer = editor.client.post(gate(page, act), sent)
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    editor.open(page).submit()
    page = EventPage.objects.get()
    sent = {"act": "approve", "revision": version, "reason": "Bo tak."}
    editor.client.post(gate(page, "approve"), sent)
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert not PreflightOverride.objects.exists()


def test_list_beside_the_form(tree: dict[str, Page], editor: Desk) -> None:
    page = broken(tree, owner=editor.user)
    answer = editor.client.get(f"/admin/newsroom/preflight/{page.pk}/")
    soup = bs4.BeautifulSoup(answer.content, "html.parser")
    assert soup.find(attrs={"data-summary": True})["data-summary"] == "1 thing to mend"
    assert soup.a["data-field"] == "body.b1"
    page.body = []
    page.save_revision(user=editor.user)
    clean = editor.client.get(f"/admin/newsroom/preflight/{page.pk}/").content.decode()
    assert "The page can be published as it is." in clean
    form = editor.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'id="newsroom-checks"' in form


def test_words_of_a_page_do_no_harm_in_the_list(tree: dict[str, Page], publisher: Desk) -> None:
    evil = '"><img src=x onerror=alert(1)>'
    secret = NewsPageFactory(parent=tree["news"], title=evil, slug="zly")
    restrict(secret)
    page = NewsPageFactory(parent=tree["news"], title=evil, slug="zly2", live=False, about_event=None)
    page.body = NewsPage(body=[{"type": "call_to_action", "value": {"label": "x", "page": secret.pk}}]).body
    page.save_revision()
    for url in (f"/admin/newsroom/preflight/{page.pk}/", gate(page, "publish")):
        said = publisher.client.get(url).content.decode()
        assert "<img src=x" not in said
        assert "&lt;img src=x" in said
    remark = publisher.client.get(gate(page, "publish") + "&remark=<script>1</script>").content.decode()
    assert "<script>1</script>" not in remark


def test_page_that_is_mended_on_the_list_goes_out_without_a_reason(tree: dict[str, Page], publisher: Desk) -> None:
    page = NewsPageFactory(parent=tree["news"], live=False)
    page.save_revision()
    pass_gate(publisher.client, gate(page, "publish"))
    page.refresh_from_db()
    assert page.live
    assert not PreflightOverride.objects.exists()
    assert timezone.now() - page.first_published_at < dt.timedelta(minutes=5)
