"""A gallery with all its photos, and the galleries that a story shows, each read at once."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto
from wagtail_newsroom.news.listings.instances import child_rows, columns_of, made_of, made_of_json
from wagtail_newsroom.news.listings.prepared import PreparedQueries
from wagtail_newsroom.news.listings.whole import (
    children_of,
    facts_of,
    in_language,
    is_public,
    lay,
    lay_pictures,
    lay_translations,
    read_cards,
    translation_rows,
)
from wagtail_newsroom.news.site_tree import learn_locale

_GALLERIES = PreparedQueries()


def read_gallery(page: Page) -> GalleryPage:
    """The base row ``page`` as a gallery, with its photos. One query; :func:`prepare_gallery` lays them out."""
    model: Any = page.specific_class
    row = _read_row(model, page.pk)
    gallery: GalleryPage = made_of(model, row)
    vars(gallery)["read_row"] = row
    return gallery


def prepare_gallery(gallery: GalleryPage, site: Site) -> None:
    """Tell ``gallery``, which is public on ``site``, its photos with their sizes, and the page that it is about."""
    row = vars(gallery).pop("read_row", None) or _read_row(type(gallery), gallery.pk)
    learn_locale(gallery, site)
    lay_translations(gallery, row["translation_rows"], site)
    lay_photos(gallery, row["photo_rows"])
    lay_pictures([gallery, *children_of(gallery)["photos"]])
    now = timezone.now()
    public = {each["id"]: each for each in row["about_pages"] if is_public(each, site, now)}
    about = in_language([gallery.about_id] if gallery.about_id else [], row["about_pages"], public, gallery.locale_id)
    found = read_cards([public[pk] for pk in about], site)
    lay(gallery, GalleryPage, "about_pages", [found[pk] for pk in about if pk in found])


def with_photo_rows(galleries: QuerySet[Any]) -> list[GalleryPage]:
    """``galleries`` with their photos, whose pictures whoever shows them has to look up. One query."""
    found: Iterable[Any] = galleries.annotate(photo_rows=child_rows(GalleryPhoto))
    made = list(found)
    for gallery in made:
        lay_photos(gallery, gallery.photo_rows)
    return made


def lay_photos(gallery: GalleryPage, rows: list[dict[str, Any]]) -> None:
    """Lay the photos of ``gallery`` where it looks for them, as if they were prefetched."""
    photos = [made_of_json(GalleryPhoto, each, page=gallery) for each in rows]
    children_of(gallery)["photos"] = vars(gallery).setdefault("_prefetched_objects_cache", {})["photos"] = photos


def _read_row(model: type[GalleryPage], pk: int) -> dict[str, Any]:
    def build(now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
        about = Page.objects.filter(translation_key=OuterRef("about__translation_key"))
        columns = {
            "photo_rows": child_rows(GalleryPhoto),
            "about_pages": facts_of(about),
            "translation_rows": translation_rows(),
        }
        return model._default_manager.filter(pk__in=ids).order_by().values(*columns_of(model), **columns)

    return _GALLERIES.rows(model, build, timezone.now(), [pk])[0]
