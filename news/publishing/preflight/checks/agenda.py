"""An agenda that cannot be followed: hours that overlap, leave holes or disagree with the event's own.

Each is asked about, nothing is resolved and nothing stops the publication: only the editor knows which hour is right.
A day outside the event's period is refused by the form itself (:mod:`wagtail_newsroom.news.models.events.rules`).
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from wagtail_newsroom.news.enums import SessionKind
from wagtail_newsroom.news.models.events.events import EventPage
from wagtail_newsroom.news.publishing.preflight.checks import timetable
from wagtail_newsroom.news.publishing.preflight.checks.timetable import Slot, Speaker
from wagtail_newsroom.news.registry.contracts import Finding, Severity
from wagtail_newsroom.news.wording import dates

ARRIVAL = (SessionKind.REGISTRATION, SessionKind.TRAVEL)


def agenda_findings(page: EventPage) -> Iterator[Finding]:
    """What is odd about the programme of an event, day by day and against the event's own hours."""
    last: dt.date | None = None
    for position, day in enumerate(page.agenda):
        date = day.value.get("date") or (page.start_date if position == 0 else None)
        slots = timetable.with_nights([_slot(child, day.id) for child in day.value["sessions"]])
        if date and last and date < last:
            yield _warn(
                "day_out_of_order",
                _("%(day)s stands after %(before)s. Put the days in their order, or correct one of the two dates.")
                % {"day": dates.plain_date(date), "before": dates.plain_date(last)},
                f"agenda.{day.id}.date" if day.id else "agenda",
            )
        last = max(filter(None, (last, date)), default=None)
        ends_with_event = date == page.last_day and page.end_time is not None
        yield from day_findings(slots, ends_with_event=ends_with_event)
        yield from _against_the_event(page, date, slots)


def day_findings(slots: list[Slot], *, ends_with_event: bool = False) -> Iterator[Finding]:
    """What is odd about one day in itself. ``ends_with_event``: the event's own end tells when its last slot ends."""
    slots = timetable.with_nights(slots)
    yield from _odd_hours(slots)
    yield from _missing_hours(slots, ends_with_event=ends_with_event)
    yield from _odd_order(slots)
    yield from _overlaps(slots)
    yield from _holes(slots)
    yield from _speakers(slots)


def _warn(code: str, message: str, field: str) -> Finding:
    return Finding(code, Severity.WARN, message, field)


def _odd_hours(slots: list[Slot]) -> Iterator[Finding]:
    for slot in slots:
        if not slot.ends_wrongly or slot.start is None or slot.end is None:
            continue
        words = {"title": slot.title, "start": dates.plain_time(slot.start), "end": dates.plain_time(slot.end)}
        if slot.start == slot.end:
            message = _("“%(title)s” starts and ends at %(start)s. Correct one of the two hours, or delete the end.")
        else:
            message = _(
                "“%(title)s” ends (%(end)s) before it starts (%(start)s), and can hardly last until the next day. Correct one of the two hours."
            )
        yield _warn("session_ends_before_start", message % words, _at(slot, "end"))


def _missing_hours(slots: list[Slot], *, ends_with_event: bool) -> Iterator[Finding]:
    if any(slot.start for slot in slots):
        for slot in slots:
            if slot.start is None:
                message = _("“%(title)s” stands in a programme with hours and has none. Give its hour, if it is known.")
                yield _warn("session_without_hour", message % {"title": slot.title}, _at(slot, "start"))
    if not ends_with_event:
        for slot in timetable.open_ends(slots):
            message = _("Nobody can tell when “%(title)s” (%(hours)s) ends, and nothing follows it. Give its end.")
            yield _warn("session_without_end", message % _named(slot), _at(slot, "end"))


def _odd_order(slots: list[Slot]) -> Iterator[Finding]:
    for before, after in timetable.out_of_order(slots):
        message = _(
            "“%(second)s” (%(second_hours)s) stands after “%(first)s” (%(first_hours)s). Put them in the order of their hours, or correct one of the hours."
        )
        yield _warn("session_out_of_order", message % _pair(before, after), _at(after, "start"))


def _overlaps(slots: list[Slot]) -> Iterator[Finding]:
    for first, second in timetable.overlaps(slots):
        words = _pair(first, second)
        if first.lane and second.lane:
            words["track"] = first.track
            message = _(
                "“%(first)s” (%(first_hours)s) and “%(second)s” (%(second_hours)s) overlap in the track “%(track)s”. "
                "Correct the hours, or move one of the two to another track."
            )
        elif first.lane or second.lane:
            common, of_track = (second, first) if first.lane else (first, second)
            words = {**_pair(common, of_track), "track": of_track.track}
            message = _(
                "“%(first)s” (%(first_hours)s) is for everybody, and “%(second)s” (%(second_hours)s) of the track “%(track)s” "
                "runs at the same time. Correct the hours, or give the former a track."
            )
        else:
            message = _(
                "“%(first)s” (%(first_hours)s) and “%(second)s” (%(second_hours)s) overlap. Correct the hours, or name tracks if the two run side by side."
            )
        yield _warn("sessions_overlap", message % words, _at(second, "start"))


