"""Photos of galleries inside the query that reads the galleries, and as the API shows them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.images import get_image_model

from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.galleries.models.galleries import PHOTO_ROUTES
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.api.v1.reading.images import as_used
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.visibility import may_be_shown

PhotoRow = Mapping[str, Any]


def _shown_in_gallery() -> QuerySet[Any]:
    return GalleryPhoto.objects.filter(may_be_shown(get_image_model(), "photo__"), page=OuterRef("pk"))


def photo_rows(most: int | None = None) -> JsonRows:
    """The shown photos of each gallery in the editor's order, or the first ``most`` of them."""
    rows = _shown_in_gallery().order_by("sort_order", "pk")[:most]
    return JsonRows(rows, photo="photo_id", alt="alt", decorative="decorative", caption="caption")


def count_of_photos() -> Any:
    """How many photos of each gallery are shown, each counted once."""
    counted = _shown_in_gallery().order_by().values("page").annotate(found=Count("photo", distinct=True))
    return Coalesce(Subquery(counted.values("found"), output_field=IntegerField()), 0)


def image_of(row: PhotoRow, found: Found) -> dict[str, Any] | None:
    """The photo of a row, as the gallery describes it."""
    return as_used(
        found.get("image", row["photo"]),
        alt=row["alt"],
        decorative=bool(row["decorative"]),
        caption=row["caption"],
    )


def shown_photos(rows: Iterable[PhotoRow], path: str, language: str, found: Found) -> list[dict[str, Any]]:
    """The photos of a gallery that lives at ``path``, each once."""
    route = PHOTO_ROUTES.get(language.split("-")[0], "photo")
    photos: dict[int, dict[str, Any]] = {}
    for row in rows:
        image = image_of(row, found) if row["photo"] not in photos else None
        if image is not None:
            own = f"{path}{route}/{image['id']}/"
            photos[image["id"]] = {"path": own, "url": found.answer.absolute(own), "image": image}
    return list(photos.values())
