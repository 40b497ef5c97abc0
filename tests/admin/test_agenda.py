"""The doors of “Paste a programme” and “Copy the programme”: who may, what comes back, and what cannot be read."""

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Page

from tests.admin.desk import EDITORS, Desk, member
from tests.factories import EventPageFactory, PersonFactory
from wagtail_newsroom.news.admin.agenda.form_state import raw_of_state
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.reader import read_file
from wagtail_newsroom.news.reader.formats.extracted import MB

pytestmark = pytest.mark.django_db
PROGRAMME = "Program\n4 maja 2026\n10.00–11.00 Woda – Anna Nowak\n11.00–11.15 Przerwa kawowa\n11.15–12.00 Las"
BLOCK = EventPage._meta.get_field("agenda").stream_block


@pytest.fixture
def event(tree: dict[str, Page]) -> EventPage:
    page: EventPage = EventPageFactory(parent=tree["events"], live=False, owner=member(EDITORS), title="Woda")
    page.save_revision(user=page.owner)
    return page


@pytest.fixture
def desk(event: EventPage) -> Desk:
    return Desk(event.owner)


def ask(client: Client, page: Any, what: str = "paste", **data: Any) -> Any:
    return client.post(f"/admin/newsroom/pages/{page.pk}/agenda/{what}/", data)


def filled(desk: Desk, page: Any, text: str, state: Any = (), **data: Any) -> list[dict[str, Any]]:
    answer = ask(desk.client, page, act="fill", text=text, state=json.dumps(list(state)), **data)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["state"]


