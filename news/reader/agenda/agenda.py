"""Step 3b: lines put together: sessions in their days and tracks, with the lines that belong to them.

A session begins at a line with hours at its head. Lines below it may finish its title or name its people. A block of
sessions counts as a programme if it has two of them or stands under a heading that says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from wagtail_newsroom.news.reader.agenda.line_heads import (
    OPENING_HOURS,
    PROGRAMME,
    STOP,
    WEEKDAY_WORDS,
    Head,
    TrackHeading,
    day_heading,
    tail_of,
    track_heading,
)
from wagtail_newsroom.news.reader.agenda.people import read_people
from wagtail_newsroom.news.reader.agenda.sessions import (
    PEOPLE_BELOW,
    PEOPLE_LABEL,
    ROOM,
    Day,
    Line,
    belongs,
    cells_of,
    give,
    labelled_people,
    people_column,
    split_title,
    take_people_column,
    take_people_label,
)
from wagtail_newsroom.news.reader.agenda.whole_hours import heads_of
from wagtail_newsroom.news.reader.dates.written_dates import WrittenPeriod
from wagtail_newsroom.news.reader.text.normalise import squeeze
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import ORGANISATION, ROLES

MOST_SESSIONS = 1000


@dataclass
class Agenda:
    """Everything read as programme; ``span`` is the stretch that holds it."""

    lines: list[Line] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    span: tuple[int, int] | None = None

    @property
    def sessions_span(self) -> tuple[int, int] | None:
        """From the first session on, without the heading of its day."""
        return (self.lines[0].head.start, self.span[1]) if self.lines and self.span else None


@dataclass
class _State:
    day: Day | None = None
    track: TrackHeading | None = None
    section: int = 0
    headed: bool = False
    described: bool = False  # a paragraph under a session closed it; "Paneliści:" opens it again
    open: bool = False  # lines still may belong to the last session
    last: int = 0  # index of the last line that belonged to the programme
    columns: list[tuple[int, int]] = field(default_factory=list)
    people_column: int | None = None  # the column of a table that its header gives to people


def read_agenda(page: Page) -> Agenda:
    """Find the programme of a page."""
    agenda = Agenda()
    state = _State()
    heads = heads_of(page)
    use_tails = len(heads) < 2
    pending: Head | None = None
    block = 0
    headed_blocks: set[int] = set()
    dropped_blocks: set[int] = set()
    index = -1
    while (index := index + 1) < len(page.lines):
        start, end = page.lines[index]
        if page.blank(index):
            continue
        folded = page.folded[start:end]
        head = heads.get(index)
        if head is None and use_tails and (state.headed or agenda.lines):
            head = tail_of(page.masked, start, end)
        if head and not _is_period_line(page, head, headed=state.headed or bool(state.day)):
            if not (words := _words(page, head)):
                if pending and not pending.ends and not head.ends and head.begins > pending.begins:
                    head = replace(head, begins=pending.begins, ends=head.begins, start=pending.start)
                pending = head
                continue
            if state.last and index - state.last > 14 and not state.headed:
                block += 1
            if OPENING_HOURS.search(page.folded[max(0, start - 160) : start]) and not state.headed:
                dropped_blocks.add(block)
            if state.headed or state.day:
                headed_blocks.add(block)
            if (
                pending
                and pending.ends is None
                and head.begins > pending.begins
                and head.ends is None
                and index - state.last <= 3
                and pending.start > (agenda.lines[-1].end if agenda.lines else 0)
            ):
                head = replace(head, begins=pending.begins, ends=head.begins, start=pending.start)
            _add(page, agenda, state, head, words, block)
            state.last, state.open, state.described, pending = index, True, False, None
            continue
        if pending:
            if not STOP.match(folded) and not day_heading(page.folded, page.masked, start, end):
                if state.headed or state.day:
                    headed_blocks.add(block)
                _add(page, agenda, state, replace(pending, words=(start, end)), (start, end), block)
                state.last, state.open, state.described, pending = index, True, False, None
                continue
            pending = None
        heading = day_heading(page.folded, page.masked, start, end)
        if heading and not heading.number and (period := _period_in(page, start, end)) and period.several:
            heading = None  # "27.09–29.09.2024" is the event's period, no day of it
        if heading and (
            heading.number
            or heading.weekday is not None
            or _hours_below(page, heads, index)
            or (state.headed and heading.dated and _hours_below(page, heads, index, 6))
        ):
            if heading.weekday is not None and not _hours_below(page, heads, index, 5):
                state.open = False
                continue
            state.day = Day((start, end), heading.number, heading.weekday, _period_in(page, start, end))
            agenda.days.append(state.day)
            state.track, state.open = None, False
            state.section += 1
            state.columns, state.people_column = [], None
            state.last = index
            continue
        if PROGRAMME.match(folded) and len(folded.strip()) < 110 and not re.search(r"\.(?:pdf|docx?|odt)\b", folded):
            state.headed, state.open = True, False
            state.track = None
            state.section += 1
            period = _period_in(page, start, end)
            if period and _hours_below(page, heads, index):
                state.day = Day((start, end), period=period)
                agenda.days.append(state.day)
            state.last = index
            continue
        track = track_heading(page.folded, start, end)
        if track and _hours_below(page, heads, index, 5):
            state.track, state.open = track, False
            state.section += 1
            state.last = index
            continue
        if track:
            state.open = False  # "Sesja I. Przewodniczący:" – who is named below leads the session, not the break above
            continue
        if "\t" in page.text[start:end] and re.match(r"[\s|]*(?:lp\.?\t)?(?:godz|czas|time|hour)", folded):
            state.columns = _columns(page, start, end)
            state.people_column = people_column(folded)
            continue
        if state.open and agenda.lines and (told := PEOPLE_LABEL.match(folded)):
            take_people_label(page, agenda.lines[-1], start + told.end(), end)
            state.last = index
            continue
        if STOP.match(folded) and (state.open or state.described):
            state.described = False
            state.open = False
            state.headed = False
            continue
        if state.open and agenda.lines and belongs(page, agenda.lines[-1], index, state.last):
            state.last = index
        elif agenda.lines and state.described and PEOPLE_BELOW.match(folded):
            state.open, state.last = True, index
        elif state.open and agenda.lines and len(folded.strip()) > 160:
            state.open, state.described = False, True
    return _settled(page, agenda, headed_blocks, dropped_blocks)


def _words(page: Page, head: Head) -> tuple[int, int] | None:
    start, end = head.words
    words = page.text[start:end].strip(" \t.,;:–-()|")
    if sum(letter.isalpha() for letter in words) < 2:
        return None
    return start, end


_PERIOD_WORDS = re.compile(r"^(?:,?\s*)(?:w |na |ul\.|sala\b|online|on-line|zoom|w siedzib|miejsce)")


def _is_period_line(page: Page, head: Head, *, headed: bool) -> bool:
    """``godz. 10.00, sala 12`` states a term; ``10.00 Sala …`` under a heading is a session."""
    words = page.folded[slice(*head.words)]
    before_words = page.folded[head.end : head.words[0]]
    if (
        head.cued
        and not headed
        and (not words.strip() or (_PERIOD_WORDS.match(words) and ("," in before_words or head.ends)))
    ):
        return True
    previous = page.folded[max(0, head.start - 40) : head.start].rstrip(" \t")
    if re.search(r"(?:\bo godzinie|\bo godz\.?|\bgodz\.?|\bod|\bdo|\bgodziny)\n?\s*$", previous):
        return True
    only_weekdays = WEEKDAY_WORDS.sub("", words).replace("\x00", "")
    return bool(words.strip()) and not re.search(
        r"[a-z]{2}", re.sub(r"\b(?:w|do|od|i|oraz|and|to)\b", "", only_weekdays)
    )


def _hours_below(page: Page, heads: dict[int, Head], index: int, lines: int = 3) -> bool:
    """Within the next lines that are not blank one begins with hours."""
    seen = 0
    for below in range(index + 1, min(index + 1 + 3 * lines, len(page.lines))):
        if page.blank(below):
            continue
        if below in heads:
            return True
        if STOP.match(page.folded[slice(*page.lines[below])]):
            return False  # "Miejsce: …" below a date tells of the event, not of a day of its programme
        seen += 1
        if seen >= lines:
            return False
    return False


def _period_in(page: Page, start: int, end: int) -> WrittenPeriod | None:
    return next((period for period in page.periods if start <= period.start < end), None)


def _columns(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    cells = cells_of(page, start, end)[1:]
    tracks = [cell for cell in cells if track_heading(page.folded, *cell)]
    return tracks if len(tracks) == len(cells) and len(cells) > 1 else []


def _add(page: Page, agenda: Agenda, state: _State, head: Head, words: tuple[int, int], block: int) -> None:
    """Add the session (or, in a table with a column for each track, the sessions) of one line."""
    if len(agenda.lines) >= MOST_SESSIONS:
        return
    cells = cells_of(page, *words)
    if state.columns and len(cells) == len(state.columns):
        for column, cell in zip(state.columns, cells, strict=True):
            line = _line(page, state, head, [cell], block)
            line.track, line.strong = column, True
            agenda.lines.append(line)
        return
    line = _line(page, state, head, cells, block)
    if state.columns:
        line.track = None
    agenda.lines.append(line)


def _line(page: Page, state: _State, head: Head, cells: list[tuple[int, int]], block: int) -> Line:
    line = Line(head, cells[0], cells[0], day=state.day, section=state.section, block=block, end=cells[-1][1])
    if state.track:
        line.track, line.strong = state.track.name, state.track.strong
    split_title(page, line)
    if state.people_column is not None and page.text[slice(*page.line(head.start))].count("\t") >= 1:
        take_people_column(page, line, head, state.people_column)
        return line
    for start, end in cells[1:]:
        text = page.text[start:end]
        folded = page.folded[start:end].strip()
        people = [person.shifted(start) for person in read_people(text)] or labelled_people(text, start)
        if people:
            line.people += people
        elif ROOM.match(folded):
            line.room = line.room or squeeze(text)
        elif line.people and not line.people[-1].organisation and (ORGANISATION.match(folded) or ROLES.match(folded)):
            give(line, squeeze(text))
    return line


def _settled(page: Page, agenda: Agenda, headed: set[int], dropped: set[int]) -> Agenda:
    """Drop blocks that are no programme, and weak headings that run one after another."""
    counts: dict[int, int] = {}
    for line in agenda.lines:
        counts[line.block] = counts.get(line.block, 0) + 1
    early = {
        block for block in counts if all(line.head.begins < time(5, 30) for line in agenda.lines if line.block == block)
    }
    agenda.lines = [
        line
        for line in agenda.lines
        if line.block not in dropped
        and line.block not in early
        and (counts[line.block] >= 2 or line.block in headed)
        and page.text[slice(*line.title)].strip()
    ]
    for line in agenda.lines:
        if line.track and not line.strong and not _runs_beside(line, agenda.lines):
            line.track = None
    if agenda.lines:
        first = agenda.lines[0].head.start
        agenda.days = [day for day in agenda.days if any(line.day is day for line in agenda.lines)]
        agenda.span = (min([first, *(day.heading[0] for day in agenda.days)]), max(line.end for line in agenda.lines))
    else:
        agenda.days = []
    return agenda


def _runs_beside(line: Line, lines: list[Line]) -> bool:
    """Whether another section of the same day has its hours beside the section of this line."""
    own = [other for other in lines if other.section == line.section]
    first, last = min(each.head.begins for each in own), max(each.head.ends or each.head.begins for each in own)
    for other in lines:
        beside = other.section != line.section and other.day is line.day and other.track and not other.strong
        if beside and other.head.begins < last and (other.head.ends or other.head.begins) > first:
            return True
    return False


def date_of(day: Day | None, first: date | None, last: date | None) -> tuple[date | None, bool]:
    """Return the date of a day and whether it was inferred from the event's period."""
    if day is None:
        return (first, True) if first and (last is None or last == first) else (None, False)
    if day.period and (told := day.period.first.on()):
        return told, day.period.inferred
    if first and day.number:
        when = first + timedelta(days=day.number - 1)
        return (when, True) if last is None or when <= last or last == first else (None, False)
    if first and day.weekday is not None:
        for offset in range(min(14, ((last or first) - first).days + 1)):
            if (first + timedelta(days=offset)).weekday() == day.weekday:
                return first + timedelta(days=offset), True
    return None, False


__all__ = ["Agenda", "Day", "Line", "date_of", "read_agenda"]
