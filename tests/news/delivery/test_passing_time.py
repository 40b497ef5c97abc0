"""What time alone changes is recorded once: whoever runs, however long nobody did, for every type that knows moments."""

import datetime as dt
import threading
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, Site

from tests.factories import EventPageFactory, NewsPageFactory, attach, make_attachment
from tests.host_types.models import TrainingPage
from tests.standing import Tree
from tests.third_party.models import ConsultationIndexPage, ConsultationPage
from wagtail_newsroom.news.models import ChangeRecord, EventPage, PageContact, PageMoment
from wagtail_newsroom.news.publishing.changes.events import events_after, latest_cursor
from wagtail_newsroom.news.publishing.schedule.passing_time import look_at_all_pages, record_passing_time

WARSAW = ZoneInfo("Europe/Warsaw")
BEGIN = dt.datetime(2026, 11, 30, 10, 0, tzinfo=WARSAW)
HOUR = dt.timedelta(hours=1)


class Clock:
    """The time of everything that asks Django for it."""

    now = BEGIN

    def turn(self, day: int, hour: int, minute: int = 0) -> None:
        """Turn it to a moment of December 2026."""
        self.now = dt.datetime(2026, 12, day, hour, minute, tzinfo=WARSAW)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def tree(clock: Clock, grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def event(tree: dict[str, Page]) -> EventPage:
    """Registration opens on the 2nd at 9:00 and ends on the 10th at 12:00, days left are told; the event is on the 20th."""
    return EventPageFactory(
        parent=tree["events"],
        slug="narada",
        announce_in_news=False,
        start_date=dt.date(2026, 12, 20),
        registration="link",
        registration_link="https://example.org/",
        opens_date=dt.date(2026, 12, 2),
        opens_time=dt.time(9),
        deadline_date=dt.date(2026, 12, 10),
        deadline_time=dt.time(12),
    )


def told_of(page: Page) -> list[str]:
    """What is recorded of ``page`` in one more round."""
    last = latest_cursor()
    record_passing_time()
    return [row.kind for row in ChangeRecord.objects.after(last) if row.object_id == str(page.pk)]


def test_each_moment_of_an_event_is_recorded_once(clock: Clock, event: EventPage) -> None:
    report = NewsPageFactory(parent=event.get_parent().get_parent(), slug="relacja", about_event=event)
    assert told_of(event) == []
    for day, hour, minute in [(2, 9, 0), (7, 12, 0), (10, 12, 1), (20, 0, 0), (21, 0, 0)]:
        clock.turn(day, hour, minute)
        clock.now -= 2 * dt.timedelta(minutes=1)
        told_of(event)
        clock.turn(day, hour, minute)
        cursor = latest_cursor()
        assert told_of(event) == ["upsert"], (day, hour)
        affects = {path for each in events_after(cursor, Site.objects.get()).events for path in each["affects"]}
        assert {event.url, report.url, "/wydarzenia/", "/"} <= affects
        assert told_of(event) == []


def test_scheduler_that_was_off_catches_up_once(clock: Clock, event: EventPage) -> None:
    told_of(event)
    clock.turn(22, 8)

    assert told_of(event) == ["upsert"]
    assert told_of(event) == []


def test_moment_that_passed_before_anybody_looked_is_not_lost(clock: Clock, event: EventPage) -> None:
    clock.turn(10, 11, 59)
    event.title = "Narada druga"
    event.save_revision().publish()
    clock.turn(10, 12, 1)  # the deadline, before the first round after that edit

    assert told_of(event) == ["upsert"]


def test_edit_puts_the_moment_off(clock: Clock, event: EventPage) -> None:
    told_of(event)
    event.opens_date = dt.date(2026, 12, 4)
    event.save_revision().publish()
    clock.turn(2, 8)
    told_of(event)
    clock.turn(2, 9, 1)
    assert told_of(event) == []
    clock.turn(4, 8)
    told_of(event)
    clock.turn(4, 9, 1)
    assert told_of(event) == ["upsert"]


def test_contacts_and_files_and_lists(clock: Clock, tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"])
    page.contacts = [PageContact(name="Biuro", shown_until=dt.date(2026, 12, 3))]
    attach(page, make_attachment(valid_until=dt.date(2026, 12, 5)))
    told_of(page)
    for day in (4, 6):
        clock.turn(day, 0, 1)
        assert told_of(page) == ["upsert"], day
    clock.turn(7, 0, 1)
    last = latest_cursor()
    assert told_of(page) == []
    lists = {str(tree[name].pk) for name in ("home", "news", "events", "documents")}
    assert {row.object_id for row in ChangeRecord.objects.after(last)} == lists


def test_types_of_a_host_and_of_another_app(clock: Clock, tree: dict[str, Page]) -> None:
    training = TrainingPage(title="Szkolenie", lead="O czym.", start_date=dt.date(2026, 12, 3))
    tree["events"].add_child(instance=training)
    index = ConsultationIndexPage(title="Konsultacje", slug="konsultacje")
    tree["home"].add_child(instance=index)
    asked = ConsultationPage(title="Pytanie", lead="O czym.", closes_on=dt.date(2026, 12, 2), about=training)
    index.add_child(instance=asked)
    told_of(asked)

    clock.turn(3, 0, 1)
    assert told_of(asked) == ["upsert"]
    row = ChangeRecord.objects.filter(object_id=str(asked.pk)).latest("pk")
    assert {training.url, index.url, asked.url} <= set(row.affects)
    clock.turn(4, 0, 1)
    assert told_of(training) == ["upsert"]


def test_expiry_that_nobody_carries_out_is_a_deletion(clock: Clock, tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"], expire_at=BEGIN + HOUR)
    told_of(page)
    clock.now = BEGIN + HOUR

    assert told_of(page) == ["delete"]
    assert told_of(page) == []


def test_pages_from_before_are_looked_at(clock: Clock, event: EventPage, django_assert_num_queries: Any) -> None:
    PageMoment.objects.all().delete()
    look_at_all_pages()
    assert told_of(event) == []
    assert PageMoment.objects.get(page=event.pk).at == dt.datetime(2026, 12, 1, tzinfo=WARSAW)  # one day less is left
    for _n in range(3):
        NewsPageFactory(parent=event.get_parent().get_parent())
    record_passing_time()
    with django_assert_num_queries(1):
        record_passing_time()


def test_page_that_fails_stops_no_other(
    clock: Clock, event: EventPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = EventPageFactory(parent=event.get_parent(), start_date=dt.date(2026, 12, 1))
    told_of(event)
    clock.turn(2, 9)

    def broken(page: EventPage, now: dt.datetime) -> Any:
        raise ValueError("Zepsute")

    with monkeypatch.context() as patched:
        patched.setattr(
            EventPage, "schedule_moments", lambda self, now: broken(self, now) if self.pk == event.pk else []
        )
        assert told_of(other) == ["upsert"]
    assert "could not be worked out" in caplog.text
    clock.turn(2, 10)
    assert told_of(event) == ["upsert"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.services
def test_r3_two_schedulers_record_a_moment_once(clock: Clock, event: EventPage) -> None:
    told_of(event)
    clock.turn(2, 9)
    last, together = latest_cursor(), threading.Barrier(2)
    errors: list[Exception] = []

    def run() -> None:
        together.wait()
        try:
            record_passing_time()
        except Exception as error:  # noqa: BLE001  (whatever it is, the test tells)
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = [row for row in ChangeRecord.objects.after(last) if row.object_id == str(event.pk)]
    assert (errors, len(rows)) == ([], 1)
