"""Withdrawing the consent to publish a photo: off everything that the public reads, in one act.

What is public is said by :mod:`wagtail_newsroom.news.visibility`, which knows ``withdrawn_at``. Here the row is marked, its sizes and, if
that is wanted, its original go, the search forgets it, and the act is recorded.
"""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import page_permission_policy
from wagtail.search import index

from wagtail_newsroom.news.images.duplicates import Fingerprint, same_picture
from wagtail_newsroom.news.models.delivery.change_records import ChangeKind
from wagtail_newsroom.news.publishing.changes.records import record
from wagtail_newsroom.news.publishing.public_use import policy_within
from wagtail_newsroom.news.signals import pictures_withdrawn
from wagtail_newsroom.news.visibility import is_public_file, is_withdrawn, not_withdrawn, public_pages

logger = logging.getLogger(__name__)

WITHDRAWN, FILE_DELETED = "newsroom.photo_withdrawn", "newsroom.photo_file_deleted"
# A name under which no upload is ever stored: the row of a deleted file leads nowhere, now and later.
NOWHERE = "withdrawn"


@dataclass(frozen=True)
class Withdrawal:
    """What an act did: ``photos`` that were withdrawn by it, and whether a file kept by an earlier one was deleted."""

    photos: list[Any]
    deleted_kept_file: bool = False


def may_withdraw(user: Any, photo: Any) -> bool:
    """Whoever may change this very photo and publish somewhere. Not every page that shows it: a person who takes their
    consent back does not wait until the publishers of several sections agree."""
    may_change = policy_within(type(photo)).user_has_permission_for_instance(user, "change", photo)
    return bool(may_change and page_permission_policy.user_has_permission(user, "publish"))


def is_kept(photo: Any) -> bool:
    """Tell whether the file of a withdrawn photo still lies in the storage, closed."""
    return not photo.file.name.startswith(f"{NOWHERE}/")


def copies_of(photo: Any) -> models.QuerySet[Any]:
    """Other photos of the library that are the same file, and not withdrawn."""
    model = type(photo)
    same = same_picture(model, Fingerprint(photo.uploaded_sha256, photo.file_hash))
    return model._default_manager.filter(same, not_withdrawn(model)).exclude(pk=photo.pk)


def pages_showing(photo: Any) -> models.QuerySet[Page]:
    """Pages that refer to ``photo`` as they are published, in every language."""
    kind = ReferenceIndex._get_base_content_type(Page)
    ids = ReferenceIndex.get_references_to(photo).filter(base_content_type=kind).values_list("object_id", flat=True)
    return Page.objects.filter(pk__in={int(pk) for pk in ids})


def withdraw_photo(photo: Any, user: Any, *, reason: str, keep_file: bool) -> Withdrawal:
    """Withdraw ``photo`` and its copies as far as ``user`` may, all or none.

    ``reason``: for the record, never public. ``keep_file``: the original stays in the storage, closed; else it is
    deleted once the act is committed. A second withdrawal changes neither day nor reason; it may delete a file that
    the first one kept. Raises ``PermissionDenied``.
    """
    if not may_withdraw(user, photo):
        raise PermissionDenied
    with transaction.atomic():
        if is_withdrawn(type(photo)._default_manager.select_for_update().get(pk=photo.pk)):
            photo.refresh_from_db()
            return Withdrawal([], not keep_file and _delete_kept(photo, user))
        found = [photo, *(copy for copy in copies_of(photo) if may_withdraw(user, copy))]
        for each in found:
            _withdraw(each, user, reason, keep_file)
    return Withdrawal(found)


def _withdraw(photo: Any, user: Any, reason: str, keep_file: bool) -> None:
    was_public = is_public_file(photo)
    said = {"withdrawn_at": timezone.now(), "withdrawn_reason": reason, "withdrawn_by": user}
    said["uploaded_sha256"] = photo.uploaded_sha256 or _sha256(photo)
    type(photo)._default_manager.filter(pk=photo.pk).update(**said)
    for name, value in said.items():
        setattr(photo, name, value)
    sizes = [size.file for size in photo.renditions.all()]
    pictures_withdrawn.send(type(photo), urls=[file.url for file in (photo.file, *sizes)])
    _delete_on_commit(photo.file.storage, [file.name for file in sizes])
    photo.renditions.all().delete()
    if not keep_file:
        _forget_file(photo)
    pages = list(pages_showing(photo))
    if was_public:
        record(ChangeKind.DELETE, photo)
    for page in public_pages(Page.objects.filter(pk__in=[page.pk for page in pages])):
        record(ChangeKind.UPSERT, page, renamed=False, ranked=False)
    log(instance=photo, action=WITHDRAWN, user=user, data={"kept": keep_file, "pages": len(pages)})
    index.remove_object(photo)
    for page in pages:
        index.insert_or_update_object(page)


def _delete_kept(photo: Any, user: Any) -> bool:
    if not is_kept(photo):
        return False
    _forget_file(photo)
    log(instance=photo, action=FILE_DELETED, user=user)
    return True


def _forget_file(photo: Any) -> None:
    """Delete the original on commit. Its row names a place where nothing is, so that no later upload gets its name."""
    _delete_on_commit(photo.file.storage, [photo.file.name])
    nowhere = f"{NOWHERE}/{photo.pk}.jpg"
    type(photo)._default_manager.filter(pk=photo.pk).update(file=nowhere)
    photo.file.name = nowhere


def _delete_on_commit(storage: Any, names: list[str]) -> None:
    def delete() -> None:
        for name in names:
            try:
                storage.delete(name)
            except Exception:  # the withdrawal stands, and no address leads to the file any more
                logger.exception("The file %s of a withdrawn photo could not be deleted. Delete it by hand.", name)

    transaction.on_commit(delete)


def _sha256(photo: Any) -> str:
    """Of the stored file, for photos from before the newsroom kept it; empty where the file cannot be read."""
    try:
        with photo.open_file() as stream:
            return hashlib.sha256(stream.read()).hexdigest()
    except OSError:
        return ""
