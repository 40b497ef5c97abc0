"""T7: what was on the screen is what is done. T21, T19c: who is slower is told who was faster, and nothing is done twice."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState

from tests.admin.desk import PUBLISHERS, Desk, member, set_up_roles
from tests.admin.test_bad_files import form_of
from tests.admin.test_changes import TYPED, typed
from tests.admin.test_moderation import action_url, submitted
from tests.factories import EventPageFactory, NewsPageFactory, make_attachment, make_site
from wagtail_newsroom.news.admin.bundles.viewset import BUNDLE_ACTIONS
from wagtail_newsroom.news.admin.page_actions.catalogue import PAGE_ACTIONS
from wagtail_newsroom.news.admin.page_actions.page_views import PageFormView
from wagtail_newsroom.news.admin.page_actions.urls import page_action_urls
from wagtail_newsroom.news.enums import EventStatus, RegistrationKind
from wagtail_newsroom.news.models import Attachment, Bundle, BundlePage, EventPage, NewsPage, Retirement
from wagtail_newsroom.news.publishing.bundles import publish_bundle, schedule_bundle
from wagtail_newsroom.news.publishing.updates.announcements import add_correction
from wagtail_newsroom.news.publishing.updates.retiring import bring_back, retire_page

pytestmark = pytest.mark.services

AGAIN = "Nothing was done, because something has changed since this was shown to you."
LATER = dt.timedelta(days=1)


class Confirmation:
    """A form that somebody has open, as the browser would send it."""

    def __init__(self, desk: Desk, url: str) -> None:
        self.desk, self.url = desk, url
        answer = desk.client.get(url)
        assert answer.status_code == 200, url
        self.data = sent_by(answer)

    def press(self, **typed: Any) -> HttpResponse:
        return self.desk.client.post(self.url, {**self.data, **typed})


def sent_by(answer: HttpResponse) -> dict[str, str]:
    """What the form of a page holds."""
    found = bs4.BeautifulSoup(answer.content, "html.parser").select("main form[method=post] input[name]")
    held = [each for each in found if each.get("type") not in {"file", "radio", "checkbox", "submit"}]
    return {each["name"]: each.get("value", "") for each in held if each["name"] != "csrfmiddlewaretoken"}


def text(answer: HttpResponse) -> str:
    return bs4.BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


@pytest.fixture
def anna(tree: dict[str, Page]) -> Desk:
    """Somebody else, who is faster."""
    user = member(PUBLISHERS, "anna")
    user.first_name, user.last_name = "Anna", "Szybka"
    user.save()
    return Desk(user)


def public_event(tree: dict[str, Page], **fields: Any) -> EventPage:
    facts = {"start_date": timezone.localdate() + dt.timedelta(days=30), "start_time": dt.time(10)}
    facts |= {"registration": RegistrationKind.EMAIL, "registration_email": "zapisy@example.org"}
    facts |= {"deadline_date": timezone.localdate() + dt.timedelta(days=5)}
    page = EventPageFactory(parent=tree["events"], **facts, **fields)
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def state_of(page: Page) -> Any:
    page = Page.objects.get(pk=page.pk).specific
    entries = PageLogEntry.objects.filter(page=page.pk).count()
    return (page.live, page.latest_revision_id, getattr(page, "status", None), entries)


# --- T7 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", PAGE_ACTIONS)
def test_t7_change_of_a_live_page_is_made_on_what_was_shown(
    tree: dict[str, Page], publisher: Desk, anna: Desk, action: str
) -> None:
    event = public_event(tree, status=EventStatus.CANCELLED if action == "reinstate" else EventStatus.SCHEDULED)
    form = Confirmation(publisher, reverse("newsroom_change", args=[event.pk, action]))
    add_correction(event, anna.user, "o 9", "o 10")
    before = state_of(event)

    answer = form.press(**typed(action))
    assert (answer.status_code, state_of(event)) == (409, before)
    assert AGAIN in text(answer)
    assert "Corrected: o 10: Anna Szybka" in text(answer)
    for value in typed(action).values():
        assert value in answer.content.decode(), "what was typed is kept"
    # Having seen it, one goes on.
    answer = publisher.client.post(form.url, {**sent_by(answer), **typed(action)})
    assert (answer.status_code, state_of(event) != before) == (302, True)


def test_t7_every_change_is_tried() -> None:
    assert set(TYPED) == set(PAGE_ACTIONS)


def test_t7_every_form_about_a_page_says_what_it_shows(tree: dict[str, Page], publisher: Desk) -> None:
    event = public_event(tree)
    retired = public_event(tree)
    retire_page(retired, None, reason="Odwołano.")
    document = make_attachment()
    values = {"pk": event.pk, "action": "cancel", "document_id": document.pk}
    forms = [each for each in page_action_urls if hasattr(each.callback.view_class, "form_valid")]
    assert len(forms) >= 6
    for each in forms:
        names = each.pattern.converters
        kwargs = {name: values[name] for name in names}
        if each.name == "newsroom_bring_back":
            kwargs["pk"] = retired.pk
        query = "" if names else f"?id={event.pk}"
        form = Confirmation(publisher, reverse(each.name, kwargs=kwargs) + query)
        assert form.data.get("shown"), each.name
        assert publisher.client.post(form.url, {**form.data, "shown": "forged"}).status_code in {200, 409}
        is_bound = issubclass(each.callback.view_class, PageFormView) or each.name == "newsroom_replace_file"
        assert is_bound, each.name


def test_t7_draft_beside_does_not_hold_up_a_live_change_of_a_publisher(
    tree: dict[str, Page], publisher: Desk, editor: Desk
) -> None:
    event = public_event(tree, owner=editor.user)
    url = reverse("newsroom_change", args=[event.pk, "cancel"])
    mine, theirs = Confirmation(publisher, url), Confirmation(editor, url)
    event.place = "Sala 2"
    event.save_revision()
    # Who may not publish would submit that draft unseen.
    assert theirs.press(reason="Mróz").status_code == 409
    assert mine.press(reason="Mróz").status_code == 302


@pytest.mark.parametrize("way", ["retire", "bring_back"])
def test_t7_retiring_and_bringing_back_are_done_to_what_was_shown(
    tree: dict[str, Page], publisher: Desk, anna: Desk, way: str
) -> None:
    event = public_event(tree)
    if way == "retire":
        form = Confirmation(publisher, f"{reverse('newsroom_retire')}?id={event.pk}")
        add_correction(event, anna.user, "o 9", "o 10")
    else:
        retire_page(event, publisher.user, reason="Odwołano.")
        form = Confirmation(publisher, reverse("newsroom_bring_back", args=[event.pk]))
        retire_page(event, anna.user, reason="Zapisy zamknięto.", replace=True)
    before = state_of(event)

    answer = form.press(reason="Nieaktualne.")
    assert (answer.status_code, state_of(event)) == (409, before)
    assert "Anna Szybka" in text(answer)


def bundle_of(*pages: Page, owner: Any) -> Bundle:
    bundle = Bundle.objects.create(title="Razem", owner=owner)
    for place, page in enumerate(pages):
        BundlePage.objects.create(bundle=bundle, page=page, sort_order=place)
    return bundle


def draft(tree: dict[str, Page], title: str) -> NewsPage:
    page = NewsPageFactory(parent=tree["news"], title=title, live=False)
    page.save_revision()
    return page


def other_draft(bundle: Bundle, tree: dict[str, Page], user: Any) -> None:
    page = bundle.pages.first().page.specific.get_latest_revision_as_object()
    page.lead = "Inny wstęp."
    page.save_revision(user=user, log_action=True)


def another_page(bundle: Bundle, tree: dict[str, Page], user: Any) -> None:
    BundlePage.objects.create(bundle=bundle, page=draft(tree, "Dołożona"))


def one_page_less(bundle: Bundle, tree: dict[str, Page], user: Any) -> None:
    bundle.pages.last().delete()


STATES = {
    "publish": "draft",
    "schedule": "draft",
    "move": "scheduled",
    "unschedule": "scheduled",
    "retire": "published",
}
ASKED = {"schedule": {"at": "2099-01-01 10:00"}, "move": {"at": "2099-01-02 10:00"}, "retire": {"reason": "Koniec."}}
MEANWHILE: list[tuple[Callable[..., None], set[str], str]] = [
    (other_draft, {"publish", "schedule"}, "“Pierwsza” has changed."),
    (another_page, {"publish", "schedule", "move", "unschedule", "retire"}, "“Dołożona” was added."),
    (one_page_less, {"publish", "schedule", "move", "unschedule", "retire"}, "is not there any more"),
]


@pytest.mark.parametrize("action", [action.name for action in BUNDLE_ACTIONS])
@pytest.mark.parametrize(("meanwhile", "bound", "told"), MEANWHILE, ids=lambda value: getattr(value, "__name__", ""))
def test_t7_act_on_a_bundle_is_done_to_what_was_shown(
    tree: dict[str, Page],
    publisher: Desk,
    anna: Desk,
    action: str,
    meanwhile: Callable[..., None],
    bound: set[str],
    told: str,
) -> None:
    bundle = bundle_of(draft(tree, "Pierwsza"), draft(tree, "Druga"), owner=publisher.user)
    if STATES[action] == "scheduled":
        schedule_bundle(bundle, timezone.now() + LATER, publisher.user)
    elif STATES[action] == "published":
        publish_bundle(bundle, publisher.user)
    if action not in bound:
        return
    form = Confirmation(publisher, reverse("newsroom_bundles:action", args=[bundle.pk, action]))
    meanwhile(bundle, tree, anna.user)
    live = set(NewsPage.objects.live().values_list("pk", flat=True))

    answer = form.press(**ASKED.get(action, {}))
    bundle.refresh_from_db()
    assert (answer.status_code, bundle.state) == (409, STATES[action])
    assert set(NewsPage.objects.live().values_list("pk", flat=True)) == live
    assert AGAIN in text(answer)
    assert told in text(answer)
    if meanwhile is other_draft:
        assert "Anna Szybka" in text(answer)
    again = publisher.client.post(form.url, {**sent_by(answer), **ASKED.get(action, {})})
    # A page that is not approved cannot move with the others.
    assert again.status_code == (200 if (meanwhile, action) == (another_page, "move") else 302)


def test_t7_file_is_replaced_as_it_was_shown(tree: dict[str, Page], publisher: Desk) -> None:
    document = make_attachment("Regulamin", content=b"Stara")
    form = Confirmation(publisher, reverse("newsroom_replace_file", args=[document.pk]))
    Attachment.objects.filter(pk=document.pk).update(title="Regulamin wizyt")

    answer = form.press(file=newer())
    assert (answer.status_code, Attachment.objects.count()) == (409, 1)
    assert "“Regulamin wizyt” has changed." in text(answer)


def newer(content: bytes = b"Nowa") -> SimpleUploadedFile:
    return SimpleUploadedFile("nowy.txt", content, "text/plain")


def test_t7_approval_in_the_editor_is_of_the_version_that_was_shown(
    tree: dict[str, Page], editor: Desk, publisher: Desk, anna: Desk
) -> None:
    page = submitted(tree, editor, lead="Pierwszy.")
    form = publisher.open(page)
    anna.open(page).fill(lead="Zmieniony przez Annę.").save_draft()

    answer = form.approve()
    page = NewsPage.objects.get(pk=page.pk)
    # The second of two editors is asked what becomes of both texts.
    assert answer.status_code in {200, 409}
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert page.get_latest_revision_as_object().lead == "Zmieniony przez Annę."
    assert "Anna Szybka" in answer.content.decode()
    publisher.open(page).approve()
    assert NewsPage.objects.get(pk=page.pk).lead == "Zmieniony przez Annę."


def test_t7_approval_from_a_list_of_a_version_that_came_later_is_asked_about(
    tree: dict[str, Page], editor: Desk, publisher: Desk, anna: Desk
) -> None:
    page = submitted(tree, editor, lead="Pierwszy.")
    anna.open(page).fill(lead="Zmieniony przez Annę.").save_draft()

    answer = publisher.client.post(action_url(page, "approve"), {"comment": ""})
    assert answer["Location"] == f"/admin/newsroom/preflight/{page.pk}/publish/?act=approve"
    assert not NewsPage.objects.get(pk=page.pk).live


# --- T21, T19c ---------------------------------------------------------------------------------


def test_t21_second_decision_is_told_of_the_first(
    tree: dict[str, Page], editor: Desk, publisher: Desk, anna: Desk
) -> None:
    page = submitted(tree, editor)
    form, url = publisher.open(page), action_url(page, "approve")
    gate = f"/admin/newsroom/preflight/{page.pk}/publish/"
    revision = page.get_latest_revision()
    passed = {"act": "approve", "revision": f"{revision.pk} {revision.created_at.isoformat()}", "reason": "-"}
    anna.open(page).approve()
    before = state_of(page)

    for answer in (
        form.approve(),
        form.send_back("Za późno."),
        publisher.client.post(url, {"comment": ""}),
        publisher.client.post(gate, passed),
    ):
        assert answer.status_code == 409
        assert "Published: Anna Szybka" in text(answer)
        assert "It is now: live" in text(answer)
    assert state_of(page) == before


def test_t21_second_replacement_is_told_of_the_first(tree: dict[str, Page], publisher: Desk, anna: Desk) -> None:
    document = make_attachment("Regulamin", content=b"Stara")
    url = reverse("newsroom_replace_file", args=[document.pk])
    form = Confirmation(publisher, url)
    assert Confirmation(anna, url).press(file=newer(), title="Regulamin 2").status_code == 302

    answer = form.press(file=newer(b"Inna"))
    assert (answer.status_code, Attachment.objects.count()) == (409, 2)
    assert "replaced by “Regulamin 2”: Anna Szybka" in text(answer)


def test_t21_second_file_in_the_form_of_a_document_is_told_of_the_first(
    tree: dict[str, Page], publisher: Desk, anna: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both were found good before either was stored."""
    document = make_attachment("Regulamin", content=b"Stara")
    url = f"/admin/documents/edit/{document.pk}/"
    assert anna.client.post(url, {**form_of(anna, url), "title": "Regulamin 2", "file": newer()}).status_code == 302
    monkeypatch.setattr("wagtail_newsroom.news.admin.document_form.check_replaceable", lambda *given: None)

    answer = publisher.client.post(url, {**form_of(publisher, url), "file": newer(b"Inna")})
    assert (answer.status_code, Attachment.objects.count()) == (409, 2)
    assert "replaced by “Regulamin 2”: Anna Szybka" in text(answer)


