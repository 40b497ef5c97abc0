"""Facts put into words for visitors: leaves of dates, state lines, sizes of files."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from wagtail_newsroom.news.enums import Availability, EventPhase, EventStatus, RegistrationState
from wagtail_newsroom.news.wording import dates

# “5 days left” is told from this many days before a deadline.
DAYS_TOLD = 14


@dataclass(frozen=True)
class DateLeaf:
    """The date as it stands on the marigold leaf. ``year`` only where it is not this year; ``tone``: "", past, off."""

    weekday: str
    day: str
    month: str
    year: int | None
    is_range: bool
    tone: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class StateLine:
    """One sentence on how an event stands. ``tone``: open, closing, off, past or plain."""

    tone: str
    text: str


def date_leaf(first: dt.date, last: dt.date | None, *, tone: str = "", today: dt.date | None = None) -> DateLeaf:
    """Put a day, or a range of days, on a leaf."""
    last = last if last and last > first else first
    this_year = (today or timezone.localdate()).year
    is_range = last != first
    same_month = (first.year, first.month) == (last.year, last.month)
    month = date_format(last, "E")
    if is_range and not same_month:
        month = f"{date_format(first, 'E')} – {month}"
    names = [dates.weekday(first)] + ([dates.weekday(last)] if is_range else [])
    return DateLeaf(
        weekday="–".join(names),
        day=f"{first.day}–{last.day}" if is_range else str(first.day),
        month=month,
        year=last.year if last.year != this_year else None,
        is_range=is_range,
        tone=tone,
        first=first,
        last=last,
    )


def days_left(deadline: dt.datetime, now: dt.datetime, tz: dt.tzinfo) -> int:
    """Whole days between the day of ``now`` and the day of ``deadline``, as a calendar on the wall counts them."""
    return (deadline.astimezone(tz).date() - now.astimezone(tz).date()).days


def registration_line(
    state: RegistrationState,
    *,
    deadline_date: dt.date | None,
    deadline_time: dt.time | None,
    deadline_at: dt.datetime | None,
    opens_at: dt.datetime | None,
    opens_with_hour: bool,
    availability: str,
    now: dt.datetime,
    tz: dt.tzinfo,
    extended: str = "",
) -> StateLine | None:
    """Say how registration stands, with its deadline and the days left; ``None`` where there is nothing to say.

    ``extended``: that the deadline was moved, in words; told while people can register.
    """
    if state == RegistrationState.NOT_YET and opens_at is not None:
        local = opens_at.astimezone(tz)
        when = dates.plain_opening(local.date(), local.time() if opens_with_hour else None)
        return StateLine("plain", gettext("Registration opens on %(when)s") % {"when": when})
    if state == RegistrationState.FULL:
        return StateLine("closing", gettext("No places left"))
    if state == RegistrationState.CLOSED:
        return StateLine("plain", gettext("Registration is closed"))
    if state not in (RegistrationState.OPEN, RegistrationState.CLOSING):
        return None
    tone = "closing" if state == RegistrationState.CLOSING else "open"
    reserve = availability == Availability.RESERVE
    if deadline_date is None or deadline_at is None:
        return StateLine(
            tone,
            gettext("Registration for the reserve list is open") if reserve else gettext("Registration is open"),
        )
    left = days_left(deadline_at, now, tz)
    if left == 0:
        if deadline_time is None:
            text = gettext("Registration closes today")
        else:
            text = gettext("Registration only today, until %(hour)s") % {"hour": dates.plain_time(deadline_time)}
    else:
        when = dates.plain_deadline(deadline_date, deadline_time, year=deadline_date.year != now.astimezone(tz).year)
        text = gettext("Registration until %(when)s") % {"when": when}
        if left <= DAYS_TOLD:
            text += " " + ngettext("(%(count)s day left)", "(%(count)s days left)", left) % {"count": left}
    if reserve:
        text = gettext("%(sentence)s · reserve list only") % {"sentence": text}
    return StateLine(tone, f"{text} · {extended}" if extended else text)


def days_before_change(before: dt.date, now: dt.date, last: dt.date | None = None) -> str:
    """What stands before “to 12 December”: “5” or “5–6” in the same month, else “28 November”.

    ``last``: last day of a range that began on ``before``.
    """
    end = last or before
    if (before.year, before.month) == (end.year, end.month) == (now.year, now.month):
        return f"{before.day}–{end.day}" if end > before else str(before.day)
    return dates.plain_dates(before, last, year=before.year != now.year)


def both(first: StateLine, second: StateLine) -> StateLine:
    """Two sentences on one line, in the tone of the second: “Moved online · Registration until 11 March”."""
    return StateLine(second.tone, f"{first.text.rstrip('. ')} · {second.text}")


def archived_line(day: dt.date) -> StateLine:
    """Say on a card that an item is archival content."""
    return StateLine("past", gettext("Archival content, as of %(day)s.") % {"day": dates.plain_date(day)})


def corrected_line(day: dt.date) -> StateLine:
    """Say on a card that something was corrected, and when last."""
    return StateLine("plain", gettext("Corrected on %(day)s") % {"day": dates.plain_date(day)})


def status_line(status: str, reason: str) -> StateLine | None:
    """Say that an event does not go ahead as planned, with the public reason."""
    if status not in (EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.MOVED_ONLINE):
        return None
    tone = "plain" if status == EventStatus.MOVED_ONLINE else "off"
    word = str(EventStatus(status).label)
    return StateLine(tone, f"{word}: {reason}" if reason else word)


def past_line(reports: int = 0, photos: int = 0) -> StateLine:
    """Say that an event is over, and what followed it."""
    followed = ngettext("see the report", "see the reports", reports) if reports else ""
    if reports and photos:
        both = ngettext("%(reports)s and %(count)s photo", "%(reports)s and %(count)s photos", photos)
        followed = both % {"reports": followed, "count": photos}
    elif photos:
        followed = ngettext("see %(count)s photo", "see %(count)s photos", photos) % {"count": photos}
    text = gettext("It is over")
    return StateLine("past", f"{text} · {followed}" if followed else text)


def phase_line(phase: EventPhase) -> StateLine | None:
    """Say that an event is on today."""
    return StateLine("open", gettext("Today")) if phase == EventPhase.TODAY else None


def file_size(size: int | None) -> str:
    """“312 KB”, “1,4 MB”; empty where it is not known. 1 KB is 1,024 bytes."""
    if not size:
        return ""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{number_format(size / (1024 * 1024), decimal_pos=1)} MB"


def page_count(pages: int | None) -> str:
    """“1 strona, 2 strony, 5 stron”."""
    return ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages} if pages else ""


def dated(day: dt.date | None) -> str:
    """“z dnia 10.07.2017”."""
    return gettext("dated %(day)s") % {"day": dates.short_date(day)} if day else ""


def valid_from(day: dt.date | None, today: dt.date | None = None) -> str:
    """“obowiązuje od 1.01.2027”, for a day that lies ahead; empty otherwise."""
    if day is None or day <= (today or timezone.localdate()):
        return ""
    return gettext("valid from %(day)s") % {"day": dates.short_date(day)}


def outdated(valid_until: dt.date | None, today: dt.date | None = None) -> str:
    """“nieaktualne od 1.01.2026”, the day after the last one on which it was valid; empty while it is valid."""
    if valid_until is None or valid_until >= (today or timezone.localdate()):
        return ""
    return gettext("out of date since %(day)s") % {"day": dates.short_date(valid_until + dt.timedelta(days=1))}


def file_type(extension: str) -> str:
    """“PDF”, “Word”, “Excel”: what people call a file of this extension."""
    names = {
        "doc": "Word",
        "docx": "Word",
        "xls": "Excel",
        "xlsx": "Excel",
        "ppt": "PowerPoint",
        "pptx": "PowerPoint",
    }
    return names.get(extension.lower(), extension.upper())


def sentence_case(text: str) -> str:
    """First letter large, the rest as it is."""
    return str(capfirst(text))
