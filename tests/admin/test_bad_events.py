"""Events that cannot be so: each is refused with cause and remedy beside its field."""

import datetime as dt
from typing import Any

import pytest
from wagtail.models import Page

from tests.admin.bad_input import Case, check_refusal, fill_in, state
from tests.admin.desk import Desk, messages_beside, shown_values
from tests.factories import EventPageFactory
from wagtail_newsroom.news.models import EventPage

GOOD = {
    "title": "Warsztat",
    "slug": "warsztat",
    "lead": "Na co zapraszamy.",
    "date": "2026-01-15",
    "start_date": "2027-03-26",
    "end_date": "2027-03-28",
    "timezone": "Europe/Warsaw",
}
NO_WEB_ADDRESS = "This is not the address of a web page. Give one that starts with https://."
NO_SUCH_HOUR = (
    "On 28 March 2027 clocks go forward and 2:30 does not exist in this time zone. Give an earlier hour, or 3:30."
)
HOUR_WITHOUT_DAY = "There is an hour without a day. Give the day too, or delete the hour."
LINE_BREAK = "This text holds a line break or another invisible character. Type it on one line."


def agenda(*sessions: dict[str, Any], date: str = "2027-03-27", tracks: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return [
        {
            "type": "day",
            "value": {
                "date": date,
                "tracks": [{"type": "track", "value": {"name": name}} for name in tracks],
                "sessions": [{"type": "session", "value": {"title": "Wykład", **session}} for session in sessions],
            },
        }
    ]


CASES = [
    Case(
        "deadline_on_a_later_day",
        ("deadline_date",),
        "The registration deadline falls after the end of the event. Change the deadline or the event's date.",
        {"deadline_date": "2027-03-29"},
    ),
    Case(
        "deadline_at_a_later_hour",
        ("deadline_time",),
        "The registration deadline falls after the end of the event. Change the deadline or the event's date.",
        {"end_time": "12:00", "deadline_date": "2027-03-28", "deadline_time": "12:01"},
    ),
    Case(
        "end_on_an_earlier_day",
        ("end_date",),
        "The event ends before it starts. Correct the last day or the first day.",
        {"end_date": "2027-03-25"},
    ),
    Case(
        "end_at_an_earlier_hour",
        ("end_time",),
        "The event ends at the hour it starts, or before. Correct the hour, or give the next day as the last day.",
        {"end_date": "", "start_time": "10:00", "end_time": "09:59"},
    ),
    Case(
        "end_at_the_hour_it_starts",
        ("end_time",),
        "The event ends at the hour it starts, or before. Correct the hour, or give the next day as the last day.",
        {"end_date": "", "start_time": "10:00", "end_time": "10:00"},
    ),
    Case(
        "check_in_after_the_start",
        ("check_in_from",),
        "Check-in opens after the event has started. Give an earlier hour.",
        {"start_time": "10:00", "check_in_from": "10:01"},
    ),
    Case(
        "session_outside_the_event",
        ("agenda", 0, "date"),
        "This day lies outside the event (26–28 March 2027). Change the day, or the event's dates.",
        {"agenda": agenda({}, date="2027-03-29")},
    ),
    Case(
        "session_on_an_unknown_track",
        ("agenda", 0, "sessions", 1, "track"),
        "This day has no track “Grupa C”. Its tracks: Grupa A, Grupa B. Correct the name, or add the track above.",
        {"agenda": agenda({"track": "grupa a"}, {"track": "Grupa C"}, tracks=("Grupa A", "Grupa B"))},
    ),
    Case(
        "session_without_a_title",
        ("agenda", 0, "sessions", 0, "title"),
        "This field is required.",
        {"agenda": agenda({"title": ""})},
        draft_saves=True,
    ),
    Case(
        "speaker_without_a_name",
        ("agenda", 0, "sessions", 0, "speakers", 0, "name"),
        "Type the speaker's name, or choose a person.",
        {"agenda": agenda({"speakers": [{"role": "prezes"}]})},
    ),
    Case(
        "start_that_clocks_skip",
        ("start_time",),
        NO_SUCH_HOUR,
        {"start_date": "2027-03-28", "end_date": "", "start_time": "02:30"},
    ),
    Case("end_that_clocks_skip", ("end_time",), NO_SUCH_HOUR, {"end_time": "02:30"}),
    Case(
        "check_in_that_clocks_skip",
        ("check_in_from",),
        NO_SUCH_HOUR,
        {"start_date": "2027-03-28", "end_date": "", "start_time": "09:00", "check_in_from": "02:30"},
    ),
    Case(
        "deadline_that_clocks_skip",
        ("deadline_time",),
        NO_SUCH_HOUR,
        {"deadline_date": "2027-03-28", "deadline_time": "02:30"},
    ),
    Case(
        "opening_that_clocks_skip", ("opens_time",), NO_SUCH_HOUR, {"opens_date": "2027-03-28", "opens_time": "02:30"}
    ),
    Case(
        "session_start_that_clocks_skip",
        ("agenda", 0, "sessions", 1, "start"),
        NO_SUCH_HOUR,
        {"agenda": agenda({"start": "01:30"}, {"start": "02:30"}, date="2027-03-28")},
    ),
    Case(
        "session_end_that_clocks_skip",
        ("agenda", 0, "sessions", 0, "end"),
        NO_SUCH_HOUR,
        {"agenda": agenda({"start": "01:30", "end": "02:30"}, date="2027-03-28")},
    ),
    Case("deadline_hour_without_a_day", ("deadline_date",), HOUR_WITHOUT_DAY, {"deadline_time": "15:00"}),
    Case("opening_hour_without_a_day", ("opens_date",), HOUR_WITHOUT_DAY, {"opens_time": "15:00"}),
    Case(
        "opening_after_the_deadline",
        ("opens_date",),
        "Registration opens after its deadline. Correct one of the two dates.",
        {"opens_date": "2027-03-02", "deadline_date": "2027-03-01"},
    ),
    Case(
        "extension_to_an_earlier_day",
        ("deadline_before_extension",),
        "The deadline before the extension must be earlier than the new one. Correct one of the two dates.",
        {"deadline_date": "2027-03-01", "deadline_before_extension": "2027-03-01"},
    ),
    Case(
        "extension_without_a_deadline",
        ("deadline_before_extension",),
        "Give the new deadline above, or delete this date.",
        {"deadline_before_extension": "2027-03-01"},
    ),
    Case(
        "requests_after_the_event",
        ("accessibility_requests_until",),
        "This day falls after the event. Give an earlier one.",
        {"accessibility_requests_until": "2027-03-29"},
    ),
    Case(
        "registration_by_link_without_one",
        ("registration_link",),
        "Give the address of the form, or choose another way to register.",
        {"registration": "link"},
    ),
    Case(
        "registration_by_email_without_one",
        ("registration_email",),
        "Give the e-mail address, or choose another way to register.",
        {"registration": "email"},
    ),
    Case(
        "unknown_time_zone",
        ("timezone",),
        "“Europe/Łódź” is not a time zone. Give a name such as Europe/Warsaw.",
        {"timezone": "Europe/Łódź"},
    ),
    Case(
        "publication_in_the_future",
        ("date",),
        "The publication date lies in the future. Give today's date, and schedule the page to go live later.",
        {"date": "2199-01-01"},
    ),
    Case(
        "alt_text_that_is_a_file_name",
        ("lead_image_alt",),
        "“DSC_0012.jpg” is a file name. Say in one sentence what the photo shows.",
        {"lead_image_alt": "DSC_0012.jpg"},
    ),
    Case(
        "alt_text_that_repeats_the_title",
        ("lead_image_alt",),
        "The description repeats the title. Say in one sentence what the photo shows.",
        {"lead_image_alt": " WARSZTAT "},
    ),
    Case(
        "contact_on_two_lines",
        ("contacts-0-name",),
        LINE_BREAK,
        rows=(("contacts", {"name": "Anna\u2028Nowak"}),),
    ),
    Case(
        "contact_without_a_name",
        ("contacts-0-name",),
        "This field is required.",
        rows=(("contacts", {"name": "", "email": "biuro@example.org"}),),
        draft_saves=True,
    ),
    Case("stop_on_two_lines", ("stops-0-place",), LINE_BREAK, rows=(("stops", {"place": "Kalisz\x0bTurek"}),)),
    Case(
        "stop_outside_the_event",
        ("stops-0-day",),
        "This stop lies outside the event (26–28 March 2027). Change its day, or the event's dates.",
        rows=(("stops", {"place": "Turek", "day": "2027-03-29"}),),
    ),
    Case(
        "correction_in_the_future",
        ("corrections-0-date",),
        "The publication date lies in the future. Give today's date, and schedule the page to go live later.",
        rows=(("corrections", {"date": "2199-01-01", "was": "Było źle.", "now": "Jest dobrze."}),),
    ),
]
LINKS = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "https:///bez-adresu", "ftp://example.org/")


