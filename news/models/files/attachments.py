"""Attachments: the document model, its versions, and the visitors' register of documents.

Public: other apps may import from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.permissions import policy_registry
from wagtail.search import index

from wagtail_newsroom.news.conf import language_choices
from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.fields import DefaultedChoiceField
from wagtail_newsroom.news.models.files.form_closing import closed_forms
from wagtail_newsroom.news.models.files.inspected import InspectedMixin
from wagtail_newsroom.news.models.files.versions import VersionMixin, current_versions, readable_versions
from wagtail_newsroom.news.models.pages.pages import ListPage
from wagtail_newsroom.news.visibility import documents_of_draft
from wagtail_newsroom.news.wording import events as event_wording


class AttachmentMixin(VersionMixin, InspectedMixin):
    """What a document needs to be an attachment of the newsroom: kind, dates, language.

    What the file says of itself is read when it is stored, never typed (:class:`InspectedMixin`). What it is among its
    versions stands in :class:`wagtail_newsroom.news.models.files.versions.VersionMixin`.
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
        related_name="newsroom_belonging",
        help_text=_("For a form: the regulations it belongs to."),
    )
    keep_open = models.BooleanField(
        _("open after the deadline"),
        default=False,
        help_text=_("For a form: it can be downloaded even when registration for its event is closed."),
    )

    # The columns behind the keys above.
    belongs_to_id: int | None

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            errors["valid_until"] = _(
                "The file stops being valid before it starts to be. Correct one of the two dates."
            )
        if self.pk and self.belongs_to_id == self.pk:
            errors["belongs_to"] = _("A file cannot belong to itself. Choose the regulations, or leave this empty.")
        if errors:
            raise ValidationError(errors)

    @property
    def closed(self) -> bool:
        """Whether it is a form that closed with the registration of its events."""
        return bool(closed_forms([self], timezone.now()))

    @property
    def current_version(self) -> int:
        """Id of the version that the public gets in the place of this one; its own where it is that."""
        return int(current_versions([self])[self.pk].pk)


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
        "with_page",
        "change_note",
        "keep_open",
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
        APIField("number"),
        APIField("change_note"),
        APIField("closed"),
        APIField("current_version"),
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
    outdated: str = ""
    versions_url: str = ""


def attachment_row(
    document: Any, *, label: str = "", closed: bool | None = None, closes_text: str = ""
) -> AttachmentRow:
    """Describe ``document``: “PDF, 312 KB, 4 strony, z dnia 10.07.2017”. Works for stock documents too.

    ``closed``: a form that is not handed out any more; where it is not said, what
    :func:`wagtail_newsroom.news.models.files.form_closing.mark_closed_forms` found.
    """
    kind = getattr(document, "kind", AttachmentKind.OTHER)
    return AttachmentRow(
        attachment=document,
        title=label or document.title,
        url=document.url,
        extension=document.file_extension.upper(),
        facts=attachment_line(document, document.get_file_size()),
        kind=kind,
        kind_label=str(AttachmentKind(kind).label) if kind in AttachmentKind.values else "",
        note=str(_("scan")) if "scan" in (getattr(document, "findings", None) or []) else "",
        language=foreign_language(document),
        closed=getattr(document, "form_closed", False) if closed is None else closed,
        closes_text=closes_text,
        outdated=event_wording.outdated(getattr(document, "valid_until", None)),
        versions_url=versions_address(document) if getattr(document, "former_versions", 0) else "",
    )


def attachment_line(document: Any, size: int | None) -> str:
    """“PDF, 312 KB, 4 strony, z dnia 10.07.2017”, in the active language. ``size``: of the file, in bytes."""
    facts = [
        event_wording.file_type(document.file_extension),
        event_wording.file_size(size),
        event_wording.page_count(getattr(document, "pages", None)),
        event_wording.dated(getattr(document, "issued_on", None)),
        event_wording.valid_from(getattr(document, "valid_from", None)),
    ]
    if foreign := foreign_language(document):
        facts.append(str(get_language_info(foreign)["name_translated"]))
    return ", ".join(fact for fact in facts if fact)


def foreign_language(document: Any) -> str:
    """The language of the file where it is another than the active one, else nothing."""
    language: str = getattr(document, "language", "")
    return language if language and language != (get_language() or "")[:2] else ""


def versions_address(document: Any) -> str:
    """Address of the list of a file's versions; empty where the site has no addresses of the newsroom."""
    try:
        return reverse("newsroom_versions", args=[document.pk])
    except NoReverseMatch:
        return ""


def shown_documents(documents: Iterable[Any], reader: Any = None) -> dict[Any, Any]:
    """Map the id of each document to the version a visitor gets; leave out those that the public may not read.

    ``reader``: the user who previews a draft; files that they may choose or change stay in too. So do the files of
    a draft that is being read under its link (:func:`wagtail_newsroom.news.visibility.reading_draft`). Where all of them
    know already what a public page offers them as, nothing is asked (``listings/documents.py``).
    """
    documents = list(documents)
    if not documents:
        return {}
    if reader is None and all(hasattr(document, "offered_as") for document in documents):
        return {document.pk: document.offered_as for document in documents if document.offered_as is not None}
    current, readable = readable_versions(documents)
    model = get_document_model()
    readable |= documents_of_draft() & {document.pk for document in current.values()}
    if reader is not None and not readable.issuperset(document.pk for document in current.values()):
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(reader, ["choose", "change"])
        readable |= set(own.filter(pk__in={doc.pk for doc in current.values()}).values_list("pk", flat=True))
    return {origin: document for origin, document in current.items() if document.pk in readable}


class AttachmentIndexPage(ListPage):
    """The visitors' register of documents: every file that a public page offers."""

    subpage_types: list[str] = []
    template = "newsroom/attachment_index_page.html"

    class Meta:
        verbose_name = _("register of documents")
        verbose_name_plural = _("registers of documents")
