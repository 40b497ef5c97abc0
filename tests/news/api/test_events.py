"""Events in the delivery API: the same as their pages say, at every moment, in every language; found by what they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import JSONField
from django.db.models.functions import Cast
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    PersonFactory,
    TopicFactory,
    VenueFactory,
    agenda_day,
    attach,
    make_attachment,
    make_photo,
    restrict,
)
from tests.news.api.validating import faults
from wagtail_newsroom.news.api.v1.schemas import events as schemas
from wagtail_newsroom.news.enums import (
    AttendanceMode,
    Availability,
    EventKind,
    EventPhase,
    EventStatus,
    OrganiserRole,
    RegistrationKind,
    YesNoUnknown,
)
from wagtail_newsroom.news.models import (
    EventOrganiser,
    EventPage,
    EventStop,
    InformationClause,
    Organisation,
    PageAttachment,
    PageContact,
    Project,
    Venue,
)
from wagtail_newsroom.news.models.events.agenda import agenda_days, stored_days
from wagtail_newsroom.news.models.events.agenda_changes import AgendaChange
from wagtail_newsroom.news.templatetags.newsroom_feeds import calendar_links, schedule_links
from wagtail_newsroom.news.timing.phases import registration_word

pytestmark = [pytest.mark.django_db, pytest.mark.services]

Tree = dict[str, Page]
EVENTS = "/api/v1/events/"
LINK = {"registration": "link", "registration_link": "https://example.org/zapisy"}
# In the night to this Sunday clocks go forward in Warsaw, in that to the other one back.
SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    """Sets the clock."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def ask(client: Client, path: str = EVENTS, **asked: Any) -> Any:
    """What is answered to ``asked``, which is as the document says."""
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.content
    described = f"{EVENTS}{{id}}/" if path != EVENTS else EVENTS
    assert faults(described, 200, answer.json()) == []
    return answer.json()


def ids(client: Client, **asked: Any) -> list[int]:
    return [item["id"] for item in ask(client, limit=100, **asked)["items"]]


def store(tree: Tree, **columns: Any) -> EventPage:
    """An event as code can store it: without a date, and with hours that clocks skip."""
    page = EventPageFactory(parent=tree["events"])
    for name, value in columns.items():
        setattr(page, name, value)
    page.derive_moments()
    derived = {name: getattr(page, name) for name in ("starts_at", "ends_at", "deadline_at")}
    EventPage.objects.filter(pk=page.pk).update(**columns, **derived)
    return EventPage.objects.get(pk=page.pk)


