"""Whatever comes: no exception but ReadError, no span outside the text, no session that the text does not hold."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.soak import fuzzed
from wagtail_newsroom.news.reader import ReadError, read_file, read_text
from wagtail_newsroom.news.reader.text.normalise import normalise

PIECES = (
    "9.30 10.00 12:15 godz. do od – - — , . ; : ( ) „ ” \t \n \n\n • Program Dzień pierwszy 21 czerwca 2022 r. br. 20.12.2016 27-28 listopada Rejestracja Przerwa Otwarcie Anna Nowak Jan Lis prof. dr hab. Fundacja Most Wójt Gminy "
    "zgłoszenia zaprasza odbędzie się w Urzędzie Miasta ul. Polna 21/27 tel. 61 222 33 44 a@b.example.org http://x.example.org/form [email protected] Grupa A Dzień 2 Termin: Miejsce: online Zoom 10.50 zł ¼ ³ ê \u00a0 \u00ad środa moderator: Załączniki: "
    "Formularz.pdf 1000-1530 2 pm Day 1 May 5 2020 at the Town Hall register by oraz i"
).split(" ")


def check(text: str) -> None:
    reading = read_text(text)
    folded = normalise(text).folded
    answer = reading.as_json()
    values = (
        [value for value in vars(reading).values() if hasattr(value, "start")]
        + reading.contact_names
        + reading.contact_emails
        + reading.contact_phones
        + reading.attachments
        + reading.warnings
    )
    for value in values:
        assert 0 <= value.start <= value.end <= len(text)
    words = set(re.findall(r"\w+", folded))
    for session, line in zip(reading.agenda, answer["programme"], strict=True):
        assert 0 <= session.start <= session.end <= len(text)
        assert set(re.findall(r"\w+", normalise(line["title"]).folded)) <= words
        hour, minute = line["start"].split(":")
        assert re.search(rf"(?<!\d)0?{int(hour)}(?!\d)|{int(hour)}{minute}|{(int(hour) - 12) % 24}", folded)
        for person in line["people"]:
            assert set(re.findall(r"\w+", normalise(person["name"]).folded)) <= words


@fuzzed(150)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
def test_words_of_invitations_in_any_order_never_break_the_reader(text: str) -> None:
    if any(letter.isalpha() for letter in text):
        check(text)


@fuzzed(100)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        check(text)
    except ReadError as refused:
        code = refused.code
    else:
        code = "empty"
    assert code in {"empty", "not_text"}


@fuzzed(100)
@given(
    st.binary(max_size=600)
    | st.sampled_from(
        [b"%PDF-1.4", b"PK\x03\x04", b"From: a\nTo: b\nSubject: c\n", b"<p>", b"<table><tr><td>"]
    ).flatmap(lambda head: st.binary(max_size=300).map(head.__add__)),
    st.sampled_from(["a.txt", "a.html", "a.eml", "a.docx"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    if data.startswith(b"%PDF"):
        return  # each starts a process of its own: test_formats has them
    try:
        read_file(data, name)
    except ReadError as refused:
        said = refused.message
    else:
        said = "read"
    assert said
