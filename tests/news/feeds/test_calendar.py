"""The calendar in two independent parsers: every entry at the right moment, across both changes of clocks."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from wagtail.models import Page

from tests.factories import EventPageFactory, VenueFactory
from tests.news.feeds.test_timezones import onsets
from wagtail_newsroom.news.feeds.calendar import event_calendar, whole_calendar
from wagtail_newsroom.news.feeds.identity import stable_id
from wagtail_newsroom.news.models import EventPage

# Facts as an editor types them, and what both parsers must find: moments in UTC, or days, the end exclusive.
# In Warsaw clocks go forward on 28 March 2027 at 2:00 and back on 31 October 2027 at 3:00.
TERMS: dict[str, tuple[dict[str, Any], str, str]] = {
    "day before clocks go forward": (
        {"start_date": "2027-03-27", "start_time": "10:00", "end_time": "12:00"},
        "2027-03-27T09:00:00Z",
        "2027-03-27T11:00:00Z",
    ),
    "day on which clocks go forward": (
        {"start_date": "2027-03-28", "start_time": "10:00", "end_time": "12:00"},
        "2027-03-28T08:00:00Z",
        "2027-03-28T10:00:00Z",
    ),
    "over the hour that does not exist": (
        {"start_date": "2027-03-28", "start_time": "01:30", "end_time": "03:30"},
        "2027-03-28T00:30:00Z",
        "2027-03-28T01:30:00Z",
    ),
    "through the night in spring": (
        {"start_date": "2027-03-27", "start_time": "22:00", "end_date": "2027-03-28", "end_time": "06:00"},
        "2027-03-27T21:00:00Z",
        "2027-03-28T04:00:00Z",
    ),
    "day on which clocks go back": (
        {"start_date": "2027-10-31", "start_time": "10:00", "end_time": "12:00"},
        "2027-10-31T09:00:00Z",
        "2027-10-31T11:00:00Z",
    ),
    "into the hour that comes twice": (
        {"start_date": "2027-10-31", "start_time": "01:30", "end_time": "02:30"},
        "2027-10-30T23:30:00Z",
        "2027-10-31T00:30:00Z",
    ),
    "out of the hour that comes twice": (
        {"start_date": "2027-10-31", "start_time": "02:15", "end_time": "03:15"},
        "2027-10-31T00:15:00Z",
        "2027-10-31T02:15:00Z",
    ),
    "through the night in autumn": (
        {"start_date": "2027-10-30", "start_time": "20:00", "end_date": "2027-10-31", "end_time": "08:00"},
        "2027-10-30T18:00:00Z",
        "2027-10-31T07:00:00Z",
    ),
    "whole day on which clocks change": ({"start_date": "2027-03-28"}, "2027-03-28", "2027-03-29"),
    "whole days across the change": (
        {"start_date": "2027-10-30", "end_date": "2027-11-01"},
        "2027-10-30",
        "2027-11-02",
    ),
    "hour of the end alone": ({"start_date": "2027-04-14", "end_time": "15:00"}, "2027-04-14", "2027-04-15"),
    "past midnight": (
        {"start_date": "2027-06-18", "start_time": "19:00", "end_date": "2027-06-19", "end_time": "01:00"},
        "2027-06-18T17:00:00Z",
        "2027-06-18T23:00:00Z",
    ),
    "until a minute to midnight": (
        {"start_date": "2027-04-01", "start_time": "20:00", "end_time": "23:59"},
        "2027-04-01T18:00:00Z",
        "2027-04-01T21:59:00Z",
    ),
    "several days with hours": (
        {"start_date": "2027-03-26", "start_time": "12:30", "end_date": "2027-03-29", "end_time": "14:15"},
        "2027-03-26T11:30:00Z",
        "2027-03-29T12:15:00Z",
    ),
    "several days without the last hour": (
        {"start_date": "2027-11-27", "start_time": "10:00", "end_date": "2027-11-28"},
        "2027-11-27T09:00:00Z",
        "2027-11-28T23:00:00Z",
    ),
    "hour of the start alone": (
        {"start_date": "2027-09-01", "start_time": "17:00"},
        "2027-09-01T15:00:00Z",
        "2027-09-01T15:00:00Z",
    ),
    "cancelled": (
        {"start_date": "2027-05-10", "start_time": "09:00", "end_time": "15:00", "status": "cancelled"},
        "2027-05-10T07:00:00Z",
        "2027-05-10T13:00:00Z",
    ),
    "in London on the day of its change": (
        {"start_date": "2027-03-28", "start_time": "09:30", "end_time": "11:00", "timezone": "Europe/London"},
        "2027-03-28T08:30:00Z",
        "2027-03-28T10:00:00Z",
    ),
    "in New York between its change and ours": (
        {"start_date": "2027-03-20", "start_time": "18:00", "end_time": "20:00", "timezone": "America/New_York"},
        "2027-03-20T22:00:00Z",
        "2027-03-21T00:00:00Z",
    ),
    "where clocks never change": (
        {"start_date": "2027-07-01", "start_time": "09:00", "end_time": "10:00", "timezone": "Asia/Tokyo"},
        "2027-07-01T00:00:00Z",
        "2027-07-01T01:00:00Z",
    ),
    "in UTC": (
        {"start_date": "2027-12-01", "start_time": "12:00", "end_time": "13:00", "timezone": "UTC"},
        "2027-12-01T12:00:00Z",
        "2027-12-01T13:00:00Z",
    ),
}


def typed(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the form gives them to the page."""
    return {name: EventPage._meta.get_field(name).to_python(value) for name, value in facts.items()}


