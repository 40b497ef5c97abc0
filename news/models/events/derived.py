"""What follows from the columns of an event: its phase, whether people can register, and how that is said.

One place for pages and for rows that are read without making a page (the delivery API): each class names the columns that
it goes by and asks the database nothing.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import (
    AttendanceMode,
    EventKind,
    EventPhase,
    EventStatus,
    LinkVisibility,
    RegistrationKind,
    RegistrationState,
    YesNoUnknown,
    label_of,
)
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.timing import moments, phases
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording


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


class DerivedSchedule:
    """When an event happens, and whether it goes ahead. ``now``: the moment at which it is shown (aware)."""

    # Columns are ``Any`` here: the model's are descriptors to a type checker.
    start_date: Any
    start_time: Any
    end_date: Any
    end_time: Any
    timezone: Any
    starts_at: Any
    ends_at: Any
    status: Any
    status_reason: Any
    now: Any

    @property
    def tz(self) -> dt.tzinfo:
        """The event's time zone."""
        return moments.zone(self.timezone)

    @property
    def last_day(self) -> dt.date | None:
        """Its last day; the first one where it lasts a day."""
        return self.end_date or self.start_date

    @property
    def all_day(self) -> bool:
        """No hour is told."""
        return self.start_time is None

    @property
    def period(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """First and last moment (aware), from what the editor typed; ``None`` where the date is not known yet."""
        return (
            moments.moment_of(self.start_date, self.start_time, self.tz, last=False),
            moments.moment_of(self.last_day, self.end_time, self.tz, last=True),
        )

    def phase_at(self, now: dt.datetime) -> EventPhase:
        """Where the event stands at ``now`` (aware)."""
        return phases.event_phase(self.starts_at, self.ends_at, now, self.tz)

    @property
    def phase(self) -> EventPhase:
        """Where the event stands now."""
        return self.phase_at(self.now)

    @property
    def is_over(self) -> bool:
        """It took place and its last moment has passed. A cancelled or postponed event never took place."""
        return self.phase == EventPhase.OVER and not self.called_off

    @property
    def called_off(self) -> bool:
        """It does not take place on its date."""
        return self.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)

    @property
    def status_label(self) -> str:
        """The status in words."""
        return label_of(EventStatus, self.status)

    @property
    def when_text(self) -> str:
        """The whole period in words."""
        if self.start_date is None:
            return ""
        period = dates.plain_when(self.start_date, self.end_date, self.start_time, self.end_time)
        return period if self.all_day else f"{period}{dates.foreign_zone(self.starts_at, self.tz)}"

    @property
    def leaf(self) -> event_wording.DateLeaf | None:
        """The date leaf; grey where the event is over or called off."""
        if self.start_date is None:
            return None
        tone = "off" if self.called_off else "past" if self.is_over else ""
        return event_wording.date_leaf(self.start_date, self.end_date, tone=tone, today=timezone.localdate(self.now))


def contacts_until(last_day: dt.date | None) -> dt.date | None:
    """The last day on which the contacts of an event are shown that have none of their own (90 days after it unless set)."""
    return last_day + dt.timedelta(days=setting("CONTACTS_SHOWN_DAYS")) if last_day else None


class DerivedPlace(DerivedSchedule):
    """Where an event happens and who can get in. ``venue``: a venue or ``None``; ``stop_places``: of a visit."""

    attendance_mode: Any
    venue: Any
    online_platform: Any
    online_link: Any
    online_link_visibility: Any
    step_free: Any
    induction_loop: Any
    sign_language: Any
    captions: Any
    accessibility_requests: Any
    accessibility_requests_until: Any

    @property
    def stop_places(self) -> list[str]:
        """The places of the stops in their order."""
        raise NotImplementedError

    @property
    def is_online(self) -> bool:
        """Nobody has to travel."""
        return self.attendance_mode == AttendanceMode.ONLINE or self.status == EventStatus.MOVED_ONLINE

    @property
    def where_text(self) -> str:
        """The place in a few words: “Online (Zoom)”, “Poznań”, “Kalisz, Turek, Konin”."""
        online = str(AttendanceMode.ONLINE.label)
        if self.is_online:
            return f"{online} ({self.online_platform})" if self.online_platform else online
        places = self.stop_places
        if self.venue:
            places = [", ".join(part for part in (self.venue.name, self.venue.city) if part)]
        text = ", ".join(dict.fromkeys(places))
        if self.attendance_mode == AttendanceMode.MIXED:
            text = f"{text} · {online.lower()}" if text else online
        return text

    @property
    def public_online_link(self) -> str:
        """The link to join, where everybody may have it; else empty."""
        return self.online_link if self.online_link_visibility == LinkVisibility.PUBLIC else ""

    @property
    def map_url(self) -> str:
        """Address of a map of the venue; empty where there is none."""
        return self.venue.map_url if self.venue and not self.is_online else ""

    @property
    def accessibility_facts(self) -> list[str]:
        """What is known about accessibility, in sentences; what nobody knows is not told."""
        named = [
            (self.step_free, _("step-free access"), _("no step-free access")),
            (self.induction_loop, _("induction loop"), _("no induction loop")),
            (
                self.sign_language,
                _("Polish Sign Language (PJM) interpreter"),
                _("no sign-language interpreter"),
            ),
            (self.captions, _("live captions"), _("no live captions")),
        ]
        facts = [
            event_wording.sentence_case(str(yes if answer == YesNoUnknown.YES else no))
            for answer, yes, no in named
            if answer != YesNoUnknown.UNKNOWN
        ]
        if self.accessibility_requests:
            text = str(_("You can ask for: %(what)s") % {"what": self.accessibility_requests})
            if self.accessibility_requests_until:
                until = dates.plain_date(self.accessibility_requests_until)
                text = str(_("%(text)s, until %(day)s") % {"text": text, "day": until})
            facts.append(text)
        return facts


