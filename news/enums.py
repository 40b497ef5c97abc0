"""The closed lists of the trade: kinds, states and roles, with the words that editors see."""

from enum import Enum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def label_of(choices: type[Enum], value: Any) -> str:
    """The words for ``value`` in the active language; what is none of ``choices`` as it is. Django's own way compares all."""
    known = choices._value2member_map_.get(value)
    return str(known.label if known is not None else value)  # type: ignore[attr-defined]  # of choices


class NewsKind(TextChoices):
    NEWS = "news", pgettext_lazy("kind of item", "News")
    REPORT = "report", pgettext_lazy("kind of item", "Report")
    RECRUITMENT = "recruitment", pgettext_lazy("kind of item", "Recruitment")
    NOTICE = "notice", pgettext_lazy("kind of item", "Notice")


class EventKind(TextChoices):
    CONFERENCE = "conference", _("Conference")
    MEETING = "meeting", _("Meeting")
    TRAINING = "training", _("Training")
    STUDY_VISIT = "study_visit", _("Study visit")
    WEBINAR = "webinar", _("Webinar")
    CONSULTATION = "consultation", _("Consultation")
    OTHER = "other", pgettext_lazy("kind of event", "Event")


class EventStatus(TextChoices):
    SCHEDULED = "scheduled", pgettext_lazy("status of event", "Goes ahead as planned")
    POSTPONED = "postponed", pgettext_lazy("status of event", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("status of event", "Cancelled")
    MOVED_ONLINE = "moved_online", pgettext_lazy("status of event", "Moved online")


class AttendanceMode(TextChoices):
    ONSITE = "onsite", pgettext_lazy("attendance", "On site")
    ONLINE = "online", pgettext_lazy("attendance", "Online")
    MIXED = "mixed", pgettext_lazy("attendance", "On site and online")


class LinkVisibility(TextChoices):
    PUBLIC = "public", _("Everybody, on the page")
    REGISTERED = "registered", _("Only those who register; we send it to them")


class OrganiserRole(TextChoices):
    ORGANISER = "organiser", pgettext_lazy("role of organisation", "Organiser")
    PARTNER = "partner", pgettext_lazy("role of organisation", "Partner")
    FUNDER = "funder", pgettext_lazy("role of organisation", "Funder")
    HOST = "host", pgettext_lazy("role of organisation", "Host")


class RegistrationKind(TextChoices):
    NONE = "none", _("No registration")
    LINK = "link", _("Form on another site")
    EMAIL = "email", _("By e-mail")
    FORM = "form", _("Form to download and send back")


class Availability(TextChoices):
    OPEN = "open", _("Places left")
    FULL = "full", _("No places left")
    RESERVE = "reserve", _("Reserve list only")


class RegistrationState(TextChoices):
    """What registration looks like to a visitor at one moment; derived, never stored."""

    NONE = "none", _("No registration")
    NOT_YET = "not_yet", _("Not open yet")
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Closing soon")
    FULL = "full", _("Full")
    CLOSED = "closed", _("Closed")
    OVER = "over", _("Event is over")


class EventPhase(TextChoices):
    """Where an event stands in time; derived, never stored."""

    BEFORE = "before", _("Upcoming")
    TODAY = "today", _("Today")
    OVER = "over", _("Past")


class YesNoUnknown(TextChoices):
    YES = "yes", pgettext_lazy("accessibility", "Yes")
    NO = "no", pgettext_lazy("accessibility", "No")
    UNKNOWN = "unknown", pgettext_lazy("accessibility", "Not known")


class SessionKind(TextChoices):
    SESSION = "session", pgettext_lazy("kind of session", "Session")
    REGISTRATION = "registration", pgettext_lazy("kind of session", "Registration")
    OPENING = "opening", pgettext_lazy("kind of session", "Opening")
    CLOSING = "closing", pgettext_lazy("kind of session", "Closing")
    TRAVEL = "travel", pgettext_lazy("kind of session", "Travel")
    VISIT = "visit", pgettext_lazy("kind of session", "Visit")


class AttachmentKind(TextChoices):
    INVITATION = "invitation", pgettext_lazy("kind of file", "Invitation")
    PROGRAMME = "programme", pgettext_lazy("kind of file", "Programme")
    REGULATIONS = "regulations", pgettext_lazy("kind of file", "Regulations")
    FORM = "form", pgettext_lazy("kind of file", "Form")
    PRESENTATION = "presentation", pgettext_lazy("kind of file", "Presentation")
    REPORT = "report", pgettext_lazy("kind of file", "Report")
    OTHER = "other", pgettext_lazy("kind of file", "Other")


class FileVerdict(TextChoices):
    """What can be told of a file's accessibility; a program never knows more than this."""

    ACCESSIBLE = "accessible", pgettext_lazy("file", "Probably accessible")
    INACCESSIBLE = "inaccessible", pgettext_lazy("file", "Not accessible")
    SCAN = "scan", pgettext_lazy("file", "A scan")
    NOT_CHECKED = "not_checked", pgettext_lazy("file", "Not checked")


# Files that not everybody can read.
UNREADABLE = (FileVerdict.INACCESSIBLE, FileVerdict.SCAN)


class RequestState(TextChoices):
    RECEIVED = "received", pgettext_lazy("state of a request", "Received")
    EXTENDED = "extended", pgettext_lazy("state of a request", "Extended")
    ANSWERED = "answered", pgettext_lazy("state of a request", "Answered")
    REFUSED = "refused", pgettext_lazy("state of a request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a request", "Withdrawn")


class RequestedKind(TextChoices):
    PAGE = "page", pgettext_lazy("what a request is about", "Page")
    EVENT = "event", pgettext_lazy("what a request is about", "Event")
    DOCUMENT = "document", pgettext_lazy("what a request is about", "File")
    IMAGE = "image", pgettext_lazy("what a request is about", "Photo")


class AccessForm(TextChoices):
    MENDED = "mended", _("The same page or file, made accessible")
    TAGGED_PDF = "tagged_pdf", _("PDF that a screen reader can read")
    PLAIN_TEXT = "plain_text", _("Plain text")
    AUDIO = "audio", _("Recording to listen to")
    SIGN_LANGUAGE = "sign_language", _("Polish Sign Language (PJM)")
    OTHER = "other", pgettext_lazy("form of access", "Another form, described above")


# Nobody can register any more, so the form is not handed out.
CLOSED_STATES = (RegistrationState.CLOSED, RegistrationState.OVER, RegistrationState.FULL)