def make(tree: dict[str, Page], **facts: Any) -> EventPage:
    event = EventPageFactory(parent=tree["events"], **typed({"start_date": "2027-03-12", **facts}))
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def publish(event: EventPage, **facts: Any) -> EventPage:
    """Change a draft of ``event`` and publish it; return what is stored."""
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    for name, value in typed(facts).items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def calendar_of(events: list[EventPage]) -> bytes:
    return whole_calendar(events, name="Próba", source="http://localhost/wydarzenia/calendar.ics", language="pl")


def entry(content: bytes) -> Any:
    """The one entry of a calendar."""
    (found,) = Calendar.from_ical(content).events
    return found


def told(moment: dt.date | dt.datetime) -> str:
    if isinstance(moment, dt.datetime):
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


@pytest.fixture
def all_periods(tree: dict[str, Page]) -> dict[str, EventPage]:
    return {name: make(tree, title=name, **facts) for name, (facts, _start, _end) in TERMS.items()}


EXPECTED = {name: (start, end) for name, (_facts, start, end) in TERMS.items()}


def test_terms_are_right_in_icalendar(all_periods: dict[str, EventPage]) -> None:
    found = {
        str(each["SUMMARY"]).removeprefix("Odwołane: "): (told(each.start), told(each.end))
        for each in Calendar.from_ical(calendar_of(list(all_periods.values()))).events
    }

    assert len(EXPECTED) >= 12
    assert found == EXPECTED


def test_terms_are_right_in_ical_js(all_periods: dict[str, EventPage], read_with_ical_js: Callable[..., Any]) -> None:
    answer = read_with_ical_js(calendar_of(list(all_periods.values())))

    by_uid = {str(stable_id(event)): name for name, event in all_periods.items()}
    found = {by_uid[uid]: (each["start"], each["end"]) for uid, each in answer["events"].items()}
    assert found == EXPECTED
    assert answer["name"] == "Próba"
    statuses = {by_uid[uid]: each["status"] for uid, each in answer["events"].items()}
    assert statuses.pop("cancelled") == "CANCELLED"
    assert set(statuses.values()) == {"CONFIRMED"}


@pytest.mark.parametrize("name", TERMS)
def test_one_event_is_right_in_icalendar(tree: dict[str, Page], name: str) -> None:
    facts, start, end = TERMS[name]

    found = entry(event_calendar(make(tree, title=name, **facts)))

    assert (told(found.start), told(found.end)) == (start, end)


def test_each_single_event_is_right_in_ical_js(
    all_periods: dict[str, EventPage], read_with_ical_js: Callable[..., Any]
) -> None:
    """A file with one event brings its own zone, covering that event."""
    found = {}
    for name in ("over the hour that does not exist", "into the hour that comes twice", "past midnight", "in UTC"):
        (only,) = read_with_ical_js(event_calendar(all_periods[name]))["events"].values()
        found[name] = (only["start"], only["end"])

    assert found == {name: EXPECTED[name] for name in found}


def test_rules_of_zones_begin_when_clocks_change(all_periods: dict[str, EventPage]) -> None:
    """RFC 5545, 3.6.5: in the time before the change. icalendar 7 alone would write 3:00 for Warsaw's spring."""
    zones = Calendar.from_ical(calendar_of(list(all_periods.values()))).walk("VTIMEZONE")
    found = {
        str(zone["TZID"]): [
            f"{onset:%Y%m%dT%H%M%S}" for rule in zone.subcomponents for onset in onsets(rule, range(2027, 2028))
        ]
        for zone in zones
        if zone["TZID"] in ONSETS
    }

    assert found == ONSETS


ONSETS = {
    "Europe/Warsaw": ["20270328T020000", "20271031T030000"],
    "Europe/London": ["20270328T010000", "20271031T020000"],
    "America/New_York": ["20270314T020000", "20271107T020000"],
}


