"""Replacing a file by a newer one, and remembering which versions the public could read.

What was public stays in the archive once it is replaced; a version that only editors knew never gets there.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_save, pre_save
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.search import index as search_index

from wagtail_newsroom.news.documents import sha256_of
from wagtail_newsroom.news.models.files.versions import has_versions
from wagtail_newsroom.news.publishing.schedule.claims import claim
from wagtail_newsroom.news.publishing.shown import OvertakenError, Shown, check_shown
from wagtail_newsroom.news.visibility import public_files

REPLACED = "newsroom.file_replaced"
# What a newer version takes over from the one before, unless something else is said. Its dates are its own.
INHERITED = ("title", "kind", "language", "belongs_to", "keep_open", "collection")


def replace_file(
    document: Any,
    file: Any,
    user: Any,
    *,
    title: str = "",
    change_note: str = "",
    issued_on: dt.date | None = None,
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
    with_page: bool = False,
    shown: str = "",
) -> Any:
    """Store ``file`` as the version after ``document`` and return the new row; the old one stays as it is.

    ``with_page``: it takes effect when a page that offers it is published, else at once. ``shown``: what the person saw
    who replaces it, sealed. Raises ``ValidationError``, or :class:`~wagtail_newsroom.news.publishing.shown.OvertakenError`
    where somebody else was faster.
    """
    successor = type(document)(
        **{name: getattr(document, name) for name in INHERITED},
        file=file,
        supersedes=document,
        change_note=change_note.strip(),
        issued_on=issued_on,
        valid_from=valid_from,
        valid_until=valid_until,
        with_page=with_page,
        uploaded_by_user=user,
    )
    successor.title = title.strip() or document.title
    check_replaceable(document, file)
    successor.full_clean()
    with transaction.atomic():
        check_not_replaced(document)
        check_shown(shown, [shown_file(document)])
        successor._set_document_file_metadata()
        successor.save()
        successor.tags.set(document.tags.all())
        log(instance=successor, action=REPLACED, user=user, data={"note": successor.change_note})
    search_index.insert_or_update_object(successor)
    return successor


def check_not_replaced(document: Any) -> None:
    """Claim ``document`` in the transaction under way; raise ``OvertakenError`` where somebody has replaced it meanwhile."""
    model = type(document)
    claim(model._base_manager.filter(pk=document.pk), touch="title", wait=True)
    if newer := model._base_manager.filter(supersedes=document.pk).first():
        raise OvertakenError(replaced_in_words(newer))


def replaced_in_words(newer: Any) -> str:
    """Who put ``newer`` in the place of an earlier file, and when."""
    text = gettext("This file was replaced by “%(newer)s”: %(who)s, %(when)s. That one is in its place now.")
    person = newer.uploaded_by_user
    who = (person.get_full_name() or person.get_username()) if person else gettext("the system")
    moment = date_format(timezone.localtime(newer.created_at), "SHORT_DATETIME_FORMAT")
    return text % {"newer": newer.title, "who": who, "when": moment}


def shown_file(document: Any) -> Shown:
    """The file as it is stored now, for a form that is about it."""
    row = type(document)._base_manager.get(pk=document.pk)
    newer = type(row)._base_manager.filter(supersedes=row.pk).first()
    state = [row.title, row.file.name, row.with_page, newer and newer.pk]
    return Shown(f"file:{row.pk}", repr(state), row.title, replaced_in_words(newer) if newer else "")


def check_replaceable(document: Any, file: Any) -> None:
    """Raise ``ValidationError`` (at ``file``) where ``document`` was replaced before, or ``file`` is the same."""
    newer = type(document)._base_manager.filter(supersedes=document.pk).first()
    if newer is not None:
        raise ValidationError(
            {
                "file": ValidationError(
                    _("This file was replaced before, by “%(newer)s”. Replace that one."),
                    code="replaced",
                    params={"newer": newer.title},
                )
            }
        )
    if document.sha256 and sha256_of(file) == document.sha256:
        raise ValidationError(
            {"file": ValidationError(_("This is the same file. Choose the one that replaces it."), code="same")}
        )


def remember_public(files: Any) -> None:
    """Note of those of ``files`` (a queryset of documents) that everybody may read now that they are public."""
    if has_versions():
        known = public_files(files.filter(public_since__isnull=True)).values_list("pk", flat=True)
        if fresh := list(known):
            get_document_model()._base_manager.filter(pk__in=fresh).update(public_since=timezone.now())


def remember_files_of(page: Page) -> None:
    """Note what became public with ``page``: the files that it offers, in all their versions."""
    if not has_versions():
        return
    model = get_document_model()
    types = ContentType.objects.get_for_models(Page, model)
    offered = ReferenceIndex.objects.filter(
        base_content_type=types[Page], object_id=str(page.pk), to_content_type=types[model]
    )
    remember_versions_of({int(pk) for pk in offered.values_list("to_object_id", flat=True)})


def remember_versions_of(documents: Iterable[Any]) -> None:
    """Note which versions of these documents (ids) are public now."""
    model = get_document_model()
    groups = set(model._base_manager.filter(pk__in=set(documents)).values_list("version_group", flat=True))
    if groups:
        remember_public(model._base_manager.filter(version_group__in=groups))


def listen_to_versions() -> None:
    """Note at each new version what is public before it and after it."""
    if has_versions():
        model = get_document_model()
        pre_save.connect(_remember_before, sender=model, dispatch_uid="newsroom_versions")
        post_save.connect(_remember_after, sender=model, dispatch_uid="newsroom_versions")


def _remember_before(instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if not raw and instance.supersedes_id and update_fields is None:
        remember_versions_of([instance.supersedes_id])


def _remember_after(instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if not raw and instance.supersedes_id and update_fields is None:
        remember_versions_of([instance.pk])


def may_replace_at_once(user: Any, document: Any) -> bool:
    """Whether ``user`` may put another file in the place of ``document`` for the public to read at once.

    That is publishing: who may change the file, and publish all pages that show it, may. A file that nobody can read yet
    needs the first alone.
    """
    policy = policy_registry.get_by_type(type(document))
    return bool(policy.user_has_permission_for_instance(user, "change", document))


def pages_with_versions_of(document: Any) -> Q:
    """Condition on pages: they refer to ``document`` in whatever version, as they are stored."""
    return pages_with(type(document)._base_manager.filter(version_group=document.version_group))


def pages_with(files: QuerySet[Any]) -> Q:
    """Condition on pages: they refer to one of ``files``, as they are stored."""
    model = files.model
    types = ContentType.objects.get_for_models(Page, model)
    references = ReferenceIndex.objects.filter(
        base_content_type=types[Page],
        to_content_type=types[model],
        to_object_id__in=[str(pk) for pk in files.values_list("pk", flat=True)],
    )
    return Q(pk__in={int(pk) for pk in references.values_list("object_id", flat=True)})
