"""What a reading proposes for an event: a value for every field, the words it comes from, and what is inferred.

Nothing is invented: what the text does not say stays empty. What does not stand there in so many words carries a
``why`` that tells an editor how it was come by.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.drafting.addresses import address_of
from wagtail_newsroom.news.drafting.agenda import AgendaLine, lines_of_reading
from wagtail_newsroom.news.drafting.known import known_people, known_venue
from wagtail_newsroom.news.drafting.prose import Stretch, prose_of
from wagtail_newsroom.news.enums import AttendanceMode, EventKind, RegistrationKind, SessionKind
from wagtail_newsroom.news.models import Venue
from wagtail_newsroom.news.reader.reading import Reading, ReadSession, Value
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze

# How near a deadline an e-mail address has to stand to be the way to register, in characters.
NEAR = 220
KINDS = (
    (EventKind.WEBINAR, re.compile(r"\bwebinar")),
    (EventKind.STUDY_VISIT, re.compile(r"\bwizy(?:ta|ty|cie|te) studyjn|\bstudy (?:visit|tour)")),
    (EventKind.CONFERENCE, re.compile(r"\bkonferencj|\bkongres|\bconference|\bcongress")),
    (EventKind.TRAINING, re.compile(r"\bszkoleni|\bwarsztat|\bkurs\b|\btraining|\bworkshop")),
    (EventKind.CONSULTATION, re.compile(r"\bkonsultacj|\bconsultation")),
    (EventKind.MEETING, re.compile(r"\bspotkani|\bmeeting")),
)
PLATFORMS = {"zoom": "Zoom", "teams": "Microsoft Teams", "clickmeeting": "ClickMeeting", "webex": "Webex",
             "google meet": "Google Meet"}  # fmt: skip

YEAR = _("The text gives no year here; it follows from another date.")
LONE_DAY = _("The day stands alone under the title, and the text tells no other.")
DAY = _("The day follows from the dates of the event.")
NOMINATIVE = _("In the text it stands in another grammatical case.")
BY_PLACE = _("The text names a place and says nothing of the internet.")
BOTH = _("The text names a place and the internet.")
BY_TITLE = _("Taken from the words of the title.")
BY_AGENDA = _("The programme begins with the registration.")
NO_WAY_TOLD = _("The text gives a deadline, and no address of a form.")
NEAR_DEADLINE = _("This address stands beside the deadline.")
NAMED_FORM = _("The text names a form among its files.")
LATER_NAME = _("The organisation stands only after a later name.")


@dataclass(frozen=True)
class SourceSpan:
    """Where a value stands in the source; ``why`` says how it was inferred, empty where the words say it."""

    start: int
    end: int
    why: Any = ""


@dataclass(frozen=True)
class ContactProposal:
    """Somebody to ask; ``found`` by the name of the field."""

    name: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""
    organisation: str = ""
    found: dict[str, SourceSpan] = field(default_factory=dict)
    is_known: bool = False


@dataclass(frozen=True)
class LineProposal:
    """A line of the programme and the stretch that it was read from."""

    line: AgendaLine
    start: int
    end: int
    why: tuple[Any, ...] = ()


@dataclass
class EventProposal:
    """``values`` and ``found`` go by the names of the fields in the review."""

    values: dict[str, Any] = field(default_factory=dict)
    found: dict[str, SourceSpan] = field(default_factory=dict)
    contacts: list[ContactProposal] = field(default_factory=list)
    lines: list[LineProposal] = field(default_factory=list)
    paragraphs: tuple[Stretch, ...] = ()
    venue: Venue | None = None

    def take(self, name: str, value: Any, read: Any, why: Any = "") -> None:
        """Propose ``value``, which stands where ``told`` stands (something with ``start`` and ``end``)."""
        self.values[name] = value
        if read is not None and read.end > read.start:
            self.found[name] = SourceSpan(read.start, read.end, why)


def propose_event(reading: Reading, locale: Any) -> EventProposal:
    """Propose an event of ``locale`` (a ``Locale`` or its id). At most five queries."""
    proposal = EventProposal()
    _propose_what(proposal, reading)
    _propose_period(proposal, reading)
    _propose_place(proposal, reading, locale)
    _propose_registration(proposal, reading)
    proposal.contacts = contacts_of(reading, locale)
    proposal.lines = [
        LineProposal(line, read.start, read.end, _doubts(read))
        for line, read in zip(lines_of_reading(reading), reading.agenda, strict=True)
    ]
    prose = prose_of(reading)
    if prose.lead:
        proposal.take("lead", prose.lead.text, prose.lead)
    proposal.paragraphs = prose.paragraphs
    proposal.values["body"] = "\n\n".join(each.text for each in prose.paragraphs)
    proposal.values["take_text"] = bool(prose.paragraphs)
    return proposal


def _doubts(session: ReadSession) -> tuple[Any, ...]:
    doubts = [DAY] if session.day and session.day.inferred else []
    return tuple([*doubts, LATER_NAME] if any(person.inferred for person in session.people) else doubts)


def _propose_what(proposal: EventProposal, reading: Reading) -> None:
    if reading.title:
        proposal.take("title", reading.title.value, reading.title)
        folded = fold(reading.title.value)
        first = min(
            ((match.start(), kind) for kind, pattern in KINDS if (match := pattern.search(folded))), default=None
        )
        if first:
            proposal.take("kind", first[1].value, reading.title, BY_TITLE)
    proposal.values.setdefault("kind", EventKind.MEETING.value)
    if reading.audience:
        proposal.take("audience", reading.audience.value, reading.audience)


def _why_inferred(read: Value[str], day: str, source: str) -> Any:
    """A day whose year stands in its words was inferred whole, not its year alone."""
    if not read.inferred:
        return ""
    return LONE_DAY if day[:4] in source[read.start : read.end] else YEAR


def _propose_period(proposal: EventProposal, reading: Reading) -> None:
    start, end = reading.event_start, reading.event_end
    for name, read in (("start", start), ("end", end)):
        if read is None:
            continue
        day, _t, hour = read.value.partition("T")
        why = _why_inferred(read, day, reading.source)
        if not (name == "end" and start and day == start.value[:10]):
            proposal.take(f"{name}_date", day, read, why)
        if hour:
            proposal.take(f"{name}_time", hour[:5], read)
    if reading.all_day:
        proposal.take("all_day", reading.all_day.value, reading.all_day)
    first = reading.agenda[0] if reading.agenda else None
    begins = proposal.values.get("start_time", "")
    if first and first.kind == SessionKind.REGISTRATION and begins and first.begins.value < begins:
        proposal.take("check_in_from", first.begins.value, first.begins, BY_AGENDA)


def _propose_place(proposal: EventProposal, reading: Reading, locale: Any) -> None:
    read, online = reading.venue, reading.online
    if read:
        proposal.venue = known_venue(read.value, locale)
        proposal.take("venue", str(proposal.venue.pk) if proposal.venue else "new", read)
        parts = address_of(read.value)
        for name in ("name", "hall", "street", "postal_code", "city"):
            proposal.values[f"venue_{name}"] = "" if proposal.venue else getattr(parts, name)
        if read.inferred:
            proposal.found["venue"] = SourceSpan(read.start, read.end, NOMINATIVE)
    if online is None:
        return
    if not online.value:
        proposal.take("attendance_mode", AttendanceMode.ONSITE.value, online, BY_PLACE if online.inferred else "")
    elif read:
        proposal.take("attendance_mode", AttendanceMode.MIXED.value, online, BOTH)
    else:
        proposal.take("attendance_mode", AttendanceMode.ONLINE.value, online)
    if online.value:
        _propose_platform(proposal, reading, online)


def _propose_platform(proposal: EventProposal, reading: Reading, online: Value[bool]) -> None:
    folded = fold(reading.source)
    line_end = folded.find("\n", online.end)
    line = folded[online.start : line_end if line_end >= 0 else len(folded)]
    for word, name in PLATFORMS.items():
        if match := re.search(rf"\b{word}", line):
            at = online.start + match.start()
            proposal.take("online_platform", name, SourceSpan(at, at + len(word)))
            return


def _propose_registration(proposal: EventProposal, reading: Reading) -> None:
    due, url = reading.registration_deadline, reading.registration_url
    if due:
        day, _t, hour = due.value.partition("T")
        proposal.take("deadline_date", day, due, YEAR if due.inferred else "")
        if hour:
            proposal.take("deadline_time", hour[:5], due)
    form = next((paper for paper in reading.attachments if paper.kind == "form"), None)
    if url:
        address = url.value if re.match(r"https?://", url.value, re.IGNORECASE) else f"https://{url.value}"
        proposal.take("registration", RegistrationKind.LINK.value, url)
        proposal.take("registration_link", address, url)
    elif due and (email := _near(reading.contact_emails, due)):
        proposal.take("registration", RegistrationKind.EMAIL.value, email, NEAR_DEADLINE)
        proposal.take("registration_email", email.value, email, NEAR_DEADLINE)
    elif form:
        proposal.take("registration", RegistrationKind.FORM.value, form, NAMED_FORM)
    elif due:
        proposal.take("registration", RegistrationKind.LINK.value, due, NO_WAY_TOLD)
    proposal.values.setdefault("registration", RegistrationKind.NONE.value)


def _near(emails: list[Value[str]], due: Value[str]) -> Value[str] | None:
    close = [email for email in emails if abs(email.start - due.start) <= NEAR]
    return min(close, key=lambda email: abs(email.start - due.start), default=None)


def contacts_of(reading: Reading, locale: Any) -> list[ContactProposal]:
    """People to ask, each with the addresses that follow their name; what stands alone is a row of its own.

    Of somebody who is known the card's role and organisation are proposed, never its e-mail or phone: those are for
    colleagues.
    """
    named = sorted(reading.contact_names, key=lambda read: read.start)
    known = known_people([read.value for read in named], locale)
    rows: list[dict[str, Value[str]]] = [{"name": read} for read in named]
    alone: dict[str, Value[str]] = {}
    extra: list[dict[str, Value[str]]] = []
    for kind, all_read in (("email", reading.contact_emails), ("phone", reading.contact_phones)):
        for read in sorted(all_read, key=lambda each: each.start):
            before = [row for row in rows if row["name"].start <= read.start and kind not in row]
            row = before[-1] if before else next((row for row in rows if kind not in row), None)
            if row is not None:
                row[kind] = read
            elif kind not in alone:
                alone[kind] = read
            else:
                extra.append({kind: read})
    return [_contact(row, known) for row in [*rows, *([alone] if alone else []), *extra]]


def _contact(row: dict[str, Value[str]], known: dict[str, Any]) -> ContactProposal:
    name = row["name"].value if "name" in row else ""
    card = known.get(name)
    return ContactProposal(
        name=card.name if card else squeeze(name),
        email=row["email"].value if "email" in row else "",
        phone=row["phone"].value if "phone" in row else "",
        role=card.role if card else "",
        organisation=card.organisation.name if card and card.organisation else "",
        found={
            kind: SourceSpan(read.start, read.end, NOMINATIVE if read.inferred and kind == "name" else "")
            for kind, read in row.items()
        },
        is_known=card is not None,
    )