class DerivedRegistration(DerivedSchedule):
    """How people register. ``form_url``: address of the form to download, where the public may read it."""

    registration: Any
    registration_link: Any
    registration_email: Any
    registration_return_to: Any
    opens_date: Any
    opens_time: Any
    deadline_date: Any
    deadline_time: Any
    deadline_at: Any
    deadline_before_extension: Any
    availability: Any

    @property
    def form_url(self) -> str:
        """Address of the form to download; empty where there is none or the public may not read it."""
        raise NotImplementedError

    @property
    def opens_at(self) -> dt.datetime | None:
        """Moment at which registration opens."""
        return moments.moment_of(self.opens_date, self.opens_time, self.tz, last=False)

    @property
    def closes_at(self) -> dt.datetime | None:
        """Last moment at which people can register, from what the editor typed; stored as ``deadline_at``."""
        return moments.moment_of(self.deadline_date, self.deadline_time, self.tz, last=True)

    @property
    def registration_kind(self) -> str:
        """The way to register; none where the host has switched registration off, whatever was stored before."""
        return str(self.registration) if is_on(REGISTRATION) else RegistrationKind.NONE.value

    def registration_facts(self) -> phases.RegistrationFacts:
        """What an editor said about registration, for the rules in :mod:`wagtail_newsroom.news.timing.phases`."""
        return phases.RegistrationFacts(
            kind=self.registration_kind,
            opens_at=self.opens_at,
            deadline_at=self.deadline_at,
            availability=self.availability,
            status=self.status,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )

    def registration_state_at(self, now: dt.datetime) -> RegistrationState:
        """What registration looks like at ``now`` (aware)."""
        return phases.registration_state(self.registration_facts(), now, setting("CLOSING_SOON_DAYS"))

    @property
    def registration_state(self) -> str:
        """What registration looks like now."""
        return self.registration_state_at(self.now).value

    @property
    def registration_info(self) -> RegistrationInfo:
        """Registration as the facts panel shows it now."""
        return registration_info(self, self.now)

    def registration_line_at(self, now: dt.datetime) -> event_wording.StateLine | None:
        """How registration stands at ``now`` (aware), in one sentence; ``None`` where there is nothing to say."""
        return event_wording.registration_line(
            self.registration_state_at(now),
            deadline_date=self.deadline_date,
            deadline_time=self.deadline_time,
            deadline_at=self.deadline_at,
            opens_at=self.opens_at,
            opens_with_hour=self.opens_time is not None,
            availability=self.availability,
            extended=self.extended_text,
            now=now,
            tz=self.tz,
        )

    @property
    def extended_text(self) -> str:
        """“przedłużono z 5 na 12 grudnia”; empty where the deadline was never moved."""
        before, now = self.deadline_before_extension, self.deadline_date
        if not before or not now:
            return ""
        return gettext("extended from %(before)s to %(now)s") % {
            "before": event_wording.days_before_change(before, now),
            "now": dates.plain_date(now, year=False),
        }


def registration_info(event: DerivedRegistration, now: dt.datetime) -> RegistrationInfo:
    """Describe the registration of ``event`` at ``now`` (aware)."""
    state = event.registration_state_at(now)
    url, label, note = "", "", ""
    deadline, extended = "", ""
    if state in (RegistrationState.OPEN, RegistrationState.CLOSING):
        url, label, note = _way(event)
    elif line := event.registration_line_at(now):
        note = line.text
    if state in (RegistrationState.OPEN, RegistrationState.CLOSING, RegistrationState.NOT_YET) and event.deadline_date:
        deadline = dates.plain_deadline(event.deadline_date, event.deadline_time, year=True)
        extended = event.extended_text
    return RegistrationInfo(
        state=state.value, deadline_text=deadline, extended_text=extended, url=url, label=label, note=note
    )


def _way(event: DerivedRegistration) -> tuple[str, str, str]:
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
            note = gettext("Send the completed form to: %(where)s") % {"where": event.registration_return_to}
        return event.form_url, (gettext("Download the form") if event.form_url else ""), note
    return "", "", ""


class DerivedEvent(DerivedPlace, DerivedRegistration):
    """What an event as a whole is called and how it stands."""

    kind: Any
    title: Any
    lead: Any
    full_url: Any
    agenda_days: Any

    @property
    def online_note(self) -> str:
        """What to tell about a link that only those who register get; else empty."""
        if self.is_over or self.called_off:
            return ""
        online = self.is_online or self.attendance_mode == AttendanceMode.MIXED
        if online and not self.public_online_link and self.registration_kind != RegistrationKind.NONE:
            return str(_("We send the link to those who register."))
        return ""

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return label_of(EventKind, self.kind)

    @property
    def kicker(self) -> str:
        """“Konferencja · Poznań”."""
        return " · ".join(part for part in (self.kind_label, self.where_text) if part)

    @property
    def state_line(self) -> event_wording.StateLine | None:
        """How the event stands, in one sentence."""
        if self.called_off:
            return event_wording.status_line(self.status, self.status_reason)
        now = self.now
        phase = self.phase_at(now)
        if phase == EventPhase.OVER:
            return event_wording.past_line()
        moved = event_wording.status_line(self.status, self.status_reason)
        line = self.registration_line_at(now) or (None if moved else event_wording.phase_line(phase))
        return event_wording.both(moved, line) if moved and line else moved or line
