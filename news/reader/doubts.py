"""Step 6: what to look at before it is believed. Disagreements are shown, never resolved."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from wagtail_newsroom.news.reader.agenda.agenda import MOST_SESSIONS, Agenda
from wagtail_newsroom.news.reader.dates.date_roles import DEADLINE, EVENT, DateWithRole
from wagtail_newsroom.news.reader.dates.event_dates import When
from wagtail_newsroom.news.reader.dates.written_dates import WrittenPeriod
from wagtail_newsroom.news.reader.facts.contacts import find_hidden_emails
from wagtail_newsroom.news.reader.reading import ReadingWarning, ReadSession
from wagtail_newsroom.news.reader.text.normalise import squeeze
from wagtail_newsroom.news.reader.text.page import Page


class Doubts:
    """Collects warnings with their place in the source."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.warnings: list[ReadingWarning] = []

    def add(self, code: str, start: int = 0, end: int = 0, **params: Any) -> None:
        first, last = self.page.norm.source_span(start, end) if end > start else (0, 0)
        self.warnings.append(ReadingWarning(code, params, first, last))

    def about_text(self, *, report: bool) -> None:
        if self.page.norm.mended:
            self.warnings.append(ReadingWarning("mojibake", {}, *self.page.norm.mended))
        if report:
            self.add("report")
        for start, end in find_hidden_emails(self.page):
            self.add("email_hidden", start, end)

    def about_dates(self, dates: list[DateWithRole], used: list[DateWithRole], agenda: Agenda) -> None:
        days = [day.period for day in agenda.days if day.period]
        looked_at: set[tuple[int, int]] = set()
        for period in [
            *(each.period for each in used),
            *days,
            *(each.period for each in dates if each.role in {EVENT, DEADLINE}),
        ]:
            if (period.start, period.end) in looked_at:
                continue
            looked_at.add((period.start, period.end))
            self._weekday(period)
        for each in used:
            if each.period.inferred and each.period.first.year:
                self.add(
                    "year_inferred",
                    each.period.start,
                    each.period.end,
                    words=self._words(each.period),
                    year=each.period.last.year,
                )
        for period in days:
            if period.inferred and not any(each.period.start == period.start for each in used):
                self.add("year_inferred", period.start, period.end, words=self._words(period), year=period.last.year)
        for each in dates:
            if (
                each.role in {EVENT, DEADLINE}
                and each.period.last.year is None
                and (each.role == DEADLINE or each.weight >= 3)
            ):
                self.add("year_missing", each.period.start, each.period.end, words=self._words(each.period))

    def _words(self, period: WrittenPeriod) -> str:
        return squeeze(self.page.text[period.start : period.end])

    def _weekday(self, period: WrittenPeriod) -> None:
        first, last = period.dates()
        if (
            period.weekday is None
            or first is None
            or (period.inferred and first.weekday() != period.weekday and last != first)
        ):
            return
        if period.weekday not in {first.weekday(), (last or first).weekday()}:
            self.add(
                "weekday_disagrees",
                period.start,
                period.end,
                words=self._words(period),
                told=period.weekday,
                real=first.weekday(),
            )

    def about_hours(self, begins: When | None, ends: When | None, sessions: list[ReadSession], agenda: Agenda) -> None:
        """Compare the stated period with the programme."""
        if not begins or not sessions or not agenda.span:
            return
        last_day = ends.day if ends else begins.day
        first_hours = [
            session.begins.value
            for session in sessions
            if not session.day or session.day.value == begins.day.isoformat()
        ]
        last_hours = [
            (session.ends or session.begins).value
            for session in sessions
            if not session.day or session.day.value == last_day.isoformat()
        ]
        earliest, latest = min(first_hours, default=None), max(last_hours, default=None)
        stated_end = f"{ends.hour:%H:%M}" if ends and ends.hour else None
        stated_start = f"{begins.hour:%H:%M}" if begins.hour else None
        starts_differ = stated_start is not None and earliest is not None and earliest != stated_start
        ends_differ = stated_end is not None and latest is not None and latest != stated_end
        if starts_differ or ends_differ:
            self.add(
                "hours_disagree",
                begins.start,
                begins.end,
                programme=f"{earliest}–{latest}",
                stated="–".join(filter(None, [stated_start or "…", stated_end])),
            )
        for session in sessions:
            if session.day and not begins.day.isoformat() <= session.day.value <= last_day.isoformat():
                self.warnings.append(
                    ReadingWarning(
                        "day_outside_event",
                        {
                            "words": session.day.value,
                            "term": " – ".join(dict.fromkeys([begins.day.isoformat(), last_day.isoformat()])),
                        },
                        session.start,
                        session.end,
                    )
                )
                break

    def about_sessions(self, sessions: list[ReadSession]) -> None:
        if len(sessions) >= MOST_SESSIONS:
            self.add("too_many_sessions", count=MOST_SESSIONS)
        open_ended = [session for session in sessions if not session.ends]
        if open_ended:
            self.warnings.append(
                ReadingWarning(
                    "end_missing",
                    {"count": len(open_ended), "words": open_ended[0].title.value},
                    open_ended[0].start,
                    open_ended[0].end,
                )
            )
        dayless = [session for session in sessions if not session.day]
        if dayless:
            self.warnings.append(
                ReadingWarning(
                    "day_unknown",
                    {"count": len(dayless), "words": dayless[0].title.value},
                    dayless[0].start,
                    dayless[0].end,
                )
            )
        for session in sessions:
            if (
                session.ends
                and session.ends.value < session.begins.value
                and not (session.begins.value >= "18:00" and session.ends.value <= "06:00")
            ):
                self.warnings.append(
                    ReadingWarning("end_before_start", {"words": session.title.value}, session.start, session.end)
                )

    def about_deadline(self, due: When | None, begins: When | None) -> None:
        if due and begins and _moment(due.day, due.hour) > _moment(begins.day, begins.hour or time(23, 59)):
            self.add("deadline_after_event", due.start, due.end, deadline=due.iso(), event=begins.iso())

    def about_absence(self, *, dated: bool, report: bool) -> None:
        if not dated and not any(warning.code == "year_missing" for warning in self.warnings):
            self.add("no_event")
        if not self.page.hours and not report:
            self.add("no_agenda_hours")


def _moment(day: date, hour: time | None) -> datetime:
    return datetime.combine(day, hour or time(0, 0))
