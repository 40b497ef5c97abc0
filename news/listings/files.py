"""Attachments that the public may see: the rows of the register of documents."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.listings.filters import ListFilter, paginate, same_choices, shown_filters, site_of
from wagtail_newsroom.news.models.files.attachments import attachment_row
from wagtail_newsroom.news.models.files.form_closing import mark_closed_forms
from wagtail_newsroom.news.models.files.versions import current_versions
from wagtail_newsroom.news.visibility import public_files

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
    model = get_document_model()
    files = public_files(model.objects.all(), site_of(request))
    context: dict[str, Any] = {"filters": [], "active_filters": []}
    if hasattr(model, "newsroom_attachment"):
        later = public_files(model.objects.filter(version_group=OuterRef("version_group")), site_of(request))
        files = files.filter(~Exists(later.filter(number__gt=OuterRef("number"))))
        if request.GET.get(VALID.name) != OUT_OF_DATE:
            files = files.exclude(outdated())
        files, context = shown_filters(files, request, FILE_FILTERS, page.locale_id)
        files = files.order_by(F("issued_on").desc(nulls_last=True), "-created_at", "-pk")
    else:
        files = files.order_by("-created_at", "-pk")
    items = paginate(request, files)
    documents = list(items.object_list)
    current = current_versions(documents)
    for document in documents:
        document.former_versions = getattr(current[document.pk], "former_versions", 0)
    mark_closed_forms(documents, timezone.now())
    items.object_list = [attachment_row(document) for document in documents]
    return {"items": items, **context}