@pytest.mark.parametrize("action", ["publish", "schedule"])
def test_t21_second_act_on_a_bundle_is_told_of_the_first(
    tree: dict[str, Page], publisher: Desk, anna: Desk, action: str
) -> None:
    bundle = bundle_of(draft(tree, "Pierwsza"), owner=publisher.user)
    url = reverse("newsroom_bundles:action", args=[bundle.pk, action])
    form = Confirmation(publisher, url)
    publish_bundle(bundle, anna.user)

    answer = form.press(**ASKED.get(action, {}))
    assert answer.status_code == 409
    assert "Published: Anna Szybka" in text(answer)


def test_t21_bringing_back_what_is_back_is_told(tree: dict[str, Page], publisher: Desk, anna: Desk) -> None:
    page = NewsPageFactory(parent=tree["news"])
    retire_page(page, None, reason="Odwołano.")
    form = Confirmation(publisher, reverse("newsroom_bring_back", args=[page.pk]))
    bring_back(page, anna.user)
    answer = form.press()
    assert (answer.status_code, "Anna Szybka" in text(answer)) == (409, True)


@pytest.mark.parametrize("opened", [True, False])
def test_t19c_retiring_twice_is_one_act(tree: dict[str, Page], publisher: Desk, anna: Desk, opened: bool) -> None:
    event = public_event(tree)
    url = f"{reverse('newsroom_retire')}?id={event.pk}"
    data = Confirmation(publisher, url).data if opened else {}
    assert anna.client.post(url, {"reason": "Odwołano."}).status_code == 302

    answer = publisher.client.post(url, {**data, "reason": "Odwołano."})
    assert answer.status_code == 409
    assert "Page retired: Odwołano.: Anna Szybka" in text(answer)
    assert PageLogEntry.objects.filter(page=event.pk, action="newsroom.retired").count() == 1
    # Who sees that it is retired may tell readers something else, and not the same again.
    again = Confirmation(publisher, url)
    assert again.press(reason="Odwołano.").status_code == 409
    assert again.press(reason="Przeniesiono na jesień.").status_code == 302
    assert Retirement.objects.get().reason == "Przeniesiono na jesień."


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_t19c_t21_of_four_presses_at_once_one_wins(subtests: pytest.Subtests) -> None:
    """Each over a connection of its own: retiring, approving, replacing one file."""
    tree = make_site()
    set_up_roles()
    editor, desks = (
        Desk(member("Newsroom editors")),
        [Desk(member(PUBLISHERS, f"anna-{number}")) for number in range(4)],
    )
    event = public_event(tree)
    waiting = submitted(tree, editor)
    document = make_attachment("Regulamin", content=b"Stara")
    forms = [desk.open(waiting) for desk in desks]
    retire, replace = (
        f"{reverse('newsroom_retire')}?id={event.pk}",
        reverse("newsroom_replace_file", args=[document.pk]),
    )

    with subtests.test("retire"):
        answers = at_once(lambda number: desks[number].client.post(retire, {"reason": "Odwołano."}))
        assert sorted(answers) == [302, 409, 409, 409]
        assert PageLogEntry.objects.filter(page=event.pk, action="newsroom.retired").count() == 1
    with subtests.test("approve"):
        answers = at_once(lambda number: forms[number].approve())
        assert sorted(answers) == [302, 409, 409, 409]
        assert TaskState.objects.filter(status="approved").count() == 1
    with subtests.test("replace"):
        sent = {"title": "Nowy", "change_note": "", "effect": "at_once"}
        answers = at_once(lambda n: desks[n].client.post(replace, {**sent, "file": newer(f"Nowa {n}".encode())}))
        assert sorted(answers) == [302, 409, 409, 409]
        assert Attachment.objects.count() == 2


def at_once(press: Callable[[int], HttpResponse]) -> list[int]:
    start = Barrier(4)

    def run(number: int) -> int:
        try:
            start.wait(timeout=60)
            return press(number).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(run, range(4)))
