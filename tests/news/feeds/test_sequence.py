"""SEQUENCE: it rises by one with each publication that concerns people's calendars, and never otherwise."""

import datetime as dt
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from tests.factories import VenueFactory, make_site
from tests.news.feeds.test_calendar import make, publish
from wagtail_newsroom.news.models import EventPage, EventStop
from wagtail_newsroom.news.publishing.schedule.due import run_due


def sequence(event: Page) -> int:
    return EventPage.objects.get(pk=event.pk).calendar_sequence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Inny tytuł"),
        ("start_date", "2027-03-13"),
        ("start_time", "10:00"),
        ("end_date", "2027-03-14"),
        ("end_time", "18:00"),
        ("timezone", "Europe/London"),
        ("status", "cancelled"),
        ("status", "postponed"),
        ("status", "moved_online"),
        ("attendance_mode", "online"),
        ("online_platform", "Zoom"),
        ("deadline_date", "2027-03-01"),
    ],
)
def test_sequence_rises_with_what_a_calendar_shows(tree: dict[str, Page], name: str, value: str) -> None:
    event = make(tree)

    changed = publish(event, **{name: value})
    again = publish(changed, **{name: value})

    assert (event.calendar_sequence, changed.calendar_sequence, again.calendar_sequence) == (0, 1, 1)


def test_sequence_rises_with_the_place(tree: dict[str, Page]) -> None:
    event = make(tree)
    found = []
    for venue in (VenueFactory(name="Aula"), VenueFactory(name="Biblioteka"), None):
        draft = event.get_latest_revision_as_object()
        draft.venue = venue
        draft.save_revision().publish()
        found.append(sequence(event))
    draft.stops.add(EventStop(place="Konin"))
    draft.save_revision().publish()

    assert [*found, sequence(event)] == [1, 2, 3, 4]


def test_sequence_rises_with_the_link_to_join_only_where_it_is_public(tree: dict[str, Page]) -> None:
    event = make(tree, online_link="https://example.org/1", online_link_visibility="registered")

    hidden = publish(event, online_link="https://example.org/2").calendar_sequence
    shown = publish(event, online_link_visibility="public").calendar_sequence
    changed = publish(event, online_link="https://example.org/3").calendar_sequence

    assert (hidden, shown, changed) == (0, 1, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [("lead", "Inny lead."), ("cost", "10 zł"), ("slug", "inny"), ("byline", "X")],
)
def test_sequence_stays_with_anything_else(tree: dict[str, Page], name: str, value: str) -> None:
    assert publish(make(tree), **{name: value}).calendar_sequence == 0


def test_sequence_of_one_day_said_twice_stays(tree: dict[str, Page]) -> None:
    assert publish(make(tree, start_date="2027-03-12"), end_date="2027-03-12").calendar_sequence == 0


def test_draft_does_not_raise_it_however_often_it_is_saved(tree: dict[str, Page]) -> None:
    event = make(tree)
    for day in ("2027-04-01", "2027-04-02", "2027-04-03"):
        draft = event.get_latest_revision_as_object()
        draft.start_date = dt.date.fromisoformat(day)
        draft.save_revision()

    assert sequence(event) == 0
    event.get_latest_revision().publish()
    assert sequence(event) == 1


def test_draft_begun_before_a_publication_does_not_bring_the_old_number_back(tree: dict[str, Page]) -> None:
    event = make(tree)
    draft = event.get_latest_revision_as_object()
    draft.lead = "Zaczęte wcześniej"
    early = draft.save_revision()
    publish(event, start_date="2027-04-01")
    publish(event, start_date="2027-04-02")
    early = Revision.objects.get(pk=early.pk)
    assert early.as_object().calendar_sequence == 2

    early.publish()

    assert sequence(event) == 3  # the day is again what the early draft says


def test_publishing_an_older_revision_raises_it(tree: dict[str, Page]) -> None:
    event = make(tree)
    first = event.get_latest_revision()
    second = publish(event, start_date="2027-04-01")

    first.publish(previous_revision=second.get_latest_revision())

    stored = EventPage.objects.get(pk=event.pk)
    assert (stored.start_date, stored.calendar_sequence) == (dt.date(2027, 3, 12), 2)


def test_publishing_one_revision_again_raises_it_once(tree: dict[str, Page]) -> None:
    """As two schedulers would that both took the same page."""
    event = make(tree)
    draft = event.get_latest_revision_as_object()
    draft.status = "cancelled"
    revision = draft.save_revision()

    first, second = revision.as_object(), revision.as_object()
    first.save()
    second.save()
    revision.publish()
    revision.publish()

    assert sequence(event) == 1


def test_scheduled_change_raises_it_when_it_goes_live(tree: dict[str, Page]) -> None:
    event = make(tree)
    draft = event.get_latest_revision_as_object()
    draft.start_date = dt.date(2027, 4, 1)
    draft.go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision = draft.save_revision()
    revision.publish()
    assert sequence(event) == 0

    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - dt.timedelta(minutes=1)
    content: dict[str, Any] = revision.content
    content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.content = content
    revision.save()
    run_due()

    stored = EventPage.objects.get(pk=event.pk)
    assert (stored.start_date, stored.calendar_sequence) == (dt.date(2027, 4, 1), 1)


def test_unpublishing_does_not_raise_it_and_coming_back_counts_against_what_was_public(tree: dict[str, Page]) -> None:
    event = make(tree)
    event.unpublish()
    assert sequence(event) == 0

    unchanged = publish(event, lead="Wraca")
    unchanged.unpublish()
    draft = unchanged.get_latest_revision_as_object()
    draft.start_date, draft.go_live_at = dt.date(2027, 5, 1), timezone.now() + dt.timedelta(hours=1)
    draft.save_revision().publish()  # the row of a page that is not live takes the draft's facts over
    waiting = sequence(event)
    changed = publish(event, go_live_at=None)

    assert (unchanged.calendar_sequence, waiting, changed.calendar_sequence) == (0, 0, 1)


def test_copy_and_translation_begin_at_zero(tree: dict[str, Page]) -> None:
    event = publish(make(tree), start_date="2027-04-01")
    english = Locale.objects.create(language_code="en")

    copied = event.copy(update_attrs={"slug": "kopia"})
    translation = event.copy_for_translation(english, copy_parents=True)
    translation.save_revision().publish()
    copied_and_published = publish(EventPage.objects.get(pk=copied.pk), lead="Kopia")

    assert (sequence(event), sequence(copied), sequence(translation)) == (1, 0, 0)
    assert copied_and_published.calendar_sequence == 0
    assert publish(copied_and_published, start_date="2027-06-01").calendar_sequence == 1


def test_saving_a_draft_s_bookkeeping_does_not_raise_it(tree: dict[str, Page]) -> None:
    """Wagtail saves a few columns of a page whose object holds a draft."""
    event = make(tree)
    draft = event.get_latest_revision_as_object()
    draft.start_date = dt.date(2027, 4, 1)
    draft.save(update_fields=["has_unpublished_changes"], clean=False)

    assert sequence(event) == 0


@pytest.mark.django_db(transaction=True)
def test_r3_schedulers_that_publish_the_same_revision_at_once_raise_it_once() -> None:
    event = make(make_site())
    draft = event.get_latest_revision_as_object()
    draft.status = "cancelled"
    revision = draft.save_revision()
    start, failures = Barrier(4), []

    def publish_it() -> None:
        try:
            start.wait()
            Revision.objects.get(pk=revision.pk).publish()
        except Exception as error:  # noqa: BLE001  (told to the test)
            failures.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=publish_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sequence(event) == 1
