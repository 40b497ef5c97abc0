"""A programme that is pasted over one that is there: what is which session, and what stays of it."""

import datetime as dt
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.factories import PersonFactory
from tests.soak import fuzzed
from wagtail_newsroom.news.drafting.agenda import (
    AgendaLine,
    LinePerson,
    agenda_data,
    lines_of_agenda,
    lines_of_reading,
)
from wagtail_newsroom.news.drafting.incoming import read_agenda
from wagtail_newsroom.news.drafting.matching import GONE, NEW, STAYING, UNCHANGED, match
from wagtail_newsroom.news.drafting.merging import lines_of_data, merge, stream_of
from wagtail_newsroom.news.drafting.outgoing import agenda_as_writing, title_as_written
from wagtail_newsroom.news.reader import read_file, read_text
from wagtail_newsroom.news.reader.writing import as_docx, as_html, as_text

DAY, NEXT = dt.date(2026, 5, 4), dt.date(2026, 5, 5)
PROGRAMME = """Konferencja 4–5 maja 2026 r.
Program
Dzień 1 – 04.05.2026
9.00–9.30 Rejestracja
9.30–10.15 Woda w mieście – dr Anna Nowak, Fundacja Most
10.15–10.30 Przerwa kawowa
10.30–11.30 Panel 1: O lesie
11.30–12.30 Panel 2: O polu
12.30–13.00 Przerwa kawowa
Dzień 2 – 05.05.2026
Ścieżka: A
10.00–11.00 Retencja
Ścieżka: B
10.00–11.00 Zieleń
"""


def lines(text: str) -> list[AgendaLine]:
    return lines_of_reading(read_text(text))


def states(pasted: str, data: list[dict[str, Any]]) -> dict[str, str]:
    """The state of each line by its title."""
    pairs = match(lines(pasted), lines_of_data(data))
    return {(pair.line or pair.old).title: pair.state for pair in pairs}


