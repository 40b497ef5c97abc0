"""The programme as files: schedule.json and schedule.xml of conferences, and sessions in calendars and in JSON-LD.

What the schema of c3voc demands stands here in our own words (``PATTERNS``), beside the facts word for word.
"""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from wagtail.models import Locale, Page

from tests.factories import (
    EventPageFactory,
    OrganisationFactory,
    PersonFactory,
    VenueFactory,
    make_attachment,
    private_collection,
    restrict,
)
from tests.news.feeds.test_calendar import BREAKS, publish
from tests.news.feeds.test_head import graph_of
from wagtail_newsroom.news.feeds.identity import stable_id
from wagtail_newsroom.news.feeds.jsonld import MAX_SESSIONS
from wagtail_newsroom.news.models import EventPage

ADDRESS = "/wydarzenia/konferencja/"
FILES = [f"{ADDRESS}schedule.json", f"{ADDRESS}schedule.xml"]
# In Warsaw clocks go back on 31 October 2027 at 3:00.
SATURDAY, SUNDAY = dt.date(2027, 10, 30), dt.date(2027, 10, 31)

# The schema of c3voc, in the words of its documentation: what a value of the XML must look like.
PATTERNS = {
    "acronym": r"[a-z0-9_-]{4,}",
    "guid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "moment": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d",
    "start": r"[0-2]\d:[0-5]\d",
    "duration": r"\d{1,2}:\d\d",
    "slug": r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}",
    "address": r"https?://.+",
}


def session(key: str, title: str, start: str | None = None, end: str | None = None, **value: Any) -> dict[str, Any]:
    """Raw data of a session with an id that starts with ``key``."""
    return {"type": "session", "id": f"{key:0<8}-0000", "value": {"title": title, "start": start, "end": end, **value}}


def pause(title: str, start: str, end: str | None = None) -> dict[str, Any]:
    return {"type": "break", "id": f"b{start:0<7}", "value": {"title": title, "start": start, "end": end}}


