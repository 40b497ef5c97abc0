"""Wagtail's form of a document: a stored file never changes, another one becomes the version after it.

Wagtail deletes the old file when a new one is chosen in the form. Nor does it ask whether somebody who may not publish
puts a file of their own in the place of a public one.
"""

from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.log_actions import log

from wagtail_newsroom.news.models.files.versions import has_versions
from wagtail_newsroom.news.publishing.files.versions import REPLACED, check_replaceable, may_replace_at_once

CHOOSER_UPLOAD = "document-chooser-upload"


def keep_stored_files() -> None:
    """Put our rules around Wagtail's form, once."""
    if hasattr(BaseDocumentForm.save, "kept_by_newsroom"):
        return
    start, clean, save = BaseDocumentForm.__init__, BaseDocumentForm.clean, BaseDocumentForm.save

    @wraps(start)
    def started(form: Any, *args: Any, **kwargs: Any) -> None:
        start(form, *args, **kwargs)
        if _knows_versions(form):
            _prepare(form)

    @wraps(clean)
    def cleaned(form: Any) -> Any:
        data = clean(form)
        if _knows_versions(form):
            _check(form)
        return data

    @wraps(save)
    def saved(form: Any, commit: bool = True) -> Any:
        if commit and _knows_versions(form) and _brings_another_file(form):
            return _save_as_successor(form, save)
        return save(form, commit)

    saved.kept_by_newsroom = True  # type: ignore[attr-defined]
    BaseDocumentForm.__init__, BaseDocumentForm.clean, BaseDocumentForm.save = started, cleaned, saved


def current_files(documents: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """For the hook ``construct_document_chooser_queryset``: what was replaced at once is not offered any more."""
    if not has_versions():
        return documents
    everything = documents.model._base_manager.all()
    newer = everything.filter(supersedes=OuterRef("pk"), release=OuterRef("release"))
    # By their ids: the search backends cannot read the condition itself.
    return documents.filter(pk__in=everything.filter(~Exists(newer)).values("pk"))


def _knows_versions(form: Any) -> bool:
    return hasattr(form.instance, "version_group")


def _brings_another_file(form: Any) -> bool:
    return bool(form.instance.pk and form.original_file and "file" in form.changed_data)


def _prepare(form: Any) -> None:
    if form.prefix == CHOOSER_UPLOAD:  # beside a page that is being written: in force with it
        form.initial["with_page"] = True
    if form.instance.pk and "file" in form.fields:
        form.fields["file"].help_text = format_html(
            '{}<p>{} <a href="{}">{}</a></p>',
            form.fields["file"].help_text,
            gettext(
                "A stored file never changes: another one becomes a new version, in force at once. To say what changed, "
                "or to let it wait for a page, use:"
            ),
            reverse("newsroom_replace_file", args=[form.instance.pk]),
            gettext("Replace the file"),
        )


def _check(form: Any) -> None:
    """Errors beside ``file`` (it cannot be replaced) and ``with_page`` (not at once, by this person)."""
    data, user = form.cleaned_data, getattr(form, "newsroom_user", None)
    if _brings_another_file(form) and data.get("file"):
        stored = type(form.instance)._base_manager.get(pk=form.instance.pk)
        try:
            check_replaceable(stored, data["file"])
            if user is not None and not may_replace_at_once(user, stored):
                raise ValidationError(
                    {"file": _("You may not publish this file. Use “Replace the file”, and let it wait for its page.")}
                )
        except ValidationError as error:
            form.add_error(None, error)
    elif {"supersedes", "with_page"} & set(form.changed_data):
        older = data.get("supersedes")
        waits = data.get("with_page")
        if older is not None and not waits and user is not None and not may_replace_at_once(user, older):
            form.add_error(
                "with_page" if "with_page" in form.fields else None,
                _("You may not publish the file that this one replaces. Let it take effect with its page."),
            )


def _save_as_successor(form: Any, save: Any) -> Any:
    """Store what the form says as a new row after the stored one, which stays as it is, its file included."""
    successor = form.instance
    stored = type(successor)._base_manager.get(pk=successor.pk)
    successor.pk = None
    successor._state.adding = True
    successor.supersedes = stored
    successor.with_page = False
    successor.public_since = None
    successor.uploaded_by_user = getattr(form, "newsroom_user", None)
    if "change_note" not in form.changed_data:
        successor.change_note = ""
    form.original_file = None  # or Wagtail deletes it
    with transaction.atomic():
        save(form)
        log(
            instance=successor,
            action=REPLACED,
            user=successor.uploaded_by_user,
            data={"note": successor.change_note},
        )
    return successor
