"""Sizes of photos, made after the upload by the newsroom's queue, two photos at a time."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError

from wagtail_newsroom.galleries.models.photo_sizes import make_files, make_missing, store_sizes
from wagtail_newsroom.galleries.pictures.isolated import CHILDREN
from wagtail_newsroom.galleries.signals import photo_without_sizes
from wagtail_newsroom.news.images.renditions import THUMBNAIL, all_specs
from wagtail_newsroom.news.publishing.files.sizes import mark_ready
from wagtail_newsroom.news.publishing.tasks import enqueue, has_workers
from wagtail_newsroom.news.visibility import is_withdrawn, not_withdrawn

logger = logging.getLogger(__name__)

# Photos that one task takes along: enough to keep both children at work, and few enough to end soon when told to stop.
TOGETHER = 6


def listen_to_photos() -> None:
    """Listen to photos being stored."""
    photo_without_sizes.connect(want_sizes, dispatch_uid="newsroom_galleries_want_sizes")


def want_sizes(photo: Any, **kwargs: Any) -> None:
    """Have the sizes of ``photo`` made once it is stored. A site without a queue makes each when a page first asks for it."""
    if has_workers():
        enqueue(make_photo_sizes, photo.pk)


@task()
def make_photo_sizes(photo_id: int) -> None:
    """Make the sizes of a photo, and of some that wait behind it. What is made already is left as it is."""
    photos = get_image_model().objects
    photo = photos.filter(pk=photo_id).first()
    if photo is None or getattr(photo, "sizes_ready", True) or is_withdrawn(photo):
        return
    waiting = photos.filter(not_withdrawn(photos.model), sizes_ready=False, pk__gt=photo_id).order_by("pk")[
        : TOGETHER - 1
    ]
    failed = prepare_sizes([photo, *waiting])
    if photo_id in failed:
        raise failed[photo_id]


def prepare_sizes(photos: list[Any], specs: list[str] | None = None) -> dict[int, Exception]:
    """Make the sizes that ``photos`` lack, on two cores; return what went wrong, by the photo's id.

    The pixels are worked on in child processes; the rows are written here, one photo after the other.
    """
    wanted = specs or all_specs()
    failed: dict[int, Exception] = {}
    missing = {photo.pk: _missing(photo, wanted) for photo in photos}
    with ThreadPoolExecutor(CHILDREN) as pool:
        works = [pool.submit(_make_isolated, photo, missing[photo.pk]) for photo in photos]
        for photo in photos:
            work = works.pop(0)  # what is stored needs no room in memory
            try:
                if files := work.result():
                    store_sizes(photo, files)
                make_missing(photo, wanted)  # what only Wagtail can make
                mark_ready(photo)
            except Exception as error:  # noqa: BLE001  (one photo never stops the others)
                logger.warning("The sizes of photo %s could not be made: %s", photo.pk, error)
                failed[photo.pk] = error
    return failed


def _missing(photo: Any, specs: list[str]) -> list[Filter]:
    """What is to be made of ``photo``: where only its colour is missing, the smallest size again."""
    stored = set(photo.renditions.values_list("filter_spec", "focal_point_key"))
    missing = [size for size in map(Filter, specs) if (size.spec, size.get_cache_key(photo)) not in stored]
    return missing if missing or photo.color else [Filter(THUMBNAIL)]


def _make_isolated(photo: Any, sizes: list[Filter]) -> dict[Filter, Any]:
    try:
        return make_files(photo, sizes)
    except OSError as error:
        raise SourceImageIOError(str(error)) from error
    finally:
        connection.close()  # this thread's own, should anything have opened one
