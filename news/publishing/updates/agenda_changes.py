"""What a publication changes in a programme that is public already, kept row by row.

Recorded where an event is stored, inside its transaction: whatever door a publication comes through, and nothing where it
is rolled back. A first publication, a draft, a copy, and a page that comes back after it was taken down record nothing;
nor does a programme that is published for the first time, or taken off the page as a whole.

Public: other apps may import from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from wagtail_newsroom.news.models import AgendaChange, ChangeKind, EventPage
from wagtail_newsroom.news.models.delivery.change_records import ChangeKind as PublicChange
from wagtail_newsroom.news.models.events.agenda_notices import change_text
from wagtail_newsroom.news.models.events.session_facts import SessionFacts, changed_parts, is_same_title
from wagtail_newsroom.news.publishing.changes.records import record

Difference = tuple[SessionFacts | None, SessionFacts | None]


def differences(before: list[SessionFacts], now: list[SessionFacts]) -> list[Difference]:
    """Pairs of what a session was and became, where that matters to people; ``None``: it was not there, it is gone.

    Sessions are known by their ids; by their titles where a programme was typed anew.
    """
    if not before or not now:
        return []
    return [
        (was, became)
        for was, became in _pairs(before, now)
        if was is None or became is None or changed_parts(was, became)
    ]


def record_changes(event: EventPage, before: list[SessionFacts]) -> list[AgendaChange]:
    """Keep what ``event``, which is public and being stored, changes in ``before``, its public programme until now."""
    rows = [
        AgendaChange(
            page=event,
            session=(became or was or SessionFacts("")).id,
            kind=_kind(was, became),
            was=was.as_json() if was else {},
            now=became.as_json() if became else {},
        )
        for was, became in differences(before, event.session_facts)
    ]
    return AgendaChange.objects.bulk_create(rows)


def _pairs(before: list[SessionFacts], now: list[SessionFacts]) -> Iterator[Difference]:
    """Each session of ``before`` with what became of it, then what is new. One without an id is nobody's."""
    old = {facts.id: facts for facts in before if facts.id}
    known = {facts.id: facts for facts in now if facts.id}
    gone = [facts for facts in old.values() if facts.id not in known]
    fresh = [facts for facts in known.values() if facts.id not in old]
    anew = {**_typed_anew(gone, fresh, exactly=True)}
    anew |= _typed_anew([facts for facts in gone if facts.id not in anew], fresh, exactly=False)
    for was in old.values():
        yield was, known.get(was.id) or anew.get(was.id)
    for became in fresh:
        yield None, became


def _typed_anew(gone: list[SessionFacts], fresh: list[SessionFacts], *, exactly: bool) -> dict[str, SessionFacts]:
    """Sessions that went and came back under another id, by their old one; they are taken out of ``fresh``.

    The same title makes the same session; ``exactly``: the same day, hours and place too.
    """
    found: dict[str, SessionFacts] = {}
    for was in gone:
        alike = (facts for facts in fresh if facts.is_break == was.is_break and is_same_title(was.title, facts.title))
        same = next((facts for facts in alike if not exactly or not changed_parts(was, facts)), None)
        if same is not None:
            found[was.id] = same
            fresh.remove(same)
    return found


def _kind(was: SessionFacts | None, became: SessionFacts | None) -> ChangeKind:
    if was is None:
        return ChangeKind.ADDED
    if became is None:
        return ChangeKind.CANCELLED
    return ChangeKind.CHANGED if changed_parts(was, became) == {"title"} else ChangeKind.MOVED


@dataclass(frozen=True)
class HistoryEntry:
    """One change as the history tells it. ``is_told``: a notice stands on the page because of it."""

    change: AgendaChange
    text: str
    hours: str
    is_announced: bool


def history(event: EventPage) -> list[HistoryEntry]:
    """Every change of the programme of ``event``, latest first. ``event``: its live version."""
    noticed = {notice.session.id for notice in event.agenda_notices.notices if notice.session}
    announced = {change.pk for change in event.announced_changes if change.session in noticed}
    return [
        HistoryEntry(change, change_text(change.before, change.after), _hours(change), change.pk in announced)
        for change in event.agenda_changes.order_by("-at", "-pk")
    ]


@transaction.atomic
def show_change(change: AgendaChange, user: Any, *, shown: bool) -> bool:
    """Tell readers of ``change`` (while its time lasts), or not; ``False`` where it was so already. It is logged."""
    if not AgendaChange.objects.filter(pk=change.pk, shown=not shown).update(shown=shown):
        return False
    action = "newsroom.agenda_change_shown" if shown else "newsroom.agenda_change_hidden"
    record(PublicChange.UPSERT, change.page, renamed=False, ranked=False)
    log(instance=change.page, action=action, user=user, data={"title": change.title})
    return True


def _hours(change: AgendaChange) -> str:
    facts = change.after or change.before
    return facts.hours if facts else ""