def _holes(slots: list[Slot]) -> Iterator[Finding]:
    for hole in timetable.holes(slots):
        hour = dt.time(hole.from_minute // 60 % 24, hole.from_minute % 60)
        words = {"first": hole.before.title, "second": hole.after.title, "track": hole.track}
        words |= {"from": dates.plain_time(hour), "to": dates.plain_time(hole.after.start or hour)}
        if hole.track:
            message = _(
                "Nothing is planned in the track “%(track)s” from %(from)s to %(to)s, between “%(first)s” and “%(second)s”. Add a break, or correct the hours."
            )
        else:
            message = _(
                "Nothing is planned from %(from)s to %(to)s, between “%(first)s” and “%(second)s”. Add a break, or correct the hours."
            )
        yield _warn("agenda_gap", message % words, _at(hole.after, "start"))


def _speakers(slots: list[Slot]) -> Iterator[Finding]:
    for speaker, first, second in timetable.in_two_places(slots):
        message = _(
            "%(name)s speaks at “%(first)s” (%(first_hours)s) and at “%(second)s” (%(second_hours)s) at the same time. Correct the hours, or the speakers."
        )
        yield _warn("speaker_in_two_places", message % {"name": speaker.name, **_pair(first, second)}, _at(second))


def _against_the_event(event: EventPage, date: dt.date | None, slots: list[Slot]) -> Iterator[Finding]:
    """Sessions before the event's stated beginning or after its stated end: the first and the last of these."""
    opens = min(filter(None, (event.start_time, event.check_in_from)), default=None) if event.start_time else None
    inside = [slot for slot in slots if slot.kind not in ARRIVAL]
    early = [slot for slot in inside if slot.start and opens and slot.start < opens and not slot.is_after_midnight]
    if date == event.start_date and opens and early:
        slot = min(early, key=lambda each: each.start or opens)
        message = _("“%(title)s” starts at %(hour)s, before the event does (%(stated)s). Correct one of the two hours.")
        words = {"title": slot.title, "hour": dates.plain_time(slot.start or opens), "stated": dates.plain_time(opens)}
        yield _warn("session_before_start", message % words, _at(slot, "start"))
    closes = event.end_time
    late = [slot for slot in inside if slot.end and closes and (slot.lasts_past_midnight or slot.end > closes)]
    if date == event.last_day and closes and late:
        slot = max(late, key=lambda each: (each.lasts_past_midnight, each.end or closes))
        message = _("“%(title)s” ends at %(hour)s, after the event does (%(stated)s). Correct one of the two hours.")
        words = {"title": slot.title, "hour": dates.plain_time(slot.end or closes), "stated": dates.plain_time(closes)}
        yield _warn("session_after_end", message % words, _at(slot, "end"))
    yield from _shorter_than_the_event(event, date, slots)


def _shorter_than_the_event(event: EventPage, date: dt.date | None, slots: list[Slot]) -> Iterator[Finding]:
    """A programme of several hours that begins long after the event does, or is over long before it is."""
    timed = sorted((slot for slot in slots if slot.start), key=lambda slot: slot.begins)
    if len(timed) < 2:
        return
    first = timed[0]
    if date == event.start_date and event.start_time and timetable.is_long(event.start_time, first.start):
        message = _(
            "The event starts at %(stated)s, its programme at %(hour)s (“%(title)s”). Which one is right? Correct the other."
        )
        words = {"stated": dates.plain_time(event.start_time), "hour": first.hours.split("–")[0], "title": first.title}
        yield _warn("agenda_starts_late", message % words, _at(first, "start"))
    final = max((slot for slot in timed if slot.end), key=lambda slot: slot.end or dt.time(), default=None)
    if (
        final is None
        or any(slot.lasts_past_midnight for slot in timed)
        or (timed[-1].start or dt.time()) > (final.start or dt.time())
    ):
        return  # nobody knows when the last one ends
    if date == event.last_day and event.end_time and timetable.is_long(final.end, event.end_time):
        message = _(
            "The event ends at %(stated)s, its programme at %(hour)s (“%(title)s”). Which one is right? Correct the other."
        )
        words = {"stated": dates.plain_time(event.end_time), "hour": final.hours.split("–")[-1], "title": final.title}
        yield _warn("agenda_ends_early", message % words, _at(final, "end"))


# From the blocks to the timetable


def _slot(child: Any, day_id: str | None) -> Slot:
    value = child.value
    return Slot(
        title=value.get("title") or str(child.block.label),
        start=value.get("start"),
        end=value.get("end"),
        track=(value.get("track") or "").strip(),
        kind=value.get("kind") or SessionKind.SESSION,
        is_break=child.block_type == "break",
        speakers=tuple(_speaker(each) for each in value.get("speakers") or [] if each.get("name") or each["person"]),
        field=f"agenda.{day_id}.sessions.{child.id}" if day_id and child.id else "",
    )


def _speaker(value: Any) -> Speaker:
    person = value.get("person")
    return Speaker(value.get("name") or person.name, person.pk if person else None)


def _at(slot: Slot, name: str = "") -> str:
    if not slot.field:
        return "agenda"
    return f"{slot.field}.{name}" if name else slot.field


def _named(slot: Slot) -> dict[str, str]:
    return {"title": slot.title, "hours": slot.hours}


def _pair(first: Slot, second: Slot) -> dict[str, str]:
    return {
        "first": first.title,
        "first_hours": first.hours,
        "second": second.title,
        "second_hours": second.hours,
    }
