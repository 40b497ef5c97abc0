"""The reader: each step in turn, from a text to a reading. Limits first: nothing here can take long."""

from __future__ import annotations

import re
from datetime import date

from wagtail_newsroom.news.reader.agenda.agenda import Agenda, Line, date_of, read_agenda
from wagtail_newsroom.news.reader.agenda.people import NamedPerson
from wagtail_newsroom.news.reader.dates.date_roles import PUBLICATION, DateWithRole, fill_years, is_report, roles
from wagtail_newsroom.news.reader.dates.event_dates import When, deadline, event_period
from wagtail_newsroom.news.reader.dates.title_day import with_day_under_title
from wagtail_newsroom.news.reader.doubts import Doubts
from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.facts.attachments import (
    clean_title,
    find_attachments,
    find_registration,
    kind_of_paper,
)
from wagtail_newsroom.news.reader.facts.contacts import Mention, find_emails, find_names, find_phones
from wagtail_newsroom.news.reader.facts.places import find_online, find_place
from wagtail_newsroom.news.reader.facts.titles import find_audience, find_title
from wagtail_newsroom.news.reader.reading import Attachment, Reading, ReadSession, Speaker, Value
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze
from wagtail_newsroom.news.reader.text.page import Page

LONGEST_TEXT = 80_000  # characters; a programme of three days has 60,000, a novel 500,000
LONGEST_LINE = 4_000


def read_text(
    text: str,
    *,
    published: date | None = None,
    subject: str | None = None,
    enclosed: tuple[str, ...] = (),
    pages_read: int | None = None,
) -> Reading:
    """Read an invitation or a programme.

    ``published`` gives dates without a year their year. ``subject`` is the subject line of an e-mail, ``enclosed``
    are the names of files that came with the text, ``pages_read`` how many pages of a long PDF were taken. Spans in the answer are positions in ``text``. Raises
    ``ReadError`` for what is no text, empty or too long.
    """
    _refuse(text)
    page = Page.of(_with_bounded_lines(text))
    report = is_report(page)
    first_dates = roles(page)
    dates, agenda, begins, ends, used = _read_periods(page, first_dates, published, report=report)
    if begins is None and (second := with_day_under_title(page, first_dates, agenda.sessions_span)):
        dates, agenda, begins, ends, used = _read_periods(page, second, published, report=report)
    due, due_from = deadline(page, dates, begins.day if begins else None)
    reading = Reading(text)
    doubts = Doubts(page)

    _set_periods(reading, page, dates, begins, ends, due)
    _set_places(reading, page, (begins.start, begins.end) if begins else None, agenda)
    _set_rest(reading, page, agenda, subject, enclosed, report=report)
    reading.agenda = [_session(page, line, begins, ends) for line in agenda.lines]

    doubts.about_text(report=report)
    doubts.about_dates(dates, [each for each in (used, due_from) if each], agenda)
    doubts.about_hours(begins, ends, reading.agenda, agenda)
    doubts.about_sessions(reading.agenda)
    doubts.about_deadline(due, begins)
    doubts.about_absence(dated=begins is not None, report=report)
    if pages_read:
        doubts.add("pages_left_out", count=pages_read)
    reading.warnings = doubts.warnings
    return reading


