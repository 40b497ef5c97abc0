"""Attachments that the public may see: the rows of the register of documents."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.documents import get_document_model
from wagtail.models import Page

from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.listings.filters import chosen, make_filter, paginate, site_of
from wagtail_newsroom.news.models.files.attachments import attachment_row
from wagtail_newsroom.news.models.files.form_closing import mark_closed_forms
from wagtail_newsroom.news.models.files.versions import current_versions
from wagtail_newsroom.news.visibility import public_files


def attachment_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the register of documents: ``items`` (rows) and ``filters`` by kind and validity.

    The current version of each file only. What is out of date is left out unless the filter asks for it.
    """
    model = get_document_model()
    files = public_files(model.objects.all(), site_of(request))
    filters = []
    if hasattr(model, "newsroom_attachment"):
        filters = [
            make_filter(
                request, "kind", gettext("Kind"), [(value, str(label)) for value, label in AttachmentKind.choices]
            ),
            make_filter(
                request, "valid", gettext("Validity"), [("no", gettext("Out of date"))], first=gettext("Up to date")
            ),
        ]
        later = public_files(model.objects.filter(version_group=OuterRef("version_group")), site_of(request))
        files = files.filter(~Exists(later.filter(number__gt=OuterRef("number"))))
        if kind := chosen(request, "kind", AttachmentKind.values):
            files = files.filter(kind=kind)
        is_outdated = Q(valid_until__lt=timezone.localdate())
        files = files.filter(is_outdated if chosen(request, "valid", ["no"]) else ~is_outdated)
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
    return {
        "items": items,
        "filters": filters,
        "active_filters": [entry for entry in filters if entry.chosen],
    }
