"""What was read: every value with the stretch of the source it came from, and whether it was inferred."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from wagtail_newsroom.news.reader.messages import message

T = TypeVar("T")


# Keys of the plain form that hold one value, and those that hold a list, in the order in which they are told.
SINGLE = (
    "title",
    "event_start",
    "event_end",
    "all_day",
    "venue",
    "online",
    "audience",
    "registration_deadline",
    "registration_url",
)
LISTS = ("contact_names", "contact_emails", "contact_phones")


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """One value. ``start`` and ``end`` are positions in ``Reading.source``; ``inferred`` marks what the words alone do not say."""

    value: T
    start: int
    end: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person of a session; the span is that of the name."""

    name: str
    role: str | None
    organisation: str | None
    start: int
    end: int
    inferred: bool = False  # the organisation stands only after a later name of the list

    def as_json(self) -> dict[str, str | None]:
        return {"name": self.name, "role": self.role, "organisation": self.organisation}


@dataclass(frozen=True, slots=True)
class ReadSession:
    """A line of the programme: ISO day, hours as ``HH:MM``; the span is that of everything that belongs to it."""

    day: Value[str] | None
    begins: Value[str]
    ends: Value[str] | None
    title: Value[str]
    people: tuple[Speaker, ...]
    track: Value[str] | None
    kind: str
    start: int
    end: int
    room: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "day": self.day.value if self.day else None,
            "start": self.begins.value,
            "end": self.ends.value if self.ends else None,
            "title": self.title.value,
            "speakers": [person.name for person in self.people],
            "people": [person.as_json() for person in self.people],
            "track": self.track.value if self.track else None,
            "kind": self.kind,
        }


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the text names; ``kind`` is invitation, programme, regulations, form or other."""

    title: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something to look at. ``start`` and ``end`` are positions in ``Reading.source``, equal where no place is meant."""

    code: str
    params: dict[str, Any]
    start: int = 0
    end: int = 0

    def message(self, language: str = "pl") -> str:
        return message(self.code, self.params, language)


@dataclass
class Reading:
    """Everything read in a text. What the text does not say is ``None`` or an empty list."""

    source: str
    title: Value[str] | None = None
    event_start: Value[str] | None = None
    event_end: Value[str] | None = None
    all_day: Value[bool] | None = None
    venue: Value[str] | None = None
    online: Value[bool] | None = None
    audience: Value[str] | None = None
    registration_deadline: Value[str] | None = None
    registration_url: Value[str] | None = None
    contact_names: list[Value[str]] = field(default_factory=list)
    contact_emails: list[Value[str]] = field(default_factory=list)
    contact_phones: list[Value[str]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    agenda: list[ReadSession] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)
    published: Value[str] | None = None

    def as_json(self, language: str = "pl") -> dict[str, Any]:
        """Return the plain form: the keys that the command prints, dates and hours ISO and local."""
        single = {name: value.value if (value := getattr(self, name)) else None for name in SINGLE}
        return {
            **single,
            **{name: [value.value for value in getattr(self, name)] for name in LISTS},
            "attachments": [{"title": paper.title, "kind": paper.kind} for paper in self.attachments],
            "programme": [session.as_json() for session in self.agenda],
            "warnings": [
                {
                    "code": warning.code,
                    "message": warning.message(language),
                    "where": " ".join(self.source[warning.start : warning.end].split()) or None,
                }
                for warning in self.warnings
            ],
        }
