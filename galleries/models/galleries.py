"""Galleries, their list, and the photos in them."""

from typing import Any
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.images import get_image_model, get_image_model_string
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from wagtail_newsroom.galleries.forms import GalleryForm
from wagtail_newsroom.galleries.models.photos import RightsBasis, photo_credit
from wagtail_newsroom.news.fields import DefaultedChoiceField, LineField
from wagtail_newsroom.news.models import (
    ListPage,
    ManagedPageMixin,
    NewsroomPage,
    Row,
    link_to_list,
    localised_pages,
    rows_from_data,
)
from wagtail_newsroom.news.panels import SeveralFilesPanel
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.serializers import PublicImageField, PublicPagesField, RowsField
from wagtail_newsroom.news.tabs import Tab, Tabs
from wagtail_newsroom.news.validators import validate_alt_text, validate_not_future
from wagtail_newsroom.news.visibility import is_withdrawn, may_be_shown, restricted_collections
from wagtail_newsroom.news.wording import dates


class GalleryIndexPage(ListPage):
    """The list of galleries."""

    subpage_types = ["newsroom_galleries.GalleryPage"]
    template = "newsroom_galleries/gallery_index_page.html"

    class Meta:
        verbose_name = _("list of galleries")
        verbose_name_plural = _("lists of galleries")


class GalleryQuerySet(PageQuerySet):
    """Galleries with what their lists need."""

    def with_photo_count(self) -> "GalleryQuerySet":
        """Add ``counted_photos``: photos that the public may see."""
        shown = GalleryPhoto.objects.filter(may_be_shown(get_image_model(), "photo__"), page=OuterRef("pk"))
        counted = shown.order_by().values("page").annotate(found=Count("photo", distinct=True)).values("found")
        return self.annotate(counted_photos=Coalesce(Subquery(counted), 0))

    def with_photos(self) -> "GalleryQuerySet":
        """Fetch cover and photos with their sizes in a constant number of queries."""
        return self.select_related("cover").prefetch_related("cover__renditions", "photos__photo__renditions")


GalleryManager = PageManager.from_queryset(GalleryQuerySet)


# What the address of one photo is called in a gallery's language; elsewhere "photo". Every gallery answers to all.
PHOTO_ROUTES = {"pl": "foto"}


