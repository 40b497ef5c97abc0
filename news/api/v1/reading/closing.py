"""Forms that closed with the registration of their events, of all files of an answer: in one query, with no page made."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q
from wagtail.documents import get_document_model

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.enums import CLOSED_STATES, AttachmentKind, RegistrationKind
from wagtail_newsroom.news.models import EventPage, PageAttachment
from wagtail_newsroom.news.models.events.derived import DerivedRegistration
from wagtail_newsroom.news.models.files.versions import has_versions
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.switches import REGISTRATION, is_on

COLUMNS = (
    *("registration", "opens_date", "opens_time", "deadline_at", "availability", "status", "starts_at", "ends_at"),
    "timezone",
)


class _Registration(DerivedRegistration):
    def __init__(self, row: dict[str, Any]) -> None:
        self.__dict__.update(row)


def closed_forms(documents: Iterable[Any], answer: Answer) -> set[Any]:
    """Ids of those of ``documents`` that are closed forms now: the same that ``form_closing.closed_forms`` finds."""
    kept = [each for each in documents if not getattr(each, "keep_open", False)]
    if not kept or not is_on(REGISTRATION):
        return set()
    name = "version_group" if has_versions() else "id"
    keys = {getattr(each, name) for each in kept}
    events = EventPage.objects.filter(answer.is_public_anywhere()).exclude(registration=RegistrationKind.NONE)
    asks = Q(**{f"registration_form__{name}__in": keys})
    columns: dict[str, Any] = {"form_key": F(f"registration_form__{name}")}
    if hasattr(get_document_model(), "kind"):
        offers = PageAttachment.objects.filter(
            attachment__kind=AttachmentKind.FORM, **{f"attachment__{name}__in": keys}
        )
        asks |= Q(pk__in=offers.values("page"))
        columns["offered"] = JsonRows(offers.filter(page=OuterRef("pk")), key=f"attachment__{name}")
    states: dict[Any, list[bool]] = {}
    for row in events.filter(asks).order_by().values(*COLUMNS, **columns):
        is_closed = _Registration(row).registration_state_at(answer.now) in CLOSED_STATES
        for key in {row["form_key"], *(_key(each["key"]) for each in row.get("offered", ()))}:
            states.setdefault(key, []).append(is_closed)
    return {each.pk for each in kept if all(states.get(getattr(each, name), [False]))}


def _key(value: Any) -> Any:
    """A key as it came out of the database as JSON."""
    return UUID(value) if isinstance(value, str) else value
