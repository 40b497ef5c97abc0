"""What is written out reads back as the same agenda: as text, HTML and .docx."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.soak import fuzzed
from wagtail_newsroom.news.reader import read_file, read_text
from wagtail_newsroom.news.reader.writing import (
    WrittenAgenda,
    WrittenDay,
    WrittenPerson,
    WrittenSession,
    WrittenTrack,
    agenda_of,
    as_docx,
    as_html,
    as_text,
)

WORDS = "budżet gminy sołectwa Woda i las w mieście – szanse „Nowy start” dla seniorów 2030 plan 3 kroki Panel: o usługach a zdrowie Jan Lis przerwa kawowa rejestracja & <wolne> wnioski zamknięcie Grupa A (część 1)".split()
NAMES = [
    "Anna Nowak",
    "Xawier Quist",
    "Bożena Kłos-Wrona",
    "Ola Rys",
    "O’Neill Brandt",
    "Zdenka Hrabalová",
    "Mbali Dube",
]
ROLES = ["prezes zarządu", "Lektor", "koordynatorka, trenerka", "Wójt Gminy Olszany", "ktoś"]
ORGANISATIONS = ["Fundacja Most", "Mostostal", "Urząd Gminy, Wydział Kultury", "Szkoła (filia w Lipnicy)", "„Próg”"]


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def people(draw: st.DrawFn) -> tuple[WrittenPerson, ...]:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    return tuple(
        WrittenPerson(name, draw(st.none() | st.sampled_from(ROLES)), draw(st.none() | st.sampled_from(ORGANISATIONS)))
        for name in names
    )


@st.composite
def sessions(draw: st.DrawFn) -> tuple[WrittenSession, ...]:
    found, at = [], draw(st.integers(6 * 12, 10 * 12)) * 5
    for _index in range(draw(st.integers(1, 5))):
        length = draw(st.integers(1, 18)) * 5
        title = " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=7))).strip("–& ")
        title = " ".join([draw(st.sampled_from(["Temat", "debata", "Przerwa", "„Kto” pyta"])), title]).strip()
        found.append(
            WrittenSession(clock(at), draw(st.none() | st.just(clock(at + length))), title.rstrip(":"), draw(people()))
        )
        at += length
    return tuple(found)


@st.composite
def agendas(draw: st.DrawFn) -> WrittenAgenda:
    first = draw(st.dates(date(2005, 1, 1), date(2035, 12, 1)))
    days = []
    for offset in range(draw(st.integers(1, 3))):
        names = draw(
            st.sampled_from(
                [(None,), (None,), ("Samorządy", "NGO"), (None, "Grupa A – finanse", "Grupa B"), ("A", "B", None)]
            )
        )
        days.append(
            WrittenDay(first + timedelta(days=offset), tuple(WrittenTrack(draw(sessions()), name) for name in names))
        )
    return WrittenAgenda(tuple(days))


@fuzzed(70)
@given(agendas(), st.sampled_from(["pl", "en"]))
def test_agenda_written_as_text_reads_back(agenda: WrittenAgenda, language: str) -> None:
    assert agenda_of(read_text(as_text(agenda, language))) == agenda


@fuzzed(70)
@given(agendas(), st.sampled_from(["pl", "en"]))
def test_agenda_written_as_html_reads_back(agenda: WrittenAgenda, language: str) -> None:
    assert agenda_of(read_file(as_html(agenda, language).encode(), "agenda.html")) == agenda


@fuzzed(70)
@given(agendas(), st.sampled_from(["pl", "en"]))
def test_agenda_written_as_docx_reads_back(agenda: WrittenAgenda, language: str) -> None:
    assert agenda_of(read_file(as_docx(agenda, language), "agenda.docx")) == agenda


ONE = WrittenAgenda(
    (
        WrittenDay(
            date(2026, 5, 4),
            (
                WrittenTrack(
                    (
                        WrittenSession("09:00", None, "Panel – Jan Lis"),
                        WrittenSession(
                            "10:00",
                            "11:00",
                            "Woda < ogień & „las”",
                            (WrittenPerson("Anna Nowak", "prezes", "Fundacja Most"),),
                        ),
                    )
                ),
            ),
        ),
    )
)


def test_title_that_names_somebody_stays_whole() -> None:
    assert as_text(ONE).splitlines() == [
        "Program",
        "",
        "Dzień 1 – 04.05.2026",
        "09:00 Panel – Jan Lis",
        "  Osoby: –",
        "10:00–11:00 Woda < ogień & „las”",
        "  Osoby: Anna Nowak – prezes (Fundacja Most)",
    ]
    assert agenda_of(read_text(as_text(ONE))) == ONE


def test_html_is_escaped_and_its_tables_have_headers() -> None:
    html = as_html(ONE)

    assert "Woda &lt; ogień &amp;" in html
    assert html.count('<th scope="col">') == 3
    assert html.count('<th scope="row">') == 2


def test_docx_is_the_same_every_time_and_repeats_its_header_row() -> None:
    first, second = as_docx(ONE), as_docx(ONE)

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert b"<w:tblHeader/>" in archive.read("word/document.xml")


@pytest.mark.parametrize("language", ["pl", "en"])
def test_empty_agenda_is_a_heading(language: str) -> None:
    assert len(as_text(WrittenAgenda(), language).split()) == 1