class GalleryPage(ManagedPageMixin, RoutablePageMixin, Page):
    """Photos in an order, about an event or a news item. Each photo has an address of its own."""

    date = models.DateField(
        _("date"),
        default=timezone.localdate,
        validators=[validate_not_future],
        db_index=True,
        help_text=_("When the photos were taken, or published."),
    )
    lead = models.TextField(_("lead"), max_length=400, blank=True)
    place = LineField(_("place"), max_length=200, blank=True)
    about = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="newsroom_galleries_about",
        help_text=_("The event or the news item that the photos belong to."),
    )
    cover = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the first photo."),
    )
    rights_basis = DefaultedChoiceField(
        _("basis of rights of the photos"),
        max_length=20,
        choices=RightsBasis.choices,
        default=RightsBasis.UNKNOWN,
        help_text=_("On what basis they are published. It counts for every photo that says nothing of its own."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("place")]),
        MultiFieldPanel(
            [PageChooserPanel("about", ["newsroom.EventPage", "newsroom.NewsPage"]), FieldPanel("cover")],
            heading=_("Belongs to"),
        ),
    ]
    photo_panels = [
        FieldPanel("rights_basis"),
        SeveralFilesPanel("photos", "photo", kind="images", heading=_("Photos"), label=_("Photo")),
    ]
    edit_handler = Tabs(
        Tab(_("What"), "content_panels"),
        Tab(_("Photos"), "photo_panels"),
        Tab(_("Address"), "promote_panels", "settings_panels"),
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("place"),
        index.SearchField("words_of_photos"),
        index.FilterField("date"),
    ]
    api_fields = [
        ListedField("lead"),
        ListedField("date"),
        ListedField("place"),
        APIField("about", serializer=PublicPagesField(source="about_pages")),
        APIField("cover", serializer=PublicImageField(source="cover_photo")),
        APIField("photo_count"),
        APIField(
            "photos",
            serializer=RowsField(
                ["photo_id", "url", "alt_text", "decorative", "caption", "credit"], source="shown_photos"
            ),
        ),
    ]
    base_form_class = GalleryForm
    parent_page_types = ["newsroom_galleries.GalleryIndexPage"]
    subpage_types: list[str] = []
    template = "newsroom_galleries/gallery_page.html"
    objects = GalleryManager()

    class Meta:
        verbose_name = _("gallery")
        verbose_name_plural = _("galleries")

    @path("")
    def whole(self, request: HttpRequest) -> HttpResponse:
        """All photos."""
        return Page.serve(self, request)

    @path("photo/<int:photo_id>/", name="photo")
    @path("foto/<int:photo_id>/", name="foto")
    def one_photo(self, request: HttpRequest, photo_id: int) -> HttpResponse:
        """One photo by the id of its image, with the ways to the next and the previous one."""
        for shown in self.shown_photos:
            if shown.photo_id == photo_id:
                return self.render(
                    request,
                    template="newsroom_galleries/photo_page.html",
                    context_overrides={"shown": shown, "part": shown.as_part()},
                )
        raise Http404("This gallery has no such photo.")

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """A version as a page; its photos are looked up at once, be there a hundred."""
        rows = data.get("photos")
        gallery = super().from_serializable_data({**data, "photos": []} if rows else data, *args, **kwargs)
        if gallery is not None and rows:
            gallery.photos = rows_from_data(GalleryPhoto, rows)
        return gallery

    @cached_property
    def hidden_collections(self) -> set[int]:
        """Ids of the restricted collections; a list asks once and tells all its galleries."""
        return set(restricted_collections())

    @cached_property
    def shown_photos(self) -> list["GalleryPhoto"]:
        """The photos that the public may see, each once, in the editor's order."""
        hidden = self.hidden_collections
        rows: dict[int, GalleryPhoto] = {}
        for row in self._photo_rows():
            if row.photo is not None and row.photo.collection_id not in hidden and not is_withdrawn(row.photo):
                rows.setdefault(row.photo_id, row)
        photos = list(rows.values())
        for position, row in enumerate(photos, start=1):
            row.place_in(self, position, photos)
        return photos

    def _photo_rows(self) -> list["GalleryPhoto"]:
        prefetched = getattr(self, "_prefetched_objects_cache", {})
        if "photos" in prefetched:
            return list(self.photos.all())
        return list(self.photos.select_related("photo").prefetch_related("photo__renditions"))

    @property
    def words_of_photos(self) -> str:
        """Captions and descriptions, for the search; nothing of what stands beside a photo that is not shown."""
        rows, model = list(self.photos.all()), get_image_model()
        named = model._default_manager.filter(may_be_shown(model), pk__in={row.photo_id for row in rows})
        shown = set(named.values_list("pk", flat=True))
        return "\n".join(words for row in rows if row.photo_id in shown for words in (row.caption, row.alt) if words)

    @property
    def photo_count(self) -> int:
        """How many photos the public may see."""
        counted: int | None = getattr(self, "counted_photos", None)
        return len(self.shown_photos) if counted is None else counted

    @property
    def cover_photo(self) -> Any:
        """The chosen cover, else the first photo; ``None`` for an empty gallery."""
        if (known := vars(self).get("known_cover", self)) is not self:
            return known  # a list has looked it up for all its galleries
        cover = self.cover
        if cover is not None and cover.collection_id not in self.hidden_collections and not is_withdrawn(cover):
            return cover
        return self.shown_photos[0].photo if self.shown_photos else None

    @cached_property
    def about_pages(self) -> list[Page]:
        """The public page that the gallery is about, as a list of one; empty where there is none."""
        if self.about_id is None:
            return []
        return [
            page.specific
            for page in localised_pages(Page.objects.filter(pk=self.about_id), self.locale_id, self.get_site())
        ]

    @property
    def about_page(self) -> Page | None:
        """The public page that the gallery is about."""
        return next(iter(self.about_pages), None)

    @property
    def parent_link(self) -> dict[str, str] | None:
        """Title and address of the list of galleries."""
        return link_to_list(self)

    @property
    def kicker(self) -> str:
        """“8 grudnia 2026 · Poznań”."""
        return " · ".join(part for part in (dates.plain_date(self.date), self.place) if part)

    @property
    def shown_projects(self) -> list[Any]:
        """Projects of the page that the gallery is about: their funding strip is printed here too."""
        about = self.about_page
        return about.shown_projects if isinstance(about, NewsroomPage) else []


