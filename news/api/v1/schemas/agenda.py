"""The programme of an event."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.common import LocalTime
from wagtail_newsroom.news.api.v1.schemas.files import Attachment

SessionWord = Literal["session", "registration", "opening", "closing", "travel", "visit", "break"]


class PersonLink(Schema):
    """Somebody of the list of people."""

    id: int
    key: UUID = Field(description="The same in every language.")
    name: str = Field(examples=["Ewa Lis"])


class Speaker(Schema):
    """Who speaks, as the programme prints it."""

    name: str = Field(examples=["Ewa Lis"])
    role: str = Field(description="May be empty.", examples=["koordynatorka"])
    organisation: str = Field(description="May be empty.", examples=["Fundacja Przykładna"])
    person: PersonLink | None = Field(description="Null where only the name is known.")


class Session(Schema):
    """A session or a break. Hours are local, in the event's time zone; moments are in UTC."""

    id: str = Field(description="Stays through every edit.", examples=["b1f6a4de-52a5-4a0c-9c8e-0a4d8c1d3f10"])
    kind: SessionWord
    title: str = Field(examples=["Jak zaplanować usługi bliżej ludzi"])
    description: str = Field(description="Plain text; line breaks count. May be empty.")
    start: LocalTime | None = Field(description="Null where it is not told.", examples=["10:15:00"])
    end: LocalTime | None = Field(description="Null where it is not told.", examples=["11:00:00"])
    starts_at: dt.datetime | None = Field(
        description="Null without a date or an hour. What continues a night begins on the next date.",
        examples=["2027-03-12T09:15:00Z"],
    )
    ends_at: dt.datetime | None = Field(description="An end before the start is one of the next date.")
    speakers: list[Speaker]
    room: str = Field(description="Empty: that of its track, or not told.", examples=["Sala C"])
    track: str = Field(description="The name of one of the day's tracks; empty for what everybody attends.")
    documents: list[Attachment]


class Track(Schema):
    """One of several groups that run side by side."""

    name: str = Field(examples=["Grupa A"])
    audience: str = Field(description="For whom; may be empty.")
    room: str = Field(description="May be empty.")


class AgendaDay(Schema):
    """A day of the programme."""

    id: str = Field(description="Stays through every edit.")
    date: dt.date | None = Field(description="Null where it is not told.")
    heading: str = Field(description="May be empty.", examples=["Dzień pierwszy"])
    tracks: list[Track]
    sessions: list[Session] = Field(description="Sessions and breaks in the order of the programme.")