def sessions(data: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {child["id"]: child["value"] for day in data for child in day["value"]["sessions"]}


def id_of(data: list[dict[str, Any]], title: str) -> str:
    return next(block_id for block_id, value in sessions(data).items() if value["title"] == title)


@pytest.fixture
def data(db: None) -> list[dict[str, Any]]:
    """The programme as an editor has worked on it."""
    made = agenda_data(lines(PROGRAMME))
    talk = made[0]["value"]["sessions"][1]["value"]
    talk.update(description="O retencji.", room="Sala 2", documents=[])
    made[0]["value"]["heading"] = "Dzień pierwszy"
    made[1]["value"]["tracks"][0]["value"]["audience"] = "Samorządy"
    return made


def test_reading_becomes_days_tracks_sessions_and_breaks(data: list[dict[str, Any]]) -> None:
    assert [(day["value"]["date"], len(day["value"]["sessions"])) for day in data] == [
        ("2026-05-04", 6),
        ("2026-05-05", 2),
    ]
    assert [child["type"] for child in data[0]["value"]["sessions"]].count("break") == 2
    assert [track["value"]["name"] for track in data[1]["value"]["tracks"]] == ["A", "B"]
    stream = stream_of(data)
    stream.stream_block.clean(stream)
    found = [replace(line, block_id=None, room=None) for line in lines_of_agenda(stream)]
    assert found == lines(PROGRAMME)


def test_break_of_one_track_is_a_session_of_it() -> None:
    line = AgendaLine(DAY, dt.time(10), None, "Przerwa", track="A", kind="break")

    [day] = agenda_data([line])

    assert day["value"]["sessions"][0]["type"] == "session"
    assert day["value"]["sessions"][0]["value"]["track"] == "A"


def test_same_programme_changes_nothing(data: list[dict[str, Any]]) -> None:
    pairs = match(lines(PROGRAMME), lines_of_data(data))

    assert {pair.state for pair in pairs} == {UNCHANGED}
    assert merge(data, pairs) is data


def test_moved_session_keeps_everything_but_its_hour(data: list[dict[str, Any]]) -> None:
    pasted = PROGRAMME.replace("9.30–10.15 Woda", "9.45–10.15 Woda")
    pairs = match(lines(pasted), lines_of_data(data))
    merged = merge(data, pairs)

    assert [pair.state for pair in pairs].count("moved") == 1
    assert list(sessions(merged)) == list(sessions(data))
    talk = id_of(data, "Woda w mieście")
    assert sessions(merged)[talk] == {**sessions(data)[talk], "start": "09:45"}
    assert [day["id"] for day in merged] == [day["id"] for day in data]
    assert merged[0]["value"]["heading"] == "Dzień pierwszy"
    assert merged[1] == data[1]


def test_session_moved_to_another_day_takes_its_track_along(data: list[dict[str, Any]]) -> None:
    pasted = PROGRAMME.replace("10.00–11.00 Retencja\n", "").replace("Ścieżka: A\n", "")
    pasted = pasted.replace("Dzień 2", "Ścieżka: A\n14.00–15.00 Retencja\nDzień 2")
    pairs = match(lines(pasted), lines_of_data(data))
    merged = merge(data, pairs)

    moved = id_of(data, "Retencja")
    assert next(pair for pair in pairs if pair.old and pair.old.block_id == moved).changes == ("day", "start", "end")
    assert moved in [child["id"] for child in merged[0]["value"]["sessions"]]
    assert [track["value"]["audience"] for track in merged[0]["value"]["tracks"]] == ["Samorządy"]
    assert [track["value"]["name"] for track in merged[1]["value"]["tracks"]] == ["B"]
    stream = stream_of(merged)
    stream.stream_block.clean(stream)


def test_other_number_is_another_session(data: list[dict[str, Any]]) -> None:
    found = states(PROGRAMME.replace("Panel 2: O polu", "Panel 3: O morzu"), data)

    assert found["Panel 3: O morzu"] == NEW
    assert found["Panel 2: O polu"] == GONE
    assert found["Panel 1: O lesie"] == UNCHANGED


def test_reworded_title_is_the_same_session(data: list[dict[str, Any]]) -> None:
    found = states(PROGRAMME.replace("Woda w mieście", "Woda w miastach i gminach"), data)

    assert found["Woda w miastach i gminach"] == "changed"
    assert GONE not in found.values()


def test_gone_session_is_taken_out_or_kept_in_its_place(data: list[dict[str, Any]]) -> None:
    pairs = match(lines(PROGRAMME.replace("10.30–11.30 Panel 1: O lesie\n", "")), lines_of_data(data))
    panel = id_of(data, "Panel 1: O lesie")

    assert panel not in sessions(merge(data, pairs))
    changed = match(
        lines(PROGRAMME.replace("10.30–11.30 Panel 1: O lesie\n", "").replace("polu", "łące")), lines_of_data(data)
    )
    assert list(sessions(merge(data, changed, keep=[panel]))) == list(sessions(data))


def test_session_without_an_hour_stays(data: list[dict[str, Any]]) -> None:
    data[0]["value"]["sessions"][3]["value"].update(start=None, end=None)
    pasted = PROGRAMME.replace("10.30–11.30 Panel 1: O lesie\n", "").replace("O polu", "O łące")
    pairs = match(lines(pasted), lines_of_data(data))

    assert next(pair for pair in pairs if pair.line is None).state == STAYING
    assert list(sessions(merge(data, pairs))) == list(sessions(data))


def test_all_days_moved_keep_their_ids(data: list[dict[str, Any]]) -> None:
    pasted = PROGRAMME.replace("4–5 maja", "11–12 maja").replace("04.05", "11.05").replace("05.05.", "12.05.")
    merged = merge(data, match(lines(pasted), lines_of_data(data)))

    assert [(day["id"], day["value"]["date"]) for day in merged] == [
        (data[0]["id"], "2026-05-11"),
        (data[1]["id"], "2026-05-12"),
    ]
    assert list(sessions(merged)) == list(sessions(data))


def test_speaker_who_stays_keeps_the_card_and_a_new_one_may_get_one(data: list[dict[str, Any]]) -> None:
    anna, jan = PersonFactory(name="Anna Nowak"), PersonFactory(name="Jan Lis")
    speaker = data[0]["value"]["sessions"][1]["value"]["speakers"][0]
    speaker["value"].update(person=anna.pk, name="")
    pasted = PROGRAMME.replace("dr Anna Nowak, Fundacja Most", "Anna Nowak, Jan Lis")
    merged = merge(data, match(lines(pasted), lines_of_data(data)), cards={"Jan Lis": jan.pk})

    people = sessions(merged)[id_of(data, "Woda w mieście")]["speakers"]
    assert [each["value"]["person"] for each in people] == [anna.pk, jan.pk]
    assert people[0]["id"] == speaker["id"]
    assert people[1]["value"]["name"] == ""


def test_title_without_a_word_cannot_be_written_out() -> None:
    assert [title_as_written(title) for title in ("A & B", "12:30", "– Woda. –", "od do")] == ["", "", "Woda", ""]


def test_break_with_a_speaker_becomes_a_session_under_its_id(data: list[dict[str, Any]]) -> None:
    pasted = PROGRAMME.replace("12.30–13.00 Przerwa kawowa", "12.30–13.00 Przerwa kawowa – prowadzi Jan Lis")
    old = data[0]["value"]["sessions"][5]

    merged = merge(data, match(lines(pasted), lines_of_data(data)))[0]["value"]["sessions"][5]

    assert (merged["type"], merged["id"], merged["value"]["title"]) == ("session", old["id"], "Przerwa kawowa")
    assert [each["value"]["name"] for each in merged["value"]["speakers"]] == ["Jan Lis"]


def test_lines_without_days_go_on_the_days_of_the_event() -> None:
    text = "Dzień 1\n10.00–11.00 Woda\n11.00–12.00 Las\nDzień 2\n9.00–10.00 Pole\n10.00–11.00 Łąka\n"

    found = read_agenda(
        lambda published: read_text(text, published=published), language="pl", first_day=DAY, last_day=NEXT
    )
    unknown = read_agenda(lambda published: read_text(text, published=published), language="pl")

    assert [line.day for line in found.lines] == [DAY, DAY, NEXT, NEXT]
    assert (found.inferred, found.without_day) == (4, 0)
    assert {line.day for line in unknown.lines} == {None}
    assert unknown.without_day == 4


def test_thousand_lines_are_matched_with_a_thousand_sessions_in_time() -> None:
    words = [
        "woda",
        "las",
        "pole",
        "miasto",
        "gmina",
        "rada",
        "plan",
        "debata",
        "retencja",
        "zieleń",
        "klimat",
        "energia",
    ]
    old = [
        AgendaLine(
            DAY + dt.timedelta(days=n // 60), dt.time(8 + n % 60 // 6, n % 6 * 10), None,
            " ".join(words[(n * step) % 12] for step in (1, 5, 7, 11)), (LinePerson(f"Jan Lis{n % 50}"),), block_id=str(n),
        )
        for n in range(1000)
    ]  # fmt: skip
    pasted = [replace(line, block_id=None, start=dt.time(line.start.hour, 5)) for line in reversed(old) if line.start]

    began = time.perf_counter()
    pairs = match(pasted, old)

    assert time.perf_counter() - began < 20  # seconds; 0.3 on the machine of a developer
    taken = [pair.old.block_id for pair in pairs if pair.old]
    assert len(taken) == len(set(taken)) == 1000


TITLES = ["Woda, las i „pole”", "Panel: kto pyta?", "Rejestracja", "Przerwa kawowa", "Debata – co dalej (część 1)",
          "Obiad", "Jan Lis o wodzie", "Warsztat 2.", "• Wnioski;", "Woda & B < C", "Otwarcie!", "DEBATA"]  # fmt: skip
NAMES = [
    "Anna Nowak",
    "dr Jan Lis",
    "Bożena Kłos-Wrona",
    "Kłos, Ewa (online)",
    "prof. dr hab. Adam Rys",
    "O’Neill Brandt",
]


@st.composite
def programmes(draw: st.DrawFn) -> list[AgendaLine]:
    found = []
    for offset in range(draw(st.integers(1, 3))):
        minutes = 8 * 60
        for track in draw(st.sampled_from([(None,), (None, "A"), ("Grupa A", "Grupa B", None)])):
            for _number in range(draw(st.integers(1, 4))):
                end = minutes + draw(st.sampled_from([10, 45, 90]))
                title = draw(st.sampled_from(TITLES))
                people = tuple(
                    LinePerson(name, draw(st.sampled_from([None, "prezes", "radca; zastępca"])), draw(st.sampled_from([None, "Fundacja Most"])))
                    for name in draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
                )  # fmt: skip
                kind = "break" if title == "Przerwa kawowa" and not people and not track else "session"
                hours = dt.time(*divmod(minutes, 60)), draw(st.sampled_from([None, dt.time(*divmod(end % 1440, 60))]))
                found.append(AgendaLine(DAY + dt.timedelta(days=offset), *hours, title, people, track, kind))
                minutes = min(end, 22 * 60)
    return found


@fuzzed(50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(agenda=programmes(), form=st.sampled_from(["txt", "html", "docx"]), language=st.sampled_from(["pl", "en"]))
def test_what_was_copied_out_changes_nothing_when_it_is_pasted(
    db: None, agenda: list[AgendaLine], form: str, language: str
) -> None:
    data = agenda_data(agenda)
    agenda = agenda_as_writing(stream_of(data))
    if form == "txt":
        reading = read_text(as_text(agenda, language))
    elif form == "html":
        reading = read_file(as_html(agenda, language).encode(), "programme.html")
    else:
        reading = read_file(as_docx(agenda, language), "programme.docx")

    pairs = match(lines_of_reading(reading), lines_of_data(data))

    assert [(pair.state, pair.changes, pair.line, pair.old) for pair in pairs if pair.state != UNCHANGED] == []
    assert merge(data, pairs) is data
