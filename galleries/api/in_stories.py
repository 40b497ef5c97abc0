"""Galleries inside texts, and beside what they are about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

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


def galleries_of(rows: Sequence[Mapping[str, Any]], answer: Answer) -> dict[int, list[int]]:
    """The public galleries about each of the pages ``rows``, in the page's language, latest first."""
    pages = {(row["key"], row["locale_id"]): row["id"] for row in rows}
    about = GalleryPage.objects.filter(about__translation_key__in={key for key, _locale in pages})
    found: dict[int, list[int]] = defaultdict(list)
    for gallery, key, locale_id in (
        answer.public(about).order_by("-date", "-pk").values_list("pk", "about__translation_key", "locale_id")
    ):
        if page := pages.get((key, locale_id)):
            found[page].append(gallery)
    return dict(found)


GALLERIES_LINKS = DeliveredLinks("galleries", "Galleries about it, latest first.", galleries_of)
