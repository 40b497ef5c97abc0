"""What stands around any page: its translations, the pages above it, and what search engines are told.

Public: other apps may import from here.
"""

from typing import Any

from django.db.models import F, OuterRef
from django.db.models.functions import Substr
from wagtail.models import Page

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.images import as_used
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.queries.json_rows import JsonRows

LEVELS = 20  # deeper pages show the first of those above them


class TranslationsPart(Part):
    """The same page in other languages, where public."""

    name = "translations"

    def columns(self, answer: Answer) -> dict[str, Any]:
        others = Page.objects.filter(translation_key=OuterRef("translation_key")).exclude(pk=OuterRef("pk"))
        rows = answer.public(others).order_by("locale__language_code")
        return {
            "translation_rows": JsonRows(
                rows, id="pk", locale="locale__language_code", title="title", url_path="url_path"
            )
        }

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return [{**_place(each, found.answer), "locale": each["locale"]} for each in row["translation_rows"]]


class BreadcrumbsPart(Part):
    """The public pages above a page, from the home page down."""

    name = "breadcrumbs"

    def columns(self, answer: Answer) -> dict[str, Any]:
        above = [Substr(OuterRef("path"), 1, level * Page.steplen) for level in range(2, LEVELS)]
        pages = Page.objects.filter(path__in=above).exclude(pk=OuterRef("pk"))
        rows = answer.public(pages).order_by("path")
        return {"above_rows": JsonRows(rows, id="pk", title="title", url_path="url_path")}

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return [_place(each, found.answer) for each in row["above_rows"]]


def _place(page: dict[str, Any], answer: Answer) -> dict[str, Any]:
    path = answer.path_of(page["url_path"])
    return {"id": page["id"], "title": page["title"], "path": path, "url": answer.absolute(path)}


class SeoPart(Part):
    """What search engines and shared links show. ``lead``, ``image``: what the summary
    reads that stands in for what is not given."""

    name = "seo"

    def __init__(self, lead: str = "", image: str = "", image_alt: str = "") -> None:
        self.lead, self.image, self.image_alt = lead, image, image_alt

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {name: F(name) for name in ("seo_title", "search_description")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        wanted.add("image", row.get(self.image))

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        return {
            "title": row["seo_title"] or row["title"],
            "description": row["search_description"] or row.get(self.lead) or "",
            "image": as_used(found.get("image", row.get(self.image)), alt=row.get(self.image_alt) or ""),
        }
