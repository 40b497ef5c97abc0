"""Wagtail's waiting room: a file whose form is not finished yet lies there, as it came, until somebody finishes it.

Here it is refused or cleaned before it is stored, with a name that every disk takes, and goes after a day.

Public: other apps may import from here.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import UploadedFile

from wagtail_newsroom.news.documents import safe_name
from wagtail_newsroom.news.models.files.inspected import InspectedMixin

logger = logging.getLogger(__name__)

# What nobody finished goes after this.
WAITING_KEPT = dt.timedelta(days=1)


@receiver(pre_save, sender=UploadedFile, dispatch_uid="newsroom_waiting_file")
def take_in_waiting(instance: UploadedFile, **kwargs: Any) -> None:
    """Name the file safely; a document is inspected, and emptied where it must not be taken in."""
    if not is_coming(instance):
        return
    model = instance.for_content_type.model_class() if instance.for_content_type else None
    if model is not None and issubclass(model, InspectedMixin):
        try:
            model().admit(instance.file.file, instance.file.name)
        except ValidationError as refused:
            empty(instance, refused)
    instance.file.name = safe_name(instance.file.name)


def is_coming(upload: UploadedFile) -> bool:
    """Whether its file is about to be stored."""
    return bool(upload.file) and not upload.file._committed


def empty(upload: UploadedFile, refused: ValidationError) -> None:
    """Let nothing of the file rest. The form refuses such a file before: what comes here was put in by code."""
    logger.warning("An upload was emptied: %s", " ".join(refused.messages))
    upload.file = ContentFile(b"", name=upload.file.name)


@receiver(post_delete, sender=UploadedFile, dispatch_uid="newsroom_remove_waiting_file")
def remove_waiting_file(instance: UploadedFile, **kwargs: Any) -> None:
    """Once the row is gone for good, so is its file."""
    if instance.file:
        storage, name = instance.file.storage, str(instance.file.name)
        transaction.on_commit(lambda: storage.delete(name), robust=True)


def clear_waiting_room(now: dt.datetime | None = None) -> int:
    """Delete what nobody finished within a day, files without a row among it; return how many."""
    before = (now or timezone.now()) - WAITING_KEPT
    field = UploadedFile._meta.get_field("file")
    folder, storage = str(field.upload_to), field.storage
    old = [name for name in _files_in(storage, folder) if _is_older(storage, name, before)]
    known = set(UploadedFile.objects.values_list("file", flat=True))
    forgotten = list(UploadedFile.objects.filter(file__in=old)) if set(old) & known else []
    for upload in forgotten:
        upload.delete()
    for name in set(old) - known:
        storage.delete(name)
    return len(old) + _clear_broken_off(before)


def _files_in(storage: Storage, folder: str) -> Iterator[str]:
    try:
        _folders, files = storage.listdir(folder)
    except (OSError, NotImplementedError):  # nothing was ever stored, or the store cannot tell
        return
    yield from (f"{folder}/{name}" for name in files)


def _is_older(storage: Storage, name: str, before: dt.datetime) -> bool:
    try:
        stored = storage.get_modified_time(name)
    except (OSError, NotImplementedError):
        return False
    return (stored if timezone.is_aware(stored) else timezone.make_aware(stored)) < before


def _clear_broken_off(before: dt.datetime) -> int:
    """Django takes its own temporary files away; what a killed process left is found in the site's own folder."""
    folder = getattr(settings, "FILE_UPLOAD_TEMP_DIR", None)
    left = [path for path in Path(folder).glob("*.upload*") if path.is_file()] if folder else []
    old = [path for path in left if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
