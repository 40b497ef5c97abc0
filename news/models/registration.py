"""Registration as the facts panel shows it: how it stands, what to do, until when."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from news import dates
from news.enums import RegistrationKind, RegistrationState

if TYPE_CHECKING:
    from news.models.events import EventPage


@dataclass(frozen=True)
class RegistrationInfo:
    """``url`` and ``label`` are empty where there is nothing to press: nobody is sent to a closed form."""

    state: str
    deadline_text: str
    extended_text: str
    url: str
    label: str
    note: str

    @property
    def is_open(self) -> bool:
        """People can register now."""
        return self.state in (RegistrationState.OPEN, RegistrationState.CLOSING)


def registration_info(event: "EventPage", now: dt.datetime) -> RegistrationInfo:
    """Describe the registration of ``event`` at ``now`` (aware)."""
    state = event.registration_state_at(now)
    url, label, note = "", "", ""
    if state in (RegistrationState.OPEN, RegistrationState.CLOSING):
        url, label, note = _way(event)
    return RegistrationInfo(
        state=state.value,
        deadline_text=dates.plain_deadline(event.deadline_date, event.deadline_time, year=True)
        if event.deadline_date
        else "",
        extended_text=_extended(event),
        url=url,
        label=label,
        note=note,
    )


def _way(event: "EventPage") -> tuple[str, str, str]:
    """Address, words of the button and remark for the way in which people register."""
    if event.registration == RegistrationKind.LINK and event.registration_link:
        return event.registration_link, gettext("Sign up"), ""
    if event.registration == RegistrationKind.EMAIL and event.registration_email:
        return (
            f"mailto:{event.registration_email}",
            gettext("Sign up by e-mail"),
            event.registration_email,
        )
    if event.registration == RegistrationKind.FORM:
        note = ""
        if event.registration_return_to:
            note = gettext("Send the completed form to: %(where)s") % {
                "where": event.registration_return_to
            }
        rows = event.registration_form_rows
        return (rows[0].url if rows else ""), (gettext("Download the form") if rows else ""), note
    return "", "", ""


def _extended(event: "EventPage") -> str:
    """“przedłużono z 5 na 12 grudnia”; empty where the deadline was never moved."""
    before, now = event.deadline_before_extension, event.deadline_date
    if not before or not now:
        return ""
    same_month = (before.year, before.month) == (now.year, now.month)
    first = (
        str(before.day) if same_month else dates.plain_date(before, year=before.year != now.year)
    )
    return gettext("extended from %(before)s to %(now)s") % {
        "before": first,
        "now": dates.plain_date(now, year=False),
    }