MATRIX: list[dict[str, Any]] = [
    {"start_date": SPRING, "start_time": dt.time(1, 30), "end_time": dt.time(3, 30), **LINK},
    {"start_date": SPRING, **LINK, "opens_date": SPRING, "opens_time": dt.time(2, 30)},
    {"start_date": SPRING, "end_date": SPRING + dt.timedelta(days=2), **LINK, "deadline_date": SPRING},
    {"start_date": SPRING, "timezone": "Pacific/Kiritimati", **LINK, "opens_date": dt.date(2027, 3, 25)},
    {"start_date": SPRING, "timezone": "Pacific/Pago_Pago", "start_time": dt.time(23), **LINK},
    {"start_date": AUTUMN, **LINK, "deadline_date": AUTUMN, "deadline_time": dt.time(2, 30)},
    {"start_date": AUTUMN, **LINK, "deadline_date": dt.date(2027, 10, 29), "availability": "reserve"},
    {"start_date": AUTUMN, **LINK, "availability": "full", "deadline_date": dt.date(2027, 10, 20)},
    {"start_date": AUTUMN, **LINK, "status": "cancelled", "status_reason": "Brak sali"},
    {"start_date": AUTUMN, **LINK, "status": "postponed"},
    {"start_date": AUTUMN, **LINK, "status": "moved_online", "online_platform": "Zoom"},
    {
        "start_date": AUTUMN,
        **LINK,
        "opens_date": dt.date(2027, 3, 27),
        "opens_time": dt.time(9),
        "timezone": "America/New_York",
        "deadline_date": dt.date(2027, 10, 30),
        "deadline_before_extension": dt.date(2027, 10, 25),
    },
    {"start_date": AUTUMN, "end_date": dt.date(2027, 11, 2), "attendance_mode": "mixed"},
    {"start_date": None, **LINK},
]
MOMENTS = [
    dt.datetime(2027, 3, 24, 9, 59, 59, tzinfo=dt.UTC),  # the 25th begins on Kiritimati in a second
    dt.datetime(2027, 3, 24, 10, tzinfo=dt.UTC),
    dt.datetime(2027, 3, 27, 13, tzinfo=dt.UTC),
    dt.datetime(2027, 3, 27, 23, tzinfo=dt.UTC),  # midnight in Warsaw
    dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC),  # 3:30 in Warsaw, the last moment of the first
    dt.datetime(2027, 3, 28, 1, 30, 1, tzinfo=dt.UTC),
    dt.datetime(2027, 3, 29, 10, 0, 1, tzinfo=dt.UTC),
    dt.datetime(2027, 10, 26, 21, 59, 59, tzinfo=dt.UTC),
    dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC),  # 2:30 in Warsaw for the first time
    dt.datetime(2027, 10, 31, 0, 30, 1, tzinfo=dt.UTC),
    dt.datetime(2027, 10, 31, 1, 30, tzinfo=dt.UTC),  # 2:30 again
    dt.datetime(2027, 11, 2, 22, 59, 59, tzinfo=dt.UTC),
    dt.datetime(2028, 1, 1, tzinfo=dt.UTC),
]


def test_event_stands_as_its_page_says_at_every_moment_and_lists_find_the_same(
    tree: Tree, client: Client, at: Callable[[dt.datetime], None]
) -> None:
    for fields in MATRIX:
        store(tree, **fields)
    seen = set()
    for moment in MOMENTS:
        at(moment)
        pages = {page.pk: page for page in EventPage.objects.all()}
        items = {item["id"]: item for item in ask(client, limit=100)["items"]}
        assert items.keys() == pages.keys()
        with translation.override("pl"):
            for pk, page in pages.items():
                _stands_alike(items[pk], page)
        states = {pk: item["registration"]["state"] for pk, item in items.items()}
        phases = {pk: item["phase"] for pk, item in items.items()}
        is_open = {pk for pk, state in states.items() if state in ("open", "closing", "waiting_list")}
        assert is_open == {pk for pk, page in pages.items() if page.registration_info.is_open}
        assert set(ids(client, registration="open")) == is_open
        for when, wanted in (("past", {"over"}), ("today", {"today"}), ("upcoming", {"before", "today"})):
            assert set(ids(client, when=when)) == {pk for pk, phase in phases.items() if phase in wanted}, when
        seen |= {*states.values(), *phases.values()}
    assert seen == {
        *("none", "not_yet", "open", "closing", "full", "waiting_list", "closed", "over"),
        *("before", "today"),
    }


def _stands_alike(item: dict[str, Any], page: EventPage) -> None:
    line, leaf = page.state_line, page.leaf
    display, registration = item["display"], item["registration"]
    assert (display["state_line"], display["state_tone"]) == ((line.text, line.tone) if line else (None, None))
    assert (display["date"], display["where"]) == (page.when_text or None, page.where_text or None)
    assert display["kicker"] == page.kicker
    assert (display["leaf"] and display["leaf"]["tone"]) == (leaf.tone if leaf else None)
    assert item["phase"] == page.phase
    assert registration["state"] == registration_word(page.registration_state_at(page.now), page.availability)
    assert item["all_day"] is page.all_day
    for name, moment in (
        ("starts_at", page.starts_at),
        ("ends_at", page.ends_at),
    ):
        assert (item[name] and dt.datetime.fromisoformat(item[name])) == moment
    for name, moment in (("opens_at", page.opens_at), ("deadline_at", page.deadline_at)):
        assert registration[name] is None or registration[name].endswith("Z")
        if page.registration_kind != "none":
            assert (registration[name] and dt.datetime.fromisoformat(registration[name])) == moment
    days = {"start_date": page.start_date, "end_date": page.last_day}
    assert {name: item[name] for name in days} == {name: day and day.isoformat() for name, day in days.items()}


