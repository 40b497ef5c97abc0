"""What is due is done at its time: once, whole, and nothing that fails stops the rest (trust.md R1-R6)."""

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished

from tests.factories import NewsPageFactory, make_site
from tests.registering import checked_by
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models import NewsPage, ScheduledAction, ScheduleFailure, SchedulerHeartbeat
from wagtail_newsroom.news.publishing.schedule import due, scheduler
from wagtail_newsroom.news.publishing.schedule.due import Report, is_scheduler_alive, run_due
from wagtail_newsroom.news.registry.contracts import Finding, Severity

pytestmark = pytest.mark.services

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()


def scheduled(tree: dict[str, Page], title: str, at: dt.datetime | None = None, **fields: Any) -> NewsPage:
    """A draft whose approved version is due at ``at`` (a minute ago)."""
    page = NewsPage(title=title, lead="O czym to jest.", live=False, **fields)
    tree["news"].add_child(instance=page)
    become_due(page, at or timezone.now() - MINUTE)
    return page


def become_due(page: NewsPage, at: dt.datetime) -> Revision:
    """Approve the page as it is for ``at``, as if somebody had done so in time."""
    page.go_live_at = at
    revision = page.save_revision(approved_go_live_at=at)
    NewsPage.objects.filter(pk=page.pk).update(go_live_at=at)
    return revision


@contextmanager
def heard(signal: Any) -> Iterator[list[str]]:
    """The titles of the pages that a signal is sent for."""
    titles: list[str] = []

    def listen(instance: Page, **kwargs: Any) -> None:
        titles.append(instance.title)

    signal.connect(listen)
    try:
        yield titles
    finally:
        signal.disconnect(listen)


@contextmanager
def failing_receiver(title: str, error: type[Exception] = RuntimeError) -> Iterator[None]:
    """A receiver of an app beside us that cannot bear the page of this title."""

    def fail(instance: Page, **kwargs: Any) -> None:
        if instance.title == title:
            raise error("the notice board is full")

    page_published.connect(fail)
    try:
        yield
    finally:
        page_published.disconnect(fail)


def logged(action: str) -> list[str]:
    return sorted(entry.label for entry in PageLogEntry.objects.filter(action=action))


def test_due_page_goes_live_with_one_signal_and_one_log_entry(tree: dict[str, Page]) -> None:
    page = scheduled(tree, "Na czas")
    scheduled(tree, "Jutro", timezone.now() + HOUR)
    with heard(page_published) as published:
        report = run_due()
        again = run_due()

    page.refresh_from_db()
    assert (page.live, page.has_unpublished_changes) == (True, False)
    assert page.live_revision == page.latest_revision
    assert published == ["Na czas"]
    assert logged("wagtail.publish.scheduled") == ["Na czas"]
    assert (report, again) == (Report(published=["Na czas"]), Report())
    assert not Revision.objects.filter(approved_go_live_at__lte=timezone.now()).exists()


def test_failing_page_stops_no_other_and_is_retried(tree: dict[str, Page]) -> None:
    first, middle, last = (
        scheduled(tree, title, timezone.now() - minutes * MINUTE)
        for title, minutes in [("Pierwsza", 3), ("Druga", 2), ("Trzecia", 1)]
    )
    with failing_receiver("Druga"):
        report = run_due()
        # It waits for its next attempt.
        assert run_due() == Report()

    assert report == Report(published=["Pierwsza", "Trzecia"], failed=["Druga"])
    middle.refresh_from_db()
    assert (middle.live, middle.live_revision, middle.first_published_at) == (False, None, None)
    assert logged("wagtail.publish.scheduled") == ["Pierwsza", "Trzecia"]
    failure = ScheduleFailure.objects.get()
    assert (failure.page_id, failure.action, failure.attempts) == (middle.pk, ScheduledAction.PUBLISH, 1)
    assert "the notice board is full" in failure.error
    assert failure.next_attempt_at - failure.failed_at == MINUTE

    attempt_now()
    assert run_due() == Report(published=["Druga"])
    middle.refresh_from_db()
    assert middle.live
    assert not ScheduleFailure.objects.exists()
    for page in (first, last):
        page.refresh_from_db()
        assert page.live


def attempt_now() -> None:
    ScheduleFailure.objects.update(next_attempt_at=timezone.now() - MINUTE)


