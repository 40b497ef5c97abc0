"""What the list of events may be narrowed by, and its orders."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from ninja import Field
from pydantic import model_validator

from wagtail_newsroom.news.api.v1.cursors import FIRST_MOMENT, ID, ID_DOWN, LAST_MOMENT, Key
from wagtail_newsroom.news.api.v1.parameters import DayOrMoment, Several, Word, Words
from wagtail_newsroom.news.api.v1.problems import ParameterProblem, bad_values
from wagtail_newsroom.news.api.v1.reading.filters import StoryParameters
from wagtail_newsroom.news.api.v1.reading.stories import STORY_ORDERS
from wagtail_newsroom.news.api.v1.schemas.events import AttendanceWord, EventKindWord, StatusWord
from wagtail_newsroom.news.listings.events import on_today, past, taking_registrations, upcoming
from wagtail_newsroom.news.models import Venue
from wagtail_newsroom.news.models.events.events import EventStop
from wagtail_newsroom.news.switches import REGISTRATION, is_on

# Without a date: behind all others when the soonest comes first, and when the latest does.
EVENT_ORDERS = {
    "starts_at": (Key("starts_at", "moment", missing=LAST_MOMENT), ID),
    "-starts_at": (Key("starts_at", "moment", descending=True, missing=FIRST_MOMENT), ID_DOWN),
    "ends_at": (Key("ends_at", "moment", missing=LAST_MOMENT), ID),
    "-ends_at": (Key("ends_at", "moment", descending=True, missing=FIRST_MOMENT), ID_DOWN),
    **STORY_ORDERS,
}


class EventParameters(StoryParameters):
    """Parameters of the list of events."""

    when: Literal["all", "upcoming", "today", "past"] = Field(
        "all",
        description="`upcoming`: not over yet, those under way and without a date too; `today`: on today or under way.",
    )
    starts_from: DayOrMoment | None = Field(None, description="Begins then or later; a day is local to the event.")
    starts_until: DayOrMoment | None = Field(None, description="Begins then or before.")
    ends_from: DayOrMoment | None = Field(None, description="Its last moment, or its last day, is then or later.")
    ends_until: DayOrMoment | None = Field(None, description="Its last moment, or its last day, is then or before.")
    kind: Several[EventKindWord] = Field([], description="Kinds; several are separated by commas.")
    status: Several[StatusWord] = Field([], description="Several are separated by commas.")
    mode: Several[AttendanceWord] = Field([], description="Of `attendance_mode`.")
    place: Words = Field(
        [],
        description="Keys of venues, or places as they are written: the city of a venue in any language, a stop of a visit.",
        examples=[["Jarocinek"]],
    )
    audience: Word = Field("", description="Words that `audience` holds.")
    registration: Literal["open"] | None = Field(
        None,
        description="`open`: people can register now (`state` is `open`, `closing` or `waiting_list`). "
        "There is no such parameter where the site has registration switched off.",
    )
    order: Literal[*EVENT_ORDERS] | None = Field(  # type: ignore[valid-type]  # made of data
        None,
        description="What comes first. Without it `starts_at` with `when` `upcoming` or `today`, else `-starts_at`.",
    )

    @model_validator(mode="after")
    def _decide(self) -> "EventParameters":
        """Refuse what is switched off, and choose the order that was not asked for."""
        if self.registration and not is_on(REGISTRATION):
            raise bad_values([_unknown("registration")])
        self.order = self.order or ("starts_at" if self.when in ("upcoming", "today") else "-starts_at")
        return self


def _unknown(name: str) -> ParameterProblem:
    text = _("There is no parameter “%(name)s” here. Take it away, or correct its name.") % {"name": name}
    return ParameterProblem(parameter=name, code="unknown_parameter", detail=text)


IN_TIME = {"upcoming": upcoming, "today": on_today, "past": past}


def narrowed_events(events: QuerySet[Any], asked: EventParameters, now: dt.datetime) -> QuerySet[Any]:
    """Those of ``events`` that the parameters of events alone leave; ``now`` is aware."""
    if asked.when in IN_TIME:
        events = IN_TIME[asked.when](events, now)
    events = _between(events, "starts_at", F("start_date"), asked.starts_from, asked.starts_until)
    events = _between(events, "ends_at", Coalesce("end_date", "start_date"), asked.ends_from, asked.ends_until)
    for column, values in (("kind", asked.kind), ("status", asked.status), ("attendance_mode", asked.mode)):
        if values:
            events = events.filter(**{f"{column}__in": values})
    if asked.place:
        events = events.filter(_at(asked.place))
    if asked.audience:
        events = events.filter(audience__icontains=asked.audience)
    return taking_registrations(events, now) if asked.registration else events


def _between(events: QuerySet[Any], column: str, day: Any, first: Any, last: Any) -> QuerySet[Any]:
    """Bounds of a moment, or of the local day that goes with it; both inclusive."""
    for word, bound in (("gte", first), ("lte", last)):
        if isinstance(bound, dt.datetime):
            events = events.filter(**{f"{column}__{word}": bound})
        elif bound is not None:
            events = events.alias(**{f"day_of_{column}": day}).filter(**{f"day_of_{column}__{word}": bound})
    return events


def _at(places: list[str]) -> Q:
    keys, names = [], []
    for place in places:
        try:
            keys.append(UUID(place))
        except ValueError:
            names.append(place)
    venues = Venue.objects.filter(Q(translation_key__in=keys) | Q(city__in=names)).values("translation_key")
    stops = EventStop.objects.filter(place__in=names).values("page")
    return Q(venue__translation_key__in=venues) | Q(pk__in=stops)
