"""The register of attachments: every file that people download, with what is known of it."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model

from news import wording
from news.admin.lists.register_filters import (
    AccessibilityFilter,
    CollectionFilter,
    CurrentVersionFilter,
    UsedFilter,
)
from news.admin.lists.registers import LibraryRegister
from news.admin.menu_places import FILES
from news.file_wording import finding_name


class DocumentRegister(LibraryRegister):
    """Documents of any model."""

    core_urls = {
        "create": "wagtaildocs:add_multiple",
        "edit": "wagtaildocs:edit",
        "delete": "wagtaildocs:delete",
    }
    base_url_path = "newsroom_files"
    menu_label = _("Files")
    menu_icon = "doc-full-inverse"
    menu_order = FILES
    add_label = _("Add files")
    list_display: tuple[str, ...] = ("title", "file_facts", "in_collection", "is_used", "created_at")
    list_filter: tuple[Any, ...] = (UsedFilter, CollectionFilter)
    list_export: tuple[str, ...] = ("title", "filename", "file_size", "in_collection", "is_used", "created_at")
    inspect_view_fields = ["title", "filename", "file_size", "collection", "uploaded_by_user", "created_at"]

    def file_facts(self, document: Any) -> str:
        """“PDF, 312 KB, 4 pages”; the size as it is stored, so that a list opens no file."""
        facts = [wording.file_type(document.file_extension)]
        if document.file_size:
            facts.append(wording.file_size(document.file_size))
        if getattr(document, "pages", None):
            facts.append(wording.page_count(document.pages))
        return ", ".join(fact for fact in facts if fact)

    file_facts.short_description = _("File")  # type: ignore[attr-defined]
    file_facts.admin_order_field = "file_size"  # type: ignore[attr-defined]


class AttachmentRegister(DocumentRegister):
    """Attachments of the newsroom: kind, dates, language, versions, accessibility."""

    list_display = ("title", "kind", "file_facts", "issued_on", "accessibility", "version", "in_collection", "is_used")
    list_filter = (
        "kind", "language", AccessibilityFilter, UsedFilter, CurrentVersionFilter, CollectionFilter,
    )  # fmt: skip
    list_select_related = (*DocumentRegister.list_select_related, "superseded_by")
    list_export = (
        "title", "kind", "filename", "file_size", "pages", "issued_on", "valid_from", "valid_until", "language",
        "accessibility", "version", "in_collection", "is_used", "created_at",
    )  # fmt: skip
    inspect_view_fields = [
        "title", "kind", "filename", "file_size", "pages", "issued_on", "valid_from", "valid_until", "language",
        "belongs_to", "supersedes", "found_title", "found_language", "sha256", "inspected_at", "collection", "uploaded_by_user", "created_at",
    ]  # fmt: skip

    def accessibility(self, document: Any) -> str:
        """“Not accessible: no tags”; nothing is claimed of a file that nobody has inspected."""
        named = ", ".join(finding_name(code) for code in document.findings)
        verdict = document.get_verdict_display() if document.inspected_at else ""
        return f"{verdict}: {named}" if verdict and named else verdict or named

    accessibility.short_description = _("Accessibility")  # type: ignore[attr-defined]

    def version(self, document: Any) -> str:
        return gettext("replaced by a newer one") if getattr(document, "superseded_by", None) else ""

    version.short_description = _("Version")  # type: ignore[attr-defined]


def attachment_register() -> type[LibraryRegister]:
    """The register for the document model that the site uses."""
    model = get_document_model()
    base = AttachmentRegister if hasattr(model, "newsroom_attachment") else DocumentRegister
    return type("FileRegister", (base,), {"model": model})
