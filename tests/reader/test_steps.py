"""Each step of the reader by itself."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.soak import fuzzed
from wagtail_newsroom.news.reader import read_text
from wagtail_newsroom.news.reader.agenda.line_heads import head_of
from wagtail_newsroom.news.reader.agenda.sessions import kind_of
from wagtail_newsroom.news.reader.agenda.splitting import split
from wagtail_newsroom.news.reader.agenda.whole_hours import heads_of
from wagtail_newsroom.news.reader.dates.written_dates import find_dates
from wagtail_newsroom.news.reader.dates.written_times import find_hours, mask, mask_dates
from wagtail_newsroom.news.reader.facts.attachments import clean_title, kind_of_paper
from wagtail_newsroom.news.reader.facts.contacts import to_nominative
from wagtail_newsroom.news.reader.facts.places import nominative
from wagtail_newsroom.news.reader.text.normalise import fold, normalise
from wagtail_newsroom.news.reader.text.page import Page


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("10.00\u00a0\u2014\u00a011.00", "10.00 – 11.00"),
        ("prze\u00adrwa", "przerwa"),
        ("spo\u0142eczno\u2011gospodarczy", "społeczno-gospodarczy"),
        ("pa¼dziernika", "października"),
        ("odbêdzie siê", "odbêdzie siê"),  # French is left alone where nothing tells of a wrong encoding
        ("odbêdzie siê w ¶wietlicy", "odbędzie się w świetlicy"),
        ("PaĹşdziernik", "Październik"),
        ("zielen\u0301", "zieleń"),
        ("\uf0b7 10.00", "• 10.00"),
        ("·   Rejestracja", "• Rejestracja"),
        ("godz. 16⁰⁰", "godz. 1600"),
        ("a\r\nb\x0bc", "a\nb\nc"),
        ("powierzchnia 20 m³, przypis¹", "powierzchnia 20 m³, przypis¹"),
    ],
)
def test_normalise_evens_out(source: str, text: str) -> None:
    assert normalise(source).text == text


@fuzzed(50)
@given(st.text(alphabet="aąż 1.-–—\u00a0\u00ad\r\n¼¶³ê⁰·•o\tÅ", max_size=60))
def test_normalised_text_leads_back_to_the_source(source: str) -> None:
    norm = normalise(source)

    assert len(norm.folded) == len(norm.text)
    origins = [norm.origin(at) for at in range(len(norm.text))]
    assert origins == sorted(origins)
    assert all(0 <= at < len(source) for at in origins)
    for at, letter in enumerate(norm.text):
        if letter == "1":
            assert source[origins[at]] == letter


@fuzzed(50)
@given(st.text(max_size=80))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("27-28 listopada 2017 r.", date(2017, 11, 27), date(2017, 11, 28)),
        ("24/25 października 2018 roku", date(2018, 10, 24), date(2018, 10, 25)),
        ("12,13 i 14.10.2022r.", date(2022, 10, 12), date(2022, 10, 14)),
        ("od 18 listopada do 23 grudnia 2021 r.", date(2021, 11, 18), date(2021, 12, 23)),
        ("23-24-08.2017 r.", date(2017, 8, 23), date(2017, 8, 24)),
        ("18.09-20.09.2019 r.", date(2019, 9, 18), date(2019, 9, 20)),
        ("20 wrzesień 2018", date(2018, 9, 20), date(2018, 9, 20)),
        ("30 grudnia 2019 – 2 stycznia 2020 r.", date(2019, 12, 30), date(2020, 1, 2)),
        ("30 grudnia – 2 stycznia 2020 r.", date(2019, 12, 30), date(2020, 1, 2)),
        ("7 XII 2016", date(2016, 12, 7), date(2016, 12, 7)),
        ("2022-10-14", date(2022, 10, 14), date(2022, 10, 14)),
        ("October 14-15, 2022", date(2022, 10, 14), date(2022, 10, 15)),
        ("the 14th of May 2019", date(2019, 5, 14), date(2019, 5, 14)),
        ("Dzień 1 – 3 czerwca 2024 r.", date(2024, 6, 3), date(2024, 6, 3)),
        ("tel. 644 10 20 do 6 maja 2019 r.", date(2019, 5, 6), date(2019, 5, 6)),
        ("29 lutego 2024", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_dates_are_read_as_written(text: str, first: date, last: date) -> None:
    found = find_dates(fold(text))

    assert [period.dates() for period in found] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "10.50 zł",
        "7.5. Usługi",
        "lata 2021-2027",
        "ul. Polna 21/27",
        "się i nie",
        "30 lutego 2020",
        "art. 18 ust. 2",
        "pkt 3.20",
        "31.04.2019",
        "maj i kwiecień",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert find_dates(fold(text)) == []


MONTHS = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()


@fuzzed(50)
@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.sampled_from(
        ["{d} {name} {y} r.", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}", "{d}.{m:02}.{y} r.", "{d}/{m}/{y}"]
    ),
)
def test_dates_written_out_read_back(day: date, form: str) -> None:
    text = form.format(d=day.day, m=day.month, y=day.year, name=MONTHS[day.month - 1])

    assert [period.dates() for period in find_dates(fold(text))] == [(day, day)]


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("godz. 10.00-12.00", time(10), time(12)),
        ("w godzinach od 19:30 do 20:30", time(19, 30), time(20, 30)),
        ("ok. godz. 14.00", time(14), None),
        ("do godz.11.30", time(11, 30), None),
        ("Godz. 18. 00 – 19.30", time(18), time(19, 30)),
        ("o godzinie\n17:15", time(17, 15), None),
        ("w godz. 1000-1530", time(10), time(15, 30)),
        ("g. 18", time(18), None),
        ("2–4 pm", time(14), time(16)),
        ("11 am – 1 pm", time(11), time(13)),
        ("12 am", time(0), None),
        ("9.30-15, Ratusz", time(9, 30), time(15)),
        ("9.30-15 osób", time(9, 30), None),
    ],
)
def test_hours_are_read_as_written(text: str, begins: time, ends: time | None) -> None:
    found = find_hours(mask(fold(text)))

    assert [(hours.begins, hours.ends) for hours in found] == [(begins, ends)]


@pytest.mark.parametrize(
    "text",
    [
        "20.12.2016",
        "10.50 zł",
        "7.5. Usługi",
        "rozdział 2.15",
        "§ 12.30",
        "tel. 601 222 333",
        "wersja 10.15.2",
        "25.70",
        "10.99",
    ],
)
def test_what_is_no_hour_is_not_read_as_one(text: str) -> None:
    folded = fold(text)

    assert find_hours(mask(mask_dates(folded, find_dates(folded)))) == []


@pytest.mark.parametrize(
    ("line", "begins", "ends", "words"),
    [
        ("11.30-12 Przerwa", time(11, 30), time(12), "Przerwa"),
        ("godz. 9.30-11 Rola klubu", time(9, 30), time(11), "Rola klubu"),
        ("22.15 – 24 Ognisko", time(22, 15), time(0), "Ognisko"),
        ("10.00 – 12 zasad dialogu", time(10), None, "12 zasad dialogu"),
        ("11.30-12 osób na scenie", time(11, 30), None, "12 osób na scenie"),
        ("11.30-12 maja", time(11, 30), None, "12 maja"),
        ("16.30 – 5 Pytań do wójta", time(16, 30), None, "5 Pytań do wójta"),
        ("9.30-40% taniej", time(9, 30), None, "40% taniej"),
    ],
)
def test_whole_hour_ends_a_line_begun_with_minutes(line: str, begins: time, ends: time | None, words: str) -> None:
    page = Page.of(f"Spotkanie\n{line}")
    head = head_of(page, *page.lines[1])

    assert head is not None
    assert (head.begins, head.ends, page.text[slice(*head.words)]) == (begins, ends, words)


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        ("Program\n9-10 Rejestracja\n10-11.30 Wykład", [time(9), time(10)]),
        ("Agenda\n• 9 – 10 Welcome\n• 10 – 12: Workshops", [time(9), time(10)]),
        ("9-10 Rejestracja\n10-11 Wykład", []),
        ("Program\n9-10 Rejestracja", []),
        ("Program\n12-13 Warsztaty\n9-10 Rejestracja", []),
        ("Program\n5-10 minut rozgrzewki\n12-13 osób w kole", []),
        ("Program\n1-2 Rozdział\n3-4 Rozdział", []),
        ("Program\nZgłoszenia: biuro\n7-9 Skrzaty\n10-12 Żacy", []),
    ],
)
def test_whole_hours_begin_lines_only_of_a_programme_that_rises(lines: str, begins: list[time]) -> None:
    assert [head.begins for head in heads_of(Page.of(lines)).values()] == begins


@pytest.mark.parametrize(
    ("words", "title", "people"),
    [
        (
            "Woda – szanse i ryzyka - Anna Nowak Fundacja Most",
            "Woda – szanse i ryzyka",
            [("Anna Nowak", None, "Fundacja Most")],
        ),
        ("Rejestracja – recepcja hotelu", "Rejestracja – recepcja hotelu", []),
        ("Jan Lis (Instytut Rzek), „Rzeka wraca”", "Rzeka wraca", [("Jan Lis", None, "Instytut Rzek")]),
        ("Otwarcie – Wójt Gminy Adam Kos", "Otwarcie", [("Adam Kos", "Wójt Gminy", None)]),
        ("Otwarcie – prof. dr hab. inż. Ewa Wąs, prorektorka", "Otwarcie", [("Ewa Wąs", "prorektorka", None)]),
        ("Spotkanie z Anną Nowak", "Spotkanie z Anną Nowak", []),
        ("Utwory – Henryka Dudy", "Utwory – Henryka Dudy", []),
        ("Debata, moderator: Iga Kreda", "Debata", [("Iga Kreda", "moderator", None)]),
        (
            "Debata, moderator: Iga Kreda, paneliści: arch. Ewa Wąs (Klub Łąk), Jan Lis",
            "Debata",
            [("Iga Kreda", "moderator", None), ("Ewa Wąs", None, "Klub Łąk"), ("Jan Lis", None, None)],
        ),
        ("Łąki – Jan Lis, Ewa Wąs (Klub Łąk)", "Łąki", [("Jan Lis", None, None), ("Ewa Wąs", None, "Klub Łąk")]),
        ("Łąki – Ewa Wąs, Ministerstwo Łąk", "Łąki", [("Ewa Wąs", None, "Ministerstwo Łąk")]),
        ("Łąki – Ewa Wąs, ministra łąk", "Łąki", [("Ewa Wąs", "ministra łąk", None)]),
    ],
)
def test_title_and_people_are_parted(words: str, title: str, people: list[tuple[str, str | None, str | None]]) -> None:
    found = split(words)

    assert [(person.name, person.role, person.organisation) for person in found.people] == people or title == words
    if title != words:
        assert words[found.start : found.end].strip(" „”") == title


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Dorotą Zielińską", "Dorota Zielińska"),
        ("Markiem Zielińskim", "Marek Zieliński"),
        ("Adamem Nowakiem", "Adam Nowak"),
        ("Anną Nowak", "Anna Nowak"),
        ("Biurem Fundacji", None),
    ],
)
def test_name_after_a_preposition_goes_to_the_nominative(words: str, plain: str | None) -> None:
    assert to_nominative(words) == plain


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Uniwersytecie Jesionowym, ul. Lipowa 1", "Uniwersytet Jesionowy, ul. Lipowa 1"),
        ("Sali Kominkowej Pałacu Olszany", "Sala Kominkowa Pałacu Olszany"),
        ("Leśnym Centrum Edukacji", "Leśne Centrum Edukacji"),
        ("Ratuszu, Rynek 1, Olsza", "Ratusz, Rynek 1, Olsza"),
        ("Miejskiej Bibliotece, Nowej 5", "Miejska Biblioteka, Nowej 5"),
        ("Hotel, Nowa 5", "Hotel, Nowa 5"),
        ("Urzędzie Miasta", "Urząd Miasta"),
        ("Hotel Jodła", "Hotel Jodła"),
        ("ul. Miła 9", "ul. Miła 9"),
    ],
)
def test_place_goes_to_the_nominative(words: str, plain: str) -> None:
    assert nominative(words) == plain


@pytest.mark.parametrize(
    ("name", "title", "kind"),
    [
        (
            "Formularz zgłoszeniowy – do regulaminu z 10.07.2017Powrót do Aktualności →",
            "Formularz zgłoszeniowy – do regulaminu z 10.07.2017",
            "form",
        ),
        ("Zaproszenie_wizyta_27-28__", "Zaproszenie wizyta 27-28", "invitation"),
        ("REGULAMIN z dnia 10.07.2017", "REGULAMIN z dnia 10.07.2017", "regulations"),
        ("Program konferencji (PDF, 220 KB)", "Program konferencji", "programme"),
        ("Zał. nr 2 – Karta zgłoszenia.docx", "Zał. nr 2 – Karta zgłoszenia", "form"),
        ("plakat.jpg", "plakat", "other"),
    ],
)
def test_attachment_has_a_clean_title_and_the_kind_of_its_first_keyword(name: str, title: str, kind: str) -> None:
    assert clean_title(name) == title
    assert kind_of_paper(title) == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Rejestracja uczestników", "registration"),
        ("Przerwa kawowa", "break"),
        ("Otwarcie konferencji", "opening"),
        ("Podsumowanie i zakończenie", "closing"),
        ("Przejazd do Lipnicy", "travel"),
        ("Wizyta w zakładzie", "visit"),
        ("Woda i las", "session"),
        ("Lunch", "break"),
    ],
)
def test_kind_of_a_session_follows_from_its_first_words(title: str, kind: str) -> None:
    assert kind_of(fold(title)) == kind


def test_year_of_the_publication_is_marked_as_inferred() -> None:
    reading = read_text("Spotkanie odbędzie się 3 marca o godz. 10.00.", published=date(2021, 2, 1))

    assert reading.event_start is not None
    assert (reading.event_start.value, reading.event_start.inferred) == ("2021-03-03T10:00", True)
    assert [warning.code for warning in reading.warnings] == ["year_inferred"]


def test_year_that_nothing_tells_stays_untold() -> None:
    reading = read_text("Spotkanie odbędzie się 3 marca o godz. 10.00.")

    assert reading.event_start is None
    assert [warning.code for warning in reading.warnings] == ["year_missing"]


def test_stated_hours_that_disagree_with_the_programme_are_told_not_resolved() -> None:
    reading = read_text(
        "Termin: 4 maja 2021 r., godz. 10.00-12.00\nProgram\n9.30-10.00 Rejestracja\n10.00-12.30 Rozmowy\n"
    )
    answer = reading.as_json("en")

    assert (answer["event_start"], answer["event_end"]) == ("2021-05-04T10:00", "2021-05-04T12:00")
    assert answer["warnings"] == [
        {
            "code": "hours_disagree",
            "message": "The programme runs 09:30–12:30, the text says 10:00–12:00. Check which hours are right.",
            "where": "4 maja 2021 r., godz. 10.00-12.00",
        }
    ]


def test_json_has_exactly_the_keys_of_the_format() -> None:
    answer = read_text("Program 4 maja 2021 r.\n9.00 Woda – Anna Nowak\n10.00 Las\nRegulamin.pdf").as_json()

    assert list(answer) == [
        "title",
        "event_start",
        "event_end",
        "all_day",
        "venue",
        "online",
        "audience",
        "registration_deadline",
        "registration_url",
        "contact_names",
        "contact_emails",
        "contact_phones",
        "attachments",
        "programme",
        "warnings",
    ]
    assert [list(line) for line in answer["programme"]] == [
        ["day", "start", "end", "title", "speakers", "people", "track", "kind"]
    ] * 2
    assert answer["programme"][0]["people"] == [{"name": "Anna Nowak", "role": None, "organisation": None}]
    assert [list(paper) for paper in answer["attachments"]] == [["title", "kind"]]


def test_hidden_address_is_told_and_not_stored() -> None:
    reading = read_text("Zapisy na spotkanie 4 maja 2021 r.: [email protected]")

    assert reading.contact_emails == []
    assert [warning.code for warning in reading.warnings if warning.code == "email_hidden"] == ["email_hidden"]


@pytest.mark.parametrize(
    "text",
    [
        "Kurs haftu\n5 maja 2024 r.\n\nNici na miejscu.",
        "Kurs haftu\nLipnica, 5 maja 2024 r.\n\nProgram\n9.00 Powitanie\n10.00 Haft",
    ],
)
def test_day_alone_under_the_title_is_inferred(text: str) -> None:
    reading = read_text(text)

    assert reading.event_start is not None
    assert (reading.event_start.value, reading.event_start.inferred) == ("2024-05-05", True)
    assert reading.published is None


def test_day_alone_stays_the_publication_where_the_text_tells_another() -> None:
    reading = read_text("Kurs haftu\n5 maja 2024 r.\n\nKurs odbędzie się 9 maja 2024 r.")

    assert reading.event_start is not None
    assert reading.published is not None
    assert (reading.event_start.value, reading.event_start.inferred) == ("2024-05-09", False)
    assert reading.published.value == "2024-05-05"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("KONFERENCJA\n„Łąki”\n5 maja", "KONFERENCJA „Łąki”"),
        ("FORUM\n\n„Łąki wiosną”\n5 maja", "FORUM „Łąki wiosną”"),
        ("KONFERENCJA\n5 maja, „Łąki”", "KONFERENCJA"),
        ("Konferencja o łąkach w dolinie\n„Łąki wiosną”", "Konferencja o łąkach w dolinie"),
        ("Spotkanie\n\nProgram\n9.00 Rejestracja\n10.00 Debata\nKonferencja – uczestnicy: Jan Lis", "Spotkanie"),
    ],
)
def test_title_is_not_of_the_programme_and_takes_its_quoted_name(text: str, title: str) -> None:
    reading = read_text(text)

    assert reading.title is not None
    assert reading.title.value == title


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Narada odbędzie się 14 listopada 2024 r. od 9 do 15 w remizie.", "2024-11-14T09:00", "2024-11-14T15:00"),
        ("Narada odbędzie się 14.11.2024 (czwartek), od 9 do 15.", "2024-11-14T09:00", "2024-11-14T15:00"),
        (
            "The meeting takes place on 14 May 2024 from 9 to 15 in the Town Hall.",
            "2024-05-14T09:00",
            "2024-05-14T15:00",
        ),
        ("Narada odbędzie się 14 listopada 2024 r. od 9 do 15 osób na grupę.", "2024-11-14", None),
        ("Narada odbędzie się 14 listopada 2024 r. od 15 do 9 w remizie.", "2024-11-14", None),
        ("Narada odbędzie się 14 listopada 2024 r. Zgłoszenia od 9 do 15.", "2024-11-14", None),
        ("Narada 14 listopada 2024 r. odbędzie się w remizie. Tel. 601-234-567, od 9 do 15.", "2024-11-14", None),
    ],
)
def test_whole_hours_right_after_a_date_are_its_hours(text: str, start: str, end: str | None) -> None:
    reading = read_text(text)

    assert reading.event_start is not None
    assert reading.event_start.value == start
    assert (reading.event_end.value if reading.event_end else None) == end


def test_contact_is_named_once() -> None:
    reading = read_text("Spotkanie 3 maja 2024 r.\nOsoba do kontaktu: Jan Adam Kosa, e-mail: jan@kosa.example.org")

    assert [name.value for name in reading.contact_names] == ["Jan Adam Kosa"]


@pytest.mark.parametrize(
    ("text", "venue", "online"),
    [
        (
            "Conference, 4 May 2024, 10.00, Katowice (Old Brewery, Mill Lane 4) and on Zoom.",
            "Katowice (Old Brewery, Mill Lane 4)",
            True,
        ),
        (
            "Conference, 4 May 2024, 10.00, Otterby (Old Brewery, Mill Lane 4).",
            "Otterby (Old Brewery, Mill Lane 4)",
            False,
        ),
        ("Conference, 4 May 2024, 10.00, Otterby (Bring a Flask).", None, None),
    ],
)
def test_town_with_its_address_in_brackets_is_the_venue(text: str, venue: str | None, online: bool | None) -> None:
    reading = read_text(text)

    assert (reading.venue.value if reading.venue else None) == venue
    assert (reading.online.value if reading.online else None) is online
