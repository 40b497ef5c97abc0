"""Files of events: addresses of the API that lead on to the one address of each file, below its page."""

from typing import Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Field

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import operation
from wagtail_newsroom.news.api.v1.parameters import Id, Parameters, Word, read_parameters
from wagtail_newsroom.news.api.v1.problems import not_found
from wagtail_newsroom.news.api.v1.reading.events.programme import EventLinksPart
from wagtail_newsroom.news.api.v1.reading.events.reading import EventReading
from wagtail_newsroom.news.api.v1.reading.events.rows import EventRow
from wagtail_newsroom.news.api.v1.schemas.events import EventKindWord
from wagtail_newsroom.news.caching import PUBLIC
from wagtail_newsroom.news.feeds.slots import slots_of
from wagtail_newsroom.news.models import EventIndexPage

CALENDAR, JSON = "text/calendar", "application/json"
MOVED = 308
EVENTS = EventReading()


class FileParameters(Parameters):
    """Parameters of the calendar file of one event."""

    sessions: Literal["1"] | None = Field(None, description="`1`: with each session that has an hour.")


class CalendarParameters(Parameters):
    """Parameters of the calendar to subscribe to: those of the calendar's page."""

    locale: Word = Field("", description="Language of the calendar; without it, that of the site.", examples=["pl"])
    kind: EventKindWord | None = Field(None, description="Events of this kind alone.")
    topic: Word = Field("", description="Slug of a topic.", examples=["zdrowie"])
    when: Literal["upcoming", "past"] | None = Field(
        None, description="These alone; without it upcoming ones and those of the last months."
    )


def add_routes() -> None:
    """Add the addresses; before the items, so that a file's name is not taken for an id."""
    operation(
        "/events/calendar.ics",
        name="get_calendar",
        summary="The calendar to subscribe to",
        answers=None,
        tag="events",
        takes=CalendarParameters,
        media_type=CALENDAR,
        status=MOVED,
    )(calendar)
    operation(
        "/events/{id}/event.ics",
        name="get_event_calendar",
        summary="One event as a calendar file",
        answers=None,
        tag="events",
        takes=FileParameters,
        media_type=CALENDAR,
        status=MOVED,
    )(event_calendar)
    operation(
        "/events/{id}/schedule.json",
        name="get_event_schedule",
        summary="The programme of an event for conference software",
        answers=None,
        tag="events",
        media_type=JSON,
        status=MOVED,
    )(event_schedule)


def calendar(request: HttpRequest) -> HttpResponseBase:
    """Lead on to ``calendar.ics`` below the calendar of the asked language; the first one where there are several."""
    asked = read_parameters(request, CalendarParameters)
    answer = Answer(request)
    in_language = (
        {"locale__language_code": asked.locale} if asked.locale else {"locale": answer.site.root_page.locale_id}
    )
    indexes = answer.public(EventIndexPage.objects.filter(**in_language)).order_by("path")
    url_path = indexes.values_list("url_path", flat=True).first()
    if url_path is None:
        raise not_found()
    query = {name: value for name in ("kind", "topic", "when") if (value := getattr(asked, name))}
    return _lead_on(f"{answer.absolute(answer.path_of(url_path))}calendar.ics", CALENDAR, query)


def event_calendar(request: HttpRequest, id: Id) -> HttpResponseBase:  # noqa: A002  (the name in the document)
    """Lead on to ``event.ics`` below the event. An event without a date has none."""
    asked = read_parameters(request, FileParameters)
    event = _event(request, id)
    if event.start_date is None:
        raise not_found()
    return _lead_on(f"{event.full_url}event.ics", CALENDAR, {"sessions": "1"} if asked.sessions else {})


def event_schedule(request: HttpRequest, id: Id) -> HttpResponseBase:  # noqa: A002  (the name in the document)
    """Lead on to ``schedule.json`` below an event whose programme has hours."""
    read_parameters(request, Parameters)
    event = _event(request, id)
    if not slots_of(event):
        raise not_found()
    return _lead_on(f"{event.full_url}schedule.json", JSON, {})


def _event(request: HttpRequest, pk: int) -> EventRow:
    """The public event ``pk``, with its programme."""
    answer = Answer(request)
    rows = EVENTS.rows_of([pk], answer, [EventLinksPart()])
    if not rows:
        raise not_found()
    return EventRow(rows[0], answer)


def _lead_on(address: str, media_type: str, query: dict[str, str]) -> HttpResponse:
    location = f"{address}?{urlencode(query)}" if query else address
    return HttpResponse(status=MOVED, content_type=media_type, headers={"Location": location, "Cache-Control": PUBLIC})