def test_impossible_new_event_is_refused(tree: dict[str, Page], publisher: Desk, subtests: pytest.Subtests) -> None:
    blank = publisher.blank(EventPage, tree["events"]).fill(**GOOD)
    before = state()
    for case in CASES:
        with subtests.test(case.name):
            check_refusal(fill_in(blank, case).publish(), case)
            assert state() == before


def test_impossible_change_of_a_live_event_keeps_its_draft(
    tree: dict[str, Page], publisher: Desk, subtests: pytest.Subtests
) -> None:
    event = EventPageFactory(
        parent=tree["events"], title="Warsztat", start_date=dt.date(2027, 3, 26), end_date=dt.date(2027, 3, 28)
    )
    event.audience = "dla gmin"
    event.save_revision()
    opened = publisher.open(event)
    before = state()
    # Every third: which rule refuses makes no difference to what happens to the draft.
    for case in [case for case in CASES if not case.draft_saves][::3]:
        with subtests.test(case.name):
            check_refusal(fill_in(opened, case).save_draft(), case)
            assert state() == before
    assert publisher.open(event).data["audience"] == ["dla gmin"]


@pytest.mark.parametrize("link", LINKS)
def test_link_that_is_no_web_address_is_refused(link: str, tree: dict[str, Page], publisher: Desk) -> None:
    fields = {"online_link", "registration_link", "recording_url"}
    form = publisher.blank(EventPage, tree["events"]).fill(**GOOD, **dict.fromkeys(fields, link))
    answer = form.publish()
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == fields
    for field in fields:
        assert messages_beside(answer, field) == [NO_WEB_ADDRESS]
        assert shown_values(answer)[field] == [link]
    assert not EventPage.objects.exists()


