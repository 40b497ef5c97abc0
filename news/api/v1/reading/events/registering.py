"""Registration of a whole event: the way to register, and what stands on its button now."""

from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef
from django.utils import translation

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.attached import AttachmentsPart
from wagtail_newsroom.news.api.v1.reading.events.rows import EventRow, event_of
from wagtail_newsroom.news.api.v1.reading.events.summary import registration_summary
from wagtail_newsroom.news.api.v1.reading.files import as_used
from wagtail_newsroom.news.api.v1.reading.languages import in_all_languages, in_own_language
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.texts import want_links
from wagtail_newsroom.news.enums import CLOSED_STATES, AttachmentKind, RegistrationKind
from wagtail_newsroom.news.models import InformationClause
from wagtail_newsroom.news.models.events.derived import registration_info

WAYS = ("registration_link", "registration_email", "registration_form_id", "registration_return_to")


class RegistrationPart(Part):
    """All that is known of registration, in the place of what the summary says of it."""

    name = "registration"

    def columns(self, answer: Answer) -> dict[str, Any]:
        return _columns()

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        if row["registration"] == RegistrationKind.FORM:
            wanted.add("document", row["registration_form_id"])
        for clause in in_own_language(row["clause_rows"], row["locale_id"]):
            want_links(clause["text"], wanted)

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        event = event_of(row, found.answer)
        kind = event.registration_kind
        form = _form(event, found) if kind == RegistrationKind.FORM else None
        event.form_url = form["url"] if form else ""
        is_used = kind != RegistrationKind.NONE
        return {
            **registration_summary(event),
            "opens_date": event.opens_date if is_used else None,
            "opens_time": event.opens_time if is_used else None,
            "deadline_before_extension": event.deadline_before_extension if is_used else None,
            "link": event.registration_link if kind == RegistrationKind.LINK else "",
            "email": event.registration_email if kind == RegistrationKind.EMAIL else "",
            "form": form,
            "return_to": event.registration_return_to if kind == RegistrationKind.FORM else "",
            "clause": _clause(row, found) if is_used else None,
            "display": _words(event),
        }


@cache
def _columns() -> dict[str, Any]:
    chosen = InformationClause.objects.filter(events=OuterRef(OuterRef("pk")))
    return {
        **{name: F(name) for name in WAYS},
        "clause_rows": in_all_languages(chosen, "title", "version", "text"),
    }


def _form(event: EventRow, found: Found) -> dict[str, Any] | None:
    """The form to download, which closes with the registration."""
    told = found.get("document", event.registration_form_id)
    return as_used(found, event.registration_form_id, closed=_is_closed(event, told)) if told else None


def _is_closed(event: EventRow, told: dict[str, Any]) -> bool:
    """A form closes itself at the deadline, unless its editors keep it open."""
    return event.registration_state_at(event.now) in CLOSED_STATES and not getattr(told["document"], "keep_open", False)


class EventAttachmentsPart(AttachmentsPart):
    """The files of an event. Its own forms, in whatever version, close with its registration."""

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {**super().columns(answer), "registration_form_id": F("registration_form_id")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        super().wants(row, wanted, prepared)
        if row["attachment_rows"]:
            wanted.add("document", row["registration_form_id"])

    def closed(self, row: Row, document_id: int, found: Found) -> bool | None:
        event, told = event_of(row, found.answer), found.get("document", document_id)
        if told is None or event.registration_kind == RegistrationKind.NONE:
            return None
        form = found.get("document", event.registration_form_id)
        is_own = told["kind"] == AttachmentKind.FORM or (form is not None and told["id"] == form["id"])
        return _is_closed(event, told) if is_own else None


def _clause(row: Row, found: Found) -> dict[str, Any] | None:
    for clause in in_own_language(row["clause_rows"], row["locale_id"]):
        found.answer.tags.add(f"information_clause:{clause['id']}")
        return {
            "id": clause["id"],
            "key": str(UUID(clause["key"])),
            "title": clause["title"],
            "version": clause["version"],
            "text": found.rich_text(clause["text"]),
        }
    return None


def _words(event: EventRow) -> dict[str, str]:
    with translation.override(event.locale.language_code):
        info = registration_info(event, event.now)
    return {
        "deadline": info.deadline_text,
        "extended": info.extended_text,
        "note": info.note,
        "label": info.label,
        "url": info.url,
    }