def test_words_of_the_document_are_those_of_the_site() -> None:
    for words, choices in (
        (schemas.EventKindWord, EventKind),
        (schemas.StatusWord, EventStatus),
        (schemas.AttendanceWord, AttendanceMode),
        (schemas.PhaseWord, EventPhase),
        (schemas.RegistrationKindWord, RegistrationKind),
        (schemas.AvailabilityWord, Availability),
        (schemas.YesNoWord, YesNoUnknown),
        (schemas.RoleWord, OrganiserRole),
    ):
        assert list(words.__args__) == choices.values  # type: ignore[attr-defined]


# The whole event


def conference(tree: Tree, **changes: Any) -> EventPage:
    """An event with a bit of everything."""
    person = PersonFactory(role="prezeska", organisation=OrganisationFactory())
    day = timezone.localdate() + dt.timedelta(days=30)
    sessions = [
        {
            "title": f"Sesja {number}",
            "kind": "session",
            "start": f"{9 + number // 2:02}:{number % 2 * 30:02}",
            "end": f"{9 + number // 2:02}:{number % 2 * 30 + 25:02}",
            "description": "O czym.",
            "speakers": [{"person": person.pk, "name": f"Osoba {number}", "role": "", "organisation": ""}],
            "room": "Aula",
            "track": "",
            "documents": [],
        }
        for number in range(changes.pop("sessions", 2))
    ]
    page = EventPageFactory(
        parent=tree["events"],
        **{
            "start_date": day,
            "start_time": dt.time(9),
            "check_in_from": dt.time(8, 30),
            "venue": VenueFactory(hall="Sala C", latitude="51.972", longitude="17.503", access="Winda."),
            "attendance_mode": "mixed",
            "online_platform": "Zoom",
            "online_link": "https://example.org/pokoj",
            "step_free": "yes",
            "captions": "no",
            "accessibility_requests": "tłumacz",
            "accessibility_requests_until": day,
            "cost": "bezpłatnie",
            "places": 40,
            "registration": "form",
            "registration_form": make_attachment("Formularz", name="formularz.txt", kind="form"),
            "registration_return_to": "biuro@example.org",
            "deadline_date": day - dt.timedelta(days=2),
            "deadline_before_extension": day - dt.timedelta(days=9),
            "information_clause": InformationClause.objects.create(
                title="Twoje dane", text="<p>Po co.</p>", locale=Locale.get_default()
            ),
            "agenda": [agenda_day(*sessions, {"break": True, "title": "Kawa", "start": "12:00"}, tracks=("Grupa A",))],
            **changes,
        },
    )
    page.organisers.add(EventOrganiser(organisation=OrganisationFactory(logo=make_photo()), role="partner"))
    page.contacts.add(PageContact(name="Ewa Przykładna", email="ewa@example.org"))
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def test_whole_event_says_all_that_its_page_shows(tree: Tree, client: Client) -> None:
    page = conference(tree)
    report = NewsPageFactory(parent=tree["news"], about_event=page)
    NewsPageFactory(parent=tree["news"], about_event=page, live=False)
    item = ask(client, f"{EVENTS}{page.pk}/")
    with translation.override("pl"):
        info, registration = page.registration_info, item["registration"]
        assert registration["display"] == {
            "deadline": info.deadline_text,
            "extended": info.extended_text,
            "note": info.note,
            "label": info.label,
            "url": f"http://localhost{info.url}",
        }
        assert registration["form"]["title"] == "Formularz"
        assert registration["clause"]["text"] == "<p>Po co.</p>"
        assert (registration["link"], registration["return_to"]) == ("", "biuro@example.org")
        assert item["online"] == {"platform": "Zoom", "link": None, "note": page.online_note}
        assert item["accessibility"]["facts"] == page.accessibility_facts
        venue = page.shown_venue
        assert {name: item["place"][name] for name in ("name", "hall", "address", "access", "map_url")} == {
            name: getattr(venue, name) for name in ("name", "hall", "address", "access", "map_url")
        }
        assert [each["organisation"]["name"] for each in item["organisers"]] == [
            row.organisation.name for row in page.organisers_shown
        ]
        assert item["organisers"][0]["organisation"]["logo"]["id"] == page.organisers_shown[0].organisation.logo_id
        assert [each["role_name"] for each in item["organisers"]] == [row.role_label for row in page.organisers_shown]
        assert [each["id"] for each in item["reports"]] == [report.pk]
        assert item["links"] == {
            "calendar": f"{page.full_url}event.ics",
            "calendar_with_sessions": f"{page.full_url}event.ics?sessions=1",
            **{
                f"schedule_{link.url.rpartition('.')[2]}": f"http://localhost{link.url}"
                for link in schedule_links(page)
            },
            **{link.name.lower(): link.url for link in calendar_links(page)},
        }
    assert [each["shown_until"] for each in item["contacts"]] == [str(page.contacts_until())]
    shown = [session for day in page.agenda_days for session in day.sessions]
    found = [session for day in item["agenda"] for session in day["sessions"]]
    assert [(each["id"], each["title"], each["kind"], each["room"]) for each in found] == [
        (each.id, each.title, each.kind, each.room) for each in shown
    ]
    assert [[speaker["name"] for speaker in each["speakers"]] for each in found] == [
        [speaker["name"] for speaker in each.speakers] for each in shown
    ]
    assert (item["check_in_from"], item["cost"], item["places"]) == ("08:30:00", "bezpłatnie", 40)


