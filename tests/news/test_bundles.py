"""Pages that are published together: all of them or none, at one moment, by who may publish every one."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.locks import ScheduledForPublishLock
from wagtail.models import GroupPagePermission, Page, PageLogEntry
from wagtail.signals import page_published

from tests.admin.desk import EDITORS, PUBLISHERS, member
from tests.factories import NewsPageFactory
from tests.news.test_scheduling import attempt_now, failing_receiver, heard
from tests.registering import checked_by
from tests.standing import Tree
from wagtail_newsroom.news.models import (
    Bundle,
    BundlePage,
    BundleState,
    EventPage,
    NewsPage,
    PageContact,
    PreflightOverride,
    Retirement,
    ScheduledAction,
    ScheduleFailure,
)
from wagtail_newsroom.news.publishing.bundles import (
    BundleRefusedError,
    move_bundle,
    publish_bundle,
    retire_bundle,
    schedule_bundle,
    unschedule_bundle,
    warnings,
)
from wagtail_newsroom.news.publishing.schedule.due import Report, run_due
from wagtail_newsroom.news.registry.contracts import Finding, Severity
from wagtail_newsroom.news.visibility import public_pages

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.services]

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def publisher(tree: dict[str, Page]) -> User:
    return member(PUBLISHERS)


@pytest.fixture
def bundle(tree: dict[str, Page]) -> Bundle:
    """A conference and its news, both drafts, and an item that is public and has a new draft."""
    event = EventPage(title="Konferencja", lead="Zapraszamy.", start_date=timezone.localdate() + 30 * dt.timedelta(1))
    event.live = False
    event.contacts.add(PageContact(name="Biuro", email="biuro@example.org"))
    tree["events"].add_child(instance=event)
    event.save_revision()
    news = NewsPage(title="Zapowiedź", lead="Będzie konferencja.", live=False)
    tree["news"].add_child(instance=news)
    news.save_revision()
    public = NewsPageFactory(parent=tree["news"], title="Jest od dawna")
    public.lead = "Z nowym zdaniem."
    public.save_revision()
    return together("Konferencja regionalna", event, news, public)


def together(title: str, *pages: Page) -> Bundle:
    bundle = Bundle.objects.create(title=title)
    for position, page in enumerate(pages):
        BundlePage.objects.create(bundle=bundle, page=page, sort_order=position)
    return bundle


def titles_of_public_pages() -> set[str]:
    return set(public_pages(Page.objects.filter(depth__gt=3)).values_list("title", flat=True))


def states(bundle: Bundle) -> list[tuple[bool, bool, str]]:
    return [
        (page.live, page.has_unpublished_changes, getattr(page, "lead", ""))
        for page in Page.objects.filter(newsroom_bundles__bundle=bundle)
        .order_by("newsroom_bundles__sort_order")
        .specific()
    ]


BEFORE = [(False, True, "Zapraszamy."), (False, True, "Będzie konferencja."), (True, True, "O czym jest ta wiadomość.")]
AFTER = [(True, False, "Zapraszamy."), (True, False, "Będzie konferencja."), (True, False, "Z nowym zdaniem.")]
TITLES = ["Konferencja", "Zapowiedź", "Jest od dawna"]


def logged(action: str) -> list[str]:
    return [entry.label for entry in PageLogEntry.objects.filter(action=action).order_by("timestamp", "pk")]


def make_due(bundle: Bundle) -> None:
    """Let the bundle's time have come."""
    moment = timezone.now() - MINUTE
    Bundle.objects.filter(pk=bundle.pk).update(go_live_at=moment)
    for row in bundle.pages.all():
        for revision in row.page.revisions.filter(approved_go_live_at__isnull=False):
            revision.approved_go_live_at, revision.content["go_live_at"] = moment, moment.isoformat()
            revision.save()


@contextmanager
def blocked(title: str) -> Iterator[None]:
    with checked_by(lambda page: [Finding("x", Severity.BLOCK, "No clause. Add one.")] if page.title == title else []):
        yield


def test_bundle_publishes_every_page_once(bundle: Bundle, publisher: User) -> None:
    assert states(bundle) == BEFORE
    with heard(page_published) as published:
        publish_bundle(bundle, publisher)

    assert states(bundle) == AFTER
    assert published == TITLES
    assert logged("wagtail.publish")[-3:] == TITLES
    assert titles_of_public_pages() == set(TITLES)
    bundle.refresh_from_db()
    assert bundle.state == BundleState.PUBLISHED
    with heard(page_published) as published, pytest.raises(BundleRefusedError):
        publish_bundle(bundle, publisher)
    assert published == []