def _refuse(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ReadError("too_long", size=len(text), limit=LONGEST_TEXT)
    if not text.strip():
        raise ReadError("empty")
    strange = sum(1 for letter in text if letter == "\ufffd" or (letter < " " and letter not in "\t\n\r\x0b\x0c"))
    if strange > 8 and strange > len(text) * 0.02:
        raise ReadError("not_text")
    if not any(letter.isalpha() for letter in text):
        raise ReadError("empty")


def _with_bounded_lines(text: str) -> str:
    """Break lines of monstrous length at a space, without moving anything: the space becomes a line end."""
    lines = text.split("\n")
    if all(len(line) < LONGEST_LINE for line in lines):
        return text
    bounded = []
    for line in lines:
        at = 0
        while len(line) - at > LONGEST_LINE:
            space = line.rfind(" ", at, at + LONGEST_LINE)
            if space <= at:
                at += LONGEST_LINE
                continue
            line = f"{line[:space]}\n{line[space + 1 :]}"
            at = space + 1
        bounded.append(line)
    return "\n".join(bounded)


def _read_periods(
    page: Page, dates: list[DateWithRole], published: date | None, *, report: bool
) -> tuple[list[DateWithRole], Agenda, When | None, When | None, DateWithRole | None]:
    """Fill the years in, read the programme with them, and the event's period with both."""
    dates = fill_years(dates, published, report=report)
    page.periods = [each.period for each in dates]
    agenda = read_agenda(page)
    begins, ends, used = event_period(page, dates, agenda.span)
    begins, ends, used = _period_of_days(page, agenda, begins, ends, used, dates)
    return dates, agenda, begins, ends, used


def _period_of_days(
    page: Page,
    agenda: Agenda,
    begins: When | None,
    ends: When | None,
    used: DateWithRole | None,
    dates: list[DateWithRole],
) -> tuple[When | None, When | None, DateWithRole | None]:
    """Without a stated period, the dated days of the programme tell when the event is."""
    if begins:
        return begins, ends, used
    dated = [(day, when) for day in agenda.days if day.period and (when := day.period.first.on())]
    if not dated:
        return None, None, used
    (first_day, first), (last_day, last) = min(dated, key=lambda each: each[1]), max(dated, key=lambda each: each[1])
    used = next((each for each in dates if first_day.period and each.period.start == first_day.period.start), None)
    start = When(
        first, None, *(_period_span(first_day.period)), inferred=bool(first_day.period and first_day.period.inferred)
    )
    end = (
        When(last, None, *(_period_span(last_day.period)), inferred=bool(last_day.period and last_day.period.inferred))
        if last > first
        else None
    )
    return start, end, used


def _period_span(period: object) -> tuple[int, int]:
    return getattr(period, "start", 0), getattr(period, "end", 0)


def _value(page: Page, words: str, start: int, end: int, *, inferred: bool = False) -> Value[str]:
    return Value(words, *page.norm.source_span(start, end), inferred)


def _stretch(page: Page, span: tuple[int, int] | None) -> Value[str] | None:
    if not span:
        return None
    words = as_written(page, *span)
    return _value(page, words, *span) if words else None


def as_written(page: Page, start: int, end: int) -> str:
    """The words of a stretch on one line, with the dashes that the source has."""
    pieces = [
        page.norm.source[page.norm.origin(at)] if page.text[at] in "-–" else page.text[at] for at in range(start, end)
    ]
    return squeeze("".join(pieces))


def _set_periods(
    reading: Reading, page: Page, dates: list[DateWithRole], begins: When | None, ends: When | None, due: When | None
) -> None:
    if begins:
        reading.event_start = _value(page, begins.iso(), begins.start, begins.end, inferred=begins.inferred)
        reading.all_day = Value(begins.hour is None, reading.event_start.start, reading.event_start.end)
    if ends:
        reading.event_end = _value(page, ends.iso(), ends.start, ends.end, inferred=ends.inferred)
    if due:
        reading.registration_deadline = _value(page, due.iso(), due.start, due.end, inferred=due.inferred)
    for each in dates:
        when = each.period.last.on()
        if each.role == PUBLICATION and when:
            reading.published = _value(
                page, when.isoformat(), each.period.start, each.period.end, inferred=each.period.inferred
            )
            break


def _set_places(reading: Reading, page: Page, period: tuple[int, int] | None, agenda: Agenda) -> None:
    place = find_place(page, period, agenda.span)
    if place:
        reading.venue = _value(page, place.words, place.start, place.end, inferred=place.inferred)
    online = find_online(page, agenda.span)
    if online:
        reading.online = Value(True, *page.norm.source_span(*online))
    elif place:
        reading.online = Value(False, *page.norm.source_span(place.start, place.end), inferred=True)
    else:
        onsite = re.search(r"\b(?:stacjonarn\w{1,5}|on-?site|in person)\b", page.folded)
        if onsite:
            reading.online = Value(False, *page.norm.source_span(*onsite.span()))


def _set_rest(
    reading: Reading, page: Page, agenda: Agenda, subject: str | None, enclosed: tuple[str, ...], *, report: bool
) -> None:
    reading.title = _stretch(page, find_title(page, subject, agenda.sessions_span))
    reading.audience = _stretch(page, find_audience(page, agenda.span))
    address = find_registration(page)
    if address:
        reading.registration_url = _value(page, address.url, address.start, address.end)
    emails, phones = find_emails(page), find_phones(page)
    names: list[Mention] = [] if report else find_names(page, [*emails, *phones], agenda.span)
    reading.contact_names = [_value(page, each.words, each.start, each.end, inferred=each.inferred) for each in names]
    reading.contact_emails = [_value(page, each.words, each.start, each.end) for each in emails]
    reading.contact_phones = [_value(page, each.words, each.start, each.end) for each in phones]
    attachments = find_attachments(page, agenda.span)
    reading.attachments = [
        Attachment(paper.title, paper.kind, *page.norm.source_span(paper.start, paper.end)) for paper in attachments
    ]
    known = {fold(attachment.title) for attachment in reading.attachments}
    for name in enclosed:
        title = clean_title(name)
        if title and fold(title) not in known:
            known.add(fold(title))
            reading.attachments.append(Attachment(title, kind_of_paper(name), 0, 0))


def _session(page: Page, line: Line, begins: When | None, ends: When | None) -> ReadSession:
    head = line.head
    hours = page.norm.source_span(head.start, head.end)
    day, inferred = date_of(line.day, begins.day if begins else None, ends.day if ends else None)
    heading = line.day.heading if line.day else (begins.start, begins.end) if begins else (head.start, head.end)
    start, end = page.norm.source_span(min(head.start, line.title[0]), max(line.end, line.title[1], head.end))
    return ReadSession(
        day=Value(day.isoformat(), *page.norm.source_span(*heading), inferred) if day else None,
        begins=Value(f"{head.begins:%H:%M}", *hours),
        ends=Value(f"{head.ends:%H:%M}", *hours) if head.ends else None,
        title=_value(page, as_written(page, *line.title), *line.title),
        people=tuple(_speaker(page, person) for person in _distinct(line.people)),
        track=_stretch(page, line.track),
        kind=line.kind,
        start=min(start, end),
        end=end,
        room=line.room,
    )


def _speaker(page: Page, person: NamedPerson) -> Speaker:
    return Speaker(
        person.name, person.role, person.organisation, *page.norm.source_span(person.start, person.end), person.shared
    )


def _distinct(people: list[NamedPerson]) -> list[NamedPerson]:
    return list({person.name: person for person in reversed(people)}.values())[::-1]


__all__ = ["LONGEST_TEXT", "read_text"]
