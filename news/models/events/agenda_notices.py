"""What readers of an agenda see of its changes: a notice at each session, and one sum of them above all.

A notice compares a session with what it was before the first change that is still told: hours that were moved twice are
told once, and what was moved back is not told at all.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_newsroom.news.models.events.agenda import AgendaDay, Session
from wagtail_newsroom.news.models.events.agenda_changes import AgendaChange, ChangeKind
from wagtail_newsroom.news.models.events.session_facts import SessionFacts, changed_parts
from wagtail_newsroom.news.wording import dates


@dataclass(frozen=True)
class Notice:
    """What happened to one session, in words: “moved from 10:00”."""

    kind: str
    text: str
    at: dt.datetime
    session: Session | None = None

    @property
    def is_cancelled(self) -> bool:
        """The session does not take place."""
        return self.kind == ChangeKind.CANCELLED


@dataclass(frozen=True)
class AgendaNotices:
    """The days of a programme with what was changed in them; ``changed_at``: the latest change that is told."""

    days: list[AgendaDay]
    notices: list[Notice]

    @property
    def changed_at(self) -> dt.datetime | None:
        """``None`` where nothing is told."""
        return max((notice.at for notice in self.notices), default=None)

    @property
    def headline(self) -> str:
        """“The programme was changed on 21 March”; empty where nothing is told."""
        if self.changed_at is None:
            return ""
        day = dates.plain_date(timezone.localdate(self.changed_at), year=False)
        return _("The programme was changed on %(day)s") % {"day": day}


def with_notices(days: list[AgendaDay], present: list[SessionFacts], changes: Iterable[AgendaChange]) -> AgendaNotices:
    """Put notices at the sessions of ``days``, whose facts are ``present``; what was cancelled into its old place.

    ``changes``: those of this page that are to be told, oldest first.
    """
    by_session: dict[str, list[AgendaChange]] = {}
    for change in changes:
        by_session.setdefault(change.session, []).append(change)
    here = {facts.id: facts for facts in present if facts.id}
    notices = {key: found for key, rows in by_session.items() if (found := _notice(rows, here.get(key)))}
    gone = sorted(
        (facts for key, notice in notices.items() if notice.is_cancelled and (facts := by_session[key][-1].before)),
        key=lambda facts: facts.order,
    )
    marked = [_marked(day, notices) for day in days]
    for facts in gone:
        marked = _put_back(marked, facts, notices[facts.id])
    sessions = [session for day in marked for session in day.sessions]
    return AgendaNotices(marked, [replace(each.notice, session=each) for each in sessions if each.notice])


def change_text(before: SessionFacts | None, now: SessionFacts | None) -> str:
    """What became of a session, in words; empty where nothing that matters did."""
    if before is None:
        return pgettext("of a session", "new")
    if now is None:
        return pgettext("of a session", "cancelled")
    parts = changed_parts(before, now)
    said = []
    if "day" in parts and (day := before.date):
        plain = dates.plain_date(day, year=False)
        if before.start:
            said.append(_("moved from %(day)s, %(hour)s") % {"day": plain, "hour": _hour(before.start)})
        else:
            said.append(_("moved from %(day)s") % {"day": plain})
    elif "start" in parts:
        said.append(_("moved from %(hour)s") % {"hour": _hour(before.start)})
    elif "end" in parts:
        said.append(_("was to last until %(hour)s") % {"hour": _hour(before.end)})
    if "room" in parts:
        said.append(_("moved from: %(room)s") % {"room": before.room})
    if "track" in parts:
        said.append(_("moved from the track “%(track)s”") % {"track": before.track})
    if "title" in parts:
        said.append(_("in place of “%(title)s”") % {"title": before.title})
    return ", ".join(said)


def _notice(rows: Sequence[AgendaChange], now: SessionFacts | None) -> Notice | None:
    """The notice of one session, from its changes that are told, oldest first."""
    first, last = rows[0], rows[-1]
    if now is None:
        # Nobody is told about what never stood on the page for readers to plan by.
        return Notice(ChangeKind.CANCELLED, change_text(last.before, None), last.at) if last.after is None else None
    if text := change_text(first.before, now):
        kind = ChangeKind.ADDED if first.before is None else _kind(first.before, now)
        return Notice(kind, text, last.at)
    return None


def _kind(before: SessionFacts, now: SessionFacts) -> ChangeKind:
    return ChangeKind.CHANGED if changed_parts(before, now) == {"title"} else ChangeKind.MOVED


def _marked(day: AgendaDay, notices: dict[str, Notice]) -> AgendaDay:
    sessions = [
        replace(session, notice=notices[session.id]) if session.id in notices else session for session in day.sessions
    ]
    return replace(day, sessions=sessions)


def _put_back(days: list[AgendaDay], facts: SessionFacts, notice: Notice) -> list[AgendaDay]:
    """Add a session that was cancelled to its day: after the one it followed, else by its hour."""
    session = Session(
        id=facts.id,
        title=facts.title,
        kind="break" if facts.is_break else "session",
        is_break=facts.is_break,
        start=_time(facts.start),
        end=_time(facts.end),
        room=facts.room,
        track=facts.track,
        notice=notice,
    )
    for position, day in enumerate(days):
        if (facts.day_id and day.id == facts.day_id) or (facts.date and day.date == facts.date):
            place = _place(day.sessions, session, facts.after)
            sessions = [*day.sessions[:place], session, *day.sessions[place:]]
            return [*days[:position], replace(day, sessions=sessions), *days[position + 1 :]]
    lone = AgendaDay(date=facts.date, heading="", tracks=[], sessions=[session], id=facts.day_id)
    later = (n for n, day in enumerate(days) if facts.date and day.date and day.date > facts.date)
    place = next(later, len(days))
    return [*days[:place], lone, *days[place:]]


def _place(sessions: list[Session], session: Session, after: str) -> int:
    for position, other in enumerate(sessions):
        if after and other.id == after:
            return position + 1
    beside = [n for n, other in enumerate(sessions) if session.start and other.start and other.start > session.start]
    return beside[0] if beside else len(sessions) if session.start or after else 0


def _time(hour: str) -> dt.time | None:
    return dt.time.fromisoformat(hour) if hour else None


def _hour(hour: str) -> str:
    return dates.plain_time(dt.time.fromisoformat(hour))
