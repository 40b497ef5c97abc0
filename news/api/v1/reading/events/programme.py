"""The programme of an event, what was changed in it, and the files that it is in."""

import datetime as dt
import json
from typing import Any

from django.db.models import OuterRef
from django.utils import translation

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.blocks.agenda import read_agenda, wants_of_agenda
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.bodies import stored_blocks
from wagtail_newsroom.news.api.v1.reading.events.rows import event_of, utc
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.feeds.calendar_links import calendar_links
from wagtail_newsroom.news.feeds.slots import slots_of
from wagtail_newsroom.news.models.events.agenda_changes import AgendaChange, changes_since
from wagtail_newsroom.news.models.events.agenda_notices import AgendaNotices, with_notices
from wagtail_newsroom.news.models.events.session_facts import agenda_facts
from wagtail_newsroom.news.queries.json_rows import JsonRows


class ProgrammePart(Part):
    """A part that reads the stored programme."""

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {"agenda_blocks": stored_blocks("agenda")}


class AgendaPart(ProgrammePart):
    """The programme: days, in them sessions and breaks."""

    name = "agenda"

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        wants_of_agenda(row["agenda_blocks"], wanted)

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        event = event_of(row, found.answer)
        return read_agenda(row["agenda_blocks"], found, event.start_date, event.tz)


class AgendaChangesPart(ProgrammePart):
    """What was changed lately in a programme that was public already."""

    name = "agenda_changes"

    def columns(self, answer: Answer) -> dict[str, Any]:
        shown = AgendaChange.objects.filter(page=OuterRef("pk"), shown=True).order_by("at", "pk")
        names = ("session", "kind", "was", "now", "at")
        return {**super().columns(answer), "agenda_change_rows": JsonRows(shown, **{name: name for name in names})}

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any] | None:
        event, since = event_of(row, found.answer), changes_since(found.answer.now)
        changes = [change for each in row["agenda_change_rows"] if (change := _change(each)).at > since]
        if not changes or event.called_off or event.is_over:
            return None
        with translation.override(row["language"]):
            told = with_notices(event.agenda_days, agenda_facts(row["agenda_blocks"], event.start_date), changes)
            return _changes(told)


def _change(row: dict[str, Any]) -> AgendaChange:
    """A row as it came out of the database as JSON; JSON within it comes as text from SQLite."""
    was, now = (json.loads(each) if isinstance(each, str) else each for each in (row["was"], row["now"]))
    at = dt.datetime.fromisoformat(row["at"])
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return AgendaChange(session=row["session"], kind=row["kind"], was=was, now=now, at=at)


def _changes(told: AgendaNotices) -> dict[str, Any] | None:
    if not told.notices:
        return None
    notices = []
    for day in told.days:
        before = None
        for session in day.sessions:
            if session.notice is not None:
                notices.append(
                    {
                        "session": session.id,
                        "kind": str(session.notice.kind),
                        "text": session.notice.text,
                        "at": utc(session.notice.at),
                        "title": session.title,
                        "date": day.date,
                        "start": session.start,
                        "end": session.end,
                        "room": session.room,
                        "track": session.track,
                        "is_break": session.is_break,
                        "after": before if session.notice.is_cancelled else None,
                    }
                )
            before = session.id
    return {"headline": told.headline, "changed_at": utc(told.changed_at), "notices": notices}


class EventLinksPart(ProgrammePart):
    """Files of the event and links into calendars, as its page offers them."""

    name = "links"

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, str | None]:
        event = event_of(row, found.answer)
        page, slots = event.full_url, slots_of(event)
        ahead = event.start_date is not None and not event.is_over and not event.called_off
        programme = bool(slots) and not event.called_off
        with translation.override(row["language"]):
            web = {link.name: link.url for link in calendar_links(event)} if ahead else {}
        return {
            "calendar": f"{page}event.ics" if ahead else None,
            "calendar_with_sessions": f"{page}event.ics?sessions=1" if ahead and slots else None,
            "schedule_json": f"{page}schedule.json" if programme else None,
            "schedule_xml": f"{page}schedule.xml" if programme else None,
            "google": web.get("Google"),
            "outlook": web.get("Outlook"),
        }
