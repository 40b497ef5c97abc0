"""Events: what they tell about time zones and registration, and what stays out of sight."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import Page

from tests.factories import EventPageFactory
from tests.standing import Tree
from wagtail_newsroom.news.enums import EventStatus, RegistrationKind
from wagtail_newsroom.news.models import EventPage

DAY = dt.date(2027, 3, 12)


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


def test_event_abroad_names_its_time_zone(tree: dict[str, Page]) -> None:
    here = EventPageFactory(parent=tree["events"], start_date=DAY, start_time=dt.time(9, 30))
    alike = EventPageFactory(parent=tree["events"], start_date=DAY, start_time=dt.time(9, 30), timezone="Europe/Berlin")
    abroad = EventPageFactory(
        parent=tree["events"], start_date=DAY, start_time=dt.time(9, 30), timezone="Europe/London"
    )
    with translation.override("pl"):
        assert here.when_text == alike.when_text == "piątek, 12 marca 2027, godz. 9:30"
        assert abroad.when_text == "piątek, 12 marca 2027, godz. 9:30 (strefa czasowa: Europe/London)"


def test_event_without_an_hour_needs_no_time_zone(tree: dict[str, Page]) -> None:
    event = EventPageFactory(parent=tree["events"], start_date=DAY, timezone="Europe/London")
    with translation.override("pl"):
        assert event.when_text == "piątek, 12 marca 2027"


def test_cancelled_event_never_took_place(tree: dict[str, Page]) -> None:
    past = timezone.localdate() - dt.timedelta(days=3)
    assert EventPageFactory(parent=tree["events"], start_date=past).is_over
    assert not EventPageFactory(parent=tree["events"], start_date=past, status=EventStatus.CANCELLED).is_over


def test_api_gives_start_and_end_as_moments(tree: dict[str, Page], client: Client) -> None:
    event = EventPageFactory(
        parent=tree["events"], start_date=DAY, start_time=dt.time(9, 30), end_time=dt.time(12), timezone="Europe/Warsaw"
    )
    found = client.get(f"/api/v2/pages/{event.pk}/").json()
    assert dt.datetime.fromisoformat(found["start"]) == dt.datetime(2027, 3, 12, 8, 30, tzinfo=dt.UTC)
    assert dt.datetime.fromisoformat(found["end"]) == dt.datetime(2027, 3, 12, 11, 0, tzinfo=dt.UTC)
    assert found["all_day"] is False


def test_closed_registration_leads_nowhere(tree: dict[str, Page]) -> None:
    event = EventPageFactory(
        parent=tree["events"],
        start_date=timezone.localdate() + dt.timedelta(days=5),
        registration=RegistrationKind.LINK,
        registration_link="https://example.org/zapisy",
        deadline_date=timezone.localdate() - dt.timedelta(days=1),
    )
    info = EventPage.objects.get(pk=event.pk).registration_info
    assert (info.url, info.label, info.deadline_text) == ("", "", "")
    assert not info.is_open
