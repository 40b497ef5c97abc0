"""Calendars and feeds over HTTP: addresses, headers, filters, what is unchanged, what is gone."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Locale, Page

from tests.factories import EventPageFactory, NewsPageFactory, TopicFactory, restrict
from wagtail_newsroom.news.models import EventPage

pytestmark = pytest.mark.services

FILES = ["/wydarzenia/calendar.ics", "/wydarzenia/atom.xml", "/aktualnosci/atom.xml", "/wydarzenia/spotkanie/event.ics"]


def event_in(tree: dict[str, Page], days: int, **facts: Any) -> EventPage:
    event = EventPageFactory(parent=tree["events"], start_date=timezone.localdate() + dt.timedelta(days=days), **facts)
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def titles(visitor: Client, address: str) -> list[str]:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return [str(each["SUMMARY"]) for each in Calendar.from_ical(answer.content).events]


@pytest.fixture
def meeting(tree: dict[str, Page]) -> EventPage:
    return event_in(tree, 30, title="Spotkanie", slug="spotkanie")


@pytest.mark.parametrize("address", FILES)
def test_file_is_given_with_its_type_and_a_safe_name(client: Client, meeting: EventPage, address: str) -> None:
    answer = client.get(address)

    kind = "text/calendar" if address.endswith("ics") else "application/atom+xml"
    assert (answer.status_code, answer["Content-Type"]) == (200, f"{kind}; charset=utf-8")
    assert answer["X-Content-Type-Options"] == "nosniff"
    names = {"/wydarzenia/calendar.ics": "wydarzenia.ics", "/wydarzenia/spotkanie/event.ics": "spotkanie.ics"}
    expected = f'attachment; filename="{names[address]}"' if address in names else None
    assert answer.headers.get("Content-Disposition") == expected
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers


@pytest.mark.parametrize("address", FILES)
def test_unchanged_file_is_not_sent_again(client: Client, meeting: EventPage, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    head = client.head(address)
    meeting.title = "Inne"
    meeting.save_revision().publish()
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head["ETag"], head.content) == (200, first["ETag"], b"")
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("address", FILES)
def test_file_takes_no_data(client: Client, meeting: EventPage, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.delete(address).status_code == 405


@pytest.mark.parametrize("address", ["/wydarzenia/event.ics", "/calendar.ics", "/wydarzenia/spotkanie/calendar.ics",
                                     "/aktualnosci/calendar.ics", "/nie-ma/event.ics"])  # fmt: skip
def test_name_that_a_page_has_not_is_not_there(client: Client, meeting: EventPage, address: str) -> None:
    assert client.get(address).status_code == 404


def test_calendar_holds_what_comes_and_what_was_in_the_last_ninety_days(client: Client, tree: dict[str, Page]) -> None:
    for days in (-91, -89, -1, 0, 1, 300):
        event_in(tree, days, title=f"{days:+d}", slug=f"d{days + 1000}")
    address = "/wydarzenia/calendar.ics"

    assert titles(client, address) == ["-89", "-1", "+0", "+1", "+300"]
    assert titles(client, f"{address}?when=upcoming") == ["+0", "+1", "+300"]
    assert titles(client, f"{address}?when=past") == ["-91", "-89", "-1"]
    assert titles(client, f"{address}?when=nonsense&page=7") == titles(client, address)


def test_calendar_is_bounded(client: Client, tree: dict[str, Page], settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "CALENDAR_EVENTS": 2}
    for days in (-30, -20, -10, 10):
        event_in(tree, days, title=f"{days:+d}", slug=f"d{days + 1000}")

    assert titles(client, "/wydarzenia/calendar.ics?when=past") == ["-20", "-10"]
    assert len(titles(client, "/wydarzenia/calendar.ics")) == 2


def test_calendar_is_narrowed_by_the_filters_of_the_page(client: Client, tree: dict[str, Page]) -> None:
    topic = TopicFactory(name="Seniorzy", slug="seniorzy")
    training = event_in(tree, 5, title="Szkolenie", kind="training")
    training.topics = [topic]
    training.save_revision().publish()
    event_in(tree, 6, title="Drugie szkolenie", kind="training")
    event_in(tree, 7, title="Konferencja", kind="conference")
    address = "/wydarzenia/calendar.ics"

    assert titles(client, f"{address}?kind=training") == ["Szkolenie", "Drugie szkolenie"]
    assert titles(client, f"{address}?topic=seniorzy") == ["Szkolenie"]
    assert titles(client, f"{address}?kind=conference&topic=seniorzy") == []
    (found,) = Calendar.from_ical(client.get(f"{address}?topic=seniorzy").content).events
    assert found["CATEGORIES"].cats == ["Szkolenie", "Seniorzy"]


def test_each_language_has_its_own_files(client: Client, tree: dict[str, Page], meeting: EventPage) -> None:
    english = Locale.objects.create(language_code="en")
    tree["home"].copy_for_translation(english).save_revision().publish()
    index = tree["events"].copy_for_translation(english)
    index.slug = "events"
    index.save_revision().publish()
    translation = meeting.copy_for_translation(english)
    translation.title, translation.slug, translation.status = "Meeting", "meeting", "cancelled"
    translation.save_revision().publish()

    assert titles(client, "/en/events/calendar.ics") == ["Cancelled: Meeting"]
    assert titles(client, "/en/events/meeting/event.ics") == ["Cancelled: Meeting"]
    assert titles(client, "/wydarzenia/calendar.ics") == ["Spotkanie"]
    calendar = Calendar.from_ical(client.get("/en/events/calendar.ics").content)
    assert calendar["PRODID"] == "-//Wagtail Newsroom//Calendar//EN"
    assert client.get("/en/events/meeting/event.ics")["Content-Language"] == "en"


def test_private_event_is_in_no_calendar_and_asks_who_one_is(client: Client, tree: dict[str, Page]) -> None:
    event = event_in(tree, 3, title="Tajne", slug="tajne")
    restrict(event)

    assert titles(client, "/wydarzenia/calendar.ics") == []
    assert client.get("/wydarzenia/tajne/event.ics").status_code == 302


def test_taken_down_event_is_gone_at_once(client: Client, meeting: EventPage) -> None:
    etag = client.get("/wydarzenia/spotkanie/event.ics")["ETag"]
    meeting.unpublish()

    answers = [client.get(address, headers={"If-None-Match": etag}).status_code for address in FILES]

    assert answers == [200, 200, 200, 404]
    assert titles(client, "/wydarzenia/calendar.ics") == []


def test_address_of_before_a_new_slug_leads_to_the_new_one(
    client: Client, meeting: EventPage, django_capture_on_commit_callbacks: Any
) -> None:
    draft = meeting.get_latest_revision_as_object()
    draft.slug = "nowe"
    with django_capture_on_commit_callbacks(execute=True):
        draft.save_revision().publish()

    answer = client.get("/wydarzenia/spotkanie/event.ics")

    assert (answer.status_code, answer["Location"]) == (301, "/wydarzenia/nowe/event.ics")
    assert client.get(answer["Location"]).status_code == 200


def test_event_page_offers_its_file_and_calendars_on_the_web(client: Client, tree: dict[str, Page]) -> None:
    day = timezone.localdate() + dt.timedelta(days=30)
    event_in(tree, 30, title="A & B", slug="ab", start_time=dt.time(10), end_time=dt.time(12, 30))

    html = client.get("/wydarzenia/ab/").content.decode()

    assert '<a href="/wydarzenia/ab/event.ics" type="text/calendar">' in html
    assert f"text=A+%26+B&amp;dates={day:%Y%m%d}T100000%2F{day:%Y%m%d}T123000&amp;" in html
    assert "&amp;ctz=Europe%2FWarsaw" in html
    assert "https://outlook.live.com/calendar/0/action/compose?" in html


@pytest.mark.parametrize(("days", "facts"), [(-3, {}), (3, {"status": "cancelled"}), (3, {"status": "postponed"})])
def test_event_that_does_not_come_is_not_offered(
    client: Client, tree: dict[str, Page], days: int, facts: dict[str, str]
) -> None:
    event_in(tree, days, slug="nic", **facts)

    html = client.get("/wydarzenia/nic/").content.decode()

    assert [word for word in ('event.ics"', "calendar.google.com", "outlook.live.com") if word in html] == []


def test_lists_and_home_page_name_their_feeds_in_head_and_text(client: Client, tree: dict[str, Page]) -> None:
    NewsPageFactory(parent=tree["news"])
    expected = {
        "/": ["/aktualnosci/atom.xml", "/wydarzenia/atom.xml", "/wydarzenia/calendar.ics"],
        "/aktualnosci/": ["/aktualnosci/atom.xml"],
        "/wydarzenia/": ["/wydarzenia/atom.xml", "/wydarzenia/calendar.ics"],
        "/galerie/": [],
    }

    for address, files in expected.items():
        head, _, body = client.get(address).content.decode().partition("</head>")
        assert [file for file in files if 'rel="alternate" type="' not in head or f'href="{file}"' not in head] == []
        assert head.count('rel="alternate" type=') == len(files), address
        assert [file for file in files if f'<a href="{file}"' not in body] == []


def test_check_names_addresses_that_lead_nowhere(settings: Any) -> None:
    from wagtail_newsroom.news.views.checks import check_addresses_of_files

    assert check_addresses_of_files(None) == []
    settings.ROOT_URLCONF = "wagtail.urls"
    assert [each.id for each in check_addresses_of_files(None)] == ["newsroom.W002"]