@pytest.mark.parametrize("title", TITLES)
def test_failing_page_leaves_the_whole_bundle_as_it_was(bundle: Bundle, publisher: User, title: str) -> None:
    with failing_receiver(title), pytest.raises(RuntimeError):
        publish_bundle(bundle, publisher)

    assert states(bundle) == BEFORE
    bundle.refresh_from_db()
    assert bundle.state == BundleState.DRAFT


def test_warnings_ask_for_a_reason_that_is_kept_with_each_page(bundle: Bundle, publisher: User) -> None:
    draft = EventPage.objects.get(title="Konferencja")
    draft.contacts.set([])
    draft.save_revision()
    assert [str(each) for each in warnings(bundle)] == [
        "Konferencja: Nobody can be asked about the event. Add a contact with an e-mail address or a phone number."
    ]

    with pytest.raises(BundleRefusedError, match="say why it goes out as it is"):
        publish_bundle(bundle, publisher, reason="  ")
    assert states(bundle) == BEFORE
    publish_bundle(bundle, publisher, reason="Kontakt podamy w poniedziałek.")

    assert states(bundle) == AFTER
    kept = PreflightOverride.objects.get()
    assert (kept.page_id, kept.user, kept.reason) == (draft.pk, publisher, "Kontakt podamy w poniedziałek.")
    assert warnings(bundle) == []


def test_one_blocking_finding_stops_all_and_names_its_page(
    bundle: Bundle, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with blocked("Zapowiedź"):
        for action in (publish_bundle, lambda b, u: schedule_bundle(b, timezone.now() + HOUR, u)):
            with pytest.raises(BundleRefusedError) as refused:
                action(bundle, publisher)
            assert [str(each) for each in refused.value.refusals] == ["Zapowiedź: No clause. Add one."]

    assert states(bundle) == BEFORE


def test_who_may_not_publish_one_of_the_pages_may_not_act(bundle: Bundle, tree: dict[str, Page]) -> None:
    editor = member(EDITORS)
    half = member(PUBLISHERS, "only-news")
    half.groups.clear()
    section = half.groups.create(name="Dział")
    for verb in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(group=section, page=tree["news"], permission_type=verb.removesuffix("_page"))
    later = timezone.now() + HOUR
    actions: list[Any] = [
        lambda user: publish_bundle(bundle, user),
        lambda user: schedule_bundle(bundle, later, user),
        lambda user: move_bundle(bundle, later, user),
        lambda user: unschedule_bundle(bundle, user),
        lambda user: retire_bundle(bundle, user, "Koniec."),
    ]
    for user in (editor, half):
        for action in actions:
            with pytest.raises(PermissionDenied):
                action(user)

    assert states(bundle) == BEFORE
    bundle.refresh_from_db()
    assert (bundle.state, bundle.go_live_at) == (BundleState.DRAFT, None)


def test_scheduled_bundle_is_locked_until_its_moment_and_goes_live_as_one(bundle: Bundle, publisher: User) -> None:
    at = timezone.now() + HOUR
    schedule_bundle(bundle, at, publisher)
    assert run_due() == Report()

    assert titles_of_public_pages() == {"Jest od dawna"}
    assert [state[0] for state in states(bundle)] == [False, False, True]
    for row in bundle.pages.all():
        page = row.page.specific
        assert page.scheduled_revision.approved_go_live_at == at
        assert isinstance(page.get_lock(), ScheduledForPublishLock)
    assert logged("wagtail.publish.schedule") == TITLES

    make_due(bundle)
    with heard(page_published) as published:
        assert run_due() == Report(published=["Konferencja regionalna"])
        assert run_due() == Report()
    assert states(bundle) == AFTER
    assert published == TITLES
    assert logged("wagtail.publish.scheduled") == TITLES


@pytest.mark.parametrize("begun", ["before it is moved", "after"])
def test_draft_begun_on_a_page_that_was_public_holds_nobody_back(bundle: Bundle, publisher: User, begun: str) -> None:
    public = NewsPage.objects.get(title="Jest od dawna")
    public.get_latest_revision().publish()
    schedule_bundle(bundle, timezone.now() + HOUR, publisher)
    for moment in ("before it is moved", "after"):
        if moment == begun:
            draft = NewsPage.objects.get(pk=public.pk).get_latest_revision_as_object()
            draft.lead = "Zaczęte później."
            draft.expire_at = timezone.now() + MINUTE
            draft.save_revision()
        if moment == "before it is moved":
            move_bundle(bundle, timezone.now() + 2 * HOUR, publisher)
    make_due(bundle)
    assert run_due() == Report(published=["Konferencja regionalna"])
    assert states(bundle) == [*AFTER[:2], (True, True, "Z nowym zdaniem.")]


def test_page_that_was_public_and_is_taken_down_holds_the_bundle_back(bundle: Bundle, publisher: User) -> None:
    public = NewsPage.objects.get(title="Jest od dawna")
    public.get_latest_revision().publish()
    schedule_bundle(bundle, timezone.now() + HOUR, publisher)
    NewsPage.objects.get(pk=public.pk).unpublish()
    make_due(bundle)
    assert run_due().failed == ["Konferencja regionalna"]


@pytest.mark.parametrize("title", TITLES)
def test_failing_page_holds_the_whole_bundle_back_at_its_time(bundle: Bundle, publisher: User, title: str) -> None:
    schedule_bundle(bundle, timezone.now() + HOUR, publisher)
    make_due(bundle)
    with failing_receiver(title):
        assert run_due() == Report(failed=["Konferencja regionalna"])

    assert [state[0] for state in states(bundle)] == [False, False, True]
    assert states(bundle)[2][2] == "O czym jest ta wiadomość."
    failure = ScheduleFailure.objects.get()
    assert (failure.bundle_id, failure.page_id, failure.action) == (bundle.pk, None, ScheduledAction.PUBLISH)
    attempt_now()
    assert run_due() == Report(published=["Konferencja regionalna"])
    assert states(bundle) == AFTER
    assert not ScheduleFailure.objects.exists()


def test_own_date_of_a_page_gives_way_to_the_bundles(bundle: Bundle, publisher: User) -> None:
    news = NewsPage.objects.get(title="Zapowiedź")
    news.go_live_at = timezone.now() + 5 * HOUR
    news.save_revision().publish(user=publisher)
    own = news.revisions.get(approved_go_live_at__isnull=False)

    at = timezone.now() + HOUR
    schedule_bundle(bundle, at, publisher)
    approved = news.revisions.get(approved_go_live_at__isnull=False)
    assert (approved, approved.approved_go_live_at) == (own, at)
    make_due(bundle)
    with heard(page_published) as published:
        run_due()
    assert published == TITLES
    assert states(bundle) == AFTER


def test_page_with_a_date_of_its_own_goes_live_with_its_bundle_now(bundle: Bundle, publisher: User) -> None:
    news = NewsPage.objects.get(title="Zapowiedź")
    news.go_live_at = timezone.now() + 5 * HOUR
    news.save_revision().publish(user=publisher)
    publish_bundle(bundle, publisher)

    assert states(bundle) == AFTER
    assert not news.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_page_that_is_due_by_itself_waits_for_its_scheduled_bundle(bundle: Bundle, publisher: User) -> None:
    schedule_bundle(bundle, timezone.now() + HOUR, publisher)
    news = NewsPage.objects.get(title="Zapowiedź")
    news.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now() - MINUTE)

    assert run_due() == Report()
    assert titles_of_public_pages() == {"Jest od dawna"}


