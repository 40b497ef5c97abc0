"""Links that put an event into somebody's calendar on another site. Nothing is asked there until they are followed."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from wagtail_newsroom.news.feeds.calendar import entry_title, location
from wagtail_newsroom.news.feeds.period import Period, period_of
from wagtail_newsroom.news.feeds.text import one_line
from wagtail_newsroom.news.models.events.derived import DerivedEvent

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/action/compose"


@dataclass(frozen=True)
class CalendarLink:
    """Name of a calendar on the web and the address that opens a new entry there."""

    name: str
    url: str


def calendar_links(event: DerivedEvent) -> list[CalendarLink]:
    """Links to Google and Outlook with title, period, place and address of ``event``; none without a date."""
    period = period_of(event)
    if period is None:
        return []
    details = "\n\n".join(part for part in (one_line(event.lead), event.full_url or "") if part)
    google = {
        "action": "TEMPLATE",
        "text": entry_title(event),
        "dates": f"{_basic(period.start)}/{_basic(period.end or period.start)}",
        "details": details,
        "location": location(event),
    }
    if not period.all_day:
        google["ctz"] = str(event.tz)
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": entry_title(event),
        "startdt": _extended(period.start),
        "enddt": _extended(_last(period)),
        "allday": "true" if period.all_day else "false",
        "body": details,
        "location": location(event),
    }
    return [
        CalendarLink("Google", f"{GOOGLE}?{urlencode(google)}"),
        CalendarLink("Outlook", f"{OUTLOOK}?{urlencode(outlook)}"),
    ]


def _last(period: Period) -> dt.date | dt.datetime:
    """Outlook wants the end exclusive too; where it is not told, the start."""
    return period.end or period.start


def _basic(moment: dt.date | dt.datetime) -> str:
    """“20270312T100000” in the event's zone, which goes beside it; “20270312” for a day."""
    return moment.strftime("%Y%m%dT%H%M%S" if isinstance(moment, dt.datetime) else "%Y%m%d")


def _extended(moment: dt.date | dt.datetime) -> str:
    """“2027-03-12T09:00:00Z”; “2027-03-12” for a day."""
    if isinstance(moment, dt.datetime):
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()
