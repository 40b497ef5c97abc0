"""Events."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.agenda import AgendaDay
from wagtail_newsroom.news.api.v1.schemas.common import LocalTime, PageLink
from wagtail_newsroom.news.api.v1.schemas.files import Attachment
from wagtail_newsroom.news.api.v1.schemas.images import Image
from wagtail_newsroom.news.api.v1.schemas.pages import Display, StoryParts, StorySummary

EventKindWord = Literal["conference", "meeting", "training", "study_visit", "webinar", "consultation", "other"]
StatusWord = Literal["scheduled", "postponed", "cancelled", "moved_online"]
AttendanceWord = Literal["onsite", "online", "mixed"]
PhaseWord = Literal["before", "today", "over"]
RegistrationWord = Literal["none", "not_yet", "open", "closing", "full", "waiting_list", "closed", "over"]
RegistrationKindWord = Literal["none", "link", "email", "form"]
AvailabilityWord = Literal["open", "full", "reserve"]
YesNoWord = Literal["yes", "no", "unknown"]
RoleWord = Literal["organiser", "partner", "funder", "host"]
ToneWord = Literal["open", "closing", "off", "past", "plain"]
ChangeWord = Literal["moved", "changed", "added", "cancelled"]


class EventPlace(Schema):
    """A place where events happen, in the language of the item."""

    id: int
    key: UUID = Field(description="The same in every language.")
    name: str = Field(examples=["Dom Kultury"])
    hall: str = Field(description="May be empty.", examples=["Sala C, drugie piętro"])
    street: str = Field(description="May be empty.", examples=["ul. Długa 7"])
    postal_code: str = Field(description="May be empty.", examples=["63-233"])
    city: str = Field(description="May be empty.", examples=["Jarocinek"])
    address: str = Field(description="Street, postal code and city on one line.")
    latitude: float | None = Field(description="Degrees (WGS 84).", examples=[51.972])
    longitude: float | None = Field(description="Degrees (WGS 84).", examples=[17.503])
    access: str = Field(description="Getting there and in: entrance, lift, parking; plain text.")
    map_url: str = Field(description="A map that shows it; empty where too little is known.")


class RegistrationSummary(Schema):
    """How registration stands now."""

    state: RegistrationWord = Field(
        description="`closing`: open, in its last days; `waiting_list`: open for the reserve list only; `over`: the event is."
    )
    kind: RegistrationKindWord = Field(description="How people register.")
    opens_at: dt.datetime | None = Field(description="In UTC; null: it is open from the beginning.")
    deadline_at: dt.datetime | None = Field(
        description="The last moment, in UTC; null: until the event starts.", examples=["2027-03-11T14:00:00Z"]
    )
    deadline_date: dt.date | None = Field(description="Local, in the event's time zone.")
    deadline_time: LocalTime | None = Field(description="Local; null: until the end of that day.")
    availability: AvailabilityWord = Field(description="What the editors said of places: `reserve`: reserve list only.")


class DateLeaf(Schema):
    """The date in large letters."""

    weekday: str = Field(examples=["piątek"])
    day: str = Field(examples=["12", "27–28"])
    month: str = Field(examples=["marca"])
    year: int | None = Field(description="Null in the year that is now.")
    tone: Literal["", "past", "off"] = Field(description="`past`: it is over; `off`: it is called off.")


class EventDisplay(Display):
    """Words of an event in its own language, ready to be shown."""

    state_tone: ToneWord | None = Field(description="Of `state_line`; null without one.")
    leaf: DateLeaf | None = Field(description="Null without a date.")


class EventSummary(StorySummary):
    """An event in a list. `date` is the day of its publication; when it happens is said by `starts_at` and the rest."""

    type: Literal["event"]
    kind: EventKindWord
    phase: PhaseWord = Field(description="`today`: on the day of its start, or under way.")
    starts_at: dt.datetime | None = Field(
        description="Its first moment, in UTC; of an event without an hour the first of that day. Null without a date.",
        examples=["2027-03-12T08:30:00Z"],
    )
    ends_at: dt.datetime | None = Field(
        description="Its last moment, in UTC; where no hour is told, the last second of its last day."
    )
    timezone: str = Field(description="Of the local days and hours below (IANA).", examples=["Europe/Warsaw"])
    all_day: bool = Field(description="No hour of its start is told.")
    start_date: dt.date | None
    start_time: LocalTime | None = Field(description="Null where it is not told.", examples=["09:30:00"])
    end_date: dt.date | None = Field(description="Its last day; the first one where it lasts a day.")
    end_time: LocalTime | None = Field(description="Null where it is not told.")
    status: StatusWord
    status_reason: str = Field(description="Why it does not go ahead as planned; may be empty.")
    attendance_mode: AttendanceWord
    audience: str = Field(description="For whom; may be empty.")
    place: EventPlace | None = Field(
        description="Null online, on visits with stops of their own, and where it is not known. `display.where` says it in words."
    )
    registration: RegistrationSummary
    display: EventDisplay


class Clause(Schema):
    """What people are told about their data when they register."""

    id: int
    key: UUID = Field(description="The same in every language.")
    title: str
    version: int = Field(description="Raised with each change of its words.")
    text: str = Field(description="Rich text, in the format that was asked for.")


class RegistrationDisplay(Schema):
    """Words on registration as they hold now. Empty: nothing to say, or nothing to press."""

    deadline: str = Field(examples=["11 marca 2027, do godz. 15:00"])
    extended: str = Field(examples=["przedłużono z 5 na 12 grudnia"])
    note: str
    label: str = Field(description="Of the button.", examples=["Zapisz się"])
    url: str = Field(description="Where the button leads, `mailto:` too; empty unless people can register now.")


class Registration(RegistrationSummary):
    """Registration with everything that is known of it."""

    opens_date: dt.date | None = Field(description="Local, in the event's time zone.")
    opens_time: LocalTime | None = Field(description="Local; null: from the beginning of that day.")
    deadline_before_extension: dt.date | None = Field(description="Null where it was never moved.")
    link: str = Field(description="Address of the form, of `kind` `link`; else empty.")
    email: str = Field(description="Of `kind` `email`; else empty.")
    form: Attachment | None = Field(
        description="Of `kind` `form`: the file to fill in; `closed` says when it is not handed out."
    )
    return_to: str = Field(description="Where the form is sent; may be empty.")
    clause: Clause | None
    display: RegistrationDisplay


class Stop(Schema):
    """A stop of a visit."""

    place: str
    host: str = Field(description="The organisation that is visited; may be empty.")
    description: str = Field(description="Plain text; may be empty.")
    day: dt.date | None
    time: LocalTime | None = Field(description="Local, in the event's time zone.")


class OrganiserLink(Schema):
    """An organisation, in the language of the item."""

    id: int
    key: UUID = Field(description="The same in every language.")
    name: str
    url: str = Field(description="May be empty.")
    logo: Image | None


class Organiser(Schema):
    """An organisation and what it is to the event."""

    role: RoleWord
    role_name: str = Field(description="The role in the language of the item.", examples=["Organizator"])
    organisation: OrganiserLink


class Accessibility(Schema):
    """What is known about getting in and taking part."""

    step_free: YesNoWord
    induction_loop: YesNoWord
    sign_language: YesNoWord = Field(description="An interpreter of the national sign language.")
    captions: YesNoWord = Field(description="Live captions.")
    requests: str = Field(description="What can be asked for; may be empty.")
    requests_until: dt.date | None
    facts: list[str] = Field(
        description="The same in sentences; what nobody knows is not told. Leave out once it is over."
    )


class Online(Schema):
    """Taking part online."""

    platform: str = Field(description="May be empty.", examples=["Zoom"])
    link: str | None = Field(description="Null unless everybody may have it.")
    note: str = Field(description="What to tell of a link that only those who register get; else empty.")


class EventLinks(Schema):
    """Files of the event, and links that put it into calendars. Null where there is nothing to lead to."""

    calendar: str | None = Field(description="`event.ics`; null without a date.")
    calendar_with_sessions: str | None = Field(description="The same with each session that has an hour.")
    schedule_json: str | None = Field(description="The programme for conference software; null without hours.")
    schedule_xml: str | None
    google: str | None
    outlook: str | None


class AgendaNotice(Schema):
    """What was changed in one session of the programme."""

    session: str = Field(description="Its id; that of a cancelled one is not in `agenda` any more.")
    kind: ChangeWord
    text: str = Field(examples=["przeniesione z 10:00"])
    at: dt.datetime
    title: str
    date: dt.date | None
    start: LocalTime | None
    end: LocalTime | None
    room: str
    track: str
    is_break: bool
    after: str | None = Field(description="Of a cancelled one, the id of the session that it followed.")


class AgendaChanges(Schema):
    """What was changed lately in a programme that was public already."""

    headline: str = Field(examples=["Program zmieniono 21 marca"])
    changed_at: dt.datetime
    notices: list[AgendaNotice] = Field(description="In the order of the programme.")


class EventItem(EventSummary, StoryParts):
    """A whole event."""

    announce_in_news: bool = Field(description="The invitation stands in the list of news too.")
    check_in_from: LocalTime | None = Field(description="Local, on the first day.")
    cost: str = Field(description="In words; may be empty.", examples=["bezpłatnie"])
    places: int | None = Field(description="How many; null where it is not told.")
    registration: Registration
    online: Online | None = Field(description="Null where nobody takes part online.")
    accessibility: Accessibility
    stops: list[Stop]
    organisers: list[Organiser]
    agenda: list[AgendaDay]
    agenda_changes: AgendaChanges | None = Field(description="Null where nothing is to be told.")
    recording_url: str = Field(description="May be empty.")
    reports: list[PageLink] = Field(description="News that report on it, latest first.")
    links: EventLinks