def test_moved_bundle_goes_live_at_its_new_moment(bundle: Bundle, publisher: User) -> None:
    schedule_bundle(bundle, timezone.now() + HOUR, publisher)
    pinned = {row.page.specific.scheduled_revision.pk for row in bundle.pages.all()}
    at = timezone.now() + 3 * HOUR
    move_bundle(bundle, at, publisher)

    bundle.refresh_from_db()
    assert (bundle.state, bundle.go_live_at) == (BundleState.SCHEDULED, at)
    assert {row.page.specific.scheduled_revision.pk for row in bundle.pages.all()} == pinned
    assert {row.page.specific.scheduled_revision.approved_go_live_at for row in bundle.pages.all()} == {at}


@pytest.mark.parametrize("offset", [-HOUR, dt.timedelta(0)])
def test_moment_that_has_passed_is_refused(bundle: Bundle, publisher: User, offset: dt.timedelta) -> None:
    with pytest.raises(BundleRefusedError, match="passed"):
        schedule_bundle(bundle, timezone.now() + offset, publisher)
    assert states(bundle) == BEFORE


def test_unscheduled_bundle_leaves_drafts_that_can_be_edited(bundle: Bundle, publisher: User) -> None:
    schedule_bundle(bundle, timezone.now() + HOUR, publisher)
    unschedule_bundle(bundle, publisher)

    assert states(bundle) == BEFORE
    for row in bundle.pages.all():
        page = row.page.specific
        assert page.scheduled_revision is None
        assert page.get_lock() is None
        assert page.get_latest_revision_as_object().go_live_at is None
    bundle.refresh_from_db()
    assert (bundle.state, bundle.go_live_at) == (BundleState.DRAFT, None)
    assert len(logged("wagtail.schedule.cancel")) == 3


