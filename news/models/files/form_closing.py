"""Forms that closed with the registration of their events."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from wagtail.documents import get_document_model

from wagtail_newsroom.news.enums import CLOSED_STATES, AttachmentKind, RegistrationKind
from wagtail_newsroom.news.models.files.versions import has_versions
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.visibility import public_pages


def closed_forms(documents: Iterable[Any], now: dt.datetime) -> dict[Any, list[Any]]:
    """Map the id of each document that is a closed form at ``now`` (aware) to the events that it closed with.

    A form is what a public event asks to fill in, or offers as one, in whatever version. It is closed when registration
    for every such event is; not where an editor keeps it open. At most two queries; none for documents that are known not
    to be :func:`offered_as_form` (``may_close``).
    """
    if not is_on(REGISTRATION):
        return {}
    kept = [each for each in documents if not getattr(each, "keep_open", False) and getattr(each, "may_close", True)]
    events_of = _events_with_forms({_key(each) for each in kept})
    if not events_of:
        return {}
    ids = {pk for pks in events_of.values() for pk in pks}
    found_events = _model_with_key("newsroom_registration_form_of").objects.filter(pk__in=ids)
    public = public_pages(found_events).exclude(registration=RegistrationKind.NONE)
    events = {event.pk: event for event in public.select_related("locale").order_by("-starts_at", "-pk")}
    closed: dict[Any, list[Any]] = {}
    for document in kept:
        own = [events[pk] for pk in events if pk in events_of.get(_key(document), ())]
        if own and all(event.registration_state_at(now) in CLOSED_STATES for event in own):
            closed[document.pk] = own
    return closed


def events_with_forms(documents: Iterable[Any]) -> list[Any]:
    """The public events with whose registration some of ``documents``, forms, close. At most two queries."""
    found = _events_with_forms({_key(each) for each in documents if not getattr(each, "keep_open", False)})
    ids = {pk for pks in found.values() for pk in pks}
    return (
        list(public_pages(_model_with_key("newsroom_registration_form_of").objects.filter(pk__in=ids))) if ids else []
    )


def mark_closed_forms(documents: Iterable[Any], now: dt.datetime) -> None:
    """Tell each of ``documents`` whether it is a closed form: ``form_closed``, which its row reads."""
    documents = list(documents)
    closed = closed_forms(documents, now)
    for document in documents:
        document.form_closed = document.pk in closed


def offered_as_form() -> Q:
    """Condition on documents: an event asks to fill the file in, or a page offers it as a form, in whatever version.

    Of all others :func:`closed_forms` need not be asked.
    """
    if not is_on(REGISTRATION):
        return Q(pk__in=[])
    name = "version_group" if has_versions() else "pk"
    asked = _model_with_key("newsroom_registration_form_of").objects.filter(
        **{f"registration_form__{name}": OuterRef(name)}
    )
    found = Q(Exists(asked))
    if hasattr(get_document_model(), "kind"):
        offered = _model_with_key("newsroom_page_attachments").objects.filter(
            attachment__kind=AttachmentKind.FORM, **{f"attachment__{name}": OuterRef(name)}
        )
        found |= Q(Exists(offered))
    return found


def forms_of(pages: Iterable[int]) -> set[Any]:
    """Ids of the documents that ``pages`` (ids) ask to fill in or offer as forms. At most two queries."""
    model, pages = get_document_model(), list(pages)
    asking = _model_with_key("newsroom_registration_form_of").objects.filter(pk__in=pages)
    asked = asking.exclude(registration_form=None).order_by().values_list("registration_form", flat=True)
    if not hasattr(model, "kind"):
        return set(asked)
    offering = _model_with_key("newsroom_page_attachments").objects.filter(page__in=pages)
    offered = offering.filter(attachment__kind=AttachmentKind.FORM).order_by().values_list("attachment", flat=True)
    return {*asked, *offered}


def _key(document: Any) -> Any:
    """What all versions of a file have in common."""
    return getattr(document, "version_group", document.pk)


def _model_with_key(reverse_name: str) -> Any:
    """The model whose key to documents has this reverse name: events and rows of pages, which import documents."""
    return get_document_model()._meta.get_field(reverse_name).related_model


def _events_with_forms(keys: set[Any]) -> dict[Any, set[int]]:
    """Map each of ``keys`` to the ids of the pages that offer the file as a form; pages that are no events too."""
    if not keys:
        return {}
    name = "version_group" if has_versions() else "pk"
    asked = _model_with_key("newsroom_registration_form_of").objects.filter(**{f"registration_form__{name}__in": keys})
    rows = asked.order_by().values_list("pk", F(f"registration_form__{name}"))
    if hasattr(get_document_model(), "kind"):
        offered = _model_with_key("newsroom_page_attachments").objects.filter(
            attachment__kind=AttachmentKind.FORM, **{f"attachment__{name}__in": keys}
        )
        rows = rows.union(offered.order_by().values_list("page_id", F(f"attachment__{name}")))
    found: dict[Any, set[int]] = {}
    for page, key in rows:
        found.setdefault(key, set()).add(page)
    return found