def test_stored_programme_is_the_one_of_the_page(tree: Tree) -> None:
    page = conference(tree, sessions=6)
    told = agenda_days(page.agenda, page.start_date, page.locale_id)
    names = ("id", "title", "kind", "is_break", "start", "end", "description", "room", "track", "hours")
    raw = EventPage.objects.annotate(raw=Cast("agenda", JSONField())).values_list("raw", flat=True).get(pk=page.pk)
    stored = stored_days(raw, page.start_date)
    assert [(day.id, day.date, day.heading, day.tracks) for day in stored] == [
        (day.id, day.date, day.heading, day.tracks) for day in told
    ]
    assert [[getattr(each, name) for name in names] for day in stored for each in day.sessions] == [
        [getattr(each, name) for name in names] for day in told for each in day.sessions
    ]
    assert stored_days([{"type": "day", "value": {"date": "jutro", "sessions": None}}], None)[0].date is None


def test_changes_of_the_programme_are_those_of_the_page(tree: Tree, client: Client) -> None:
    page = conference(tree)
    first, second = page.session_facts[:2]
    for facts, now in ((first, {**first.as_json(), "start": "08:00"}), (second, {})):
        was = {**facts.as_json(), "start": "08:00"} if now else {**facts.as_json(), "id": "gone", "after": first.id}
        AgendaChange.objects.create(page=page, session=was["id"], kind="moved", was=was, now=now and facts.as_json())
    page = EventPage.objects.get(pk=page.pk)
    changes = ask(client, f"{EVENTS}{page.pk}/")["agenda_changes"]
    with translation.override("pl"):
        told = page.agenda_notices
        assert changes["headline"] == told.headline
        assert [(each["session"], each["kind"], each["text"], each["title"]) for each in changes["notices"]] == [
            (each.session.id, each.kind, each.text, each.session.title) for each in told.notices if each.session
        ]
    assert [(each["kind"], each["after"]) for each in changes["notices"]] == [("moved", None), ("cancelled", first.id)]
    EventPage.objects.filter(pk=page.pk).update(status=EventStatus.CANCELLED)
    assert ask(client, f"{EVENTS}{page.pk}/")["agenda_changes"] is None