def day(date: dt.date | None, *sessions: dict[str, Any], tracks: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    value = {
        "date": date.isoformat() if date else None,
        "heading": "",
        "tracks": [{"type": "track", "value": track} for track in tracks],
        "sessions": list(sessions),
    }
    return {"type": "day", "value": value}


def conference(tree: dict[str, Page], *days: dict[str, Any], **facts: Any) -> EventPage:
    facts = {"title": "Konferencja", "slug": "konferencja", "start_date": SATURDAY, "end_date": SUNDAY, **facts}
    event = EventPageFactory(parent=tree["events"], agenda=json.dumps(days), **facts)
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def two_days(tree: dict[str, Page], **facts: Any) -> EventPage:
    """A programme with parallel tracks, a break, missing hours, and a night in which clocks go back."""
    person = PersonFactory(name="Anna Wzorowa", role="prezeska", organisation=OrganisationFactory(name="Fundacja Ster"))
    slides = make_attachment("Slajdy", name="slajdy.txt", kind="presentation")
    closed = make_attachment("Notatki", name="notatki.txt", collection=private_collection())
    return conference(
        tree,
        day(
            None,
            session("aa", "Otwarcie", "09:00", kind="opening"),
            session(
                "ab", "Głos <b>\u201ei\u201d</b> & miasto", "09:30", "10:15", room="Sala A", description="Opis\nw dwóch wierszach",
                speakers=[{"person": person.pk, "name": "", "role": ""}, {"name": "Jan Dopisany", "role": "radny"}],
                documents=[slides.pk, closed.pk],
            ),
            pause("Kawa", "10:15", "10:30"),
            session("ac", "Warsztat dla sołtysek", "10:30", track="grupa a"),
            session("ad", "Warsztat bez sali", "10:30", "11:30", track="Grupa B"),
            session("ae", "Spacer", "11:45", track="Grupa A"),
            session("af", "Bez godziny"),
            session("ag", "Potańcówka", "22:00", "03:30", room="Dziedziniec"),
            tracks=({"name": "Grupa A", "room": "Sala B"}, {"name": "Grupa B"}),
        ),
        day(SUNDAY, session("ba", "Po nocy", "02:30", "03:15"), session("bb", "Zakończenie", "12:00", kind="closing")),
        day(None, session("ca", "Bez dnia", "12:00")),
        venue=VenueFactory(name="Aula", hall="Hol"),
        **facts,
    )  # fmt: skip


def schedule_of(visitor: Client, address: str = f"{ADDRESS}schedule.json") -> dict[str, Any]:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return json.loads(answer.content)["schedule"]


def sessions_in(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Sessions by title."""
    return {
        each["title"]: each
        for found in data["conference"]["days"]
        for sessions in found["rooms"].values()
        for each in sessions
    }


def test_schedule_tells_each_day_in_the_zone_of_the_event(client: Client, tree: dict[str, Page]) -> None:
    event = two_days(tree, lead="Zapraszamy.")

    data = schedule_of(client)

    shown = event.last_published_at.astimezone(event.tz)
    assert data["version"] == f"{shown:%Y-%m-%d %H:%M:%S}"
    assert (data["url"], data["base_url"]) == (f"http://localhost{ADDRESS}schedule.json", "http://localhost/")
    facts = {name: value for name, value in data["conference"].items() if name not in ("days", "rooms")}
    assert facts == {
        "acronym": "konferencja", "title": "Konferencja", "description": "Zapraszamy.",
        "start": "2027-10-30", "end": "2027-10-31", "daysCount": 2, "timeslot_duration": "00:05",
        "time_zone_name": "Europe/Warsaw", "url": f"http://localhost{ADDRESS}",
        "tracks": [{"name": "Grupa A", "slug": "grupa-a"}, {"name": "Grupa B", "slug": "grupa-b"}],
    }  # fmt: skip
    rooms = ["Hol", "Sala A", "Sala B", "Grupa B", "Dziedziniec"]
    assert [room["name"] for room in data["conference"]["rooms"]] == rooms
    days = [
        (each["index"], each["date"], each["day_start"], each["day_end"], list(each["rooms"]))
        for each in data["conference"]["days"]
    ]
    # The session at 2:30 on Sunday comes before the day starts in the small hours, so the day starts with it.
    assert days == [
        (1, "2027-10-30", "2027-10-30T04:00:00+02:00", "2027-10-31T03:59:00+01:00", rooms),
        (2, "2027-10-31", "2027-10-31T02:30:00+02:00", "2027-11-01T03:59:00+01:00", ["Hol"]),
    ]


def test_schedule_tells_hours_rooms_and_durations(client: Client, tree: dict[str, Page]) -> None:
    two_days(tree)

    found = {
        title: (each["date"], each["start"], each.get("end"), each["duration"], each["room"], each["track"])
        for title, each in sessions_in(schedule_of(client)).items()
    }

    # Breaks, sessions without an hour and days without a date have no place in it.
    # A missing end is the next start, a break's too; in a track, the next one of that track or of everybody.
    # Clocks go back in the night: from 22:00 to 3:30 it is six hours and a half.
    assert found == {
        "Otwarcie": ("2027-10-30T09:00:00+02:00", "09:00", None, "00:30", "Hol", None),
        "Głos <b>„i”</b> & miasto": (
            "2027-10-30T09:30:00+02:00", "09:30", "2027-10-30T10:15:00+02:00", "00:45", "Sala A", None
        ),
        "Warsztat dla sołtysek": ("2027-10-30T10:30:00+02:00", "10:30", None, "01:15", "Sala B", "grupa a"),
        "Warsztat bez sali": (
            "2027-10-30T10:30:00+02:00", "10:30", "2027-10-30T11:30:00+02:00", "01:00", "Grupa B", "Grupa B"
        ),
        "Spacer": ("2027-10-30T11:45:00+02:00", "11:45", None, "10:15", "Sala B", "Grupa A"),
        "Potańcówka": (
            "2027-10-30T22:00:00+02:00", "22:00", "2027-10-31T03:30:00+01:00", "06:30", "Dziedziniec", None
        ),
        "Po nocy": ("2027-10-31T02:30:00+02:00", "02:30", "2027-10-31T03:15:00+01:00", "01:45", "Hol", None),
        "Zakończenie": ("2027-10-31T12:00:00+01:00", "12:00", None, "00:00", "Hol", None),
    }  # fmt: skip


def test_schedule_tells_who_speaks_and_which_files_are_public(client: Client, tree: dict[str, Page]) -> None:
    event = two_days(tree, online_link="https://wideo.example.org/1", online_link_visibility="public")
    told = EventPage.objects.get(pk=event.pk).agenda_days[0].sessions[1]
    key = told.people[0].translation_key

    found = sessions_in(schedule_of(client))["Głos <b>„i”</b> & miasto"]

    number = int(str(uuid5(stable_id(event), told.id)).replace("-", "")[:8], 16) & 0x7FFFFFFF
    person = {"id": int(key.hex[:8], 16) & 0x7FFFFFFF, "guid": str(key), "name": "Anna Wzorowa"}
    (document,) = told.documents
    assert found == {
        "guid": str(uuid5(stable_id(event), told.id)), "id": number, "room": "Sala A", "type": "session",
        "date": "2027-10-30T09:30:00+02:00", "start": "09:30", "end": "2027-10-30T10:15:00+02:00", "duration": "00:45",
        "slug": f"konferencja-{number:04}-glos-bib-miasto", "url": f"http://localhost{ADDRESS}#s-ab000000",
        "title": "Głos <b>„i”</b> & miasto", "subtitle": "", "track": None, "language": "pl",
        "abstract": "Opis\nw dwóch wierszach", "description": None,
        "persons": [person, {"name": "Jan Dopisany"}],
        "links": [{"title": "https://wideo.example.org/1", "url": "https://wideo.example.org/1", "type": "related"}],
        "attachments": [{"title": "Slajdy", "url": f"http://localhost{document.url}", "type": "slides"}],
    }  # fmt: skip


def test_xml_says_what_the_json_says(client: Client, tree: dict[str, Page]) -> None:
    two_days(tree, online_link="https://wideo.example.org/1", online_link_visibility="public", online_platform="Zoom")
    data = schedule_of(client)

    answer = client.get(f"{ADDRESS}schedule.xml")

    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ElementTree.fromstring(answer.content)
    assert [each.tag for each in root] == ["generator", "url", "version", "conference", "day", "day"]
    head = {each.tag: each.text for each in root.find("conference") if each.tag != "track"}
    named = {name: data["conference"][name] for name in ("title", "acronym", "start", "end", "timeslot_duration")}
    assert head == {
        **named, "days": "2", "base_url": "http://localhost/", "url": f"http://localhost{ADDRESS}",
        "time_zone_name": "Europe/Warsaw",
    }  # fmt: skip
    assert [each.attrib for each in root.iter("track") if each.attrib] == data["conference"]["tracks"]
    rooms = {room["name"]: room["guid"] for room in data["conference"]["rooms"]}
    assert {each.get("name"): each.get("guid") for each in root.iter("room") if each.attrib} == rooms
    days = [[each.get(name) for name in ("index", "date", "start", "end")] for each in root.findall("day")]
    assert days == [
        [str(each["index"]), each["date"], each["day_start"], each["day_end"]] for each in data["conference"]["days"]
    ]
    told = list(root.iter("event"))
    names = ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "language", "url")
    expected = sessions_in(data)
    assert {each.findtext("title"): {name: each.findtext(name) for name in names} for each in told} == {
        title: {name: one[name] for name in names} for title, one in expected.items()
    }
    assert [(each.get("guid"), each.get("id")) for each in told] == [
        (one["guid"], str(one["id"])) for one in expected.values()
    ]
    talk = told[1]
    assert [(each.attrib, each.text) for each in talk.find("persons")] == [
        ({name: str(expected[talk.findtext("title")]["persons"][0][name]) for name in ("id", "guid")}, "Anna Wzorowa"),
        ({}, "Jan Dopisany"),
    ]
    assert [(each.get("href"), each.text) for each in talk.find("links")] == [("https://wideo.example.org/1", "Zoom")]
    (file,) = expected[talk.findtext("title")]["attachments"]
    assert [(each.get("href"), each.text) for each in talk.find("attachments")] == [(file["url"], "Slajdy")]


def faults_of(root: ElementTree.Element) -> list[str]:
    """Values that the schema would refuse."""
    values = [("acronym", root.findtext("conference/acronym"))]
    for each in root.iter("day"):
        values += [("moment", each.get("start")), ("moment", each.get("end"))]
    for each in root.iter("event"):
        values += [("guid", each.get("guid")), ("moment", each.findtext("date")), ("address", each.findtext("url"))]
        values += [(name, each.findtext(name)) for name in ("start", "duration", "slug")]
    for name in ("guid", "id"):
        found = [each.get(name) for each in root.iter("event")]
        values += [("guid", f"{name} twice")] * (len(found) != len(set(found)))
    return [f"{name}: {value}" for name, value in values if not re.fullmatch(PATTERNS[name], value or "")]


@pytest.mark.parametrize("slug", ["konferencja", "a", "dni-otwarte-2027", "-", "x" * 200])
def test_schedule_keeps_to_the_schema_whatever_is_typed(client: Client, tree: dict[str, Page], slug: str) -> None:
    twice = session("aa", "—", "10:00", "10:00")
    event = conference(
        tree,
        day(SATURDAY, twice, twice, session("ab", "日本語 " * 60, "10:00"), session("ac", "Noc", "23:00", "22:00")),
        day(SATURDAY, session("ad", "Ten sam dzień", "08:00")),
        slug=slug,
        timezone="Poland",
    )

    answer = client.get(f"{event.url}schedule.xml")

    root = ElementTree.fromstring(answer.content)
    assert faults_of(root) == []
    assert [each.get("date") for each in root.findall("day")] == ["2027-10-30"]
    assert len(list(root.iter("event"))) == 5
    # From 23:00 to 22:00 it is a whole day, because clocks go back in between.
    assert [each.findtext("duration") for each in root.iter("event")] == ["00:00", "13:00", "13:00", "13:00", "24:00"]
    # The JSON schema knows no zone of such a name.
    assert "time_zone_name" not in schedule_of(client, f"{event.url}schedule.json")["conference"]


@pytest.mark.parametrize("line_break", BREAKS, ids=[ascii(each) for each in BREAKS])
def test_x4_x6_planted_text_stays_text(client: Client, tree: dict[str, Page], line_break: str) -> None:
    planted = f"Słowo{line_break}]]></title><script>&\u001b\uffff\"'"
    conference(
        tree,
        day(
            SATURDAY,
            session(
                "aa", planted, "10:00", room=planted, description=planted, track=planted, speakers=[{"name": planted}]
            ),
            tracks=({"name": planted, "room": ""},),
        ),
        attendance_mode="online",
    )
    EventPage.objects.update(title=planted)  # as an import would: forms clean it

    root = ElementTree.fromstring(client.get(f"{ADDRESS}schedule.xml").content)
    data = schedule_of(client)
    calendar = client.get(f"{ADDRESS}event.ics?sessions=1").content

    clean = "Słowo ]]></title><script>&\"'"
    (event,) = root.iter("event")
    assert (event.findtext("title"), event.findtext("room"), event.findtext("persons/person")) == (clean,) * 3
    assert event.findtext("abstract") == "Słowo\n]]></title><script>&\"'"
    (found,) = sessions_in(data).values()
    assert (found["title"], found["room"], found["track"], data["conference"]["title"]) == (clean,) * 4
    lines = calendar.replace(b"\r\n ", b"").split(b"\r\n")
    assert [line for line in lines if line.startswith(b"]]>")] == []
    assert all(each >= 32 or each in (10, 13) for each in calendar)


def test_called_off_event_keeps_its_days_and_loses_its_sessions(client: Client, tree: dict[str, Page]) -> None:
    event = two_days(tree)
    guids = {each["guid"] for each in sessions_in(schedule_of(client)).values()}
    publish(event, status="cancelled", status_reason="awaria sali")

    data = schedule_of(client)
    root = ElementTree.fromstring(client.get(f"{ADDRESS}schedule.xml").content)
    entries = Calendar.from_ical(client.get(f"{ADDRESS}event.ics?sessions=1").content).events
    html = client.get(ADDRESS).content.decode()

    assert data["conference"]["title"] == root.findtext("conference/title") == "Odwołane: Konferencja"
    assert ([each["rooms"] for each in data["conference"]["days"]], len(root.findall("day"))) == ([{}, {}], 2)
    assert list(root.iter("event")) == []
    assert {str(each["STATUS"]) for each in entries} == {"CANCELLED"}
    assert guids == {str(each["UID"]) for each in entries if each.get("RELATED-TO")}
    assert "schedule.json" not in html
    assert "subEvent" not in graph_of(client, ADDRESS)["Event"]


def test_ids_survive_edits_and_differ_between_copies_and_languages(client: Client, tree: dict[str, Page]) -> None:
    event = two_days(tree)
    before = {title: (each["guid"], each["id"]) for title, each in sessions_in(schedule_of(client)).items()}
    draft = event.get_latest_revision_as_object()
    draft.slug, draft.title = "nowa", "Nowa"
    draft.save_revision().publish()
    after = {title: (each["guid"], each["id"]) for title, each in
             sessions_in(schedule_of(client, "/wydarzenia/nowa/schedule.json")).items()}  # fmt: skip
    english = Locale.objects.create(language_code="en")
    for page in (tree["home"], tree["events"]):
        page.copy_for_translation(english).save_revision().publish()
    translated = event.copy_for_translation(english)
    translated.save_revision().publish()
    data = schedule_of(client, f"{EventPage.objects.get(pk=translated.pk).url}schedule.json")

    assert before == after
    found = sessions_in(data).values()
    assert {each["guid"] for each in found}.isdisjoint(guid for guid, _number in before.values())
    assert {each["language"] for each in found} == {"en"}
    assert data["url"].startswith("http://localhost/en/")


# Answers


@pytest.mark.parametrize("address", FILES)
def test_file_is_given_with_its_type_and_not_sent_again(client: Client, tree: dict[str, Page], address: str) -> None:
    event = two_days(tree)

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    head = client.head(address)
    publish(event, title="Inna")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    kind = "json" if address.endswith("json") else "xml"
    assert (first.status_code, first["Content-Type"]) == (200, f"application/{kind}; charset=utf-8")
    assert (first["X-Content-Type-Options"], first["Cache-Control"]) == ("nosniff", "no-cache")
    assert [name for name in ("Set-Cookie", "Vary", "Last-Modified") if name in first.headers] == []
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head["ETag"], head.content) == (200, first["ETag"], b"")
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)
    assert (client.post(address).status_code, client.put(address).status_code) == (405, 405)


def test_event_without_a_programme_with_hours_has_no_schedule(client: Client, tree: dict[str, Page]) -> None:
    conference(tree, day(None, session("aa", "Bez godziny"), pause("Kawa", "10:00")))

    assert [client.get(address).status_code for address in FILES] == [404, 404]
    assert client.get("/wydarzenia/schedule.json").status_code == 404
    html = client.get(ADDRESS).content.decode()
    assert [word for word in ("schedule.json", "schedule.xml", "sessions=1", "subEvent") if word in html] == []
    assert len(Calendar.from_ical(client.get(f"{ADDRESS}event.ics?sessions=1").content).events) == 1


def test_l1_l3_what_is_not_public_is_in_no_file(client: Client, tree: dict[str, Page]) -> None:
    event = two_days(tree)
    files = [*FILES, f"{ADDRESS}event.ics?sessions=1"]
    before = [client.get(address).content for address in files]
    draft = event.get_latest_revision_as_object()
    draft.agenda[0].value["sessions"][0].value["title"] = "Tajemnica"
    draft.save_revision()
    unchanged = [client.get(address).content for address in files]
    restrict(event)
    private = [client.get(address).status_code for address in files]
    event.view_restrictions.all().delete()
    EventPage.objects.get(pk=event.pk).unpublish()

    assert unchanged == before
    assert b"Otwarcie" in before[0]
    assert [word for word in ("Notatki", "notatki.txt") if any(word.encode() in each for each in before)] == []
    assert private == [302, 302, 302]
    assert [client.get(address).status_code for address in files] == [404, 404, 404]


def test_files_ask_the_database_as_often_for_thirty_sessions_as_for_three(
    client: Client, tree: dict[str, Page]
) -> None:
    counts: dict[int, list[int]] = {}
    for number in (3, 30):
        sessions = []
        for each in range(number):
            person = PersonFactory(organisation=OrganisationFactory())
            file = make_attachment(f"Plik {number}.{each}", name=f"plik-{number}-{each}.txt")
            key = f"{each:04}"
            sessions.append(
                session(
                    key, f"Sesja {key}", f"{each % 20:02}:00", speakers=[{"person": person.pk}], documents=[file.pk]
                )
            )
        event = conference(tree, day(SATURDAY, *sessions), slug=f"k{number}")
        counts[number] = []
        for name in ("", "schedule.json", "schedule.xml", "event.ics?sessions=1"):
            client.get(f"{event.url}{name}")
            with CaptureQueriesContext(connection) as captured:
                client.get(f"{event.url}{name}")
            counts[number].append(len(captured))
        event.delete()  # or it is among the related ones

    assert counts[3] == counts[30]


# Calendars


def moment(value: Any) -> str:
    return f"{value.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


ENTRIES = {
    "Otwarcie": ("2027-10-30T07:00:00Z", "2027-10-30T07:00:00Z"),
    "Głos <b>„i”</b> & miasto": ("2027-10-30T07:30:00Z", "2027-10-30T08:15:00Z"),
    "Warsztat dla sołtysek": ("2027-10-30T08:30:00Z", "2027-10-30T08:30:00Z"),
    "Warsztat bez sali": ("2027-10-30T08:30:00Z", "2027-10-30T09:30:00Z"),
    "Spacer": ("2027-10-30T09:45:00Z", "2027-10-30T09:45:00Z"),
    "Potańcówka": ("2027-10-30T20:00:00Z", "2027-10-31T02:30:00Z"),
    "Po nocy": ("2027-10-31T00:30:00Z", "2027-10-31T02:15:00Z"),
    "Zakończenie": ("2027-10-31T11:00:00Z", "2027-10-31T11:00:00Z"),
}


def test_sessions_are_entries_of_their_own_in_two_readers(
    client: Client, tree: dict[str, Page], read_with_ical_js: Callable[..., Any]
) -> None:
    event = two_days(tree)

    content = client.get(f"{ADDRESS}event.ics?sessions=1").content

    whole, *entries = Calendar.from_ical(content).events
    assert str(whole["UID"]) == str(stable_id(event))
    assert {str(each["SUMMARY"]): (moment(each.start), moment(each.end)) for each in entries} == ENTRIES
    assert {str(each["RELATED-TO"]) for each in entries} == {str(stable_id(event))}
    by_title = {each["title"]: each["guid"] for each in sessions_in(schedule_of(client)).values()}
    assert {str(each["SUMMARY"]): str(each["UID"]) for each in entries} == by_title
    # Nobody told when it ends: nothing is made up here, as for an event.
    assert "DTEND" not in entries[0]
    talk = entries[1]
    assert talk["LOCATION"] == "Sala A, Aula, Hol, ul. Długa 7, Jarocinek"
    assert talk["URL"] == f"http://localhost{ADDRESS}#s-ab000000"
    assert talk["DESCRIPTION"] == (
        "Anna Wzorowa, prezeska, Fundacja Ster\nJan Dopisany, radny\n\nOpis\nw dwóch wierszach\n\nKonferencja\n\n"
        f"http://localhost{ADDRESS}#s-ab000000"
    )
    assert entries[3]["LOCATION"] == "Aula, Hol, ul. Długa 7, Jarocinek"

    read = read_with_ical_js(content)["events"]
    sessions = {each["summary"]: (each["start"], each["end"]) for uid, each in read.items() if uid != str(whole["UID"])}
    assert sessions == ENTRIES


def test_sessions_are_given_to_those_who_ask_for_them(client: Client, tree: dict[str, Page]) -> None:
    two_days(tree)

    for query in ("", "?sessions=0", "?sessions=", "?sessions=true"):
        content = client.get(f"{ADDRESS}event.ics{query}").content
        assert len(Calendar.from_ical(content).events) == 1, query
        assert b"Anna Wzorowa" not in content
    html = client.get(ADDRESS).content.decode()
    assert f'<a href="{ADDRESS}event.ics?sessions=1" type="text/calendar">' in html
    for name, kind in (("schedule.json", "application/json"), ("schedule.xml", "application/xml")):
        assert f'<link rel="alternate" type="{kind}" href="{ADDRESS}{name}"' in html
        assert f'<a href="{ADDRESS}{name}" type="{kind}">{name}</a>' in html


def test_sequence_rises_with_the_hour_of_a_session_and_stays_with_its_description(tree: dict[str, Page]) -> None:
    def changed(name: str, value: Any) -> int:
        draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
        draft.agenda[0].value["sessions"][1].value[name] = value
        draft.save_revision().publish()
        return EventPage.objects.get(pk=event.pk).calendar_sequence

    event = two_days(tree)

    found = [
        changed("description", "Inny opis"),
        changed("start", dt.time(9, 45)),
        changed("start", dt.time(9, 45)),
        changed("room", "Sala C"),
    ]

    assert (event.calendar_sequence, found) == (0, [0, 1, 1, 2])


# JSON-LD


def test_sessions_are_parts_of_the_event_for_search_engines(client: Client, tree: dict[str, Page]) -> None:
    two_days(tree)

    event = graph_of(client, ADDRESS)["Event"]

    found = event["subEvent"]
    assert [each["name"] for each in found] == list(ENTRIES)
    aula = {"streetAddress": "ul. Długa 7", "addressLocality": "Jarocinek", "@type": "PostalAddress"}
    assert found[1] == {
        "@type": "Event",
        "name": "Głos <b>„i”</b> & miasto",
        "url": f"http://localhost{ADDRESS}#s-ab000000",
        "startDate": "2027-10-30T09:30:00+02:00",
        "endDate": "2027-10-30T10:15:00+02:00",
        "location": [{"@type": "Place", "name": "Sala A, Aula, Hol", "address": aula}],
        "performer": [{"@type": "Person", "name": "Anna Wzorowa"}, {"@type": "Person", "name": "Jan Dopisany"}],
    }
    assert "endDate" not in found[0]
    assert found[0]["location"] == event["location"]


def test_number_of_sessions_for_search_engines_is_bounded(client: Client, tree: dict[str, Page]) -> None:
    sessions = [session(f"{n:04}", f"Sesja {n}", f"{n // 60:02}:{n % 60:02}") for n in range(MAX_SESSIONS + 5)]
    conference(tree, day(SATURDAY, *sessions))

    assert [each["name"] for each in graph_of(client, ADDRESS)["Event"]["subEvent"]] == [
        f"Sesja {n}" for n in range(MAX_SESSIONS)
    ]


def test_guid_is_made_of_the_page_and_the_session(client: Client, tree: dict[str, Page]) -> None:
    event = conference(tree, day(SATURDAY, session("aa", "Otwarcie", "09:00")))

    (found,) = sessions_in(schedule_of(client)).values()

    assert UUID(found["guid"]) == uuid5(uuid5(event.translation_key, "pl"), "aa000000-0000")


def test_c18_session_after_midnight_is_on_the_next_date_in_every_output(tree: dict[str, Page], client: Client) -> None:
    day = {
        "date": "2027-05-15",
        "sessions": [
            session("s1", "Kino", "21:00", "23:00"),
            session("s2", "Kino późne", "23:00", "1:00"),
            session("s3", "Kino nocne", "1:00", "2:30"),
            session("s4", "Śniadanie", "3:00"),
        ],
    }
    event = EventPageFactory(
        parent=tree["events"], title="Noc kina", slug="noc-kina", start_date=dt.date(2027, 5, 15),
        agenda=[{"type": "day", "value": day}],
    )  # fmt: skip
    event.save_revision().publish()
    expected = {
        "Kino": ("2027-05-15T21:00:00+02:00", "2027-05-15T23:00:00+02:00"),
        "Kino późne": ("2027-05-15T23:00:00+02:00", "2027-05-16T01:00:00+02:00"),
        "Kino nocne": ("2027-05-16T01:00:00+02:00", "2027-05-16T02:30:00+02:00"),
        "Śniadanie": ("2027-05-16T03:00:00+02:00", None),
    }

    calendar = Calendar.from_ical(client.get(f"{event.url}event.ics?sessions=1").content)
    entries = {str(each["SUMMARY"]): each for each in calendar.walk("VEVENT")}
    for title, (start, end) in expected.items():
        (entry,) = [each for name, each in entries.items() if name.endswith(title)]
        assert entry["DTSTART"].dt.isoformat() == start
        assert end is None or entry["DTEND"].dt.isoformat() == end

    schedule = json.loads(client.get(f"{event.url}schedule.json").content)["schedule"]["conference"]
    assert (schedule["daysCount"], [each["date"] for each in schedule["days"]]) == (1, ["2027-05-15"])
    told = [each for rooms in schedule["days"][0]["rooms"].values() for each in rooms]
    assert {each["title"]: (each["date"], each.get("end")) for each in told} == expected
    assert {each["title"]: each["duration"] for each in told}["Kino nocne"] == "01:30"

    root = ElementTree.fromstring(client.get(f"{event.url}schedule.xml").content)
    assert {each.findtext("title"): each.findtext("date") for each in root.iter("event")} == {
        title: start for title, (start, _end) in expected.items()
    }
    found = graph_of(client, event.url)["Event"]
    assert {each["name"]: each["startDate"] for each in found["subEvent"]} == {
        title: start for title, (start, _end) in expected.items()
    }
