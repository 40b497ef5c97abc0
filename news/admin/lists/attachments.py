"""The register of attachments: every file that people download, with what is known of it."""

import datetime as dt
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Exists, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.admin.lists.register_filters import (
    AccessibilityFilter,
    CollectionFilter,
    CurrentVersionFilter,
    OutdatedFilter,
    UsedFilter,
    used_in_some_version,
)
from wagtail_newsroom.news.admin.lists.registers import (
    PAGES_SHOWN,
    SEEN_WITH,
    GuardedInspectView,
    LibraryRegister,
    RegisterButtons,
)
from wagtail_newsroom.news.admin.menu.places import FILES
from wagtail_newsroom.news.models import DownloadCount
from wagtail_newsroom.news.models.files.attachments import versions_address
from wagtail_newsroom.news.models.files.downloads import downloads_of
from wagtail_newsroom.news.publishing.files.versions import pages_with_versions_of
from wagtail_newsroom.news.visibility import is_public_file
from wagtail_newsroom.news.wording import events as event_wording
from wagtail_newsroom.news.wording.files import finding_name, notes

LATELY = dt.timedelta(days=30)


def downloads_each(since: dt.date | None = None) -> Coalesce:
    """Annotation of documents: how often each was downloaded, from the day ``since`` on where it is given."""
    counts = DownloadCount.objects.filter(document=OuterRef("pk"))
    if since is not None:
        counts = counts.filter(day__gt=since)
    total = counts.order_by().values("document").annotate(total=Sum("count")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


class FileButtons(RegisterButtons):
    """The buttons of a file: “Replace the file” too, for the version that nothing replaces."""

    def get_buttons_for_obj(self, obj: Any, **kwargs: Any) -> list[Any]:
        buttons = super().get_buttons_for_obj(obj, **kwargs)
        newer = getattr(obj, "newsroom_superseded_by", None)
        if (
            hasattr(obj, "version_group")
            and newer is None
            and self.permission_helper.user_can_edit_obj(self.request.user, obj)
        ):
            label = gettext("Replace the file")
            url = reverse("newsroom_replace_file", args=[quote(obj.pk)])
            names = ["button-secondary", *(kwargs.get("classnames_add") or [])]
            look = self.finalise_classname(names, kwargs.get("classnames_exclude"))
            buttons.append({"url": url, "label": label, "title": label, "classname": look})
        return buttons


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
    button_helper_class = FileButtons
    list_display: tuple[str, ...] = ("title", "file_facts", "in_collection", "is_used", "downloads", "created_at")
    list_filter: tuple[Any, ...] = (UsedFilter, CollectionFilter)
    list_export: tuple[str, ...] = (
        "title", "filename", "file_size", "in_collection", "is_used", "downloads_lately", "downloads_in_all", "created_at",
    )  # fmt: skip
    inspect_view_fields = ["title", "filename", "file_size", "collection", "uploaded_by_user", "created_at"]

    def get_queryset(self, request: Any) -> Any:
        """As any register's, with the downloads of each file."""
        since = timezone.localdate() - LATELY
        rows = super().get_queryset(request)
        return rows.annotate(downloaded=downloads_each(), downloaded_lately=downloads_each(since))

    def file_facts(self, document: Any) -> str:
        """“PDF, 312 KB, 4 pages”; the size as it is stored, so that a list opens no file."""
        facts = [event_wording.file_type(document.file_extension)]
        if document.file_size:
            facts.append(event_wording.file_size(document.file_size))
        if getattr(document, "pages", None):
            facts.append(event_wording.page_count(document.pages))
        return ", ".join(fact for fact in facts if fact)

    file_facts.short_description = _("File")  # type: ignore[attr-defined]
    file_facts.admin_order_field = "file_size"  # type: ignore[attr-defined]

    def downloads(self, document: Any) -> str:
        """“12 / 340”: in the last 30 days, and since they are counted."""
        return f"{document.downloaded_lately} / {document.downloaded}"

    downloads.short_description = _("Downloads (30 days / all)")  # type: ignore[attr-defined]
    downloads.admin_order_field = "downloaded"  # type: ignore[attr-defined]

    def downloads_lately(self, document: Any) -> int:
        return int(document.downloaded_lately)

    downloads_lately.short_description = _("Downloads in the last 30 days")  # type: ignore[attr-defined]

    def downloads_in_all(self, document: Any) -> int:
        return int(document.downloaded)

    downloads_in_all.short_description = _("Downloads in all")  # type: ignore[attr-defined]


class AttachmentInspectView(GuardedInspectView):
    """A file on its own page: its findings and how to mend them, its versions, its downloads, the pages that show it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        document = self.instance
        seen = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        since = timezone.localdate() - LATELY + dt.timedelta(days=1)
        return {
            **context,
            "pages": seen.filter(pages_with_versions_of(document)).order_by("title")[:PAGES_SHOWN],
            "verdict": document.get_verdict_display() if document.inspected_at else "",
            "notes": notes(document),
            "versions": self.versions(),
            "archive_url": versions_address(document) if is_public_file(document) else "",
            "downloads": {
                "lately": downloads_of([document], since),
                "all": downloads_of([document]),
                "all_versions": downloads_of(document.all_versions()),
            },
        }

    def versions(self) -> list[dict[str, Any]]:
        """All versions, the latest first; those that the person may not see without title and address."""
        policy = policy_registry.get_by_type(self.model)
        seen = policy.instances_user_has_any_permission_for(self.request.user, list(SEEN_WITH))
        shown = set(seen.filter(version_group=self.instance.version_group).values_list("pk", flat=True))
        return [
            {
                "document": version if version.pk in shown else None,
                "number": version.number,
                "this": version.pk == self.instance.pk,
                "url": self.url_helper.get_action_url("inspect", quote(version.pk)) if version.pk in shown else "",
                "state": version_state(version),
            }
            for version in self.instance.all_versions().select_related("newsroom_superseded_by")
        ]


class AttachmentRegister(DocumentRegister):
    """Attachments of the newsroom: kind, dates, language, versions, accessibility."""

    inspect_view_class = AttachmentInspectView
    inspect_template_name = "newsroom_admin/lists/registers/inspect_file.html"
    list_display = (
        "title", "kind", "file_facts", "dates", "accessibility", "version", "is_used", "downloads",
    )  # fmt: skip
    list_filter = (
        "kind", "language", AccessibilityFilter, OutdatedFilter, UsedFilter, CurrentVersionFilter, CollectionFilter,
    )  # fmt: skip
    list_select_related = (*DocumentRegister.list_select_related, "newsroom_superseded_by")
    list_export = (
        "title", "kind", "filename", "file_size", "pages", "issued_on", "valid_from", "valid_until", "language",
        "accessibility", "number", "version", "change_note", "in_collection", "is_used", "downloads_lately",
        "downloads_in_all", "created_at",
    )  # fmt: skip
    inspect_view_fields = [
        "title", "kind", "filename", "file_size", "pages", "issued_on", "valid_from", "valid_until", "language",
        "belongs_to", "change_note", "found_title", "found_language", "sha256", "inspected_at", "collection", "uploaded_by_user", "created_at",
    ]  # fmt: skip

    def used_condition(self) -> Exists:
        """A page that refers to one version shows the current one: all of them are used."""
        return used_in_some_version(self.model)

    def dates(self, document: Any) -> str:
        """“z dnia 10.07.2017, nieaktualne od 1.01.2026”."""
        said = (
            event_wording.dated(document.issued_on),
            event_wording.valid_from(document.valid_from),
            event_wording.outdated(document.valid_until),
        )
        return ", ".join(text for text in said if text)

    dates.short_description = _("Dates")  # type: ignore[attr-defined]
    dates.admin_order_field = "issued_on"  # type: ignore[attr-defined]

    def accessibility(self, document: Any) -> str:
        """“Not accessible: no tags”; nothing is claimed of a file that nobody has inspected."""
        named = ", ".join(finding_name(code) for code in document.findings)
        verdict = document.get_verdict_display() if document.inspected_at else ""
        return f"{verdict}: {named}" if verdict and named else verdict or named

    accessibility.short_description = _("Accessibility")  # type: ignore[attr-defined]

    def version(self, document: Any) -> str:
        return version_state(document)

    version.short_description = _("Version")  # type: ignore[attr-defined]


def version_state(document: Any) -> str:
    """How a version stands among the others; empty for the only one of a file."""
    newer = getattr(document, "newsroom_superseded_by", None)
    if newer is not None:
        return gettext("a newer one waits for its page") if is_waiting(newer) else gettext("replaced by a newer one")
    if is_waiting(document):
        return gettext("waits for its page")
    return gettext("version %(number)s") % {"number": document.number} if document.number > 1 else ""


def is_waiting(document: Any) -> bool:
    """Whether a version that takes effect with its page has not been public yet."""
    return bool(document.with_page and document.public_since is None)


def attachment_register() -> type[LibraryRegister]:
    """The register for the document model that the site uses."""
    model = get_document_model()
    base = AttachmentRegister if hasattr(model, "newsroom_attachment") else DocumentRegister
    return type("FileRegister", (base,), {"model": model})