def test_event_speaks_its_own_language(tree: Tree, client: Client) -> None:
    english = Locale.objects.create(language_code="en")
    page = conference(tree)
    for row in (page.venue, page.organisers.get().organisation, page.information_clause):
        other = row.copy_for_translation(english)
        other.save()
    Venue.objects.filter(locale=english).update(name="Culture Centre")
    Organisation.objects.filter(locale=english).update(name="Open Gate Foundation")
    InformationClause.objects.filter(locale=english).update(title="Your data")
    tree["home"].copy_for_translation(english).save_revision().publish()
    tree["events"].copy_for_translation(english).save_revision().publish()
    copy = page.copy_for_translation(english)
    copy.save_revision().publish()
    item = ask(client, f"{EVENTS}{copy.pk}/")
    assert item["locale"] == "en"
    assert item["place"]["name"] == "Culture Centre"
    assert [each["organisation"]["name"] for each in item["organisers"]] == ["Open Gate Foundation"]
    assert item["organisers"][0]["role_name"] == "Partner"
    assert item["registration"]["clause"]["title"] == "Your data"
    assert item["display"]["where"].startswith("Culture Centre")
    assert item["accessibility"]["facts"][0] == "Step-free access"
    assert ask(client, f"{EVENTS}{page.pk}/")["place"]["name"] == "Dom Kultury"
    listed = {each["locale"]: each["display"]["kicker"] for each in ask(client)["items"]}
    with translation.override("en"):
        assert listed["en"] == EventPage.objects.get(pk=copy.pk).kicker.replace("Dom Kultury", "Culture Centre")


# What is not shown


def test_what_is_not_public_is_not_there(tree: Tree, client: Client) -> None:
    shown = conference(tree, status="moved_online")
    hidden = [
        conference(tree),
        conference(tree),
        EventPageFactory(parent=tree["events"], live=False),
        EventPageFactory(parent=tree["events"], expire_at=timezone.now()),
    ]
    restrict(hidden[0])
    hidden[1].unpublish()
    missing = client.get(f"{EVENTS}987654/").content
    for page in hidden:
        for name in ("", "event.ics", "schedule.json"):
            answer = client.get(f"{EVENTS}{page.pk}/{name}")
            assert (answer.status_code, answer.content) == (404, missing)
    assert ids(client) == [shown.pk]
    answer = client.get(f"{EVENTS}{shown.pk}/")
    assert answer.json()["place"] is None
    assert b"example.org/pokoj" not in answer.content


def test_link_to_join_is_shown_where_everybody_may_have_it(tree: Tree, client: Client) -> None:
    page = conference(tree, online_link_visibility="public")
    assert ask(client, f"{EVENTS}{page.pk}/")["online"]["link"] == "https://example.org/pokoj"


def test_form_of_a_closed_registration_leads_nowhere(tree: Tree, client: Client) -> None:
    page = conference(tree, deadline_date=timezone.localdate() - dt.timedelta(days=1), deadline_before_extension=None)
    registration = ask(client, f"{EVENTS}{page.pk}/")["registration"]
    assert (registration["state"], registration["form"]["closed"], registration["display"]["url"]) == (
        "closed",
        True,
        "",
    )


