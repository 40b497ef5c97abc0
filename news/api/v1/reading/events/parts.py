"""What a whole event says beside its summary: where and how one takes part, who organises it, what follows from it."""

import datetime as dt
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef
from django.utils import translation

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.contacts import ContactsPart
from wagtail_newsroom.news.api.v1.reading.events.rows import event_of
from wagtail_newsroom.news.api.v1.reading.images import as_used
from wagtail_newsroom.news.api.v1.reading.languages import in_all_languages, in_own_language
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.enums import AttendanceMode, OrganiserRole
from wagtail_newsroom.news.models import Organisation
from wagtail_newsroom.news.models.events.derived import contacts_until
from wagtail_newsroom.news.models.events.events import EventOrganiser
from wagtail_newsroom.news.queries.json_rows import JsonRows

ANSWERS = ("step_free", "induction_loop", "sign_language", "captions")


class ColumnPart(Part):
    """A column as it is."""

    def __init__(self, name: str) -> None:
        self.name = name

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {self.name: F(self.name)}

    def read(self, row: Row, found: Found, prepared: Any) -> Any:
        return row[self.name]


class StopsPart(Part):
    """The stops of a visit, which the summary has read already."""

    name = "stops"

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return list(row["stop_rows"])


class OnlinePart(Part):
    """Taking part online."""

    name = "online"

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any] | None:
        event = event_of(row, found.answer)
        if not event.is_online and event.attendance_mode != AttendanceMode.MIXED and not event.public_online_link:
            return None
        with translation.override(row["language"]):
            note = event.online_note
        return {"platform": event.online_platform, "link": event.public_online_link or None, "note": note}


class AccessibilityPart(Part):
    """What is known about getting in and taking part."""

    name = "accessibility"

    def columns(self, answer: Answer) -> dict[str, Any]:
        names = (*ANSWERS, "accessibility_requests", "accessibility_requests_until")
        return {name: F(name) for name in names}

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        with translation.override(row["language"]):
            facts = event_of(row, found.answer).accessibility_facts
        return {
            **{name: row[name] for name in ANSWERS},
            "requests": row["accessibility_requests"],
            "requests_until": row["accessibility_requests_until"],
            "facts": facts,
        }


@cache
def _organiser_columns() -> dict[str, Any]:
    rows = EventOrganiser.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk")
    of_event = EventOrganiser.objects.filter(page=OuterRef(OuterRef(OuterRef("pk"))))
    chosen = Organisation.objects.filter(pk__in=of_event.values("organisation"))
    return {
        "organiser_rows": JsonRows(rows, role="role", key="organisation__translation_key"),
        "organisation_rows": in_all_languages(chosen, "name", "url", "logo_id", "logo_alt"),
    }


class OrganisersPart(Part):
    """Organisations with their roles, in the language of the event."""

    name = "organisers"

    def columns(self, answer: Answer) -> dict[str, Any]:
        return _organiser_columns()

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for each in in_own_language(row["organisation_rows"], row["locale_id"]):
            wanted.add("image", each["logo_id"])

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        organisations = {each["key"]: each for each in in_own_language(row["organisation_rows"], row["locale_id"])}
        found.answer.tags.update(f"organisation:{each['id']}" for each in organisations.values())
        with translation.override(row["language"]):
            return [
                {
                    "role": each["role"],
                    "role_name": str(OrganiserRole(each["role"]).label),
                    "organisation": _organisation(organisations[each["key"]], found),
                }
                for each in row["organiser_rows"]
            ]


def _organisation(row: dict[str, Any], found: Found) -> dict[str, Any]:
    return {
        "id": row["id"],
        "key": str(UUID(row["key"])),
        "name": row["name"],
        "url": row["url"],
        "logo": as_used(found.get("image", row["logo_id"]), alt=row["logo_alt"]),
    }


class EventContactsPart(ContactsPart):
    """Contacts, which leave an event some time after it."""

    def until(self, row: Row) -> dt.date | None:
        last_day = row["end_date"] or row["start_date"]
        return contacts_until(last_day)