class GalleryPhoto(Row):
    """A photo in a gallery, with what is said about it there."""

    page = ParentalKey(GalleryPage, related_name="photos", on_delete=models.CASCADE)
    photo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("photo"),
        on_delete=models.CASCADE,
        related_name="newsroom_in_galleries",
    )
    alt = LineField(
        _("what the photo shows"),
        max_length=255,
        blank=True,
        help_text=_("One sentence for people who do not see it. Empty: the photo's own description."),
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It adds nothing; screen readers skip it.")
    )
    caption = LineField(_("caption"), max_length=400, blank=True)

    panels = [
        FieldPanel("photo"),
        FieldPanel("alt"),
        FieldRowPanel([FieldPanel("caption"), FieldPanel("decorative")]),
    ]

    class Meta(Row.Meta):
        verbose_name = _("photo in a gallery")
        verbose_name_plural = _("photos in galleries")

    def __str__(self) -> str:
        return self.caption or self.alt_text or str(self.photo)

    def clean(self) -> None:
        super().clean()
        try:
            validate_alt_text(self.alt, title=self.photo.title if self.photo_id else "")
        except ValidationError as error:
            raise ValidationError({"alt": error}) from error

    @property
    def alt_text(self) -> str:
        """What the photo shows, as said here, else as said in the library; never its title."""
        if self.decorative:
            return ""
        return self.alt or (self.photo.description if self.photo else "")

    @property
    def credit(self) -> str:
        """Who took it, and under which licence others may use it."""
        return photo_credit(self.photo)

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.photo.width / self.photo.height if self.photo.height else 1.0

    def place_in(self, gallery: GalleryPage, position: int, photos: list["GalleryPhoto"]) -> None:
        """Remember where among the shown photos of ``gallery`` this one stands (first is 1)."""
        self._gallery, self.position = gallery, position
        self._previous = photos[position - 2] if position > 1 else None
        self._next = photos[position] if position < len(photos) else None

    @property
    def url(self) -> str:
        """Address of the photo's own page."""
        route = PHOTO_ROUTES.get(self._gallery.locale.language_code.split("-")[0], "photo")
        return f"{self._gallery.url}{self._gallery.reverse_subpage(route, args=[self.photo_id])}"

    def as_part(self) -> dict[str, Any]:
        """The photo as a part of its gallery with an address of its own, for the head of its page."""
        title = gettext("Photo %(number)s of %(total)s: %(title)s") % {
            "number": self.position,
            "total": self._gallery.photo_count,
            "title": self._gallery.title,
        }
        url = urljoin(self._gallery.full_url or "", self.url)
        return {"url": url, "title": title, "image": self.photo, "alt": self.alt_text}

    @property
    def previous_url(self) -> str:
        """Address of the photo before; empty for the first."""
        return self._previous.url if self._previous else ""

    @property
    def next_url(self) -> str:
        """Address of the photo after; empty for the last."""
        return self._next.url if self._next else ""
