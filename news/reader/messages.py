"""What the reader says, by code and language: a small table, so that the library needs no translation machinery."""

from __future__ import annotations

from typing import Any

LANGUAGES = ("pl", "en")

_TABLE: dict[str, tuple[str, str]] = {
    # Warnings
    "hours_disagree": (
        "Program trwa {programme}, a w treści podano {stated}. Sprawdź, które godziny są właściwe.",
        "The programme runs {programme}, the text says {stated}. Check which hours are right.",
    ),
    "year_inferred": (
        "W tekście nie ma roku przy dacie „{words}”; przyjęto {year}. Sprawdź go.",
        "The text tells no year with “{words}”; {year} was taken. Check it.",
    ),
    "year_missing": (
        "Nie wiadomo, którego roku dotyczy data „{words}”. Podaj rok.",
        "Nothing tells the year of “{words}”. Enter the year.",
    ),
    "weekday_disagrees": (
        "Data „{words}” to {real}, a w tekście jest {told}. Sprawdź datę.",
        "“{words}” is a {real}, the text says {told}. Check the date.",
    ),
    "email_hidden": (
        "Adres e-mail jest w tekście ukryty. Wpisz go ręcznie.",
        "An e-mail address is hidden in the text. Enter it by hand.",
    ),
    "end_missing": (
        "Punkty programu bez godziny zakończenia: {count}. Pierwszy: „{words}”.",
        "Sessions without an end: {count}. The first: “{words}”.",
    ),
    "end_before_start": (
        "Punkt „{words}” kończy się przed swoim początkiem. Sprawdź godziny.",
        "“{words}” ends before it begins. Check its hours.",
    ),
    "day_unknown": (
        "Nie wiadomo, którego dnia odbywają się punkty programu: {count}. Pierwszy: „{words}”.",
        "Nothing tells the day of {count} session(s). The first: “{words}”.",
    ),
    "day_outside_event": (
        "Dzień programu ({words}) leży poza terminem wydarzenia ({term}).",
        "A day of the programme ({words}) lies outside the event's dates ({term}).",
    ),
    "deadline_after_event": (
        "Termin zgłoszeń ({deadline}) przypada po rozpoczęciu wydarzenia ({event}). Sprawdź obie daty.",
        "The deadline ({deadline}) is after the event begins ({event}). Check both dates.",
    ),
    "report": (
        "To wygląda na relację z wydarzenia, które już się odbyło.",
        "This looks like a report of an event that has taken place.",
    ),
    "mojibake": (
        "Polskie litery były zapisane w złym kodowaniu i zostały poprawione. Sprawdź nazwiska.",
        "Polish letters were in the wrong encoding and have been mended. Check the names.",
    ),
    "no_event": (
        "Nie znaleziono terminu wydarzenia. Podaj go ręcznie.",
        "No date of an event was found. Enter it by hand.",
    ),
    "no_agenda_hours": (
        "W tekście nie ma godzin, więc nie odczytano programu.",
        "The text tells no hours, so no programme was read.",
    ),
    "too_many_sessions": (
        "Odczytano pierwsze {count} punktów programu; dalsze pominięto.",
        "The first {count} sessions were read; the rest was left out.",
    ),
    "pages_left_out": (
        "Odczytano pierwsze {count} stron pliku; dalsze pominięto.",
        "The first {count} pages of the file were read; the rest was left out.",
    ),
    # Files and texts that cannot be read
    "empty": (
        "Plik jest pusty albo nie ma w nim tekstu. Wybierz inny plik albo wklej treść.",
        "The file is empty or holds no text. Choose another file or paste the text.",
    ),
    "picture": (
        "To jest obraz; nie da się z niego odczytać tekstu. Wklej treść zaproszenia albo wybierz plik z tekstem.",
        "This is a picture; no text can be read from it. Paste the invitation or choose a file with text.",
    ),
    "scan": (
        "Ten PDF zawiera tylko obrazy stron (skan), bez tekstu. Wklej treść albo poproś o plik z tekstem.",
        "This PDF holds only pictures of pages (a scan) and no text. Paste the text or ask for a file with text.",
    ),
    "too_large": (
        "Plik jest za duży: {size} MB, a odczytać można najwyżej {limit} MB. Wklej samo zaproszenie.",
        "The file is too large: {size} MB, at most {limit} MB can be read. Paste the invitation alone.",
    ),
    "too_long": (
        "Tekst jest za długi jak na zaproszenie: {size} znaków, a odczytać można najwyżej {limit}. Wklej samo zaproszenie z programem.",
        "The text is too long for an invitation: {size} characters, at most {limit} can be read. Paste the invitation and its programme alone.",
    ),
    "story_too_long": (
        "Tekst jest za długi: {size} znaków, a odczytać można najwyżej {limit}. Podziel go na części.",
        "The text is too long: {size} characters, at most {limit} can be read. Divide it into parts.",
    ),
    "not_text": (
        "Ten plik nie zawiera tekstu, który da się odczytać. Wklej treść albo wybierz plik TXT, HTML, DOCX, ODT, PDF lub EML.",
        "This file holds no text that can be read. Paste the text or choose a TXT, HTML, DOCX, ODT, PDF or EML file.",
    ),
    "unsupported": (
        "Plików tego rodzaju ({kind}) nie da się odczytać. Zapisz plik jako DOCX, ODT, PDF albo TXT i spróbuj ponownie.",
        "Files of this kind ({kind}) cannot be read. Save the file as DOCX, ODT, PDF or TXT and try again.",
    ),
    "broken": (
        "Plik jest uszkodzony i nie da się go otworzyć. Poproś o nowy plik albo wklej treść.",
        "The file is damaged and cannot be opened. Ask for a new one or paste the text.",
    ),
    "protected": (
        "Plik jest zabezpieczony hasłem. Zapisz go bez hasła albo wklej treść.",
        "The file is protected by a password. Save it without one or paste the text.",
    ),
    "suspicious": (
        "Plik jest zbudowany w niebezpieczny sposób i nie został otwarty. Zapisz go ponownie w edytorze albo wklej treść.",
        "The file is built in an unsafe way and was not opened. Save it again in an editor or paste the text.",
    ),
}

WEEKDAY_NAMES = {
    "pl": ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def message(code: str, params: dict[str, Any] | None = None, language: str = "pl") -> str:
    """Return the message of a code in a language; a weekday among the parameters is given by its number."""
    language = language if language in LANGUAGES else "en"
    filled = {
        key: WEEKDAY_NAMES[language][value] if key in {"told", "real"} and isinstance(value, int) else value
        for key, value in (params or {}).items()
    }
    return _TABLE[code][LANGUAGES.index(language)].format(**filled)


def codes() -> list[str]:
    """Return every code there is."""
    return list(_TABLE)
