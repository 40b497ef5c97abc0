"""Step 3a: the lines of a programme one by one: an hour at the head, a heading of a day or of a track, a full stop.

Everything here looks at one line (its text with dates masked) and says what it is; ``agenda.py`` puts them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from wagtail_newsroom.news.reader.dates.written_times import BARE_END, read_clock
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import LONG_WEEKDAYS, ORDINALS, WEEKDAYS

_CLOCK = r"(?:[01]?\d|2[0-4]) ?[.:] ?[0-5]\d(?!\d)"
_HOUR = r"(?:[01]?\d|2[0-4])"
_SQUASHED = r"(?:[6-9]|1\d|2[0-3])[0-5][05]"
_HALF = r"(?: ?(?P<{}>[ap]\.?m\b\.?))?"
_ABOUT = r"(?:ok\.?|okolo|ca\.?|approx\.?|about|around|from|od|ok\.? ?godz\.?)"
_CUE = r"(?:(?:w )?godz(?:inach|ina|iny|inie|\.)?|g\.|h\.?)[: ]{0,2}"
_TO = r"[\s]{0,4}(?:[-–]{1,2}|do\b|to\b|/|\t| {1,3}(?=\d))[\s]{0,4}(?:ok\.? ?)?(?:godz\.? ?)?"
_LEAD = r"^[ \t•*\-–>|]{0,24}(?:\d{1,2}[.)]?[ ]?\t[ ]?)?"
_END = r"\.?\)?\]?\s{0,3}(?:hrs\b|h\b|godz\.?(?=\s)|\(\d{1,3} ?min\.?\))?[ \t]{0,40}[-–:|.,;)/•\t ]{0,24}"

_HEAD = re.compile(
    rf"{_LEAD}(?P<about>{_ABOUT}\s{{0,3}})?(?P<cue>{_CUE})?(?:od\s|from\s)?[(\[]?"
    rf"(?:(?P<begins>{_CLOCK}){_HALF.format('half')}\.?(?:{_TO}(?P<ends>{_CLOCK}|{_HOUR}(?= ?[ap]\.?m\b)){_HALF.format('half2')}(?![.:]?\d))?"
    rf"|(?P<begins2>{_HOUR})\s?[-–]\s?(?P<ends2>{_CLOCK}){_HALF.format('half3')}"
    rf"|(?P<begins3>{_SQUASHED})\s?[-–]\s?(?P<ends3>{_SQUASHED})(?![\d.])"
    rf"|(?P<begins4>{_HOUR})(?: ?(?P<half4>[ap]\.?m\b\.?))(?:{_TO}(?P<ends4>{_HOUR}(?:[.:][0-5]\d)?) ?(?P<half5>[ap]\.?m\b\.?))?){_END}"
)
_CUED_HEAD = re.compile(
    rf"{_LEAD}(?P<about>{_ABOUT}\s{{0,3}})?(?P<cue>{_CUE})(?P<begins>{_SQUASHED}|{_HOUR})(?![\d.:])(?:{_TO}(?P<ends>{_SQUASHED}|{_HOUR})(?![\d.:]))?{_END}"
)
_TO_WHOLE_HOUR = re.compile(
    rf"{_LEAD}(?P<about>{_ABOUT}\s{{0,3}})?(?P<cue>{_CUE})?(?:od\s|from\s)?[(\[]?(?P<begins>{_CLOCK})(?P<dash>[ \t]{{0,3}}[-–][ \t]{{0,3}})(?P<ends>{BARE_END}){_END}"
)
_TAIL = re.compile(
    rf"[\s(\[–,;:|\t-]{{1,20}}(?:{_CUE})?(?P<begins>{_CLOCK})(?:{_TO}(?P<ends>{_CLOCK}))?[)\]\s.]{{0,6}}$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The hours at the head (or the tail) of a line, and where its words stand."""

    begins: time
    ends: time | None
    start: int
    end: int  # of the hours with their signs
    words: tuple[int, int]
    cued: bool = False


def head_of(page: Page, start: int, end: int) -> Head | None:
    """Read the hours at the head of a line."""
    line = page.masked[start:end]
    match = _to_whole_hour(line, page.text[start:end]) or _HEAD.match(line) or _CUED_HEAD.match(line)
    if not match:
        return None
    groups = match.groupdict()
    begins_text = next((groups[key] for key in ("begins", "begins2", "begins3", "begins4") if groups.get(key)), None)
    ends_text = next((groups[key] for key in ("ends", "ends2", "ends3", "ends4") if groups.get(key)), None)
    if begins_text is None:
        return None
    half2 = groups.get("half2") or groups.get("half3") or groups.get("half5")
    half = groups.get("half") or groups.get("half4") or half2
    cued = bool(groups.get("cue"))
    if re.search(r"\s", begins_text.strip()) and not cued and not ends_text:
        return None  # "1. 10 najlepszych" counts, it does not clock
    begins, ends = read_clock(begins_text, half), read_clock(ends_text, half2) if ends_text else None
    if begins is None or (ends_text and ends is None):
        return None
    if ends and half2 and not (groups.get("half") or groups.get("half4")) and begins > ends:
        begins = read_clock(begins_text, "am") or begins
    first_digit = re.search(r"\d", line[match.start("about") if groups.get("about") else 0 :])
    lead = next((match.start(key) for key in ("about", "cue") if groups.get(key)), None)
    at = (
        lead
        if lead is not None
        else match.start(next(key for key in ("begins", "begins2", "begins3", "begins4") if groups.get(key)))
    )
    if first_digit is None:
        return None
    if re.match(r"[a-z]", line[match.end() : match.end() + 1]) and re.search(r"\d$", line[: match.end()]):
        return None  # "10.30r", "12.00zl"
    last = max(match.end(key) for key, value in groups.items() if value is not None)
    return Head(begins, ends, start + at, start + last, (start + match.end(), end), cued)


