"""Step 2c: the role of a date, by the words around it: the event, a deadline, a publication, a document.

Each rule is a row: a pattern that must end at the date (or stand in its sentence), and what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from wagtail_newsroom.news.reader.dates.written_dates import WrittenPeriod, nearest_year, with_year
from wagtail_newsroom.news.reader.text.normalise import fold
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import (
    EVENT_NOUN,
    EVENT_VERB,
    FUTURE,
    ORGANISATION,
    PAST,
    REGISTRATION,
    WEEKDAYS,
)

MOST_DATES = 300
EVENT, DEADLINE, PUBLICATION, DOCUMENT, OTHER = "event", "deadline", "publication", "document", "other"
LONE, LETTER = 1, 2  # weights of a publication that only its place tells: alone on a line, after the name of a town
LEAST_EVENT = 3  # the weight from which a date is taken for the event's

_WEEKDAY_BEFORE = (
    r"(?:(?:\b(?:" + "|".join(sorted((w for w in WEEKDAYS if len(w) > 3), key=len, reverse=True)) + r"))[, ]{0,3}\(?)?"
)
_TAIL = r"[\s:\-–(]{0,4}(?:\b(?:dnia|dniu|dniach|dzien|w dniu|w dniach|on|the)\b:?\s{0,3})?" + _WEEKDAY_BEFORE + r"$"

PUBLICATION_BEFORE = re.compile(
    r"\b(?:opublikowan[aeoy]?(?: w| dnia)?|publikacj[aei]|dodan[aeoy]|utworzon[aeoy]|utworzenia|aktualizacj[aei]|zaktualizowan[aeoy]|zmodyfikowan[aeoy]|modyfikacj[aei]|data wpisu|data dodania|zamieszczon[aeoy]|wytworzon[aeoy]|wytworzenia|udostepnion[aeoy]|udostepnienia|"
    r"published(?: on)?|posted(?: on)?|added(?: on)?|updated(?: on)?|last modified|created)"
    r"(?: (?:przez|by|w|przez uzytkownika) \w{2,20})?" + _TAIL
)
LETTER_HEAD = re.compile(r"^\s*(?:[a-z][a-z \-]{2,30}), ?(?:dn(?:ia|\.)? ?)?$")
DOCUMENT_BEFORE = re.compile(
    r"(?:\bz dni(?:a|em)|\bdated|\bz dn\.)\s{0,3}$|\b(?:regulamin\w*|uchwal\w*|ustaw\w*|rozporzadzen\w*|zarzadzen\w*|umow\w*|pism\w*|decyzj\w*|statut\w*|protokol\w*|nr \S{1,20}) z\s{1,3}$"
)
DEADLINE_BEFORE = re.compile(
    r"(?:\bdo(?: dnia| dn\.)?|\bnajpozniej(?: do)?(?: dnia)?|\bnie pozniej niz(?: do)?(?: dnia)?|\bnieprzekraczaln\w{1,3} termin\w{0,2}(?: do)?(?: dnia)?|\bw terminie do(?: dnia)?|\bby|\buntil|\bno later than|\bbefore|\btill|\buplywa(?: z dniem| dnia| w dniu)?|\bmija|\bdue(?: on)?|\bcloses?(?: on)?|\bends?(?: on)?|\bprzed(?: dniem)?)"
    r"\s{0,3}(?:\bthe\b\s)?(?:godz\w{0,4}\.? \S{1,6} )?(?:dnia )?" + _WEEKDAY_BEFORE + r"$"
)
DEADLINE_LABEL = re.compile(
    r"\b(?:termin\w{0,2}(?: \w{3,14}){0,2} (?:zgloszen\w{0,3}|rejestracji|zapisow|naboru|nadsylania(?: \w{3,14}){0,2}|skladania(?: \w{3,14}){0,2}|przesylania(?: \w{3,14}){0,2}|potwierdz\w{3,6}(?: udzialu| przybycia)?)|deadline(?: for \w{3,14})?|registration (?:deadline|closes|until)|(?:zgloszenia|zapisy|rejestracja|nabor)(?: \w{2,14}){0,5}|rsvp|register by|apply by|rejestracji(?: \w{3,14})? (?:uplywa|mija))"
    r"(?: (?:uplywa|mija|to|is|jest))?" + _TAIL
)
EVENT_LABEL = re.compile(
    r"\b(?:termin(?:y)?(?: (?:realizacji|wydarzenia|spotkania|szkolenia|konferencji|warsztatow|wizyty|seminarium|kursu|webinar(?:u|ium)|imprezy))?|data(?: i (?:miejsce|godzina|czas))?(?: (?:wydarzenia|spotkania|szkolenia|konferencji|warsztatow|wizyty|seminarium|realizacji))?|kiedy|czas(?: i miejsce)?|dates?(?: and (?:venue|time|place))?|when|termin i miejsce(?: \w{3,14})?|miejsce i termin|czas trwania)\s?[?:\-–|\t]"
    r"[\s:\-–(|]{0,4}(?:\b(?:od|dnia|dniu|dniach|w dniu|w dniach|on|we?|od dnia)\b:?\s{0,3})?" + _WEEKDAY_BEFORE + r"$"
)
ON_DAY = re.compile(r"\b(?:w dniu|w dniach|dnia|w dn\.|dn\.|od dnia|on|we)\s{1,3}" + _WEEKDAY_BEFORE + "$")
OTHER_BEFORE = re.compile(
    r"\b(?:urodzon\w*|ur\.|zm\.|zmarl\w*|zalozon\w*|od roku|okres\w*|lata|w latach|obowiazuj\w*(?: od)?|wchodzi w zycie(?: z dniem)?|stan na(?: dzien)?|za okres)\s{0,3}(?:od |dnia )?$"
)
OTHER_SENTENCE = re.compile(
    r"\b(?:wynik\w{0,3} (?:naboru|rekrutacji|konkursu)|ogloszeni\w{1,3} wynikow|list\w{0,2} zakwalifikowanych|oplat[aey] (?:nalezy|prosimy)|realizowan\w{1,3} (?:w okresie|od|w terminie)|okres realizacji|wchodzi w zycie|projekt (?:trwa|potrwa|bedzie trwal)|waloryzacj|"
    r"odpowiedz\w{0,3} (?:na oferty|udzielimy)|zwrot\w{0,3} koszt|urzad (?:bedzie )?(?:nieczynny|zamkniety)|nieczynn\w{1,2}|w godzinach pracy|wejd[aą] w zycie|przerwa w dostawie|termin zwiazania)"
)
_LASTS = re.compile(r"\b(?:potrwa|trwa\b|czynn[aey]|ogladac|mozna zwiedzac|odbywa)")


@dataclass(frozen=True, slots=True)
class DateWithRole:
    """A date with its role; ``weight`` says how plainly the text says so."""

    period: WrittenPeriod
    role: str
    weight: int = 0
    inferred: bool = False  # the role is a conclusion, not told


def is_report(page: Page) -> bool:
    """Tell whether the text speaks of something that has taken place."""
    past = len(PAST.findall(page.folded))
    return past > 0 and past > len(FUTURE.findall(page.folded))


def roles(page: Page) -> list[DateWithRole]:
    """Return every date of the page with its role."""
    first_lines = [index for index, _line in enumerate(page.lines) if not page.blank(index)][:8]
    return [_role(page, period, first_lines) for period in page.periods[:MOST_DATES]]


def _role(page: Page, period: WrittenPeriod, first_lines: list[int]) -> DateWithRole:
    before = page.folded[max(0, period.start - 90) : period.start]
    same_line = before.rsplit("\n", 1)[-1]
    start, end = page.sentence(period.start)
    sentence = page.folded[start:end]
    phrase = page.folded[max(start, period.start - 220) : min(end, period.end + 220)]
    line_start, line_end = page.line(period.start)
    line = page.folded[line_start:line_end]
    alone = not re.search(
        r"[a-z0-9]{3,}",
        page.folded[line_start : period.start] + " " + _without_weekday(page.folded[period.end : line_end]),
    )

    if PUBLICATION_BEFORE.search(before):
        return DateWithRole(period, PUBLICATION, 3)
    if DOCUMENT_BEFORE.search(before) or page.folded[period.start - 1 : period.start] == "_":
        return DateWithRole(period, DOCUMENT, 3)
    if (
        page.line_index(period.start) in first_lines
        and LETTER_HEAD.match(same_line)
        and _named_place(page.text[line_start : period.start])
        and len(line) < 60
        and not EVENT_NOUN.search(line)
        and not period.several
    ):
        return DateWithRole(period, PUBLICATION, LETTER)
    if OTHER_BEFORE.search(before):
        return DateWithRole(period, OTHER)
    if DEADLINE_LABEL.search(before) and not EVENT_LABEL.search(same_line):
        return DateWithRole(period, DEADLINE, 4)
    if DEADLINE_BEFORE.search(before):
        around = page.folded[max(0, start - 160) : start] if len(sentence) < 90 else ""
        if OTHER_SENTENCE.search(phrase):
            return DateWithRole(period, OTHER)
        if REGISTRATION.search(phrase):
            return DateWithRole(period, DEADLINE, 3)
        if REGISTRATION.search(around):
            return DateWithRole(period, DEADLINE, 2)
        return DateWithRole(period, OTHER)
    if (
        period.several
        and re.search(r"\bod(?: dnia)?\s{0,3}$", before)
        and REGISTRATION.search(page.folded[start : period.start])
        and not EVENT_VERB.search(page.folded[period.start - 40 if period.start > 40 else 0 : period.start])
    ):
        return DateWithRole(period, DEADLINE, 2)
    ranged = any(hours.ends and line_start <= hours.start < line_end for hours in page.hours)
    if (
        alone
        and not ranged
        and page.line_index(period.start) in first_lines[:5]
        and not period.several
        and not period.weekday
        and period.first.year
        and not _agenda_day(page, period)
    ):
        return DateWithRole(period, PUBLICATION, LONE)
    if OTHER_SENTENCE.search(phrase) and not EVENT_LABEL.search(same_line):
        return DateWithRole(period, OTHER)
    return DateWithRole(period, EVENT, _event_weight(page, period, before, same_line, sentence, alone=alone))


def _named_place(words: str) -> bool:
    """``Nowa Wieś, dnia`` names a place; ``Wycieczka po gminie,`` and ``Friday,`` do not."""
    place = words.split(",")[0].split()
    return (
        0 < len(place) <= 3
        and all(word[0].isupper() and fold(word) not in WEEKDAYS for word in place)
        and not ORGANISATION.match(fold(words.strip()))
    )


def _without_weekday(text: str) -> str:
    return re.sub(r"\b(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")\b", "", text)


def _agenda_day(page: Page, period: WrittenPeriod) -> bool:
    """A date alone on its line, with a line that begins with an hour below it, is a day of a programme."""
    index = page.line_index(period.start) + 1
    while index < len(page.lines) and page.blank(index):
        index += 1
    return index < len(page.lines) and bool(
        re.match(r"[\s•\-–]*(?:godz\.? ?)?\d{1,2}[.:]\d\d", page.folded[slice(*page.lines[index])])
    )


def _event_weight(page: Page, period: WrittenPeriod, before: str, same_line: str, sentence: str, *, alone: bool) -> int:
    weight = 0
    if EVENT_LABEL.search(same_line) or EVENT_LABEL.search(before):
        weight += 6
    if EVENT_VERB.search(sentence):
        weight += 3
    if ON_DAY.search(before):
        weight += 1
    if EVENT_NOUN.search(sentence):
        weight += 2
    if _hour_follows(page, period):
        weight += 2
    if PAST.search(sentence) and (ON_DAY.search(before) or EVENT_NOUN.search(sentence)):
        weight += 2
    if period.weekday is not None:
        weight += 1
    if alone and any(hours.ends and 0 <= hours.start - period.end <= 12 for hours in page.hours):
        weight += 2  # a date and from when to when, alone on a line
    if alone or period.several:
        weight += 1
    if period.start < 1200:
        weight += 1
    if _TITLE_DATE.search(same_line) and len(same_line) < 140 and page.line_index(period.start) <= 12:
        weight += 2  # "Dzień Nauki – 21 września 2024 r."
    return weight


_TITLE_DATE = re.compile(r"^[^.!?]{4,}(?:\s[-–|]|[,:])\s{0,2}(?:w dniach |dnia |w dniu )?\(?$")


def _hour_follows(page: Page, period: WrittenPeriod) -> bool:
    return any(0 <= hours.start - period.end <= 30 for hours in page.hours)


@dataclass(frozen=True, slots=True)
class Years:
    """Where a missing year comes from."""

    published: date | None
    ahead: bool
    fallback: int | None


def fill_years(dates: list[DateWithRole], published: date | None, *, report: bool) -> list[DateWithRole]:
    """Give dates without a year the year next to the publication, else the one year that the other dates tell."""
    if published is None:
        published = next((when for each in dates if each.role == PUBLICATION and (when := each.period.last.on())), None)
    known = [
        year
        for role in (EVENT, DEADLINE, DOCUMENT)
        for each in dates
        if each.role == role and (year := each.period.first.year)
    ]
    filled = []
    for each in dates:
        period = each.period
        if period.first.year is None or period.last.year is None:
            year = period.last.year or period.first.year or _year_for(each, dates, published, known, report=report)
            if year:
                period = with_year(period, year)
        filled.append(replace(each, period=period))
    return filled


def _year_for(
    each: DateWithRole, dates: list[DateWithRole], published: date | None, known: list[int], *, report: bool
) -> int | None:
    same = [
        other.period
        for other in dates
        if other.period.first.year
        and (other.period.first.day, other.period.first.month) == (each.period.first.day, each.period.first.month)
    ]
    if same:
        return same[0].first.year
    events = [other.period for other in dates if other.role == EVENT and other.period.first.year]
    if events:
        event = events[0].first
        if each.role == DEADLINE and event.year:
            return (
                event.year - 1
                if (each.period.first.month, each.period.first.day) > (event.month, event.day)
                else event.year
            )
        return event.year
    if published:
        return nearest_year(each.period.first, published, ahead=not report)
    return known[0] if known else None
