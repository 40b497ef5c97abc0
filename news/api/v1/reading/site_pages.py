"""Pages that are no stories: whatever is public and has no list of its own."""

from functools import cached_property
from typing import Any, Literal

from django.contrib.contenttypes.models import ContentType
from django.db.models import ExpressionWrapper, F, JSONField, QuerySet
from ninja import Field
from pydantic import create_model
from wagtail.models import Page, get_page_models

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.blocks import read_story, wants_of_story
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.parameters import ListParameters, Several
from wagtail_newsroom.news.api.v1.reading.bodies import BodyPart
from wagtail_newsroom.news.api.v1.reading.extras import word_of_class
from wagtail_newsroom.news.api.v1.reading.filters import PageParameters, narrowed_pages
from wagtail_newsroom.news.api.v1.reading.pages import PageReading, PageSummaryPart
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.reading.surroundings import BreadcrumbsPart, SeoPart, TranslationsPart
from wagtail_newsroom.news.api.v1.schemas.site_pages import SitePageItem, SitePageSummary
from wagtail_newsroom.news.blocks import StoryField
from wagtail_newsroom.news.listings.page_columns import shown_lead, types_with
from wagtail_newsroom.news.listings.words import OTHER, word_of

UNKNOWN = "other"


def kind_of(model: type[Page] | None) -> str:
    """The word for the sort of pages of ``model``, ``None`` where its code is gone."""
    if model is None or model is Page:
        return UNKNOWN
    fields = registry.delivered_fields(model)
    return fields.word if fields else word_of_class(model)


def _models() -> list[type[Page]]:
    return [model for model in get_page_models() if model is not Page and word_of(model) == OTHER]


class SitePageSummaryPart(PageSummaryPart):
    """A page in lists."""

    word = OTHER

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {**super().columns(answer), "shown_lead": shown_lead("lead", "intro")}

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        model = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
        return {**super().read(row, found, prepared), "kind": kind_of(model), "lead": row["shown_lead"]}


class SiteBodyPart(BodyPart):
    """The text of those types that have a story; of the others an empty one."""

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {
            f"stored_body_of_{link}": ExpressionWrapper(F(f"{link}__body"), output_field=JSONField())
            for link in types_with("body", StoryField)
        }

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        wants_of_story(_stored(row), wanted)

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return read_story(_stored(row), found)


def _stored(row: Row) -> Any:
    return next((row[name] for name in row if name.startswith("stored_body_of_") and row[name]), [])


class SitePageReading(PageReading):
    """How pages that are no stories are listed and read."""

    word, address, model = OTHER, "pages", Page
    summary_schema, item_schema = SitePageSummary, SitePageItem
    summary = SitePageSummaryPart()
    named_otherwise = frozenset({"intro"})

    @cached_property
    def parameters(self) -> type[ListParameters]:  # type: ignore[override]  # known once all types are
        kinds: Any = Literal[*sorted({UNKNOWN, *map(kind_of, _models())})]
        described: Any = Field([], description="Kinds; several are separated by commas.")
        return create_model("SitePageParameters", __base__=PageParameters, kind=(Several[kinds], described))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return (SiteBodyPart(), SeoPart(lead="shown_lead"), TranslationsPart(), BreadcrumbsPart())

    def narrowed(self, pages: QuerySet[Any], asked: Any, answer: Answer) -> QuerySet[Any]:
        pages = narrowed_pages(super().narrowed(pages, asked, answer), asked)
        if not asked.kind:
            return pages
        models = [model for model in _models() if kind_of(model) in asked.kind]
        types = [each.pk for each in ContentType.objects.get_for_models(*models).values()]
        if UNKNOWN in asked.kind:
            known = ContentType.objects.get_for_models(*(each for each in _models() if kind_of(each) != UNKNOWN))
            return pages.exclude(content_type__in=[each.pk for each in known.values() if each.pk not in types])
        return pages.filter(content_type__in=types)