def test_page_unscheduled_by_itself_holds_the_bundle_back_and_is_named(bundle: Bundle, publisher: User) -> None:
    schedule_bundle(bundle, timezone.now() + HOUR, publisher)
    revision = NewsPage.objects.get(title="Zapowiedź").scheduled_revision
    make_due(bundle)
    revision.refresh_from_db()
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])

    assert run_due() == Report(failed=["Konferencja regionalna"])
    assert titles_of_public_pages() == {"Jest od dawna"}
    assert ScheduleFailure.objects.get().error.startswith("Zapowiedź: ")


def test_page_of_two_scheduled_bundles_is_refused(bundle: Bundle, publisher: User) -> None:
    other = together("Druga paczka", NewsPage.objects.get(title="Zapowiedź"))
    schedule_bundle(bundle, timezone.now() + HOUR, publisher)

    with pytest.raises(BundleRefusedError, match="another bundle"):
        schedule_bundle(other, timezone.now() + 2 * HOUR, publisher)
    with pytest.raises(BundleRefusedError, match="another bundle"):
        publish_bundle(other, publisher)


def test_page_that_would_have_expired_is_refused(bundle: Bundle, publisher: User) -> None:
    news = NewsPage.objects.get(title="Zapowiedź")
    news.expire_at = timezone.now() + HOUR
    news.save_revision()

    with pytest.raises(BundleRefusedError, match="expires before"):
        schedule_bundle(bundle, timezone.now() + 2 * HOUR, publisher)


def test_empty_bundle_is_refused(publisher: User) -> None:
    with pytest.raises(BundleRefusedError, match="no pages"):
        publish_bundle(Bundle.objects.create(title="Pusta"), publisher)


def test_retired_bundle_takes_every_page_down_with_its_reason(bundle: Bundle, publisher: User) -> None:
    publish_bundle(bundle, publisher)
    with pytest.raises(BundleRefusedError, match="why"):
        retire_bundle(bundle, publisher, "  ")
    retire_bundle(bundle, publisher, "Projekt się zakończył.")

    assert titles_of_public_pages() == set()
    assert set(Retirement.objects.values_list("page__title", "reason", "retired_by")) == {
        (title, "Projekt się zakończył.", publisher.pk) for title in TITLES
    }
    bundle.refresh_from_db()
    assert bundle.state == BundleState.RETIRED


def test_bundle_retires_at_its_time(bundle: Bundle, publisher: User) -> None:
    at = timezone.now() + HOUR
    with pytest.raises(BundleRefusedError, match="why"):
        schedule_bundle(bundle, at, publisher, retire_at=at + HOUR)
    with pytest.raises(BundleRefusedError, match="retire before"):
        schedule_bundle(bundle, at, publisher, retire_at=at - MINUTE, retire_reason="Koniec.")
    schedule_bundle(bundle, at, publisher, retire_at=at + HOUR, retire_reason="Koniec.")
    make_due(bundle)
    run_due()
    assert titles_of_public_pages() == set(TITLES)

    Bundle.objects.filter(pk=bundle.pk).update(retire_at=timezone.now() - MINUTE)
    assert run_due() == Report(retired=["Konferencja regionalna"])
    assert titles_of_public_pages() == set()
    assert set(Retirement.objects.values_list("reason", flat=True)) == {"Koniec."}
    assert run_due() == Report()


@pytest.mark.parametrize("by_hand", [True, False])
def test_page_of_a_host_s_own_type_is_taken_down_with_the_others(
    tree: dict[str, Page], publisher: User, by_hand: bool
) -> None:
    ours, plain = NewsPageFactory(parent=tree["news"], title="Nasza"), Page(title="Obcego typu", slug="obca")
    tree["news"].add_child(instance=plain)
    bundle = together("Razem", ours, plain)
    publish_bundle(bundle, publisher)
    if by_hand:
        retire_bundle(bundle, publisher, "Koniec.")
    else:
        Bundle.objects.update(retire_at=timezone.now(), retire_reason="Koniec.")
        assert run_due() == Report(retired=["Razem"])

    assert not Page.objects.filter(pk__in=[ours.pk, plain.pk], live=True).exists()
    assert list(Retirement.objects.values_list("page", "reason")) == [(ours.pk, "Koniec.")]
