"""Words as a search compares them: whatever their form, their diacritics and their notation."""

import itertools

import pytest

from wagtail_newsroom.news.search.words import Asked, asked, fold, indexed, marks
from wagtail_newsroom.news.search.words.matches import All, Either, Match, Run, Token
from wagtail_newsroom.news.search.words.widening import widened


def finds(question: str, text: str, language: str = "pl") -> bool:
    """Whether the whole question is answered by what an index has of the text."""
    tokens = indexed(text, language).split()
    groups = asked(question, language).groups
    return bool(groups) and all(_is_in(group.match, tokens) for group in groups)


def _is_in(match: Match, tokens: list[str]) -> bool:
    if isinstance(match, Token):
        return match.text in tokens
    if isinstance(match, Run):
        length = len(match.texts)
        return any(tuple(tokens[at : at + length]) == match.texts for at in range(len(tokens)))
    if isinstance(match, All):
        return all(_is_in(part, tokens) for part in match.parts)
    assert isinstance(match, Either)
    return any(_is_in(part, tokens) for part in match.parts)


@pytest.mark.parametrize(
    "forms",
    [
        ("usługi społeczne", "usług społecznych", "usługom społecznym", "uslug spolecznych"),
        ("konferencja", "konferencję", "konferencji", "konferencje", "KONFERENCJAMI", "konferencje"),
        ("Łódź", "w Łodzi", "lodz", "Łodzią", "łodzi"),
        ("wizyta studyjna", "wizytę studyjną", "wizyt studyjnych", "wizyte studyjna"),
        ("deinstytucjonalizacja", "deinstytucjonalizacji", "deinstytucjonalizację", "deinstytucjonalizacje"),
        ("webinar", "webinarze", "webinarów", "webinary"),
        ("OWES", "OWES-u", "OWESu", "OWES-ami", "owes"),
        ("12 marca 2026", "12.03.2026", "12 marca 2026 r.", "2026-03-12", "11-13 marca 2026 r.", "12 marca"),
        ("marzec 2021", "w marcu 2021 r.", "marca 2021 roku"),
        ("art. 19 ust. 2", "art.19 ust.2", "artykułu 19 ustęp 2", "art. 19 ust. 2"),
        ("7.5", "7,5"),
        ("10 000 zł", "10000 zł", "10\u00a0000 zł"),
        ("lata 2021-2027", "lat 2021–2027", "lata 2021—2027"),
        ("społeczno-gospodarczy", "społeczno-gospodarczego", "społeczno–gospodarczych"),
        ("e-mail", "email", "E-MAIL"),
        ("prze\u00adtarg", "przetargu", "prze\u2060targi"),
        ("Kennedy'ego", "Kennedy", "Kennedy’emu"),
        ("Kowalczyk", "Kowalczyka", "Kowalczykiem"),
        ("допомога", "Допомога"),
    ],
)
def test_every_form_finds_every_other(forms: tuple[str, ...]) -> None:
    missed = [
        (one, other) for one, other in itertools.permutations(forms, 2) if not finds(one, f"Na początku {other}!")
    ]
    # The day without its year says less than the day with it.
    assert [pair for pair in missed if pair[1] != "12 marca"] == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("sąd", "Stary sad pod lasem"),
        ("7", "wydatek 7.5 procent"),
        ("art. 19", "art. 20 oraz 19 osób"),
        ("12 marca", "12 kwietnia i marzec"),
        ("marzec 2021", "marzec 2022"),
        ('"usługi społeczne"', "usług społecznych"),
        ('"pracy w domu"', "pracy i w domu"),
        ("MOPS", "mopy"),
        ("konferencja", "konferansjer"),
    ],
)
def test_another_word_is_not_found(question: str, text: str) -> None:
    assert not finds(question, text)


@pytest.mark.parametrize("day", ["5 marca 2021", "5.03.2021", "2021-03-05", "od 27 lutego do 2 marca 2021 r."])
def test_month_finds_its_days(day: str) -> None:
    assert finds("marzec 2021", f"Spotkanie: {day}, godz. 10")
    assert not finds(day, "Spotkanie w marcu 2021")


def test_english_goes_by_english_stems() -> None:
    assert finds("meetings", "A meeting was held", "en")
    assert not finds("meets", "Meteorology", "en")


def test_quotation_keeps_small_words_and_order() -> None:
    assert finds('"pomoc dla rodzin"', "Pomoc dla rodzin z dziećmi")
    assert not finds('"pomoc dla rodzin"', "Dla rodzin pomoc")
    assert [group.typed for group in asked('plan "pomoc dla rodzin"').phrases] == ["pomoc dla rodzin"]


def test_small_words_of_a_question_are_dropped_and_named() -> None:
    question = asked("do kiedy można zgłosić się na wizytę studyjną?", "pl")
    assert [group.typed for group in question.groups] == ["zgłosić", "wizytę", "studyjną"]
    assert question.dropped == ("do", "kiedy", "można", "się", "na")
    assert [group.typed for group in question.needed] == ["wizytę", "studyjną"]


