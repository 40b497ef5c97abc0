"""Sizes of a photo: planned as Wagtail would make them, made from one decoding, stored as Wagtail's rows."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images.image_operations import (
    AvifQualityOperation,
    DoNothingOperation,
    FormatOperation,
    JPEGQualityOperation,
    WebPQualityOperation,
)
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS, Filter, SourceImageIOError

from wagtail_newsroom.galleries.models.photo_files import photo_limits
from wagtail_newsroom.galleries.pictures import Order, RefusedError
from wagtail_newsroom.galleries.pictures.isolated import make_sizes_isolated
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.visibility import not_withdrawn

KINDS = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".gif": "gif", ".webp": "webp", ".avif": "avif"}
QUALITIES = {
    "jpeg": (JPEGQualityOperation, "WAGTAILIMAGES_JPEG_QUALITY", 76),
    "webp": (WebPQualityOperation, "WAGTAILIMAGES_WEBP_QUALITY", 80),
    "avif": (AvifQualityOperation, "WAGTAILIMAGES_AVIF_QUALITY", 61),
}
UNDERSTOOD = (FormatOperation, DoNothingOperation, *(operation for operation, _name, _default in QUALITIES.values()))


def plan(photo: Any, size: Filter) -> Order | None:
    """What ``size`` asks for, in the words of :mod:`wagtail_newsroom.galleries.pictures`; ``None`` where it asks for more than those know."""
    # A photo stored before photos were cleaned may lie on its side: its size in the database is not that of its pixels.
    if not (photo.uploaded_sha256 and photo.width and photo.height):
        return None
    source = KINDS.get(PurePosixPath(photo.file.name).suffix.lower())
    if source is None or not all(isinstance(operation, UNDERSTOOD) for operation in size.filter_operations):
        return None
    formats = [each for each in size.filter_operations if isinstance(each, FormatOperation)]
    kind = formats[-1].format if formats else _default_format(source)
    if kind not in {*QUALITIES, "png"}:
        return None
    transform = size.get_transform(photo)
    rect = transform.get_rect().round()
    box = (max(0, rect.left), max(0, rect.top), min(photo.width, rect.right), min(photo.height, rect.bottom))
    return Order(
        box=tuple(int(edge) for edge in box),  # type: ignore[arg-type]  # four of them
        size=(int(transform.size[0]), int(transform.size[1])),
        kind=kind,
        quality=_quality(size, kind),
        lossless="lossless" in (formats[-1].options if formats else ()),
    )


def _default_format(source: str) -> str:
    conversions = {"gif": "png", **getattr(settings, "WAGTAILIMAGES_FORMAT_CONVERSIONS", {})}
    return conversions.get(source, source)


def _quality(size: Filter, kind: str) -> int:
    if kind not in QUALITIES:
        return 0
    operation, name, default = QUALITIES[kind]
    asked = [each.quality for each in size.filter_operations if isinstance(each, operation)]
    return asked[-1] if asked else getattr(settings, name, default)


def make_files(photo: Any, sizes: Iterable[Filter]) -> dict[Filter, ContentFile]:
    """Make what can be planned of ``sizes``, each with the name that Wagtail would give it; nothing is stored.

    ``photo`` learns its colour along the way; whoever says that its sizes are ready stores it.
    Raises ``SourceImageIOError`` for a photo whose file is missing or broken.
    """
    planned = {size: order for size in sizes if (order := plan(photo, size))}
    if not planned:
        return {}
    with photo.open_file() as stream:
        data = stream.read()
    try:
        made = make_sizes_isolated(data, list(planned.values()), photo_limits(), timeout=setting("PHOTO_TIMEOUT"))
    except RefusedError as error:
        raise SourceImageIOError(str(error)) from error
    photo.color = made.color
    return {
        size: ContentFile(content, name=_name(photo, size, order.kind))
        for (size, order), content in zip(planned.items(), made.files, strict=True)
    }


def _name(photo: Any, size: Filter, kind: str) -> str:
    ending = size.spec.replace("|", ".") + IMAGE_FORMAT_EXTENSIONS[kind]
    if key := size.get_cache_key(photo):
        ending = f"{key}.{ending}"
    stem = PurePosixPath(photo.file.name).stem
    return f"{stem[: 59 - len(ending)]}.{ending}"


def store_sizes(photo: Any, files: dict[Filter, ContentFile]) -> dict[Filter, Any]:
    """Store ``files`` as sizes of ``photo``. Where somebody else was quicker theirs stays, and ours leaves no file."""
    model = photo.get_rendition_model()
    orders = {size: plan(photo, size) for size in files}  # there is one for each, or it would not have been made
    rows = [
        model(
            image=photo,
            filter_spec=size.spec,
            focal_point_key=size.get_cache_key(photo),
            # Said beforehand, so that nobody decodes the file to learn it.
            width=orders[size].size[0],  # type: ignore[union-attr]
            height=orders[size].size[1],  # type: ignore[union-attr]
            file=file,
        )
        for size, file in files.items()
    ]
    try:
        with transaction.atomic():
            model.objects.bulk_create(rows, ignore_conflicts=True)
            _refuse_if_withdrawn(photo)
            kept = {
                (row.filter_spec, row.focal_point_key): row
                for row in model.objects.filter(image=photo, filter_spec__in=[size.spec for size in files])
            }
    except BaseException:
        _delete_files(rows)
        raise
    result = {}
    for size in files:
        result[size] = row = kept[size.spec, size.get_cache_key(photo)]
        row.image = photo
    names = {row.file.name for row in kept.values()}
    _delete_files([row for row in rows if row.file.name not in names])
    return result


def _refuse_if_withdrawn(photo: Any) -> None:
    """Raise ``SourceImageIOError`` where the photo was withdrawn while its sizes were being made."""
    model = type(photo)
    if not model._default_manager.select_for_update().filter(not_withdrawn(model), pk=photo.pk).exists():
        raise SourceImageIOError("The consent to publish this photo was withdrawn.")


def _delete_files(rows: list[Any]) -> None:
    for row in rows:
        if row.file._committed:
            row.file.storage.delete(row.file.name)


def make_missing(photo: Any, specs: Iterable[str]) -> int:
    """Make and store the sizes of ``photo`` that it lacks, from one decoding; return how many."""
    sizes = [Filter(spec) for spec in specs]
    stored = set(photo.renditions.values_list("filter_spec", "focal_point_key"))
    missing = [size for size in sizes if (size.spec, size.get_cache_key(photo)) not in stored]
    files = make_files(photo, missing)
    store_sizes(photo, files)
    for size in missing:
        if size not in files:
            photo.get_rendition(size)
    return len(missing)