@pytest.mark.parametrize(
    ("typed", "moment", "expected"),
    [
        (
            {"start_date": "2026-10-25", "end_date": "", "start_time": "02:30"},
            "starts_at",
            dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
        ),
        (
            {"start_date": "2026-10-25", "end_date": "", "end_time": "02:30"},
            "ends_at",
            dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
        ),
        (
            {"start_date": "2026-10-26", "end_date": "", "deadline_date": "2026-10-25", "deadline_time": "02:30"},
            "deadline_at",
            dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
        ),
    ],
    ids=["start", "end", "deadline"],
)
def test_hour_that_comes_twice_is_the_first_of_the_two(
    typed: dict[str, str], moment: str, expected: dt.datetime, tree: dict[str, Page], publisher: Desk
) -> None:
    form = publisher.blank(EventPage, tree["events"]).fill(**{**GOOD, **typed})
    assert form.publish_anyway().status_code == 302
    event = EventPage.objects.get()
    assert event.live
    assert getattr(event, moment) == expected


def test_session_at_an_hour_that_comes_twice_is_accepted(tree: dict[str, Page], publisher: Desk) -> None:
    days = agenda({"start": "02:30", "end": "02:45"}, date="2026-10-25")
    form = publisher.blank(EventPage, tree["events"]).fill(
        **{**GOOD, "start_date": "2026-10-25", "end_date": "", "agenda": days}
    )
    assert form.publish().status_code == 302
    assert EventPage.objects.get().agenda_days[0].sessions[0].start == dt.time(2, 30)


def test_event_at_the_edge_of_every_rule_is_published(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(EventPage, tree["events"]).fill(
        **GOOD,
        start_time="10:00",
        end_time="12:00",
        check_in_from="10:00",
        opens_date="2027-03-28",
        opens_time="12:00",
        deadline_date="2027-03-28",
        deadline_time="12:00",
        deadline_before_extension="2027-03-27",
        accessibility_requests_until="2027-03-28",
        registration="link",
        registration_link="https://example.org/zapisy",
        agenda=agenda({"start": "23:00", "end": "01:00", "track": " GRUPA a"}, date="2027-03-28", tracks=("Grupa A",)),
    )
    form.add_row("stops", place="Turek", day="2027-03-28")
    answer = form.publish_anyway()
    assert answer.status_code == 302, answer.context["form"].errors
    assert EventPage.objects.get().live


def test_event_and_its_stop_move_together(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(EventPage, tree["events"]).fill(**GOOD).add_row("stops", place="Turek", day="2027-03-27")
    assert form.publish_anyway().status_code == 302
    event = EventPage.objects.get()
    moved = publisher.open(event).fill(start_date="2027-04-01", end_date="2027-04-02")
    assert messages_beside(moved.save_draft(), "stops-0-day") == [
        "This stop lies outside the event (1–2 April 2027). Change its day, or the event's dates."
    ]
    moved.data["stops-0-day"] = "2027-04-02"
    assert moved.publish_anyway().status_code == 302
    moved.data |= {"stops-0-day": "2027-05-01", "stops-0-DELETE": "1"}
    assert moved.publish_anyway().status_code == 302
    assert not EventPage.objects.get().stops.exists()
