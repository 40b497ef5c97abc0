"""The calendar made of rows is the calendar made of pages, to the byte, also where rows are read in another language."""

from typing import Any

import pytest
from django.test import RequestFactory
from wagtail.models import Locale, Page

from tests.factories import EventPageFactory, TopicFactory, VenueFactory
from tests.news.feeds.test_calendar import TERMS, calendar_of, typed
from wagtail_newsroom.news.feeds.calendar import whole_calendar
from wagtail_newsroom.news.listings.calendar_rows import calendar_rows
from wagtail_newsroom.news.models import EventPage, EventStop
from wagtail_newsroom.news.models.events.events import localise_venues

pytestmark = pytest.mark.services

ODD = "Zażółć „gęślą” jaźń, a; b \\ c, " * 3
STATES: list[dict[str, Any]] = [
    *(facts for facts, _start, _end in TERMS.values()),
    {"status": "postponed", "status_reason": ODD[:90].strip()},
    {"status": "moved_online", "attendance_mode": "onsite", "online_platform": "Zoom"},
    {"attendance_mode": "online", "online_link": "https://example.org/?a=1,2;3", "online_link_visibility": "public"},
    {"attendance_mode": "mixed", "online_link": "https://example.org/", "online_link_visibility": "registered"},
    {"registration": "link", "registration_link": "https://example.org/", "deadline_date": "2027-03-01"},
    {
        "registration": "email",
        "registration_email": "a@example.org",
        "deadline_date": "2027-03-01",
        "deadline_time": "12:30",
        "lead": ODD,
    },
]


@pytest.fixture
def events(tree: dict[str, Page]) -> list[EventPage]:
    """Events of every kind; venues and topics of some are in another language only, or in both."""
    english = Locale.objects.create(language_code="en")
    both, foreign = VenueFactory(name="Dom, sala", latitude="51.973500", longitude="17.1"), VenueFactory(locale=english)
    translated = both.copy_for_translation(english)
    translated.name = "House"
    translated.save()
    health, work = TopicFactory(name="Zdrowie"), TopicFactory(name="Work", locale=english)
    english_health = health.copy_for_translation(english)
    english_health.name = "Health"
    english_health.save()
    places = [None, both, foreign, translated]
    filed = [[], [health], [work, health], [english_health]]
    for number, facts in enumerate(STATES):
        given = typed({"start_date": "2027-03-12", **facts})
        event = EventPageFactory(
            parent=tree["events"], venue=places[number % 4], title=f"{number} {ODD}".strip(), **given
        )
        event.topics = filed[number // 2 % 4]
        event.stops = [EventStop(place=name) for name in ("Kalisz", "Turek, Konin", "Kalisz")[: number % 5]]
        event.save_revision().publish()
    EventPage.objects.filter(venue=None).update(lead=f"{ODD}\r\nATTENDEE:x\u2028y\x85")
    EventPage.objects.filter(pk=event.pk).update(start_date=None, end_date=None)
    pages = EventPage.objects.select_related("venue", "locale").prefetch_related("stops", "topics").order_by("pk")
    return list(pages)


def test_calendar_of_rows_is_that_of_pages(events: list[EventPage], rf: RequestFactory) -> None:
    rows = calendar_rows(EventPage.objects.order_by("pk"))
    again = calendar_rows(EventPage.objects.order_by("pk"))
    localise_venues(events)
    asked: dict[str, Any] = {"name": "Próba", "source": "http://localhost/c.ics", "language": "pl"}

    assert [row.pk for row in rows] == [event.pk for event in events]
    expected = whole_calendar(events, **asked, request=rf.get("/"))
    assert expected.count(b"BEGIN:VEVENT") == len(STATES) - 1
    assert whole_calendar(rows, **asked, request=rf.get("/")) == expected
    assert whole_calendar(again, **asked, request=rf.get("/")) == expected  # of the entries that were kept


def test_what_is_kept_of_an_entry_is_not_given_out_once_a_fact_is_another(
    events: list[EventPage], settings: Any
) -> None:
    before = calendar_of(calendar_rows(EventPage.objects.order_by("pk")))
    event = next(each for each in events if each.venue is not None and each.venue.name == "Dom, sala")
    event.venue.name = "Inny dom"
    event.venue.save()
    moved = calendar_of(calendar_rows(EventPage.objects.order_by("pk")))
    settings.NEWSROOM = {**settings.NEWSROOM, "REGISTRATION": False}
    switched = calendar_of(calendar_rows(EventPage.objects.order_by("pk")))

    assert b"Inny dom" in moved
    assert moved.count(b"Inny dom") == before.count(b"Dom\\, sala")
    assert b"Zapisy do" in moved
    assert b"Zapisy do" not in switched
