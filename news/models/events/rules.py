"""Rules of an event that hold between its fields. Each finding names the cause and the remedy, at its field."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from wagtail_newsroom.news.enums import RegistrationKind
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.timing import moments
from wagtail_newsroom.news.wording import dates

if TYPE_CHECKING:
    from wagtail_newsroom.news.models.events.events import EventPage

Errors = dict[str, Any]


def event_errors(event: "EventPage") -> Errors:
    """Return what is wrong with ``event``, by field; empty where nothing is."""
    errors: Errors = {}
    for check in (
        _period,
        _way_to_register,
        _opening_and_deadline,
        _extension,
        _requests,
        _agenda,
    ):
        for field, error in check(event).items():
            errors.setdefault(field, error)
    return errors


def _odd_hour(event: "EventPage", day: dt.date | None, field: str) -> Errors:
    hour = getattr(event, field)
    if day is not None and hour is not None:
        try:
            moments.local_moment(day, hour, event.tz)
        except ValidationError as error:
            return {field: error}
    return {}


def _period(event: "EventPage") -> Errors:
    errors: Errors = {}
    one_day = event.start_date is not None and event.last_day == event.start_date
    if event.start_date and event.end_date and event.end_date < event.start_date:
        errors["end_date"] = _("The event ends before it starts. Correct the last day or the first day.")
    elif one_day and event.start_time and event.end_time and event.end_time <= event.start_time:
        errors["end_time"] = _(
            "The event ends at the hour it starts, or before. Correct the hour, or give the next day as the last day."
        )
    if event.check_in_from and event.start_time and event.check_in_from > event.start_time:
        errors["check_in_from"] = _("Check-in opens after the event has started. Give an earlier hour.")
    return {
        **errors,
        **_odd_hour(event, event.start_date, "start_time"),
        **_odd_hour(event, event.last_day, "end_time"),
        **_odd_hour(event, event.start_date, "check_in_from"),
    }


def _way_to_register(event: "EventPage") -> Errors:
    if not is_on(REGISTRATION):
        return {}
    if event.registration == RegistrationKind.LINK and not event.registration_link:
        return {"registration_link": _("Give the address of the form, or choose another way to register.")}
    if event.registration == RegistrationKind.EMAIL and not event.registration_email:
        return {"registration_email": _("Give the e-mail address, or choose another way to register.")}
    if event.registration == RegistrationKind.FORM and not event.registration_form_id:
        return {"registration_form": _("Choose the form, or choose another way to register.")}
    return {}


def _opening_and_deadline(event: "EventPage") -> Errors:
    if not is_on(REGISTRATION):
        return {}
    errors: Errors = {}
    if event.opens_time and not event.opens_date:
        errors["opens_date"] = _("There is an hour without a day. Give the day too, or delete the hour.")
    if event.deadline_time and not event.deadline_date:
        errors["deadline_date"] = _("There is an hour without a day. Give the day too, or delete the hour.")
    (_starts_at, ends_at), closes_at = event.period, event.closes_at
    if ends_at and closes_at and closes_at > ends_at:
        field = "deadline_time" if event.deadline_time and event.deadline_date == event.last_day else "deadline_date"
        errors[field] = _(
            "The registration deadline falls after the end of the event. Change the deadline or the event's date."
        )
    if event.opens_at and closes_at and event.opens_at > closes_at:
        errors["opens_date"] = _("Registration opens after its deadline. Correct one of the two dates.")
    return {
        **errors,
        **_odd_hour(event, event.opens_date, "opens_time"),
        **_odd_hour(event, event.deadline_date, "deadline_time"),
    }


def _extension(event: "EventPage") -> Errors:
    before = event.deadline_before_extension
    if before and not event.deadline_date:
        return {"deadline_before_extension": _("Give the new deadline above, or delete this date.")}
    if before and event.deadline_date and before >= event.deadline_date:
        return {
            "deadline_before_extension": _(
                "The deadline before the extension must be earlier than the new one. Correct one of the two dates."
            )
        }
    return {}


def _requests(event: "EventPage") -> Errors:
    until = event.accessibility_requests_until
    if until and event.last_day and until > event.last_day:
        return {"accessibility_requests_until": _("This day falls after the event. Give an earlier one.")}
    return {}


def _agenda(event: "EventPage") -> Errors:
    """A day of the programme lies within the event, and its hours exist."""
    found: dict[int, Exception] = {}
    for position, day in enumerate(event.agenda):
        date = day.value.get("date") or event.start_date
        if date is None:
            continue
        if event.start_date and event.last_day and not event.start_date <= date <= event.last_day:
            message = _("This day lies outside the event (%(dates)s). Change the day, or the event's dates.")
            period = dates.plain_dates(event.start_date, event.last_day)
            found[position] = StructBlockValidationError(
                block_errors={"date": ValidationError(message, code="outside", params={"dates": period})}
            )
        elif hours := _odd_session_hours(event, day.value, date):
            found[position] = StructBlockValidationError(
                block_errors={"sessions": StreamBlockValidationError(block_errors=hours)}
            )
    return {"agenda": StreamBlockValidationError(block_errors=found)} if found else {}


def _odd_session_hours(event: "EventPage", day: Any, date: dt.date) -> dict[int, Exception]:
    """Hours of sessions that clocks skip. An end before its start belongs to the next day."""
    found: dict[int, Exception] = {}
    for position, session in enumerate(day["sessions"]):
        start, end = session.value.get("start"), session.value.get("end")
        after_midnight = start is not None and end is not None and end < start
        days = {"start": date, "end": date + dt.timedelta(days=1) if after_midnight else date}
        errors: dict[str, Exception] = {}
        for name, hour in (("start", start), ("end", end)):
            try:
                if hour is not None:
                    moments.local_moment(days[name], hour, event.tz)
            except ValidationError as error:
                errors[name] = error
        if errors:
            found[position] = StructBlockValidationError(block_errors=errors)
    return found
