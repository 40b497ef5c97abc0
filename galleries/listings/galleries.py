"""Public galleries: the rows of their list, of the home page and of the pages that they are about."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto
from wagtail_newsroom.news.listings.filters import paginate_rows, read_only_own, site_of
from wagtail_newsroom.news.listings.photos import give_sizes, sizes_of
from wagtail_newsroom.news.listings.sizes import read_pictures
from wagtail_newsroom.news.site_tree import learn_locale
from wagtail_newsroom.news.visibility import may_be_shown, public_pages


def public_galleries(page: Page, site: Site | None) -> Any:
    """Public galleries below the page ``page``, latest first."""
    return public_pages(GalleryPage.objects.filter(path__startswith=page.path), site).order_by("-date", "-pk")


def latest_gallery(under: Page, site: Site | None) -> GalleryPage | None:
    """The latest public gallery below the page ``under``, its photos counted; ``None`` where there is none."""
    found: GalleryPage | None = public_galleries(under, site).with_photo_count().first()
    if found is not None and site is not None:
        learn_locale(found, site)
    return found


def first_photos(gallery: GalleryPage, count: int) -> list[GalleryPhoto]:
    """The first ``count`` of the photos of ``gallery`` that the public may see, each once, with their sizes. One query."""
    rows = GalleryPhoto.objects.filter(may_be_shown(get_image_model(), "photo__"), page=gallery.pk)
    again = GalleryPhoto.objects.filter(page=OuterRef("page"), photo=OuterRef("photo"))
    before = Q(sort_order__lt=OuterRef("sort_order")) | Q(sort_order=OuterRef("sort_order"), pk__lt=OuterRef("pk"))
    rows = rows.exclude(Exists(again.filter(before))).annotate(size_rows=sizes_of("photo")).select_related("photo")
    photos = list(rows.order_by("sort_order", "pk")[:count])
    for position, row in enumerate(photos, start=1):
        give_sizes(row.photo, row.size_rows)
        row.place_in(gallery, position, photos)
    return photos


def gallery_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the list of galleries: ``items``, latest first."""
    read_only_own(page, request, ())
    items = paginate_rows(request, public_galleries(page, site_of(request)), "pk")
    ids = [row["pk"] for row in items.object_list]
    galleries = {each.pk: each for each in with_covers(GalleryPage.objects.filter(pk__in=ids).with_photo_count())}
    items.object_list = [galleries[pk] for pk in ids if pk in galleries]
    return {"items": items}


def with_covers(galleries: Any) -> list[GalleryPage]:
    """The galleries with what their cards show of photos: the cover that the public may see, with its sizes. Two queries."""
    photos = GalleryPhoto.objects.filter(may_be_shown(get_image_model(), "photo__"), page=OuterRef("pk"))
    first = photos.order_by("sort_order", "pk").values("photo")[:1]
    chosen = may_be_shown(get_image_model(), "cover__") & Q(cover__isnull=False)
    key = GalleryPhoto._meta.get_field("photo").target_field
    cover = Case(When(chosen, then="cover"), default=Subquery(first), output_field=key)
    found = list(galleries.annotate(cover_shown=cover))
    ids = {gallery.cover_shown for gallery in found} - {None}
    covers = read_pictures(ids)
    for gallery in found:
        gallery.known_cover = covers.get(gallery.cover_shown)
    return found
