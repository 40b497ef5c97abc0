"""Galleries inside texts, and beside what they are about."""

from typing import Any

from django.db.models import OuterRef, QuerySet

from wagtail_newsroom.galleries.api.photos import photo_rows, shown_photos
from wagtail_newsroom.galleries.api.schemas import GalleryBlockValue
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.blocks.raw import pk, struct
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.registry import DeliveredLinks


def galleries(ids: set[int], answer: Answer, wanted: Wanted) -> dict[int, dict[str, Any]]:
    """The source of galleries that texts show: their rows in one query. What they show of their photos is wanted."""
    answer.tags.update(f"gallery:{each}" for each in ids)
    rows = answer.public(GalleryPage.objects.filter(pk__in=ids)).order_by().values(
        "id", "title", "url_path", "locale__language_code", photo_rows=photo_rows()
    )  # fmt: skip
    found = {row["id"]: row for row in rows}
    for row in found.values():
        for each in row["photo_rows"]:
            wanted.add("image", each["photo"])
    return found


class GalleryForm:
    """The block of a gallery in a text."""

    schema = GalleryBlockValue

    def wants(self, value: Any, wanted: Any) -> None:
        wanted.add("gallery", pk(struct(value).get("gallery")))

    def read(self, value: Any, found: Found) -> dict[str, Any] | None:
        gallery = found.get("gallery", pk(struct(value).get("gallery")))
        if gallery is None:
            return None
        path = found.answer.path_of(gallery["url_path"])
        photos = shown_photos(gallery["photo_rows"], path, gallery["locale__language_code"], found)
        if not photos:
            return None
        return {
            "id": gallery["id"],
            "title": gallery["title"],
            "path": path,
            "url": found.answer.absolute(path),
            "photo_count": len(photos),
            "photos": photos,
        }


def galleries_of(answer: Answer) -> QuerySet[Any]:
    """The public galleries about a page, in the page's language, latest first."""
    about = GalleryPage.objects.filter(
        about__translation_key=OuterRef("translation_key"), locale_id=OuterRef("locale_id")
    )
    return answer.public(about).order_by("-date", "-pk")


GALLERIES_LINKS = DeliveredLinks("galleries", "Galleries about it, latest first.", galleries_of)
