"""How galleries are listed and read."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Literal

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import translation
from ninja import Field
from wagtail.models import Page

from wagtail_newsroom.galleries.api.photos import PhotoRow, count_of_photos, image_of, photo_rows, shown_photos
from wagtail_newsroom.galleries.api.schemas import GalleryItem, GallerySummary
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.parameters import Id, Words, Year
from wagtail_newsroom.news.api.v1.reading.filters import PageParameters, narrowed_pages
from wagtail_newsroom.news.api.v1.reading.languages import topic_links
from wagtail_newsroom.news.api.v1.reading.pages import PageReading, PageSummaryPart
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.reading.stories import STORY_ORDERS
from wagtail_newsroom.news.api.v1.reading.surroundings import BreadcrumbsPart, SeoPart, TranslationsPart
from wagtail_newsroom.news.models import NewsroomPage, Topic
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.wording import dates


class GallerySummaryPart(PageSummaryPart):
    """A gallery in lists."""

    word = "gallery"

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {
            **super().columns(answer),
            "lead": F("lead"),
            "date": F("date"),
            "place": F("place"),
            "cover_id": F("cover_id"),
            "photo_count": count_of_photos(),
            "first_rows": photo_rows(1),
            "topic_rows": _topics(answer),
        }

    def prepare(self, rows: Sequence[Row], answer: Answer, wanted: Wanted) -> dict[int, str]:
        """The day of each row in its own words: each language is switched to once."""
        by_language: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_language[row["language"]].append(row)
        found: dict[int, str] = {}
        for language, own in by_language.items():
            with translation.override(language):
                found.update((row["id"], dates.plain_date(row["date"])) for row in own)
        return found

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for photo in (row["cover_id"], *(first["photo"] for first in row["first_rows"])):
            wanted.add("image", photo)

    def read(self, row: Row, found: Found, prepared: dict[int, str]) -> dict[str, Any]:
        day = prepared[row["id"]]
        return {
            **super().read(row, found, prepared),
            "lead": row["lead"],
            "date": row["date"],
            "place": row["place"],
            "topics": topic_links(row, found.answer),
            "photo_count": row["photo_count"],
            "image": cover_of(row, found),
            "display": {
                "date": day,
                "kicker": " · ".join(part for part in (day, row["place"]) if part),
                "state_line": None,
                "where": row["place"] or None,
                "attachment_line": None,
                "notes": [],
            },
        }


def cover_of(row: Row, found: Found) -> dict[str, Any] | None:
    """The chosen cover, else the first photo; described as in the library, or as the gallery does."""
    first: list[PhotoRow] = row["first_rows"]
    return found.get("image", row["cover_id"]) or (image_of(first[0], found) if first else None)


def _topics(answer: Answer) -> JsonRows:
    """The topics of what a gallery is about, as far as that is public, with their translations."""
    about = NewsroomPage.objects.filter(translation_key=OuterRef(OuterRef(OuterRef("about__translation_key"))))
    chosen = Topic.objects.filter(pages__in=answer.public(about).values("pk"))
    return JsonRows(
        Topic.objects.filter(translation_key__in=chosen.values("translation_key")).order_by("name"),
        chosen=Exists(Topic.objects.filter(pk=OuterRef("pk"), pages__in=answer.public(about).values("pk"))),
        id="pk",
        key="translation_key",
        name="name",
        slug="slug",
        locale_id="locale_id",
    )


class AboutPart(Part):
    """What a gallery is about."""

    name = "about"

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {"about_id": F("about_id")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        wanted.add("page", row["about_id"])

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any] | None:
        return found.get("page", row["about_id"])


class PhotosPart(Part):
    """The photos of a gallery."""

    name = "photos"

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {"photo_rows": photo_rows()}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for each in row["photo_rows"]:
            wanted.add("image", each["photo"])

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return shown_photos(row["photo_rows"], found.answer.path_of(row["url_path"]), row["language"], found)


class GalleryParameters(PageParameters):
    """Parameters of the list of galleries."""

    topic: Words = Field([], description="Slugs of topics, in any language: those of what a gallery is about.")
    year: Year | None = Field(None, description="Of the day of the photos (`date`).")
    about: Id | None = Field(
        None, description="Galleries about this event or news item, in all its languages: its `id`."
    )
    order: Literal[*STORY_ORDERS] = Field(  # type: ignore[valid-type]  # made of data
        "-date", description="What comes first."
    )


class GalleryReading(PageReading):
    """How galleries are listed and read."""

    word, address, model = "gallery", "galleries", GalleryPage
    summary_schema, item_schema = GallerySummary, GalleryItem
    parameters = GalleryParameters
    orders = STORY_ORDERS
    summary = GallerySummaryPart()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        seo = SeoPart(lead="lead", image="cover_id")
        return (AboutPart(), PhotosPart(), seo, TranslationsPart(), BreadcrumbsPart())

    def narrowed(self, pages: QuerySet[Any], asked: GalleryParameters, answer: Answer) -> QuerySet[Any]:
        """What a gallery is about counts only where the public may read it."""
        pages = narrowed_pages(super().narrowed(pages, asked, answer), asked)
        if asked.topic:
            keys = Topic.objects.filter(slug__in=asked.topic).values("translation_key")
            about = answer.public(NewsroomPage.objects.filter(topics__translation_key__in=keys))
            pages = pages.filter(about__translation_key__in=about.values("translation_key"))
        if asked.year is not None:
            pages = pages.filter(date__year=asked.year)
        if asked.about is not None:
            about = answer.public(Page.objects.filter(pk=asked.about))
            pages = pages.filter(about__translation_key__in=about.values("translation_key"))
        return pages
