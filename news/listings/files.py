"""Attachments that the public may see: the rows of the register of documents."""

from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.listings.filters import (
    ListFilter,
    paginate_rows,
    read_only_own,
    same_choices,
    shown_filters,
    site_of,
)
from wagtail_newsroom.news.models.files.attachments import attachment_row
from wagtail_newsroom.news.models.files.form_closing import mark_closed_forms
from wagtail_newsroom.news.models.files.versions import has_versions
from wagtail_newsroom.news.visibility import public_files, shown_files, versions_of

OUT_OF_DATE = "no"


def outdated() -> Q:
    """Condition on files: their last day of validity has passed."""
    return Q(valid_until__lt=timezone.localdate())


VALID = ListFilter(
    "valid",
    _("Validity"),
    same_choices([(OUT_OF_DATE, _("Out of date"))]),
    lambda files, value, locale_id: files.filter(outdated()),
    first=_("Up to date"),
)
FILE_FILTERS = (
    ListFilter(
        "kind",
        _("Kind"),
        same_choices(AttachmentKind.choices),
        lambda files, value, locale_id: files.filter(kind=value),
    ),
    VALID,
)


def attachment_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the register of documents: ``items`` (rows) and ``filters`` by kind and validity.

    The current version of each file only. What is out of date is left out unless the filter asks for it.
    """
    read_only_own(page, request, FILE_FILTERS)
    model, site = get_document_model(), site_of(request)
    context: dict[str, Any] = {"filters": [], "active_filters": []}
    former = current_files(model, site)
    files = model._default_manager.filter(pk__in=former)
    if hasattr(model, "newsroom_attachment"):
        files = files.defer("text")
        if request.GET.get(VALID.name) != OUT_OF_DATE:
            files = files.exclude(outdated())
        files, context = shown_filters(files, request, FILE_FILTERS, page.locale_id)
        files = files.order_by(F("issued_on").desc(nulls_last=True), "-created_at", "-pk")
    else:
        files = files.order_by("-created_at", "-pk")
    items = paginate_rows(request, files)
    documents = list(items.object_list)
    for document in documents:
        document.former_versions = former[document.pk]
    mark_closed_forms(documents, timezone.now())
    items.object_list = [attachment_row(document) for document in documents]
    return {"items": items, **context}


def current_files(model: Any, site: Site | None) -> dict[Any, int]:
    """Ids of the latest public versions of all files that ``site`` shows, each with the number of public ones before it."""
    if not has_versions():
        return dict.fromkeys(public_files(model.objects.all(), site).values_list("pk", flat=True), 0)
    shown = shown_files(model, site)
    versions: dict[Any, list[tuple[int, Any]]] = {}
    rows = (
        versions_of(model, shown, Q(pk__in=shown)).order_by().values_list("version_group", "number", "pk", "is_public")
    )
    for group, number, pk, is_public in rows:
        if is_public:
            versions.setdefault(group, []).append((number, pk))
    return {pk: len(known) - 1 for known in versions.values() for number, pk in known if number == max(known)[0]}
