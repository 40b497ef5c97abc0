"""What an invitation forgets: whom to ask, what people agree to, deadlines, days and hours that cannot be right."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_newsroom.news.enums import RegistrationKind
from wagtail_newsroom.news.models.events.events import EventPage
from wagtail_newsroom.news.publishing.preflight.checks.agenda import agenda_findings
from wagtail_newsroom.news.registry.contracts import Finding, Severity
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.timing import moments
from wagtail_newsroom.news.wording import dates


def check_event(page: Page) -> Iterator[Finding]:
    """Nothing for other pages; needs no query of its own but for the event's rows."""
    if not isinstance(page, EventPage) or page.called_off:
        return
    yield from _contact(page)
    yield from _clause(page)
    yield from _registration(page)
    yield from _past(page)
    yield from agenda_findings(page)


def _warn(code: str, message: str, field: str) -> Finding:
    return Finding(code, Severity.WARN, message, field)


def _contact(event: EventPage) -> Iterator[Finding]:
    asked = [*event.contacts.all(), *_contacts_in_text(event)]
    if not any(contact for contact in asked if _reachable(contact)):
        yield _warn(
            "contact_missing",
            _("Nobody can be asked about the event. Add a contact with an e-mail address or a phone number."),
            "contacts",
        )


def _contacts_in_text(event: EventPage) -> list[Any]:
    return [child.value for child in event.body if child.block_type == "contact"]


def _reachable(contact: Any) -> bool:
    if hasattr(contact, "get"):
        return bool(contact.get("email") or contact.get("phone"))
    return bool(contact.email or contact.phone)


def _clause(event: EventPage) -> Iterator[Finding]:
    if event.registration_kind == RegistrationKind.NONE or event.information_clause_id:
        return
    if event.registration == RegistrationKind.LINK:
        message = _(
            "People give their data in the linked form. Choose an information clause, or make sure that the form shows one."
        )
        yield _warn("clause_missing_in_linked_form", message, "information_clause")
    else:
        yield Finding(
            "clause_missing",
            Severity.BLOCK,
            _(
                "People give you their data when they register, and are not told what happens to it. Choose an information clause."
            ),
            "information_clause",
        )


def _registration(event: EventPage) -> Iterator[Finding]:
    if event.registration_kind == RegistrationKind.NONE:
        return
    closes_at, starts_at = event.closes_at, event.period[0]
    if closes_at is None:
        message = _("Registration has no deadline, so it stays open until the event. Give a deadline if there is one.")
        yield _warn("deadline_missing", message, "deadline_date")
    elif starts_at and event.start_date and closes_at > moments.day_end(event.start_date, event.tz):
        message = _("People could register after the event has started. Check the deadline.")
        yield _warn("deadline_after_start", message, "deadline_date")
    elif starts_at and event.deadline_time and not event.all_day and closes_at > starts_at:
        message = _("People could register after the event has started. Check the deadline.")
        yield _warn("deadline_after_start", message, "deadline_time")
    if event.registration == RegistrationKind.FORM and not event.registration_return_to:
        message = _("People download the form and are not told where to send it. Say where to return it.")
        yield _warn("return_address_missing", message, "registration_return_to")


def _past(event: EventPage) -> Iterator[Finding]:
    """Days that have passed are worth a question before the invitation is published for the first time."""
    if event.first_published_at is not None:
        return
    now = timezone.now()
    starts_at, closes_at = event.period[0], event.closes_at
    if event.start_date and event.start_date < timezone.localdate(now, event.tz):
        message = _("The event started on %(day)s, which has passed. Check the day and the year.")
        yield _warn("starts_in_the_past", message % {"day": dates.plain_date(event.start_date)}, "start_date")
    elif is_on(REGISTRATION) and starts_at and closes_at and event.deadline_date and closes_at < now:
        message = _("The deadline, %(day)s, has passed: nobody could register. Check the deadline.")
        yield _warn("deadline_passed", message % {"day": dates.plain_date(event.deadline_date)}, "deadline_date")
