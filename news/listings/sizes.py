"""All pictures of a page with their sizes in one query.

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet
from wagtail.images import get_image_model

from wagtail_newsroom.news.queries.instances import columns_of, json_rows, made_of, made_of_json
from wagtail_newsroom.news.queries.prepared import PreparedQueries

_QUERIES = PreparedQueries()
# The query hangs on no moment.
_NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class StoredSizes:
    """The sizes of one picture, where Wagtail looks for prefetched ones; they become objects once somebody looks at them."""

    def __init__(self, image: Any, rows: Sequence[dict[str, Any]]) -> None:
        self._image, self._rows = image, rows
        self._added: list[Any] = []
        self._made: dict[int, Any] = {}

    def __iter__(self) -> Iterator[Any]:
        yield from (self._one(row) for row in self._rows)
        yield from self._added

    def append(self, size: Any) -> None:
        """Add a size that was made just now."""
        self._added.append(size)

    def _one(self, row: dict[str, Any]) -> Any:
        pk = row["id"]
        if pk not in self._made:
            self._made[pk] = made_of_json(type(self._image).get_rendition_model(), row, image=self._image)
        return self._made[pk]


def read_pictures(ids: Iterable[int], known: Iterable[Any] = ()) -> dict[int, Any]:
    """The pictures ``ids``, by them, with their sizes; those that are ``known`` already learn theirs.

    One query for each five hundred. Whether the public may see them is not asked.
    """
    model = get_image_model()
    objects = {image.pk: image for image in known}
    rows = _QUERIES.rows(model, _pictures, _NOW, sorted({*ids, *objects}))
    found = {}
    for row in rows:
        image = found[row["id"]] = objects.get(row["id"]) or made_of(model, row)
        # For the tag of photos, and for Wagtail's own tags.
        image.size_rows = row["size_rows"]
        image.prefetched_renditions = StoredSizes(image, row["size_rows"])
    return found


def _pictures(now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
    model = get_image_model()
    sizes = model.get_rendition_model()._default_manager.filter(image_id=OuterRef("pk")).order_by("pk")
    return model._default_manager.filter(pk__in=ids).order_by().values(*columns_of(model), size_rows=json_rows(sizes))
