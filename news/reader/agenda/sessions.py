"""Step 3c: a session and what belongs to it: its words parted into title and people, the lines below it, table cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from wagtail_newsroom.news.reader.agenda.line_heads import STOP, Head
from wagtail_newsroom.news.reader.agenda.people import NamedPerson, read_people, read_people_list
from wagtail_newsroom.news.reader.agenda.splitting import split
from wagtail_newsroom.news.reader.dates.written_dates import WrittenPeriod
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import KINDS, ORGANISATION, ROLES


@dataclass
class Line:
    """A session under construction; positions are those of the normalised text."""

    head: Head
    title: tuple[int, int]
    whole: tuple[int, int] = (0, 0)  # the words of the line before title and people are parted
    people: list[NamedPerson] = field(default_factory=list)
    room: str | None = None
    day: Day | None = None
    track: tuple[int, int] | None = None
    section: int = 0
    strong: bool = False
    kind: str = "session"
    end: int = 0  # where the last line that belongs to it ends
    block: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """The day that a heading names; the date is inferred where only its number or its weekday is told."""

    heading: tuple[int, int]
    number: int | None = None
    weekday: int | None = None
    period: WrittenPeriod | None = None


def cells_of(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    cells, at = [], start
    for match in re.finditer(r"[ ]*\t[\t ]*", page.text[start:end]):
        cells.append((at, start + match.start()))
        at = start + match.end()
    cells.append((at, end))
    return [(first, last) for first, last in cells if page.text[first:last].strip()]


PEOPLE_BELOW = re.compile(
    r"^\s*(?:moderator\w*|prowadz\w*|uczestnicy|panelisci|prelegenci|goscie|speakers?|panell?ists?|moderators?)\s?:"
)
PEOPLE_LABEL = re.compile(r"^[ \t•*–-]*(?:osoby|people)\s?:\s*")


_PEOPLE_HEADER = re.compile(
    r"^(?:osob[ay]|people|speakers?|prowadz\w*|prelegen\w*|wyklad\w*|trener\w*|ekspert\w*|moderator\w*|presenters?|mowc\w*|kto)\b"
)


def people_column(folded_row: str) -> int | None:
    cells = [cell.strip() for cell in folded_row.split("\t")]
    return next((index for index, cell in enumerate(cells) if index and _PEOPLE_HEADER.match(cell)), None)


def take_people_label(page: Page, line: Line, start: int, end: int) -> None:
    """A line "Osoby: …" is the last word: the title stays whole, a dash alone says that nobody speaks."""
    line.title = _trimmed(page, *line.whole)
    line.kind = kind_of(page.folded[slice(*line.title)])
    line.people = [person.shifted(start) for person in read_people_list(page.text[start:end])]
    line.end = end


def take_people_column(page: Page, line: Line, head: Head, column: int) -> None:
    row_start, row_end = page.line(head.start)
    at = row_start
    line.title, line.people = _trimmed(page, *line.whole), []
    line.kind = kind_of(page.folded[slice(*line.title)])
    for index, cell in enumerate(page.text[row_start:row_end].split("\t")):
        if index == column:
            line.people = [person.shifted(at) for person in read_people_list(cell)]
        at += len(cell) + 1


ROOM = re.compile(r"^(?:sala|aula|room|hall|pok\.|p\. ?\d|audytorium|hol\b|foyer|s\. ?\d)")


def labelled_people(text: str, at: int) -> list[NamedPerson]:
    parted = split("x, " + text)
    return [person.shifted(at - 3) for person in parted.people] if parted.people and parted.end <= 3 else []


def split_title(page: Page, line: Line) -> None:
    """Part the words of the line into title and people; the kind follows from the title."""
    start, end = line.title
    parted = split(page.text[start:end])
    line.people = [person.shifted(start) for person in parted.people] or line.people
    line.title = _trimmed(page, start + parted.start, start + parted.end)
    begin, finish = line.title
    if begin < finish and page.folded[begin:finish].count('"') == 1 and page.folded[begin] == '"' and parted.people:
        begin += 1
    if parted.people and _lone_closing_quote(page.text[begin:finish]):
        finish -= 1
    line.title = (begin, finish)
    line.kind = kind_of(page.folded[begin:finish])


def _trimmed(page: Page, begin: int, finish: int) -> tuple[int, int]:
    """Take punctuation off both ends of a title."""
    strip = " \t\n,;:–-|•/"
    while begin < finish and page.text[begin] in strip + ".)":
        begin += 1
    while finish > begin and (
        page.text[finish - 1] in strip
        or (
            page.text[finish - 1] == "."
            and not re.search(
                r"\b(?:r|itp|itd|in|prof|dr|hab|ul|al|nr|pt|m|tzw|np|inc|ltd|sp|o)\.$", page.folded[begin:finish]
            )
        )
    ):
        finish -= 1
    return begin, finish


def _lone_closing_quote(title: str) -> bool:
    """A quotation mark at the end that was opened before the title began."""
    return len(title) > 2 and title[-1] in "”“" and not any(sign in title[:-1] for sign in '„“"«')


def kind_of(folded_title: str) -> str:
    """The earliest word of a kind among the first words of a title decides."""
    best, kind = 10**6, "session"
    for name, pattern in KINDS:
        match = pattern.search(folded_title)
        limit = 45 if name in {"closing", "opening"} else 16
        if match and match.start() < best and match.start() <= limit:
            if name in {"closing", "opening"} and match.start() > 12 and len(folded_title) > 70:
                continue
            best, kind = match.start(), name
    return kind


def belongs(page: Page, line: Line, index: int, last: int) -> bool:
    """Take a line below a session if it finishes its title or names its people."""
    start, end = page.lines[index]
    text = page.text[start:end]
    stripped = text.strip(" \t•*–-")
    lead = start + len(text) - len(text.lstrip(" \t•*–-"))
    if len(stripped) > 300 or index - last > 4:
        return False
    adjacent = index == last + 1
    bulleted = bool(re.match(r"[ \t]*[•*–-]", text))
    if adjacent and not bulleted and _continues(page, line, lead, end):
        line.title = line.whole = (line.whole[0], end)
        line.end = end
        line.people = []
        split_title(page, line)
        return True
    people = [person.shifted(lead) for person in read_people(page.text[lead:end])]
    if (
        people
        and not re.search(r"[a-ząćęłńóśźż]{5,}\.\s+[A-Z]", text[len(text) - len(stripped) :])
        and len(stripped) < 200
        and not re.search(r"@|\btel\b|https?:", fold(stripped))
    ):
        line.people += people
        line.end = end
        return True
    labelled = [person.shifted(lead) for person in _people_after_label(stripped)]
    if labelled:
        line.people += labelled
        line.end = end
        return True
    if bulleted:
        parted = split(page.text[lead:end])
        line.people += [person.shifted(lead) for person in parted.people]
        return True
    folded = fold(stripped)
    if (
        line.people
        and line.end >= page.lines[last][0]
        and (ORGANISATION.match(folded) or ROLES.match(folded))
        and len(stripped) < 120
        and not stripped.endswith((".", ":"))
    ):
        give(line, squeeze(stripped))
        line.end = end
        return True
    return bool(
        re.match(
            r"(?:moderator\w*|prowadz\w*|uczestnicy|panelisci|prelegenci|goscie|speakers?|panellists?|udzial biora)\b[^a-z]{0,4}$",
            folded,
        )
    )


def _people_after_label(text: str) -> list[NamedPerson]:
    if not re.match(r"\w+(?: \w+)?(?:\s*\([^)]{1,12}\))?\s*[:–-]", text):
        return []
    return labelled_people(text, 0)


def give(line: Line, words: str) -> None:
    """A line with an organisation or a role belongs to the person above it."""
    person = line.people[-1]
    if ROLES.match(fold(words)) and not person.role:
        parts = words.split(",", 1)
        organisation = parts[1].strip() if len(parts) > 1 and ORGANISATION.match(fold(parts[1].strip())) else None
        line.people[-1] = replace(
            person, role=parts[0].strip() if organisation else words, organisation=person.organisation or organisation
        )
    elif not person.organisation:
        line.people[-1] = replace(person, organisation=words)


_HANGING = re.compile(
    r"(?:[,–(-]|\b(?:i|oraz|a|w|we|z|ze|na|do|od|o|u|dla|przez|po|przy|pod|nad|za|jako|the|of|and|for|in|to|with|from|by|im\.|dr|prof\.))\s*$"
)


def _continues(page: Page, line: Line, start: int, end: int) -> bool:
    """A line goes on with the sentence above if that hangs, or if it begins with a small letter."""
    above = page.folded[line.title[0] : line.end].rstrip()
    if line.end < start - 2 - (start - page.lines[page.line_index(start)][0]):
        return False
    first = page.text[start : start + 1]
    if STOP.match(page.folded[start:end]):
        return False
    unclosed = above.count("(") > above.count(")") or (
        page.norm.text[line.title[0] : line.end].count("„")
        > sum(page.text[line.title[0] : line.end].count(sign) for sign in '”"“')
    )
    return bool(_HANGING.search(above) or unclosed or (first.islower() and len(above) > 15))
