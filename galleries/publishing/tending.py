"""Photos stored before photos were cleaned, and photos whose sizes are missing."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images import get_image_model

from galleries.publishing.sizes import TOGETHER, prepare_sizes


def clean_stored() -> Iterator[tuple[Any, str]]:
    """Clean the originals that were stored uncleaned; yield each photo with what went wrong, empty where nothing did."""
    photos = get_image_model()._default_manager
    for photo_id in list(photos.filter(uploaded_sha256="").values_list("pk", flat=True)):
        photo = photos.filter(pk=photo_id).first()
        if photo is not None:
            yield photo, _clean(photo)


def _clean(photo: Any) -> str:
    storage, old_name = photo.file.storage, photo.file.name
    try:
        with photo.open_file() as stream:
            data = stream.read()
        photo.file = ContentFile(data, name=old_name.rpartition("/")[2])
        with transaction.atomic():
            photo.save()
            photo.renditions.all().delete()
    except ValidationError as error:
        return " ".join(error.messages)
    except OSError as error:
        return str(error)
    if photo.file.name != old_name and not type(photo)._default_manager.filter(file=old_name).exists():
        storage.delete(old_name)
    return ""


def make_what_is_missing() -> Iterator[tuple[int, str]]:
    """Make the sizes of all photos that lack them; yield the id of each with what went wrong, empty where nothing did."""
    photos = get_image_model()._default_manager
    waiting = list(photos.filter(sizes_ready=False).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(waiting), TOGETHER):
        batch = list(photos.filter(pk__in=waiting[start : start + TOGETHER]))
        failed = prepare_sizes(batch)
        for photo in batch:
            yield photo.pk, str(failed.get(photo.pk, ""))
