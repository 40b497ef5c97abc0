"""Photos with the sizes that there are of each, read at once."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef
from wagtail.images import get_image_model

from wagtail_newsroom.news.listings.json_rows import JsonRows
from wagtail_newsroom.news.listings.read_rows import give_rows, whole_rows


def sizes_of(name: str) -> JsonRows:
    """The sizes of the photo that the field ``name`` of a row leads to, for :func:`give_sizes`."""
    sizes = get_image_model().get_rendition_model()
    return whole_rows(sizes._default_manager.filter(image=OuterRef(name)).order_by())


def give_sizes(photo: Any, rows: list[dict[str, Any]]) -> None:
    """Tell ``photo`` the sizes that were read as :func:`sizes_of`: neither tags nor templates ask for them again."""
    photo.size_rows = rows
    give_rows(photo, "renditions", photo.get_rendition_model(), rows, image=photo.pk)


def photos_with_sizes(ids: Iterable[Any]) -> dict[Any, Any]:
    """The photos ``ids`` by their id, each with its sizes. One query, none for nothing."""
    ids = list(ids)
    photos = get_image_model()._default_manager.filter(pk__in=ids).annotate(size_rows=sizes_of("pk")) if ids else ()
    found = {photo.pk: photo for photo in photos}
    for photo in found.values():
        give_sizes(photo, photo.size_rows)
    return found