def test_zones_show_the_right_hour_around_each_change(all_periods: dict[str, EventPage]) -> None:
    """Read by their rules as they are written, not by their names, which readers may know anyway."""
    calendar = Calendar.from_ical(calendar_of(list(all_periods.values())))
    zones = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in calendar.timezones}
    changes = {
        "Europe/Warsaw": [dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC), dt.datetime(2027, 10, 31, 1, tzinfo=dt.UTC)],
        "Europe/London": [dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC), dt.datetime(2027, 10, 31, 1, tzinfo=dt.UTC)],
        "America/New_York": [dt.datetime(2027, 3, 14, 7, tzinfo=dt.UTC), dt.datetime(2027, 11, 7, 6, tzinfo=dt.UTC)],
    }
    moments = {
        zone: [change + dt.timedelta(minutes=each) for change in found for each in (-90, -1, 0, 1, 30, 59, 60, 90)]
        for zone, found in changes.items()
    }

    shown = {zone: [f"{each.astimezone(zones[zone]):%d %H:%M}" for each in found] for zone, found in moments.items()}

    assert shown == {
        zone: [f"{each.astimezone(ZoneInfo(zone)):%d %H:%M}" for each in found] for zone, found in moments.items()
    }


def test_calendar_names_the_rules_of_each_zone_it_uses_once(all_periods: dict[str, EventPage]) -> None:
    calendar = Calendar.from_ical(calendar_of(list(all_periods.values())))

    names = [str(zone["TZID"]) for zone in calendar.timezones]
    assert names == ["America/New_York", "Asia/Tokyo", "Europe/London", "Europe/Warsaw"]
    assert calendar.get_missing_tzids() == set()


def test_end_that_nobody_told_is_not_made_up(tree: dict[str, Page]) -> None:
    found = entry(event_calendar(make(tree, start_date="2027-09-01", start_time="17:00")))

    assert "DTEND" not in found
    assert "DURATION" not in found


def test_calendar_without_events_still_holds_a_component(tree: dict[str, Page]) -> None:
    """RFC 5545, 3.6: a calendar has at least one."""
    calendar = Calendar.from_ical(calendar_of([]))

    assert [each.name for each in calendar.subcomponents] == ["VTIMEZONE"]


def test_event_without_a_date_is_left_out(tree: dict[str, Page]) -> None:
    undated = make(tree)
    undated.start_date = undated.end_date = None

    assert Calendar.from_ical(calendar_of([undated])).events == []
    with pytest.raises(ValueError, match="without a date"):
        event_calendar(undated)


def test_entry_says_what_is_public(tree: dict[str, Page]) -> None:
    venue = VenueFactory(
        name="Aula", hall="Sala C", postal_code="63-233", latitude="51.973500", longitude="17.503100", city="Jarocinek"
    )
    event = make(
        tree,
        title="Konferencja o usługach",
        slug="konferencja",
        lead="Zapraszamy, gdy tylko możesz.",
        kind="conference",
        registration="link",
        registration_link="https://example.org/zapisy",
        deadline_date="2027-03-11",
        deadline_time="15:00",
        start_date="2027-03-12",
        start_time="10:00",
        end_time="12:00",
    )
    event.venue = venue
    event.save_revision().publish()

    found = entry(event_calendar(EventPage.objects.get(pk=event.pk)))

    assert found["SUMMARY"] == "Konferencja o usługach"
    assert found["LOCATION"] == "Aula, Sala C, ul. Długa 7, 63-233 Jarocinek"
    assert found["GEO"].to_ical() == "51.9735;17.5031"
    assert found["URL"] == "http://localhost/wydarzenia/konferencja/"
    assert found["CATEGORIES"].cats == ["Konferencja"]
    assert found["DESCRIPTION"] == (
        "Zapisy do 11 marca 2027 do godz. 15:00\n\nZapraszamy, gdy tylko możesz.\n\n"
        "http://localhost/wydarzenia/konferencja/"
    )
    assert found["STATUS"] == "CONFIRMED"
    assert found["SEQUENCE"] == 1  # the venue came with a second publication
    event.refresh_from_db()
    published = event.last_published_at.replace(microsecond=0)
    assert (found["DTSTAMP"].dt, found["LAST-MODIFIED"].dt) == (published, published)
    assert found["CREATED"].dt == event.first_published_at.replace(microsecond=0)


@pytest.mark.parametrize(
    ("status", "summary", "sentence", "stated"),
    [
        ("cancelled", "Odwołane: Warsztat", "Odwołane: awaria sali", "CANCELLED"),
        ("postponed", "Przełożone: Warsztat", "Przełożone: awaria sali", "CANCELLED"),
        ("moved_online", "Warsztat", "Przeniesione do internetu: awaria sali", "CONFIRMED"),
    ],
)
def test_entry_says_that_an_event_does_not_go_ahead(
    tree: dict[str, Page], status: str, summary: str, sentence: str, stated: str
) -> None:
    found = entry(event_calendar(make(tree, title="Warsztat", status=status, status_reason="awaria sali")))

    assert found["SUMMARY"] == summary
    assert str(found["DESCRIPTION"]).split("\n")[0] == sentence
    assert found["STATUS"] == stated


