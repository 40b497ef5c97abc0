"""The rules between an event's fields, each at its edge. How an editor meets them: tests/admin/test_bad_events.py."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import EventPageFactory, make_site
from wagtail_newsroom.news.enums import RegistrationKind
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.models.events.rules import event_errors

# An unsaved event asks for the page's default locale.
pytestmark = pytest.mark.django_db

DAY = dt.date(2027, 3, 12)
SPRING = dt.date(2027, 3, 28)
AUTUMN = dt.date(2026, 10, 25)
NIGHT = dt.time(2, 30)


def event(**fields: Any) -> EventPage:
    return EventPage(**{"title": "Warsztat", "start_date": DAY, "timezone": "Europe/Warsaw", **fields})


def agenda(day: dt.date | None, **session: Any) -> Any:
    block = EventPage._meta.get_field("agenda").stream_block
    return block.to_python(
        [
            {
                "type": "day",
                "value": {
                    "date": day.isoformat() if day else None,
                    "tracks": [],
                    "sessions": [{"type": "session", "value": {"title": "Wykład", **session}}],
                },
            }
        ]
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"start_date": None}, set()),
        ({"start_date": None, "end_date": DAY, "deadline_date": DAY, "agenda": agenda(DAY)}, set()),
        ({"end_date": DAY}, set()),
        ({"end_date": DAY - dt.timedelta(days=1)}, {"end_date"}),
        ({"start_time": dt.time(10), "end_time": dt.time(10, 1)}, set()),
        ({"start_time": dt.time(10), "end_time": dt.time(10)}, {"end_time"}),
        ({"start_time": dt.time(10), "end_time": dt.time(9), "end_date": DAY + dt.timedelta(days=1)}, set()),
        ({"start_time": dt.time(10), "check_in_from": dt.time(10)}, set()),
        ({"start_time": dt.time(10), "check_in_from": dt.time(10, 1)}, {"check_in_from"}),
        ({"check_in_from": dt.time(23)}, set()),
        ({"deadline_date": DAY}, set()),
        ({"deadline_date": DAY + dt.timedelta(days=1)}, {"deadline_date"}),
        ({"end_time": dt.time(12), "deadline_date": DAY, "deadline_time": dt.time(12)}, set()),
        ({"end_time": dt.time(12), "deadline_date": DAY, "deadline_time": dt.time(12, 1)}, {"deadline_time"}),
        ({"end_time": dt.time(12), "deadline_date": DAY}, {"deadline_date"}),
        ({"deadline_time": dt.time(12)}, {"deadline_date"}),
        ({"opens_time": dt.time(12)}, {"opens_date"}),
        ({"opens_date": DAY, "deadline_date": DAY}, set()),
        ({"opens_date": DAY, "deadline_date": DAY - dt.timedelta(days=1)}, {"opens_date"}),
        ({"deadline_before_extension": DAY}, {"deadline_before_extension"}),
        ({"deadline_date": DAY, "deadline_before_extension": DAY}, {"deadline_before_extension"}),
        ({"deadline_date": DAY, "deadline_before_extension": DAY - dt.timedelta(days=1)}, set()),
        ({"registration": RegistrationKind.LINK}, {"registration_link"}),
        ({"registration": RegistrationKind.EMAIL}, {"registration_email"}),
        ({"registration": RegistrationKind.FORM}, {"registration_form"}),
        ({"accessibility_requests_until": DAY}, set()),
        ({"accessibility_requests_until": DAY + dt.timedelta(days=1)}, {"accessibility_requests_until"}),
        ({"agenda": agenda(DAY)}, set()),
        ({"agenda": agenda(None)}, set()),
        ({"agenda": agenda(DAY + dt.timedelta(days=1))}, {"agenda"}),
        ({"agenda": agenda(DAY - dt.timedelta(days=1))}, {"agenda"}),
        ({"start_date": SPRING, "start_time": NIGHT}, {"start_time"}),
        ({"start_date": SPRING, "end_time": NIGHT}, {"end_time"}),
        ({"start_date": SPRING, "check_in_from": NIGHT}, {"check_in_from"}),
        ({"start_date": SPRING, "opens_date": SPRING, "opens_time": NIGHT}, {"opens_time"}),
        ({"start_date": SPRING, "deadline_date": SPRING, "deadline_time": NIGHT}, {"deadline_time"}),
        ({"start_date": SPRING, "agenda": agenda(SPRING, start="02:30")}, {"agenda"}),
        ({"start_date": SPRING, "agenda": agenda(SPRING, end="02:30")}, {"agenda"}),
        ({"start_date": SPRING, "agenda": agenda(None, start="02:30")}, {"agenda"}),
        ({"start_date": SPRING, "start_time": NIGHT, "timezone": "UTC"}, set()),
        ({"start_date": SPRING, "start_time": dt.time(3)}, set()),
        ({"start_date": AUTUMN, "start_time": NIGHT}, set()),
        ({"start_date": AUTUMN, "agenda": agenda(AUTUMN, start="02:30", end="02:45")}, set()),
    ],
)
def test_rules_of_an_event(fields: dict[str, Any], wrong: set[str]) -> None:
    assert set(event_errors(event(**fields))) == wrong


@pytest.mark.parametrize(
    ("fields", "starts", "ends"),
    [
        ({}, "2027-03-11T23:00:00+00:00", "2027-03-12T22:59:59+00:00"),
        ({"start_time": dt.time(10)}, "2027-03-12T09:00:00+00:00", "2027-03-12T22:59:59+00:00"),
        (
            {"start_time": dt.time(10), "end_time": dt.time(12), "end_date": DAY + dt.timedelta(days=1)},
            "2027-03-12T09:00:00+00:00",
            "2027-03-13T11:00:00+00:00",
        ),
        ({"start_date": SPRING}, "2027-03-27T23:00:00+00:00", "2027-03-28T21:59:59+00:00"),
        ({"start_date": SPRING, "start_time": NIGHT}, "2027-03-27T23:00:00+00:00", "2027-03-28T21:59:59+00:00"),
        ({"start_date": AUTUMN, "start_time": NIGHT}, "2026-10-25T00:30:00+00:00", "2026-10-25T22:59:59+00:00"),
        (
            {"timezone": "Pacific/Apia", "start_time": dt.time(10)},
            "2027-03-11T21:00:00+00:00",
            "2027-03-12T10:59:59+00:00",
        ),
    ],
    ids=["all_day", "open_end", "two_days", "short_day", "hour_that_is_skipped", "hour_that_comes_twice", "elsewhere"],
)
def test_moments_of_a_stored_event(fields: dict[str, Any], starts: str, ends: str) -> None:
    stored = EventPageFactory(parent=make_site()["events"], live=False, **{"start_date": DAY, **fields})
    stored.refresh_from_db()
    assert [moment.astimezone(dt.UTC).isoformat() for moment in (stored.starts_at, stored.ends_at)] == [starts, ends]
