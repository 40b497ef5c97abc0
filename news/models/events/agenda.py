"""The programme as visitors see it: days, in them parts, a part being common sessions or tracks side by side."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from wagtail_newsroom.news.enums import SessionKind
from wagtail_newsroom.news.models.files.attachments import AttachmentRow, attachment_row, shown_documents
from wagtail_newsroom.news.models.pages.localised import localised
from wagtail_newsroom.news.models.snippets.people import Person
from wagtail_newsroom.news.wording import dates

if TYPE_CHECKING:
    from wagtail_newsroom.news.models.events.agenda_notices import Notice


@dataclass(frozen=True)
class Session:
    """A session or a break. ``id`` is the block's own and survives every edit; hours are local, ``None`` if untold."""

    id: str
    title: str
    kind: str
    is_break: bool
    start: dt.time | None
    end: dt.time | None
    description: str = ""
    speakers: list[dict[str, str]] = field(default_factory=list)
    room: str = ""
    track: str = ""
    documents: list[AttachmentRow] = field(default_factory=list)
    notice: "Notice | None" = None
    # The people of ``speakers``, in their order; ``None`` where only a name was typed.
    people: list[Person | None] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Name of the session's place on the page, for links."""
        return f"s-{self.id[:8]}" if self.id else ""

    @property
    def hours(self) -> str:
        """“10:15–11:00”; empty where no hour is told."""
        return "–".join(dates.plain_time(hour) for hour in (self.start, self.end) if hour)


@dataclass(frozen=True)
class Track:
    """One of several groups that run side by side."""

    name: str
    audience: str
    room: str


@dataclass(frozen=True)
class Column:
    """A track with its sessions."""

    track: Track
    sessions: list[Session]


@dataclass(frozen=True)
class Part:
    """Sessions that everybody attends (``tracks`` is ``None``), or tracks side by side (``sessions`` is empty)."""

    sessions: list[Session]
    tracks: list[Column] | None = None


@dataclass(frozen=True)
class AgendaDay:
    """A day of the programme."""

    date: dt.date | None
    heading: str
    tracks: list[Track]
    sessions: list[Session]
    id: str = ""

    @property
    def label(self) -> str:
        """“poniedziałek, 27 listopada 2017”; the heading alone where the day has no date."""
        return f"{dates.weekday(self.date)}, {dates.plain_date(self.date)}" if self.date else self.heading

    @property
    def parts(self) -> list[Part]:
        """Sessions in their order, neighbours of any track gathered side by side."""
        return list(self._parts())

    def _parts(self) -> Iterator[Part]:
        names = {track.name.strip().casefold(): track for track in self.tracks}
        for parallel, group in groupby(self.sessions, key=lambda session: session.track.strip().casefold() in names):
            sessions = list(group)
            if not parallel:
                yield Part(sessions=sessions)
                continue
            columns = [
                Column(
                    track,
                    [session for session in sessions if session.track.strip().casefold() == name],
                )
                for name, track in names.items()
            ]
            yield Part(sessions=[], tracks=[column for column in columns if column.sessions])


def agenda_days(
    stream: Any, first_day: dt.date | None, locale_id: int | None = None, reader: Any = None
) -> list[AgendaDay]:
    """Read the ``agenda`` stream of an event whose language is ``locale_id``; ``reader``: who previews it.

    A day without a date is the event's first day. People and files are fetched together, however many there are.
    """
    wanted = [
        document
        for day in stream
        for session in day.value["sessions"]
        for document in session.value.get("documents") or []
        if document is not None
    ]
    shown = shown_documents(wanted, reader)
    people = _people(stream, locale_id)
    return [
        AgendaDay(
            date=day.value.get("date") or (first_day if position == 0 else None),
            heading=day.value.get("heading") or "",
            tracks=[
                Track(
                    name=track.value["name"],
                    audience=track.value.get("audience") or "",
                    room=track.value.get("room") or "",
                )
                for track in day.value["tracks"]
            ],
            sessions=[_session(child, shown, people) for child in day.value["sessions"]],
            id=day.id or "",
        )
        for position, day in enumerate(stream)
    ]


def stored_days(blocks: Any, first_day: dt.date | None) -> list[AgendaDay]:
    """As :func:`agenda_days`, without people and files: from the raw data of the stream, with no query."""
    return [
        AgendaDay(
            date=_stored(dt.date, said.get("date")) or (first_day if position == 0 else None),
            heading=said.get("heading") or "",
            tracks=[
                Track(*(track.get(name) or "" for name in ("name", "audience", "room")))
                for _pk, _kind, track in _stored_blocks(said.get("tracks"))
            ],
            sessions=[_stored_session(*child) for child in _stored_blocks(said.get("sessions"))],
            id=pk,
        )
        for position, (pk, _kind, said) in enumerate(_stored_blocks(blocks))
    ]


def _stored_session(pk: str, block: str, said: dict[str, Any]) -> Session:
    is_break = block == "break"
    return Session(
        id=pk,
        title=said.get("title") or "",
        kind="break" if is_break else said.get("kind") or SessionKind.SESSION,
        is_break=is_break,
        start=_stored(dt.time, said.get("start")),
        end=_stored(dt.time, said.get("end")),
        description=said.get("description") or "",
        room=said.get("room") or "",
        track=said.get("track") or "",
    )


def _stored_blocks(blocks: Any) -> list[tuple[str, str, dict[str, Any]]]:
    return [(str(each.get("id") or ""), each.get("type") or "", each.get("value") or {}) for each in blocks or []]


def _stored(kind: Any, text: Any) -> Any:
    """A stored day or hour; ``None`` where there is none, or what code stored is no such thing."""
    try:
        return kind.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None


def _people(stream: Any, locale_id: int | None) -> dict[int, Person]:
    """Map the id of each chosen speaker to the person and organisation in the language ``locale_id``."""
    wanted = [
        speaker["person"].pk
        for day in stream
        for session in day.value["sessions"]
        for speaker in session.value.get("speakers") or []
        if speaker["person"] is not None
    ]
    found = list(Person.objects.filter(pk__in=wanted).select_related("organisation"))
    people = localised(found, locale_id)
    with_organisation = [person for person in people if person.organisation is not None]
    organisations = localised([person.organisation for person in with_organisation], locale_id)
    for person, organisation in zip(with_organisation, organisations, strict=True):
        person.organisation = organisation
    return {original.pk: person for original, person in zip(found, people, strict=True)}


def _session(child: Any, shown: dict[Any, Any], people: dict[int, Person]) -> Session:
    value = child.value
    is_break = child.block_type == "break"
    speakers = [
        (said, person)
        for speaker in value.get("speakers") or []
        for person in [people.get(speaker["person"].pk) if speaker["person"] else None]
        if (said := speaker.described(person))["name"]
    ]
    return Session(
        id=child.id or "",
        title=value["title"],
        kind="break" if is_break else value.get("kind") or SessionKind.SESSION,
        is_break=is_break,
        start=value.get("start"),
        end=value.get("end"),
        description=value.get("description") or "",
        speakers=[said for said, _person in speakers],
        people=[person for _said, person in speakers],
        room=value.get("room") or "",
        track=value.get("track") or "",
        documents=[
            attachment_row(shown[document.pk])
            for document in value.get("documents") or []
            if document is not None and document.pk in shown
        ],
    )