def test_link_to_join_is_there_only_where_everybody_may_have_it(tree: dict[str, Page]) -> None:
    facts = {"attendance_mode": "online", "online_platform": "Zoom", "online_link": "https://zoom.example.org/tajne"}

    hidden = event_calendar(make(tree, online_link_visibility="registered", **facts))
    shown = entry(event_calendar(make(tree, online_link_visibility="public", **facts)))

    assert b"tajne" not in hidden
    assert entry(hidden)["LOCATION"] == "Online (Zoom)"
    assert shown["CONFERENCE"] == "https://zoom.example.org/tajne"
    assert "https://zoom.example.org/tajne" in shown["DESCRIPTION"]


def test_nobody_s_name_mail_or_phone_is_in_a_calendar(tree: dict[str, Page]) -> None:
    from wagtail_newsroom.news.models import PageContact

    event = make(
        tree,
        byline="Zenobia Podpis",
        registration="email",
        registration_email="zenobia@example.org",
        cost="wstęp wolny",
    )
    event.contacts.add(PageContact(name="Zenobia Kontakt", email="zenobia@example.org", phone="+48 600 100 200"))
    event.save_revision().publish()

    content = event_calendar(EventPage.objects.get(pk=event.pk)).decode()

    assert [
        word for word in ("Zenobia", "zenobia", "600 100", "ORGANIZER", "CONTACT", "ATTENDEE") if word in content
    ] == []


def test_lines_are_at_most_75_octets_and_unfold_to_what_was_written(tree: dict[str, Page]) -> None:
    title = "Zażółć gęślą jaźń, pchnąć w tę łódź jeża lub ośm skrzyń fig; „żółty” – źdźbło \\ ćma " * 2
    event = make(tree, title=title.strip(), lead="ą" * 400)

    content = event_calendar(event)

    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode("utf-8")
    assert entry(content)["SUMMARY"] == title.strip()
    assert "ą" * 400 in entry(content)["DESCRIPTION"]


BREAKS = "\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"


@pytest.mark.parametrize("line_break", BREAKS, ids=[ascii(each) for each in BREAKS])
def test_x6_line_break_in_a_field_adds_no_line(tree: dict[str, Page], line_break: str) -> None:
    """Forms refuse most of these; code, imports and other programs can store them."""
    planted = f"Słowo{line_break}ATTENDEE:mailto:zly@example.org\x00\x1b"
    event = make(tree, title="Spotkanie", start_time="10:00")
    places = ("name", "hall", "street", "city")
    event.venue = VenueFactory(**{name: planted.replace("\x00", "") for name in places})
    for name in places:  # PostgreSQL stores no NUL
        setattr(event.venue, name, planted)
    EventPage.objects.filter(pk=event.pk).update(
        title=planted.replace("\x00", ""),
        lead=planted.replace("\x00", ""),
        status="cancelled",
        status_reason=planted.replace("\x00", ""),
        online_link=f"https://example.org/{line_break}ATTENDEE:x",
        online_link_visibility="public",
    )
    stored = EventPage.objects.get(pk=event.pk)
    stored.venue = event.venue

    content = event_calendar(stored)

    names = {line.split(b":")[0].split(b";")[0] for line in content.replace(b"\r\n ", b"").split(b"\r\n")}
    assert b"ATTENDEE" not in names
    assert all(each >= 32 or each in (10, 13) for each in content)
    assert entry(content)["SUMMARY"] == "Odwołane: Słowo ATTENDEE:mailto:zly@example.org"


def test_uid_survives_edits_and_a_new_slug_and_differs_between_languages(tree: dict[str, Page]) -> None:
    from wagtail.models import Locale

    event = make(tree, title="Spotkanie")
    before = entry(event_calendar(event))["UID"]
    after = entry(event_calendar(publish(event, title="Inne spotkanie", slug="inne")))["UID"]
    english = Locale.objects.create(language_code="en")
    translation = event.copy_for_translation(english, copy_parents=True)
    copied = EventPage.objects.get(pk=event.copy(update_attrs={"slug": "kopia"}).pk)

    assert before == after
    assert len({str(before), str(stable_id(translation)), str(stable_id(copied))}) == 3


def test_unchanged_event_is_the_same_file_to_the_byte(tree: dict[str, Page]) -> None:
    event = make(tree, registration="link", registration_link="https://example.org/", deadline_date="2027-03-10")

    assert event_calendar(event) == event_calendar(EventPage.objects.get(pk=event.pk))
