"""Attachments: the document model, its versions, and the visitors' register of documents."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.permissions import policy_registry
from wagtail.search import index

from news import wording
from news.conf import language_choices
from news.enums import AttachmentKind
from news.fields import DefaultedChoiceField
from news.models.inspected import InspectedMixin
from news.models.pages import ListPage
from news.visibility import documents_of_draft, public_files

MAX_VERSIONS = 50


class AttachmentMixin(InspectedMixin):
    """What a document needs to be an attachment of the newsroom: kind, dates, language, versions.

    What the file says of itself is read when it is stored, never typed (:class:`InspectedMixin`). All versions of one attachment share ``version_group``.
    """

    newsroom_attachment = True

    kind = DefaultedChoiceField(_("kind"), max_length=20, choices=AttachmentKind.choices, default=AttachmentKind.OTHER)
    issued_on = models.DateField(
        _("dated"),
        null=True,
        blank=True,
        help_text=_("The date on the document itself, if it bears one."),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=language_choices,
        help_text=_("Empty: the language of the page."),
    )
    belongs_to = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="belonging",
        help_text=_("For a form: the regulations it belongs to."),
    )
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="superseded_by",
        help_text=_("The version before. Its address will lead to this one; it stays in the archive."),
    )
    version_group = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)

    # The columns behind the keys above.
    belongs_to_id: int | None
    supersedes_id: int | None

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            errors["valid_until"] = _(
                "The file stops being valid before it starts to be. Correct one of the two dates."
            )
        if self.pk and self.supersedes_id == self.pk:
            errors["supersedes"] = _("A file cannot replace itself. Choose the version before it, or leave this empty.")
        elif (
            self.supersedes is not None
            and self.pk
            and self.pk in {older.pk for older in self.supersedes.earlier_versions()}
        ):
            errors["supersedes"] = _(
                "That version comes after this one. Choose the version before, or leave this empty."
            )
        if self.pk and self.belongs_to_id == self.pk:
            errors["belongs_to"] = _("A file cannot belong to itself. Choose the regulations, or leave this empty.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.supersedes is not None:
            self.version_group = self.supersedes.version_group
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version_group"}
        super().save(*args, **kwargs)

    def earlier_versions(self) -> list[Any]:
        """The versions before this one, latest first."""
        versions: list[Any] = []
        older = self.supersedes
        while older is not None and older not in versions and len(versions) < MAX_VERSIONS:
            versions.append(older)
            older = older.supersedes
        return versions


class Attachment(AttachmentMixin, AbstractDocument):
    """A file that people download: an invitation, regulations, a form."""

    admin_form_fields = (
        "title",
        "kind",
        "file",
        "issued_on",
        "valid_from",
        "valid_until",
        "language",
        "belongs_to",
        "supersedes",
        "collection",
        "tags",
    )
    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("text"),
        index.FilterField("kind"),
        index.FilterField("issued_on"),
    ]
    api_fields = [
        APIField("kind"),
        APIField("issued_on"),
        APIField("valid_from"),
        APIField("valid_until"),
        APIField("language"),
        APIField("pages"),
        APIField("file_size"),
        APIField("filename"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class AttachmentRow:
    """A file as a visitor meets it: its title as the link, then what it is."""

    attachment: Any
    title: str
    url: str
    extension: str
    facts: str
    kind: str
    kind_label: str
    note: str
    language: str
    closed: bool = False
    closes_text: str = ""


def attachment_row(document: Any, *, label: str = "", closed: bool = False, closes_text: str = "") -> AttachmentRow:
    """Describe ``document``: “PDF, 312 KB, 4 strony, z dnia 10.07.2017”. Works for stock documents too."""
    kind = getattr(document, "kind", AttachmentKind.OTHER)
    language = getattr(document, "language", "")
    foreign = language if language and language != (get_language() or "")[:2] else ""
    facts = [
        wording.file_type(document.file_extension),
        wording.file_size(document.get_file_size()),
        wording.page_count(getattr(document, "pages", None)),
        wording.dated(getattr(document, "issued_on", None)),
    ]
    if foreign:
        facts.append(str(get_language_info(foreign)["name_translated"]))
    return AttachmentRow(
        attachment=document,
        title=label or document.title,
        url=document.url,
        extension=document.file_extension.upper(),
        facts=", ".join(fact for fact in facts if fact),
        kind=kind,
        kind_label=str(AttachmentKind(kind).label) if kind in AttachmentKind.values else "",
        note=str(_("scan")) if "scan" in (getattr(document, "findings", None) or []) else "",
        language=foreign,
        closed=closed,
        closes_text=closes_text,
    )


def current_versions(documents: Iterable[Any]) -> dict[Any, Any]:
    """Map each document's id to its newest version. As many queries as the longest chain of versions."""
    newest = {document.pk: document for document in documents}
    if not newest or not hasattr(get_document_model(), "newsroom_attachment"):
        return newest
    latest = {document.pk: document for document in newest.values()}
    for _round in range(MAX_VERSIONS):
        successors = {
            successor.supersedes_id: successor
            for successor in public_files(get_document_model().objects.filter(supersedes__in=latest))
        }
        if not successors:
            break
        for origin, document in newest.items():
            newest[origin] = successors.get(document.pk, document)
        latest = {successor.pk: successor for successor in successors.values()}
    return newest


def shown_documents(documents: Iterable[Any], reader: Any = None) -> dict[Any, Any]:
    """Map the id of each document to the version a visitor gets; leave out those that the public may not read.

    ``reader``: the user who previews a draft; files that they may choose or change stay in too. So do the files of
    a draft that is being read under its link (:func:`news.visibility.reading_draft`).
    """
    documents = list(documents)
    if not documents:
        return {}
    current = current_versions(documents)
    model = get_document_model()
    readable = set(
        public_files(model.objects.filter(pk__in={doc.pk for doc in current.values()})).values_list("pk", flat=True)
    )
    readable |= documents_of_draft() & {document.pk for document in current.values()}
    if reader is not None and len(readable) < len(current):
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(reader, ["choose", "change"])
        readable |= set(own.filter(pk__in={doc.pk for doc in current.values()}).values_list("pk", flat=True))
    return {origin: document for origin, document in current.items() if document.pk in readable}


class AttachmentIndexPage(ListPage):
    """The visitors' register of documents: every file that a public page offers."""

    subpage_types: list[str] = []
    template = "news/attachment_index_page.html"
    listing = "news.views.listings.attachment_listing"

    class Meta:
        verbose_name = _("register of documents")
        verbose_name_plural = _("registers of documents")
