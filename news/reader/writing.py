"""The other way: an agenda as clean text, HTML or a .docx table, to be mailed round and pasted back.

Reading what was written gives the same agenda, as long as titles are single lines without punctuation at their ends, names hold
no brackets, commas or dashes with spaces, and nobody's role or organisation holds a semicolon. Nothing here needs Word.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from html import escape

from wagtail_newsroom.news.reader.agenda.splitting import split
from wagtail_newsroom.news.reader.reading import Reading

HEADINGS = {
    "pl": ("Program", "Dzień {number} – {date}", "Godzina", "Temat", "Osoby", "Część wspólna", "Ścieżka"),
    "en": ("Programme", "Day {number} – {date}", "Time", "Session", "People", "All groups", "Track"),
}


@dataclass(frozen=True)
class WrittenPerson:
    """A speaker as the agenda names one."""

    name: str
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True)
class WrittenSession:
    """One line: hours as ``HH:MM``, the end may be missing."""

    start: str
    end: str | None
    title: str
    people: tuple[WrittenPerson, ...] = ()


@dataclass(frozen=True)
class WrittenTrack:
    """Sessions of one group; without a name they are for everybody."""

    sessions: tuple[WrittenSession, ...]
    name: str | None = None


@dataclass(frozen=True)
class WrittenDay:
    """One day of the agenda; ``day`` is ``None`` where nobody told its date."""

    day: date | None
    tracks: tuple[WrittenTrack, ...]


@dataclass(frozen=True)
class WrittenAgenda:
    """Days in their order."""

    days: tuple[WrittenDay, ...] = field(default_factory=tuple)


def agenda_of(reading: Reading) -> WrittenAgenda:
    """Return the programme of a reading as an agenda; sessions without a day are left out."""
    days: dict[str, list[tuple[str | None, list[WrittenSession]]]] = {}
    for line in reading.agenda:
        if line.day is None:
            continue
        tracks = days.setdefault(line.day.value, [])
        name = line.track.value if line.track else None
        if not tracks or tracks[-1][0] != name:
            tracks.append((name, []))
        people = tuple(WrittenPerson(person.name, person.role, person.organisation) for person in line.people)
        tracks[-1][1].append(
            WrittenSession(line.begins.value, line.ends.value if line.ends else None, line.title.value, people)
        )
    return WrittenAgenda(
        tuple(
            WrittenDay(date.fromisoformat(day), tuple(WrittenTrack(tuple(sessions), name) for name, sessions in tracks))
            for day, tracks in days.items()
        )
    )


def _hours(session: WrittenSession) -> str:
    return f"{session.start}–{session.end}" if session.end else session.start


def _people(session: WrittenSession) -> str:
    """``Anna Nowak – prezes (Fundacja Most); Jan Lis``: which is which stays plain whatever the words are."""
    return "; ".join(
        person.name
        + (f" – {person.role}" if person.role else "")
        + (f" ({person.organisation})" if person.organisation else "")
        for person in session.people
    )


def _track(track: WrittenTrack, language: str) -> str:
    return f"{HEADINGS[language][6]}: {track.name}" if track.name else HEADINGS[language][5]


def _day(day: WrittenDay, number: int, language: str) -> str:
    heading = HEADINGS[language][1]
    if day.day is None:
        return heading.partition(" – ")[0].format(number=number)
    return heading.format(number=number, date=f"{day.day:%d.%m.%Y}")


def as_text(agenda: WrittenAgenda, language: str = "pl") -> str:
    """Write plain text: a heading for each day and track, a line for each session, its people on the line below."""
    lines = [HEADINGS[language][0]]
    for number, day in enumerate(agenda.days, start=1):
        lines += ["", _day(day, number, language)]
        for position, track in enumerate(day.tracks):
            if track.name or position:
                lines += ["", _track(track, language)]
            for session in track.sessions:
                lines.append(f"{_hours(session)} {session.title}")
                if session.people:
                    lines.append(f"  {HEADINGS[language][4]}: {_people(session)}")
                elif split(session.title).people:  # a title that names somebody must not be taken apart
                    lines.append(f"  {HEADINGS[language][4]}: –")
    return "\n".join(lines) + "\n"


def as_html(agenda: WrittenAgenda, language: str = "pl") -> str:
    """Write HTML: a heading and a table for each day and track, hours in the row's header."""
    title, _day_heading, time, topic, people, *_rest = HEADINGS[language]
    parts = [f"<h2>{title}</h2>"]
    for number, day in enumerate(agenda.days, start=1):
        parts.append(f"<h3>{escape(_day(day, number, language))}</h3>")
        for position, track in enumerate(day.tracks):
            if track.name or position:
                parts.append(f"<h4>{escape(_track(track, language))}</h4>")
            rows = "".join(
                f'<tr><th scope="row">{_hours(session)}</th><td>{escape(session.title)}</td>'
                f"<td>{escape(_people(session))}</td></tr>"
                for session in track.sessions
            )
            parts.append(
                f'<table><thead><tr><th scope="col">{time}</th><th scope="col">{topic}</th><th scope="col">{people}</th></tr></thead><tbody>{rows}</tbody></table>'
            )
    return "\n".join(parts)


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{36 - 4 * level}"/></w:rPr></w:style>'
        for level in (1, 2, 3)
    )
    + "</w:styles>",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WIDTHS = (1700, 4700, 3200)
_MOMENT = (2020, 1, 1, 0, 0, 0)  # the same agenda gives the same bytes


def as_docx(agenda: WrittenAgenda, language: str = "pl") -> bytes:
    """Write a Word document: a table for each day and track, its header row repeated on every page."""
    title, _day_heading, time, topic, people, *_rest = HEADINGS[language]
    body = [_paragraph(title, 1)]
    for number, day in enumerate(agenda.days, start=1):
        body.append(_paragraph(_day(day, number, language), 2))
        for position, track in enumerate(day.tracks):
            if track.name or position:
                body.append(_paragraph(_track(track, language), 3))
            rows = [_table_row([[time], [topic], [people]], header=True)]
            rows += [_table_row([[_hours(session)], [session.title], [_people(session)]]) for session in track.sessions]
            body.append(_table(rows))
            body.append("<w:p/>")
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(body)}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr></w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**_PARTS, "word/document.xml": document}.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), _HEAD + content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _run(text: str, *, bold: bool = False) -> str:
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def _paragraph(text: str, level: int | None = None, *, bold: bool = False) -> str:
    style = f'<w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>' if level else ""
    return f"<w:p>{style}{_run(text, bold=bold) if text else ''}</w:p>"


def _table(rows: list[str]) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    return f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def _table_row(cells: list[list[str]], *, header: bool = False) -> str:
    columns = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(_paragraph(line, bold=header) for line in lines or [""])}</w:tc>'
        for lines, width in zip(cells, _WIDTHS, strict=True)
    )
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if header else ''}{columns}</w:tr>"
