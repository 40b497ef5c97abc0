"""Moving an event to another day with all that belongs to it: agenda, stops, last days for requests."""

import datetime as dt
from typing import Any

HOURS = ("start", "end")


def move_days(event: Any, first_day: dt.date, *, keep_hours: bool = True) -> None:
    """Let ``event`` begin on ``first_day``: it keeps its length, and the days inside it move by as many days.

    Registration is left as it is. Without ``keep_hours`` the hours of the event and of its sessions are emptied.
    """
    days = (first_day - event.start_date).days if event.start_date else 0
    if event.end_date:
        event.end_date += dt.timedelta(days=days)
    event.start_date = first_day
    if event.accessibility_requests_until:
        event.accessibility_requests_until += dt.timedelta(days=days)
    event.agenda = moved_agenda(event, days, keep_hours=keep_hours)
    stops = list(event.stops.all())
    for stop in stops:
        move_stop(stop, days, keep_hours=keep_hours)
    event.stops.set(stops)
    if not keep_hours:
        event.start_time = event.end_time = event.check_in_from = None


def move_stop(stop: Any, days: int, *, keep_hours: bool = True) -> None:
    """Move the day of one stop of a visit."""
    if stop.day:
        stop.day += dt.timedelta(days=days)
    if not keep_hours:
        stop.time = None


def moved_agenda(event: Any, days: int, *, keep_hours: bool = True) -> Any:
    """The programme of ``event`` with each day moved. Blocks keep their ids, which are addresses within one page."""
    raw = event.agenda.get_prep_value()
    for day in raw:
        if date := day["value"].get("date"):
            day["value"]["date"] = (dt.date.fromisoformat(str(date)) + dt.timedelta(days=days)).isoformat()
        if not keep_hours:
            for session in day["value"].get("sessions") or []:
                session["value"].update(dict.fromkeys(HOURS))
    return event._meta.get_field("agenda").to_python(raw)
