"""Photos with the sizes that there are of each, read at once.

Public: other apps may import from here.
"""

from typing import Any

from django.db.models import OuterRef
from wagtail.images import get_image_model

from wagtail_newsroom.news.listings.read_rows import give_rows
from wagtail_newsroom.news.queries.instances import json_rows
from wagtail_newsroom.news.queries.json_rows import JsonRows


def sizes_of(name: str) -> JsonRows:
    """The sizes of the photo that the field ``name`` of a row leads to, for :func:`give_sizes`."""
    sizes = get_image_model().get_rendition_model()
    return json_rows(sizes._default_manager.filter(image=OuterRef(name)).order_by())


def give_sizes(photo: Any, rows: list[dict[str, Any]]) -> None:
    """Tell ``photo`` the sizes that were read as :func:`sizes_of`: neither tags nor templates ask for them again."""
    photo.size_rows = rows
    give_rows(photo, "renditions", photo.get_rendition_model(), rows, image=photo.pk)