def test_site_without_registration_says_nothing_of_it(tree: Tree, client: Client, settings: Any) -> None:
    page = conference(tree)
    settings.NEWSROOM = {**settings.NEWSROOM, "REGISTRATION": False}
    registration = ask(client, f"{EVENTS}{page.pk}/")["registration"]
    assert (registration["state"], registration["deadline_at"], registration["form"]) == ("none", None, None)
    assert ask(client)["items"][0]["registration"]["state"] == "none"
    answer = client.get(EVENTS, {"registration": "open"})
    assert answer.status_code == 400
    assert [each["code"] for each in answer.json()["errors"]] == ["unknown_parameter"]


# Filters and orders


def test_list_is_narrowed_by_what_events_are(tree: Tree, client: Client) -> None:
    english = Locale.objects.create(language_code="en")
    venue = VenueFactory(city="Jarocinek")
    other = venue.copy_for_translation(english)
    other.city = "Little Yarotsin"
    other.save()
    here = EventPageFactory(
        parent=tree["events"],
        start_date=dt.date(2027, 3, 1),
        end_date=dt.date(2027, 3, 3),
        venue=venue,
        kind="training",
    )
    visit = EventPageFactory(
        parent=tree["events"], start_date=dt.date(2027, 4, 1), start_time=dt.time(0, 30), audience="Gminy i powiaty"
    )
    visit.stops.add(EventStop(place="Kalisz"), EventStop(place="Turek"))
    visit.save_revision().publish()
    online = EventPageFactory(
        parent=tree["events"], start_date=dt.date(2027, 5, 1), attendance_mode="online", status="postponed"
    )
    topic = TopicFactory(slug="zdrowie")
    online.topics.add(topic)
    online.save_revision().publish()
    every = [here.pk, visit.pk, online.pk]
    for asked, found in (
        ({"place": "Jarocinek"}, [here.pk]),
        ({"place": "Little Yarotsin,Turek"}, [here.pk, visit.pk]),
        ({"place": str(venue.translation_key)}, [here.pk]),
        ({"place": "Wenus"}, []),
        ({"kind": "training,webinar"}, [here.pk]),
        ({"status": "postponed"}, [online.pk]),
        ({"mode": "online,mixed"}, [online.pk]),
        ({"audience": "powiaty"}, [visit.pk]),
        ({"topic": "zdrowie"}, [online.pk]),
        ({"starts_from": "2027-04-01"}, [visit.pk, online.pk]),
        ({"starts_until": "2027-04-01"}, [here.pk, visit.pk]),
        ({"starts_from": "2027-03-31T22:30:00Z"}, [visit.pk, online.pk]),
        ({"starts_from": "2027-03-31T22:30:01Z"}, [online.pk]),
        ({"ends_from": "2027-03-03", "ends_until": "2027-03-03"}, [here.pk]),
        ({"ends_until": "2027-03-03T22:59:58Z"}, []),
        ({"ends_until": "2027-03-03T22:59:59Z"}, [here.pk]),
        ({"ids": f"{here.pk},{online.pk}"}, [here.pk, online.pk]),
    ):
        assert ids(client, order="starts_at", **asked) == found, asked
    assert ids(client, order="starts_at") == every


def test_events_without_a_date_come_last_in_both_orders_and_pages_lose_none(tree: Tree, client: Client) -> None:
    dated = [EventPageFactory(parent=tree["events"], start_date=SPRING + dt.timedelta(days=n % 2)) for n in range(4)]
    without = [store(tree, start_date=None) for _ in range(2)]
    soonest = [dated[0].pk, dated[2].pk, dated[1].pk, dated[3].pk]
    assert ids(client, order="starts_at") == ids(client, when="upcoming") == [*soonest, without[0].pk, without[1].pk]
    latest = [*reversed(soonest), without[1].pk, without[0].pk]
    assert ids(client, order="-starts_at") == ids(client) == latest
    walked: list[int] = []
    address: str | None = f"{EVENTS}?limit=1&order=-starts_at"
    while address:
        answer = client.get(address).json()
        walked += [item["id"] for item in answer["items"]]
        address = answer["next"]
    assert walked == latest