def outline(state: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [
        (day["value"]["date"], child["value"]["start"], child["value"]["title"])
        for day in state
        for child in day["value"]["sessions"]
    ]


@pytest.mark.usefixtures("english")
def test_pasted_programme_is_shown_then_filled_in_and_nothing_is_saved(desk: Desk, event: EventPage) -> None:
    person = PersonFactory(name="Anna Nowak")
    shown = ask(desk.client, event, text=PROGRAMME, state="[]").json()
    state = filled(desk, event, PROGRAMME, card=[str(person.pk)])

    assert shown["summary"] == "3 new, 0 moved, 0 changed, 0 gone"
    assert "Anna Nowak" in shown["html"]
    assert f'value="{person.pk}" checked' in shown["html"]
    assert outline(state) == [
        ("2026-05-04", "10:00", "Woda"),
        ("2026-05-04", "11:00", "Przerwa kawowa"),
        ("2026-05-04", "11:15", "Las"),
    ]
    speaker = state[0]["value"]["sessions"][0]["value"]["speakers"][0]["value"]
    assert (speaker["person"]["id"], speaker["name"]) == (person.pk, None)
    event.refresh_from_db()
    assert list(event.get_latest_revision_as_object().agenda) == []


@pytest.mark.usefixtures("english")
def test_second_paste_changes_only_what_moved_and_keeps_what_is_half_typed(desk: Desk, event: EventPage) -> None:
    state = filled(desk, event, PROGRAMME)
    state[0]["value"]["sessions"][2]["value"]["end"] = "12.3"
    state[0]["value"]["sessions"][2]["value"]["description"] = "<b>Ważne</b>"
    pasted = PROGRAMME.replace("10.00–11.00", "9.30–11.00").replace("11.15–12.00", "11.15")

    shown = ask(desk.client, event, text=pasted, state=json.dumps(state)).json()
    again = filled(desk, event, pasted, state)

    assert shown["summary"] == "0 new, 1 moved, 0 changed, 0 gone"
    assert "Hours before: 10:00–11:00" in shown["html"]
    assert again[0]["value"]["sessions"][0]["value"]["start"] == "09:30"
    assert again[0]["value"]["sessions"][1:] == state[0]["value"]["sessions"][1:]
    assert [child["id"] for child in again[0]["value"]["sessions"]] == [
        child["id"] for child in state[0]["value"]["sessions"]
    ]


@pytest.mark.usefixtures("english")
def test_gone_session_stays_where_the_editor_keeps_it(desk: Desk, event: EventPage) -> None:
    state = filled(desk, event, PROGRAMME)
    pasted = PROGRAMME.replace("\n11.15–12.00 Las", "\n12.15–13.00 Pole")
    gone = state[0]["value"]["sessions"][2]["id"]

    assert [title for *_when, title in outline(filled(desk, event, pasted, state))][2:] == ["Pole"]
    assert [title for *_when, title in outline(filled(desk, event, pasted, state, keep=[gone]))][2:] == ["Las", "Pole"]


@pytest.mark.usefixtures("english")
def test_programme_without_a_day_asks_for_one_where_the_form_has_none(desk: Desk, event: EventPage) -> None:
    undated = "Program\n10.00–11.00 Woda\n11.00–12.00 Las"

    asked = ask(desk.client, event, text=undated).json()["html"]
    told = ask(desk.client, event, text=undated, start_date="2026-05-04").json()["html"]
    chosen = filled(desk, event, undated, day="2026-06-01")

    assert "2 lines tell no day. Their day:" in asked
    assert "Their day" not in told
    assert "2 lines tell no day; they were put on the event’s days" in told.replace("&#x27;", "’")
    assert {day for day, *_rest in outline(chosen)} == {"2026-06-01"}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "empty"),
        ({"text": "   "}, "empty"),
        ({"text": "Zapraszamy serdecznie wszystkich mieszkańców."}, "No programme was found"),
        ({"text": "x" * 90_000}, "too long"),
        ({"file": SimpleUploadedFile("p.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99)}, "picture"),
        ({"file": SimpleUploadedFile("p.docx", b"PK\x03\x04nonsense")}, "damaged"),
        ({"file": SimpleUploadedFile("p.txt", bytes(range(256)) * 9)}, "no text"),
        ({"file": SimpleUploadedFile("p.pdf", b"")}, "empty"),
        ({"text": PROGRAMME, "state": "{"}, "could not be understood"),
        ({"text": PROGRAMME, "state": '[{"type": "wrong", "value": {}}]'}, "could not be understood"),
        ({"text": PROGRAMME, "state": '[{"type": "day", "value": {"sessions": 3}}]'}, "could not be understood"),
        ({"text": PROGRAMME, "state": "[" * 100_000}, "could not be understood"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(desk: Desk, event: EventPage, sent: dict[str, Any], told: str) -> None:
    if "file" in sent:
        sent["file"].seek(0)
    answer = ask(desk.client, event, **sent)

    assert answer.status_code == 422
    assert told in answer.json()["error"]


@pytest.mark.usefixtures("english")
def test_file_of_fifty_megabytes_is_refused_unread(desk: Desk, event: EventPage) -> None:
    answer = ask(desk.client, event, file=SimpleUploadedFile("p.txt", b"1" * (50 * MB)))

    assert answer.status_code == 422
    assert "too large: 50 MB" in answer.json()["error"]


def test_new_event_asks_for_the_right_to_add_one(desk: Desk, tree: dict[str, Page]) -> None:
    assert len(outline(filled(desk, tree["events"], PROGRAMME))) == 3


@pytest.mark.parametrize("what", ["paste", "copy"])
def test_doors_are_closed_to_others(tree: dict[str, Page], event: EventPage, what: str) -> None:
    reader = Client()
    reader.force_login(User.objects.create_user("reader"))
    outsider = Desk(member("Newsroom editors", "outsider")).client
    locked_out = [tree["news"], tree["home"]]

    assert ask(Client(), event, what).status_code == 302
    assert ask(reader, event, what).status_code in (302, 403)
    for page in locked_out:
        assert ask(outsider, page, what, text=PROGRAMME).status_code in (302, 403)
    assert outsider.get(f"/admin/newsroom/pages/{event.pk}/agenda/{what}/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(event.owner)
    assert ask(strict, event, what, text=PROGRAMME).status_code == 403


@pytest.mark.usefixtures("english")
def test_copy_holds_what_the_form_holds_and_changes_nothing_when_pasted(desk: Desk, event: EventPage) -> None:
    state = filled(desk, event, PROGRAMME)
    state[0]["value"]["sessions"][2]["value"].update(start="", end="")

    copied = ask(desk.client, event, "copy", state=json.dumps(state)).json()
    pasted = ask(desk.client, event, text=copied["text"], state=json.dumps(state)).json()
    table = ask(desk.client, event, text="?", html=copied["html"], state=json.dumps(state)).json()

    assert copied["note"] == "2 sessions, as they stand in this form, saved or not. 1 without an hour is not in it."
    assert "10:00–11:00 Woda" in copied["text"]
    assert pasted["summary"] == table["summary"] == "Nothing changed"
    assert "stays as it is" in pasted["html"]


@pytest.mark.parametrize("form", ["txt", "html", "docx"])
def test_download_is_the_latest_draft_and_reads_back(desk: Desk, event: EventPage, form: str) -> None:
    state = filled(desk, event, PROGRAMME)
    event.start_date = dt.date(2026, 5, 4)
    event.agenda = BLOCK.to_python(raw_of_state(BLOCK, state))
    event.save_revision(user=event.owner)

    answer = desk.client.get(f"/admin/newsroom/pages/{event.pk}/agenda.{form}")

    assert answer["Content-Disposition"] == f'attachment; filename="{event.slug}-programme.{form}"'
    reading = read_file(answer.content, f"programme.{form}")
    assert [line.title.value for line in reading.agenda] == ["Woda", "Przerwa kawowa", "Las"]
    assert Client().get(answer.request["PATH_INFO"]).status_code == 302