def test_verb_of_a_whole_question_finds_its_noun() -> None:
    assert finds("jak ubezpieczyć wolontariusza?", "Ubezpieczenie wolontariuszy")
    assert finds("jak ubezpieczyc wolontariusza", "Ubezpieczenie wolontariuszy")
    assert not finds("ubezpieczyć wolontariusza", "Ubezpieczenie wolontariuszy")


def test_one_of_four_things_may_be_missing() -> None:
    tokens = indexed("Dotacje na nowe miejsca pracy", "pl").split()
    assert _is_in(asked("dotacje nowe miejsca pracy kosmos", "pl").match, tokens)
    assert not _is_in(asked("dotacje kosmos pracy", "pl").match, tokens)
    assert not _is_in(asked('"nowe miejsca" pracy dotacje kosmos rakieta', "pl").match, tokens)


def test_question_of_small_words_alone_looks_for_them() -> None:
    assert [group.typed for group in asked("jak i co", "pl").groups] == ["jak", "i", "co"]


def test_short_name_and_what_it_stands_for_find_each_other() -> None:
    tokens = indexed("Ośrodków wsparcia ekonomii społecznej jest osiem", "pl").split()
    short = indexed("OWES-y zapraszają", "pl").split()
    for question in ("owesu", "ośrodki wsparcia ekonomii społecznej"):
        groups = asked(question, "pl").groups
        assert all(_is_in(group.match, tokens) for group in groups), question
        assert all(_is_in(group.match, short) for group in groups), question


def test_own_glossary_stands_in_for_the_one_that_comes_along() -> None:
    groups = asked("LGD", "pl", glossary={"LGD": ["lokalna grupa działania"]}).groups
    assert all(_is_in(group.match, indexed("Lokalnych grup działania", "pl").split()) for group in groups)
    assert len(asked("ośrodek wsparcia ekonomii społecznej", "pl", glossary={}).groups) == 4


def test_widened_question_leaves_out_what_stands_nowhere_and_then_what_says_least() -> None:
    texts = ["Wizyta studyjna w gminie", "Wizyta kontrolna, dofinansowanie", "Jak zgłosić dofinansowanie"]
    indexes = [indexed(text, "pl").split() for text in texts]

    def count(question: Asked) -> int:
        return sum(_is_in(question.match, tokens) for tokens in indexes)

    question, dropped = widened(asked("kosmiczna wizyta studyjna", "pl"), count)
    assert ([group.typed for group in question.groups], dropped) == (["wizyta", "studyjna"], ("kosmiczna",))
    question, dropped = widened(asked("zgłosić wizyta studyjna", "pl"), count)
    assert ([group.typed for group in question.groups], dropped) == (["wizyta", "studyjna"], ("zgłosić",))
    assert widened(asked("kosmos", "pl"), count)[0].is_empty


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("usługi społeczne", "O usługach społecznych i Usługach.", ["usługach", "społecznych", "Usługach"]),
        ("lodz", "Spotkanie w Łodzi", ["Łodzi"]),
        ("12 marca", "Już 12.03.2026 r. w Sali", ["12.03.2026 r."]),
        ("art. 19", "Zgodnie z art. 19 i art. 20", ["art. 19"]),
        ('"dla rodzin"', "Rodzin: pomoc dla rodzin", ["dla rodzin"]),
        ("OWES", "Nowe OWES-y", ["OWES-y"]),
        ("e-mail", "Adres e\u2011mail i e", ["e\u2011mail"]),
        ("OWES", "Wsparcie: ośrodek wsparcia ekonomii społecznej", ["ośrodek wsparcia ekonomii społecznej"]),
        ("społeczno-gospodarczy", "Rozwój społeczno-gospodarczej i społeczny", ["społeczno-gospodarczej"]),
        ("", "Cokolwiek", []),
    ],
)
def test_words_asked_for_are_marked_in_whatever_form(question: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, asked(question, "pl"))] == marked


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "?!…", '"', '\\"', 'a "b', "\0", "x\0y", "słowo " * 20_000, "😀", "شكرا", "עברית", "a" * 100_000),
        *(
            "' OR 1=1 --",
            'NEAR("a" "b", 2)',
            "a AND NOT (b OR c)*",
            "{title}: ^x -y +z",
            "\ud800",
            "ﬁ",
            "１２",
            "§",
            "-",
            "'",
        ),
    ],
)
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    question = asked(typed, "pl", "en")
    assert isinstance(question, Asked)
    assert len(question.groups) <= 24
    assert all(token.isascii() and token.isalnum() for token in question.tokens)
    assert marks(typed[:5_000], question) is not None


def test_index_holds_nothing_but_letters_and_figures_of_ascii() -> None:
    tokens = indexed("Zażółć gęślą jaźń! 100 % 😀 ß Æ допомога 日本 a_b x\u0301 12.03.2026", "pl").split()
    assert all(token.isascii() and token.isalnum() for token in tokens)
    assert {"zazolc", "gesla", "jazn", "ss", "ae", "dopomoga", "x"} <= set(tokens)
    assert fold("Żółć\u00ad") == "zolc"