def _to_whole_hour(line: str, text: str) -> re.Match[str] | None:
    """``11.30-12 Przerwa``, ``9.30 – 11 Warsztaty``; but ``10.00 – 12 zasad dialogu`` counts what follows the dash."""
    match = _TO_WHOLE_HOUR.match(line)
    if not match:
        return None
    begins, hour = read_clock(match["begins"]), int(match["ends"])
    if begins is None or hour <= begins.hour:
        return None
    counts = " " in match["dash"] and text[match.end() : match.end() + 1].islower()
    return None if counts and match.end() == match.end("ends") + 1 else match


def tail_of(masked: str, start: int, end: int) -> Head | None:
    """Read the hours at the end of a line: ``Rejestracja – 9.00-9.30``."""
    line = masked[start:end]
    match = _TAIL.search(line, max(0, len(line) - 60))
    if not match or not re.match(r"[\s•*–-]*[a-z\"]", line):
        return None
    begins, ends = read_clock(match["begins"]), read_clock(match["ends"]) if match["ends"] else None
    if begins is None or re.search(r"\bgodz|\bdo$|\bod$|\x00", line[: match.start()]):
        return None
    return Head(begins, ends, start + match.start("begins"), end, (start, start + match.start()))


_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_DAY = re.compile(
    rf"^[\s•*#=_–-]{{0,12}}(?:program (?:na )?)?(?:(?:dzien|day|dnia)\s{{1,3}}(?P<after>{_ORDINAL})\b|(?P<before>{_ORDINAL})\s{{1,3}}(?:dzien|day)\b)"
)
_TRACK = re.compile(
    r"^[\s•*#=_–-]{0,12}(?:(?:program|plan|harmonogram)(?: dla)? )?(?P<strong>grup[ay]|sciezk[ai]|group|track|stream)\s{0,3}(?:(?:nr )?(?:[ivx]{1,4}|\d{1,2}|[a-h]|[\"][^\"]{2,40}[\"]|[-–:]\s?\S)(?=[\s.:,)–-]|$|\S))"
    r"|^[\s•*#=_–-]{0,12}(?P<weak>blok|panel|sesja|sekcja|warsztat|warsztaty|sala|room|session|workshop|parallel session|modul|czesc|strefa|scena|stage)(?: \w{3,14})?\s{0,3}(?:nr )?(?P<mark>[ivx]{1,4}|\d{1,2}|[a-h]|pierwsz[aey]|drug[aie]|trzeci[ae]?)(?=[\s.:,)–-]|$)"
)
_COMMON = re.compile(
    r"^[\s•*#=_–-]{0,12}(?:czesc wspolna|sesja plenarna|plenum|wspolna czesc|wszystkie grupy|obie grupy|wszyscy uczestnicy|wspolnie\b|plenary|all groups|both groups|dla wszystkich)"
)
PROGRAMME = re.compile(
    r"^[\s•*#=_–-]{0,12}(?:ramowy |szczegolowy |wstepny |proponowany |draft |preliminary )?(?:program\b|programme\b|plan (?:dnia|spotkania|szkolenia|warsztat|konferencji|wizyty|pobytu|wydarzenia)|agenda\b|harmonogram\b|w programie\b|przebieg\b|porzadek (?:obrad|spotkania|dnia)|schedule\b|timetable\b|rozklad dnia)"
)
STOP = re.compile(
    r"^[\s•*#=_–-]{0,12}(?:zglosz|zgloszen|zaprasz|serdecznie|kontakt|organizator|wspolorganizator|partner(?:zy|em|:)|patron|uwaga|udzial (?:w|jest|bezp)|uczestnictwo|prosimy|prosze|liczba miejsc|ilosc miejsc|szczegol|wiecej|informacj|regulamin|formularz|"
    r"link\b|zalacznik|do pobrania|pliki|z powazaniem|z wyrazami|pozdraw|zastrzega|organizatorzy|sfinansowan|wspolfinans|dofinansow|projekt (?:jest|wspol|dofin|realiz|pn|finans)|zadanie (?:jest|wspol|publ)|wydarzenie (?:jest|wspol|odb)|spotkanie (?:jest|odb)|konferencja (?:jest|odb|ma)|szkolenie (?:jest|odb)|"
    r"rejestracja (?:na|jest|trwa|odbywa|do|uczestnikow (?:do|na))|zapis[yz]|wstep|koszt|cena|oplata|miejsce|termin\b|data\b|adres\b|osob[ay] do kontaktu|rsvp|decyduje|do zobaczenia|czekamy|nie zwlekaj|podczas|w trakcie (?:spotkania|konferencji|wydarzenia)|dla uczestnikow|mamy nadzieje|powrot do (?:aktualn|listy|strony)|wroc|drukuj|udostepnij|poprzedni|nastepn|tagi|"
    r"moze cie|czytaj|zobacz (?:tez|takze)|please|contact|register|registration (?:is|for|closes|deadline|link)|to register|we look forward|organi[sz]ed by|organi[sz]er|for more|for further|more information|further info|the event is|venue|supported by|funded by|attachments?|how to|questions|admission|best regards|kind regards|yours|https?:|www\.|tel\b|e-?mail|klauzul|administrator|rodo\b|galeria|fot\b|foto\b|tlumaczenie|dostepnosc)"
)
_WEEKDAY_ONLY = re.compile(
    r"^[\s•*#=_–-]{0,12}(?P<day>" + "|".join(sorted(LONG_WEEKDAYS, key=len, reverse=True)) + r")[\s:.–-]{0,6}$"
)
OPENING_HOURS = re.compile(
    r"godzin\w{0,3} (?:otwarcia|pracy|urzedowania|przyjec)|opening hours|rozklad jazdy|czynn[aey]\b|przyjmowania (?:stron|interesant)|godziny dostepnosci|dyzury aptek|odjazd\w{0,2} autobus"
)
WEEKDAY_WORDS = re.compile(r"\b(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b\.?")


