"""Photos stored before photos were cleaned, and photos whose sizes are missing: steps of ``manage.py check_library``."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from wagtail.images import get_image_model

from wagtail_newsroom.galleries.publishing.sizes import TOGETHER, prepare_sizes
from wagtail_newsroom.news.images.renditions import lacking_sizes
from wagtail_newsroom.news.visibility import not_withdrawn


def photos_to_clean(again: bool) -> list[int]:
    """Ids of the photos whose originals were stored uncleaned. A clean one stays so: ``again`` changes nothing."""
    photos = _photos()
    return _ids(photos.filter(uploaded_sha256="")) if photos is not None else []


def photos_without_sizes(again: bool) -> list[int]:
    """Ids of the photos that lack sizes, be it those that came into the list later. Sizes are never wrong, only missing:
    ``again`` changes nothing."""
    photos = _photos()
    return sorted({*_ids(photos.filter(sizes_ready=False)), *_ids(lacking_sizes(photos))}) if photos is not None else []


def clean_photos(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    """Clean the originals of these photos."""
    for photo_id in ids:
        if photo := get_image_model()._default_manager.filter(pk=photo_id).first():
            name = photo.filename
            yield photo_id, name, _clean(photo)


def make_sizes(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    """Make the sizes that these photos lack, some photos at a time."""
    for start in range(0, len(ids), TOGETHER):
        batch = list(get_image_model()._default_manager.filter(pk__in=ids[start : start + TOGETHER]).order_by("pk"))
        failed = prepare_sizes(batch)
        for photo in batch:
            yield photo.pk, photo.filename, str(failed.get(photo.pk, ""))


def _photos() -> QuerySet[Any] | None:
    """The photos that may be worked on; ``None`` where the site's image model is not made for that."""
    model = get_image_model()
    if not hasattr(model, "newsroom_photo"):
        return None
    photos: QuerySet[Any] = model._default_manager.filter(not_withdrawn(model))
    return photos


def _ids(photos: QuerySet[Any]) -> list[int]:
    return list(photos.order_by("pk").values_list("pk", flat=True))


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