# Files


def test_files_of_an_event_are_below_its_page(tree: Tree, client: Client) -> None:
    page = conference(tree)
    undated = store(tree, start_date=None)
    for asked, leads_to in (
        (f"{page.pk}/event.ics", f"{page.full_url}event.ics"),
        (f"{page.pk}/event.ics?sessions=1", f"{page.full_url}event.ics?sessions=1"),
        (f"{page.pk}/schedule.json", f"{page.full_url}schedule.json"),
        ("calendar.ics", f"{tree['events'].full_url}calendar.ics"),
        ("calendar.ics?kind=training&when=past", f"{tree['events'].full_url}calendar.ics?kind=training&when=past"),
        ("calendar.ics?locale=pl", f"{tree['events'].full_url}calendar.ics"),
    ):
        answer = client.get(f"{EVENTS}{asked}")
        assert (answer.status_code, answer.headers["Location"]) == (308, leads_to)
        assert client.get(leads_to).status_code == 200
    for asked in (f"{undated.pk}/event.ics", f"{undated.pk}/schedule.json", "calendar.ics?locale=de"):
        assert client.get(f"{EVENTS}{asked}").status_code == 404
    assert client.get(f"{EVENTS}calendar.ics?when=yesterday").status_code == 422


# What it costs


@pytest.fixture
def queries(client: Client) -> Iterator[Callable[[str], int]]:
    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count  # type: ignore[return-value]


def test_whole_event_with_sixty_rows_is_read_in_ten_queries(tree: Tree, queries: Callable[[str], int]) -> None:
    page = conference(tree, sessions=20)
    for n in range(6):
        page.organisers.add(EventOrganiser(organisation=OrganisationFactory(logo=make_photo(name=f"{n}.jpg"))))
        page.contacts.add(PageContact(name=f"Osoba {n}"))
        page.stops.add(EventStop(place=f"Miejsce {n}"))
        page.topics.add(TopicFactory())
        page.projects.add(Project.objects.create(name=f"Projekt {n}", locale=Locale.get_default()))
        NewsPageFactory(parent=tree["news"], about_event=page)
    page.lead_image = make_photo()
    page.save_revision().publish()
    for n in range(6):
        attach(page, make_attachment(f"Plik {n}", name=f"plik-{n}.txt"))
    assert queries(f"{EVENTS}{page.pk}/") <= 10


def test_lists_ask_as_often_for_thirty_events_as_for_one(tree: Tree, queries: Callable[[str], int]) -> None:
    photo, venue, form = make_photo(), VenueFactory(), make_attachment(kind="form")
    project = Project.objects.create(name="Projekt", locale=Locale.get_default())
    NewsPageFactory(parent=tree["news"], date=dt.date(2026, 1, 1))  # related to each
    made: list[EventPage] = []
    counts: list[list[int]] = []
    addresses = (
        f"{EVENTS}?limit=100",
        f"{EVENTS}?limit=20&include=body,agenda,attachments",
        f"{EVENTS}?limit=20&include=agenda_changes,contacts,links,organisers,projects,related,reports,stops",
        f"{EVENTS}?limit=100&when=today&registration=open",
    )
    for count in (1, 3, 30):
        while len(made) < count:
            page = EventPageFactory(
                parent=tree["events"],
                lead_image=photo,
                venue=venue,
                agenda=[agenda_day({"title": "A", "start": "10:00"})],
            )
            page.organisers.add(EventOrganiser(organisation=OrganisationFactory(logo=photo)))
            page.attachments.add(PageAttachment(attachment=form))
            page.projects.add(project)
            page.save()
            made.append(page)
        counts.append([queries(address) for address in addresses])
    assert counts[0] == counts[1] == counts[2]
    assert counts[0][0] <= 8
    assert max(counts[0]) <= 20
