"""What happened to a published page and the public has to know: corrections, moved deadlines, cancellations.

Each change changes that and nothing else, is published at once and leaves a newer draft alone
(:mod:`wagtail_newsroom.news.publishing.updates.live`). Each is a builder, for a preview, and a function that does it.

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.enums import EventStatus, LinkVisibility, RegistrationKind
from wagtail_newsroom.news.models import Correction
from wagtail_newsroom.news.models.pages.rows import add_last
from wagtail_newsroom.news.publishing.updates.live import Builder, LiveChange, Outcome, changed_version, publish_change
from wagtail_newsroom.news.publishing.updates.shifting import move_days
from wagtail_newsroom.news.timing import moments
from wagtail_newsroom.news.validators import validate_lengths
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording

__all__ = [
    "Outcome",
    "add_correction",
    "archive_page",
    "archived",
    "cancel_event",
    "cancelled",
    "changed_version",
    "corrected",
    "extend_deadline",
    "move_online",
    "moved_deadline",
    "moved_online",
    "postpone_event",
    "postponed",
    "publish_change",
    "reinstate_event",
    "reinstated",
]


def in_language_of(page: Any) -> Any:
    """Words that a page keeps are in its own language, whoever writes them."""
    return translation.override(page.locale.language_code)


def add_correction(page: Any, user: Any, was: str, now: str) -> Outcome:
    """Say what was wrong (``was``) and what is right (``now``); shown above the text for good."""
    return publish_change(page, user, corrected(was, now))


def corrected(was: str, now: str) -> Builder:
    """See :func:`add_correction`."""

    def build(page: Any) -> LiveChange:
        today = timezone.localdate()

        def apply(version: Any) -> None:
            add_last(version.corrections, Correction(date=today, was=was.strip(), now=now.strip()))

        row = Correction(date=today, was=was.strip(), now=now.strip())
        row.clean_fields(exclude=["page"])
        validate_lengths(row, "was", "now")
        return LiveChange(
            "newsroom.corrected",
            apply,
            lambda version: gettext("It said: %(was)s It should say: %(now)s") % {"was": was, "now": now},
            {"was": was, "now": now},
        )

    return build


def archive_page(page: Any, user: Any) -> Outcome:
    """Mark ``page`` as archival content, true on this day, instead of taking it down."""
    return publish_change(page, user, archived())


def archived() -> Builder:
    """See :func:`archive_page`."""

    def build(page: Any) -> LiveChange:
        today = timezone.localdate()
        if page.archived_on:
            raise ValidationError(_("This page is marked as archival content already."), code="archived")
        return LiveChange(
            "newsroom.archived",
            _setting(archived_on=today),
            lambda version: gettext("Archival content, as of %(day)s.") % {"day": dates.plain_date(today)},
            {"day": today.isoformat()},
        )

    return build


def extend_deadline(event: Any, user: Any, date: dt.date, time: dt.time | None = None) -> Outcome:
    """Move the registration deadline to a later moment; without ``time`` it lasts until the end of that day.

    The first deadline is kept, however often it is moved: “przedłużono z 5 na 12 grudnia”.
    """
    return publish_change(event, user, moved_deadline(date, time))


def moved_deadline(date: dt.date, time: dt.time | None = None) -> Builder:
    """See :func:`extend_deadline`. Errors stand at ``date`` and ``time``."""

    def build(event: Any) -> LiveChange:
        if event.registration_kind == RegistrationKind.NONE or event.deadline_date is None:
            raise ValidationError(
                _("Registration for this event has no deadline that could be moved. Set one in the editor."),
                code="no_deadline",
            )
        _refuse_called_off(event)
        new = _moment(date, time, event.tz)
        if event.closes_at and new <= event.closes_at:
            raise ValidationError(
                {"date": _("The new deadline is not later than the one that readers see. Give a later one.")}
            )
        if new <= timezone.now():
            raise ValidationError({"date": _("This deadline has passed already. Give one that lies ahead.")})
        first = event.deadline_before_extension or event.deadline_date
        before = first if first < date else event.deadline_before_extension
        return LiveChange(
            "newsroom.deadline_moved",
            _setting(deadline_date=date, deadline_time=time, deadline_before_extension=before),
            lambda version: version.state_line.text if version.state_line else "",
            {"from": event.deadline_date.isoformat(), "to": date.isoformat(), "time": time.isoformat() if time else ""},
        )

    return build


def cancel_event(event: Any, user: Any, reason: str) -> Outcome:
    """Say that the event does not take place; registration closes."""
    return publish_change(event, user, cancelled(reason))


def cancelled(reason: str) -> Builder:
    """See :func:`cancel_event`."""

    def build(event: Any) -> LiveChange:
        _refuse_over(event)
        if event.status == EventStatus.CANCELLED and event.status_reason == reason.strip():
            raise ValidationError(_("Readers are told so already."), code="same")
        return _status_change("newsroom.cancelled", EventStatus.CANCELLED, reason)

    return build


def postpone_event(
    event: Any,
    user: Any,
    reason: str,
    *,
    new_date: dt.date | None = None,
    new_start_time: dt.time | None = None,
    new_end_time: dt.time | None = None,
) -> Outcome:
    """Say that the event does not take place on its day.

    Without ``new_date`` it is postponed and registration closes. With one it goes ahead on that day: programme and
    stops move with it, hours stay unless given, and the page says what moved. The registration deadline stays.
    """
    return publish_change(event, user, postponed(reason, new_date, new_start_time, new_end_time))


def postponed(
    reason: str,
    new_date: dt.date | None = None,
    new_start_time: dt.time | None = None,
    new_end_time: dt.time | None = None,
) -> Builder:
    """See :func:`postpone_event`. Errors stand at ``new_date`` and ``new_start_time``."""

    def build(event: Any) -> LiveChange:
        _refuse_over(event)
        if new_date is None:
            if new_start_time or new_end_time:
                raise ValidationError(
                    {"new_date": _("There is an hour without a day. Give the day too, or delete the hour.")}
                )
            return _status_change("newsroom.postponed", EventStatus.POSTPONED, reason)
        start, end = new_start_time or event.start_time, new_end_time or event.end_time
        if new_date == event.start_date and (start, end) == (event.start_time, event.end_time):
            raise ValidationError({"new_date": _("This is the date that readers see now. Give another one.")})
        if new_date < timezone.localdate():
            raise ValidationError({"new_date": _("This day has passed. Give one that lies ahead.")})
        note = _note_on_new_date(event, new_date, reason)

        def apply(version: Any) -> None:
            move_days(version, new_date)
            version.status, version.status_reason = EventStatus.SCHEDULED, ""
            version.start_time, version.end_time = start, end
            version.change_note = note

        data = {"from": _iso(event.start_date), "to": new_date.isoformat(), "reason": reason}
        return LiveChange("newsroom.moved_to_date", apply, lambda version: version.change_note, data)

    return build


def move_online(
    event: Any,
    user: Any,
    reason: str = "",
    *,
    platform: str = "",
    link: str = "",
    link_for_everybody: bool = False,
) -> Outcome:
    """Say that nobody has to travel; the link is shown to everybody, or sent to those who register."""
    return publish_change(event, user, moved_online(reason, platform, link, link_for_everybody=link_for_everybody))


def moved_online(reason: str = "", platform: str = "", link: str = "", *, link_for_everybody: bool = False) -> Builder:
    """See :func:`move_online`."""

    def build(event: Any) -> LiveChange:
        _refuse_over(event)
        who = LinkVisibility.PUBLIC if link_for_everybody else LinkVisibility.REGISTERED
        change = _status_change("newsroom.moved_online", EventStatus.MOVED_ONLINE, reason)
        where: dict[str, Any] = {"online_link_visibility": who}
        # What is known about the room already stays where nothing else is said.
        where |= {name: value for name, value in (("online_platform", platform), ("online_link", link)) if value}

        def apply(version: Any) -> None:
            change.apply(version)
            _setting(**where)(version)

        return LiveChange(change.action, apply, change.says, {**change.data, "platform": platform})

    return build


def reinstate_event(event: Any, user: Any) -> Outcome:
    """Say that the event goes ahead as planned after all, on the date and in the place that the page gives."""
    return publish_change(event, user, reinstated())


def reinstated() -> Builder:
    """See :func:`reinstate_event`."""

    def build(event: Any) -> LiveChange:
        if event.status == EventStatus.SCHEDULED:
            raise ValidationError(_("The event goes ahead as planned already."), code="same")
        if event.ends_at and event.ends_at < timezone.now():
            raise ValidationError(
                _("The date of the event has passed. Give it a new one: use “Postpone”."), code="over"
            )
        change = _status_change("newsroom.reinstated", EventStatus.SCHEDULED, "")
        return LiveChange(change.action, change.apply, lambda version: version.when_text, {"status": event.status})

    return build


# What the changes are made of


def _setting(**values: Any) -> Callable[[Any], None]:
    def apply(version: Any) -> None:
        for name, value in values.items():
            setattr(version, name, value)

    return apply


def _status_change(action: str, status: EventStatus, reason: str) -> LiveChange:
    reason = reason.strip()

    def says(version: Any) -> str:
        line = event_wording.status_line(version.status, version.status_reason)
        return line.text if line else ""

    return LiveChange(action, _setting(status=status, status_reason=reason), says, {"reason": reason})


def _moment(date: dt.date, time: dt.time | None, tz: dt.tzinfo) -> dt.datetime:
    """The moment that a typed deadline means; an hour that clocks skip is refused beside its field."""
    if time is None:
        return moments.day_end(date, tz)
    try:
        return moments.local_moment(date, time, tz)
    except ValidationError as error:
        raise ValidationError({"time": error}) from error


def _refuse_over(event: Any) -> None:
    if event.status != EventStatus.POSTPONED and event.ends_at and event.ends_at < timezone.now():
        raise ValidationError(
            _("The event is over. What was wrong on its page can be told by a correction."), code="over"
        )


def _refuse_called_off(event: Any) -> None:
    _refuse_over(event)
    if event.called_off:
        raise ValidationError(
            _("The event is called off, so nobody can register. First say that it goes ahead."), code="called_off"
        )


def _note_on_new_date(event: Any, new_date: dt.date, reason: str) -> str:
    """“Wydarzenie przeniesiono z 5 na 12 grudnia 2026. Powód.”, then the older note where there is room for it."""
    with in_language_of(event):
        last = new_date + (event.end_date - event.start_date) if event.end_date and event.start_date else None
        after = dates.plain_dates(new_date, last)
        if event.start_date and (event.start_date != new_date):
            before = event_wording.days_before_change(event.start_date, new_date, event.end_date)
            note = gettext("The event was moved from %(before)s to %(after)s.") % {"before": before, "after": after}
        else:
            note = gettext("The event takes place on %(after)s, at another hour.") % {"after": after}
    note = " ".join(part for part in (note, reason.strip()) if part)
    older = event.change_note.strip()
    return f"{note} {older}" if older and len(note) + len(older) < 500 else note


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