@dataclass(frozen=True, slots=True)
class DayHeading:
    """A line that begins a day: its number, its date (positions of a term) or its weekday."""

    number: int | None = None
    weekday: int | None = None
    dated: bool = False


def day_heading(folded: str, masked: str, start: int, end: int) -> DayHeading | None:
    """Tell whether a line is the heading of a day."""
    line = folded[start:end]
    if len(line) > 140:
        return None
    dated = "\x00" in masked[start:end]
    numbered = _DAY.match(line)
    if numbered and not re.match(r"\w", line[numbered.end() : numbered.end() + 1]):
        number = ORDINALS[numbered["after"] or numbered["before"]]
        rest = line[numbered.end() :]
        if dated or (len(rest.strip()) < 90 and not re.search(r"[.!?]\s*$", rest.strip())) or len(rest.strip()) < 3:
            return DayHeading(number, dated=dated)
    weekday = _WEEKDAY_ONLY.match(line)
    if weekday:
        return DayHeading(weekday=LONG_WEEKDAYS[weekday["day"]])
    if dated and len(line.strip()) <= 90 and _only_a_date(masked[start:end]):
        return DayHeading(dated=True)
    return None


def _only_a_date(masked_line: str) -> bool:
    if len(re.findall(r"\x00+", masked_line)) > 1:
        return False
    rest = WEEKDAY_WORDS.sub(" ", masked_line.replace("\x00", " "))
    rest = PROGRAMME.sub(" ", rest.strip())
    rest = re.sub(
        r"\b(?:w dniu|dnia|dzien|r|roku|godz|program|data|date|day|spotkania|konferencji|wizyty|szkolenia|na|the|of|on)\b",
        " ",
        rest,
    )
    before_place = re.split(r"\s[-–|]\s|,", rest)[0]
    return (
        sum(letter.isalnum() for letter in before_place) <= 2
        and sum(letter.isalnum() for letter in rest) <= 45
        and not re.search(r"\d{1,2}[.:]\d\d", rest)
    )


@dataclass(frozen=True, slots=True)
class TrackHeading:
    """A line that begins a group or a block; a weak one is a track only where it runs beside another."""

    name: tuple[int, int] | None
    strong: bool


def track_heading(folded: str, start: int, end: int) -> TrackHeading | None:
    """Tell whether a line is the heading of a track (or ends one: "część wspólna")."""
    line = folded[start:end]
    if len(line.strip()) > 110 or not line.strip():
        return None
    if _COMMON.match(line):
        return TrackHeading(None, strong=True)
    labelled = re.match(r"^[ \t•*]*(?:sciezka|track)\s?:\s*(?=\S)", line)
    if labelled:
        return TrackHeading((start + labelled.end(), start + len(line.rstrip())), strong=True)
    match = _TRACK.match(line)
    if not match or (re.search(r"[.!?]\s*$", line) and len(line) > 60):
        return None
    lead = len(line) - len(line.lstrip(" \t•*#=_–-"))
    tail = len(line.rstrip(" \t:;–-=_*#"))
    return TrackHeading((start + lead, start + tail), strong=bool(match["strong"]))
