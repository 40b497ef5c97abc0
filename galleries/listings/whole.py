"""A gallery with all its photos, read at once."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from wagtail_newsroom.galleries.finders import lay_photos
from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto
from wagtail_newsroom.news.listings.named import lay_projects
from wagtail_newsroom.news.listings.whole import (
    facts_of,
    in_language,
    is_public,
    lay,
    lay_pictures,
    lay_translations,
    read_cards,
    translation_rows,
)
from wagtail_newsroom.news.models import NewsroomPage
from wagtail_newsroom.news.queries.instances import child_rows, children_of, columns_of, row_of, with_row
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.site_tree import learn_locale

_GALLERIES = PreparedQueries()


def read_gallery(page: Page) -> GalleryPage:
    """The base row ``page`` as a gallery, with its photos. One query; :func:`prepare_gallery` lays them out."""
    gallery: GalleryPage = with_row(page, _read_row)
    return gallery


def prepare_gallery(gallery: GalleryPage, site: Site) -> None:
    """Tell ``gallery``, which is public on ``site``, its photos with their sizes, and the page that it is about with its projects."""
    row = row_of(gallery, _read_row)
    learn_locale(gallery, site)
    lay_translations(gallery, row["translation_rows"], site)
    lay_photos(gallery, row["photo_rows"])
    lay_pictures([gallery, *children_of(gallery)["photos"]])
    now = timezone.now()
    public = {each["id"]: each for each in row["about_pages"] if is_public(each, site, now)}
    about = in_language([gallery.about_id] if gallery.about_id else [], row["about_pages"], public, gallery.locale_id)
    found = read_cards([public[pk] for pk in about], site)
    pages = [found[pk] for pk in about if pk in found]
    lay(gallery, GalleryPage, "about_pages", pages)
    for page in pages:
        if isinstance(page, NewsroomPage):  # a page of one photo shows no projects
            projects: Any = SimpleLazyObject(partial(_read_projects, page))
            children_of(page)["projects"] = projects


def _read_projects(page: NewsroomPage) -> list[Any]:
    projects = lay_projects(page)
    lay_pictures(projects)
    return projects


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
