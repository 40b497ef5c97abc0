"""The form of a document: a stored file never changes, another one becomes the version after it.

Wagtail deletes the old file when a new one is chosen in the form, and does not ask whether somebody who may not publish
puts a file of their own in the place of a public one. Name this form in ``WAGTAILDOCS_DOCUMENT_FORM_BASE``; a form of a
host's own subclasses it (a system check says so where neither is done). It works with any document model: what a model
lacks is left out.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.log_actions import log

from wagtail_newsroom.news.admin.lists.file_notes import note_beside_field
from wagtail_newsroom.news.models.files.versions import has_versions
from wagtail_newsroom.news.publishing.files.versions import (
    REPLACED,
    check_not_replaced,
    check_replaceable,
    may_replace_at_once,
)

CHOOSER_UPLOAD = "document-chooser-upload"
USES = ["choose", "change"]


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of a document, with versions and with what the inspection found beside the file.

    “Replaces” and “belongs to” offer and accept only documents that the person may choose or change: whoever could name
    any id would lead the visitors of another section's file to a file of their own.
    """

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.newsroom_user = user
        if user is not None:
            self._offer_own_documents(user)
        note_beside_field(self)
        if self.knows_versions:
            self._explain_versions()

    def clean(self) -> Any:
        data = super().clean()
        if self.knows_versions:
            self._check_replacement()
        return data

    def save(self, commit: bool = True) -> Any:
        if commit and self.knows_versions and self.brings_another_file:
            return self._save_as_successor()
        return super().save(commit)

    @property
    def knows_versions(self) -> bool:
        """Tell whether the document model has versions."""
        return hasattr(self.instance, "version_group")

    @property
    def brings_another_file(self) -> bool:
        """Tell whether the form holds another file for a document that is stored."""
        return bool(self.instance.pk and self.original_file and "file" in self.changed_data)

    def _offer_own_documents(self, user: Any) -> None:
        for name in ("belongs_to", "supersedes"):
            field = self.fields.get(name)
            if field is not None:
                own = self.permission_policy.instances_user_has_any_permission_for(user, USES)
                kept = Q(pk=getattr(self.instance, f"{name}_id", None))
                field.queryset = field.queryset.filter(Q(pk__in=own.order_by().values("pk")) | kept)

    def _explain_versions(self) -> None:
        if self.prefix == CHOOSER_UPLOAD:  # beside a page that is being written: in force with it
            self.initial["with_page"] = True
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].help_text = format_html(
                '{}<p>{} <a href="{}">{}</a></p>',
                self.fields["file"].help_text,
                gettext(
                    "A stored file never changes: another one becomes a new version, in force at once. To say what changed, "
                    "or to let it wait for a page, use:"
                ),
                reverse("newsroom_replace_file", args=[self.instance.pk]),
                gettext("Replace the file"),
            )

    def _check_replacement(self) -> None:
        """Errors beside ``file`` (it cannot be replaced) and ``with_page`` (not at once, by this person)."""
        data, user = self.cleaned_data, self.newsroom_user
        if self.brings_another_file and data.get("file"):
            stored = type(self.instance)._base_manager.get(pk=self.instance.pk)
            try:
                check_replaceable(stored, data["file"])
                if user is not None and not may_replace_at_once(user, stored):
                    raise ValidationError(
                        {
                            "file": _(
                                "You may not publish this file. Use “Replace the file”, and let it wait for its page."
                            )
                        }
                    )
            except ValidationError as error:
                self.add_error(None, error)
        elif {"supersedes", "with_page"} & set(self.changed_data):
            older = data.get("supersedes")
            waits = data.get("with_page")
            if older is not None and not waits and user is not None and not may_replace_at_once(user, older):
                self.add_error(
                    "with_page" if "with_page" in self.fields else None,
                    _("You may not publish the file that this one replaces. Let it take effect with its page."),
                )

    def _save_as_successor(self) -> Any:
        """Store what the form says as a new row after the stored one, which stays as it is, its file included."""
        successor = self.instance
        stored = type(successor)._base_manager.get(pk=successor.pk)
        with transaction.atomic():
            check_not_replaced(stored)
            self._store_after(stored)
        return successor

    def _store_after(self, stored: Any) -> None:
        successor = self.instance
        successor.pk = None
        successor._state.adding = True
        successor.supersedes = stored
        successor.with_page = False
        successor.public_since = None
        successor.uploaded_by_user = self.newsroom_user
        if "change_note" not in self.changed_data:
            successor.change_note = ""
        self.original_file = None  # or Wagtail deletes it
        super().save()
        log(instance=successor, action=REPLACED, user=successor.uploaded_by_user, data={"note": successor.change_note})


def current_files(documents: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """For the hook ``construct_document_chooser_queryset``: what was replaced at once is not offered any more."""
    if not has_versions():
        return documents
    everything = documents.model._base_manager.all()
    newer = everything.filter(supersedes=OuterRef("pk"), release=OuterRef("release"))
    # By their ids: the search backends cannot read the condition itself.
    return documents.filter(pk__in=everything.filter(~Exists(newer)).values("pk"))