def test_attempts_come_ever_later_but_at_least_every_hour(tree: dict[str, Page]) -> None:
    scheduled(tree, "Druga")
    waits = []
    with failing_receiver("Druga"):
        for attempt in range(1, 10):
            run_due()
            failure = ScheduleFailure.objects.get()
            assert failure.attempts == attempt
            waits.append((failure.next_attempt_at - failure.failed_at) // MINUTE)
            attempt_now()

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_publish_each_page_once() -> None:
    tree = make_site()
    titles = [f"Strona {number:02}" for number in range(9)]
    for title in titles:
        scheduled(tree, title)
    start = threading.Barrier(4)

    def schedule(_number: int) -> Report:
        try:
            start.wait(timeout=60)
            return run_due()
        finally:
            connections.close_all()

    with heard(page_published) as published, failing_receiver("Strona 04"), ThreadPoolExecutor(4) as pool:
        reports = [one.result(timeout=120) for one in [pool.submit(schedule, number) for number in range(4)]]
        # Who met a page in the hands of another leaves it to them; a further round finds nothing left.
        assert run_due() == Report()

    good = [title for title in titles if title != "Strona 04"]
    assert sorted(published) == sorted([*good, *(["Strona 04"] * published.count("Strona 04"))])
    assert sorted(title for report in reports for title in report.published) == good
    assert logged("wagtail.publish.scheduled") == good
    assert sorted(NewsPage.objects.live().child_of(tree["news"]).values_list("title", flat=True)) == good
    assert [failure.attempts for failure in ScheduleFailure.objects.all()] == [1]


def test_hours_off_are_caught_up_with_in_order(tree: dict[str, Page]) -> None:
    late = scheduled(tree, "Rano", timezone.now() - 9 * HOUR)
    scheduled(tree, "W południe", timezone.now() - 5 * HOUR)
    over = scheduled(tree, "Minęła", timezone.now() - 8 * HOUR, expire_at=timezone.now() - 2 * HOUR)
    with heard(page_unpublished) as unpublished:
        report = run_due()

    assert report == Report(published=["Rano", "Minęła", "W południe"], retired=["Minęła"])
    assert unpublished == ["Minęła"]
    over.refresh_from_db()
    assert (over.live, over.expired) == (False, True)
    late.refresh_from_db()
    assert late.live


def test_expired_page_is_taken_down_once_and_keeps_what_is_scheduled_later(tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Nabór", expire_at=timezone.now() - MINUTE)
    later = page.save_revision(approved_go_live_at=timezone.now() + HOUR)
    with heard(page_unpublished) as unpublished:
        assert run_due() == Report(retired=["Nabór"])
        assert run_due() == Report()

    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert unpublished == ["Nabór"]
    assert logged("wagtail.unpublish.scheduled") == ["Nabór"]
    assert page.scheduled_revision == later


def test_failing_receiver_keeps_an_expired_page_as_it_was(tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Nabór", expire_at=timezone.now() - MINUTE)

    def fail(**kwargs: Any) -> None:
        raise RuntimeError("no")

    page_unpublished.connect(fail)
    try:
        assert run_due() == Report(failed=["Nabór"])
    finally:
        page_unpublished.disconnect(fail)
    page.refresh_from_db()
    assert (page.live, page.expired) == (True, False)
    assert ScheduleFailure.objects.get().action == ScheduledAction.RETIRE


def test_page_with_a_blocking_finding_is_not_published_but_reported(tree: dict[str, Page]) -> None:
    page = scheduled(tree, "Bez klauzuli")
    with checked_by(
        lambda page: [Finding("clause", Severity.BLOCK, f"“{page.title}” collects data without a clause. Add one.")]
    ):
        report = run_due()

    page.refresh_from_db()
    assert not page.live
    assert report == Report(failed=["Bez klauzuli"])
    assert ScheduleFailure.objects.get().error == "“Bez klauzuli” collects data without a clause. Add one."

    attempt_now()
    with checked_by(lambda page: [Finding("title", Severity.WARN, "A like title.")]):
        assert run_due() == Report(published=["Bez klauzuli"])


def test_failure_goes_once_its_page_is_unscheduled(tree: dict[str, Page]) -> None:
    page = scheduled(tree, "Druga")
    with failing_receiver("Druga"):
        run_due()
    assert ScheduleFailure.objects.count() == 1
    page.revisions.update(approved_go_live_at=None)

    assert run_due() == Report()
    assert not ScheduleFailure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_rolled_back_publication_sends_nothing() -> None:
    tree = make_site()
    scheduled(tree, "Druga")
    scheduled(tree, "Trzecia")
    sent: list[str] = []

    def webhook(instance: Page, **kwargs: Any) -> None:
        transaction.on_commit(lambda: sent.append(instance.title))

    page_published.connect(webhook)
    try:
        with failing_receiver("Druga"):
            run_due()
    finally:
        page_published.disconnect(webhook)

    assert sent == ["Trzecia"]


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_the_commit_and_fails_undoes_nothing() -> None:
    tree = make_site()
    page = scheduled(tree, "Druga")
    other = scheduled(tree, "Trzecia")

    def webhook(instance: Page, **kwargs: Any) -> None:
        def send() -> None:
            raise RuntimeError("no network")

        transaction.on_commit(send)

    page_published.connect(webhook)
    try:
        report = run_due()
    finally:
        page_published.disconnect(webhook)

    assert sorted(report.published) == ["Druga", "Trzecia"]
    assert not ScheduleFailure.objects.exists()
    for each in (page, other):
        each.refresh_from_db()
        assert each.live


@pytest.mark.parametrize(
    ("utc", "local"),
    [
        # In Warsaw 02:30 came twice that night; in spring 03:00 followed 01:59 at once.
        (dt.datetime(2025, 10, 26, 0, 30, tzinfo=dt.UTC), "2025-10-26T02:30:00+02:00"),
        (dt.datetime(2025, 10, 26, 1, 30, tzinfo=dt.UTC), "2025-10-26T02:30:00+01:00"),
        (dt.datetime(2025, 3, 30, 1, 0, tzinfo=dt.UTC), "2025-03-30T03:00:00+02:00"),
    ],
)
def test_page_is_due_at_its_moment_on_nights_when_clocks_change(
    tree: dict[str, Page], utc: dt.datetime, local: str
) -> None:
    moment = utc.astimezone(ZoneInfo("Europe/Warsaw"))
    assert moment.isoformat() == local
    scheduled(tree, "Zmiana czasu", moment)

    assert due.due_jobs(utc - dt.timedelta(seconds=1)) == []
    assert [job.name for job in due.due_jobs(utc)] == ["Zmiana czasu"]
    assert run_due(utc) == Report(published=["Zmiana czasu"])


def test_moment_to_come_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        run_due(timezone.now() + HOUR)


def test_stop_lets_the_page_at_hand_end_and_begins_no_other(tree: dict[str, Page]) -> None:
    for title, minutes in [("Pierwsza", 3), ("Druga", 2)]:
        scheduled(tree, title, timezone.now() - minutes * MINUTE)
    answers = iter([False, True])

    assert run_due(stop=lambda: next(answers)) == Report(published=["Pierwsza"])


def test_beat_says_whether_a_scheduler_is_alive(db: None) -> None:
    assert not is_scheduler_alive()
    run_due()
    run_due()

    assert SchedulerHeartbeat.objects.count() == 1
    assert is_scheduler_alive()
    assert not is_scheduler_alive(timezone.now() + 4 * MINUTE)


def test_one_round_by_hand_does_what_is_due_and_dry_runs_change_nothing(
    tree: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test's transaction lives in this connection.
    monkeypatch.setattr(scheduler, "close_old_connections", lambda: None)
    monkeypatch.setattr(scheduler.connections, "close_all", lambda: None)
    page = scheduled(tree, "Druga")
    other = scheduled(tree, "Trzecia")
    before = list(Revision.objects.order_by("pk").values())
    out = StringIO()
    call_command("run_scheduler", "--dry-run", stdout=out)

    assert "newsroom.NewsPage" not in out.getvalue()
    assert "wagtailcore.Page\tDruga" in out.getvalue()
    assert list(Revision.objects.order_by("pk").values()) == before
    assert not SchedulerHeartbeat.objects.exists()

    errors = StringIO()
    with failing_receiver("Druga"):
        call_command("run_scheduler", "--once", stdout=out, stderr=errors)
    page.refresh_from_db()
    other.refresh_from_db()
    assert (page.live, other.live) == (False, True)
    assert "Published: Trzecia" in out.getvalue()
    assert "Failed, will be tried again: Druga" in errors.getvalue()


def test_due_pages_are_found_with_as_many_queries_for_thirty_as_for_one(
    tree: dict[str, Page], django_assert_num_queries: Any
) -> None:
    counts = set()
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            scheduled(tree, f"Strona {made}")
            made += 1
        with django_assert_num_queries(10, exact=False) as asked:
            assert len(due.due_jobs(timezone.now())) == wanted
        counts.add(len(asked))

    assert len(counts) == 1


def test_nothing_of_other_models_is_in_the_pages_log(tree: dict[str, Page]) -> None:
    scheduled(tree, "Druga")
    run_due()

    assert not ModelLogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_r2_chore_that_waits_for_another_machine_keeps_no_page_waiting(settings: Any) -> None:
    """It has a thread of its own, where it goes on though it fails."""
    settings.NEWSROOM = {**settings.NEWSROOM, "SCHEDULER_INTERVAL": 1}
    begun, published, may_go_on, again = (threading.Event() for _number in range(4))
    page = scheduled(make_site(), "Na czas")

    def wait() -> None:
        if begun.is_set():
            again.set()
        begun.set()
        may_go_on.wait(10)
        raise RuntimeError("the other machine went away")

    with registry.reopened():
        registry.register_chore("Waiting", dt.timedelta(0), wait, apart=True)
        running = scheduler.Scheduler(tell=lambda report: published.set())
        thread = threading.Thread(target=running.run)
        thread.start()
        assert begun.wait(10)
        assert published.wait(10)
        assert not again.is_set()
        may_go_on.set()
        assert again.wait(10)
        running.stop()
        thread.join()

    page.refresh_from_db()
    assert page.live
