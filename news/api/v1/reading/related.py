"""Pages that belong to a story: related ones, what it is about, reports, and what other apps say. All as links."""

from typing import Any

from django.db.models import F, OuterRef
from ninja import Field

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.models import NewsPage, RelatedPage, RelatedRow
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.registry import DeliveredLinks

# Reference from rows of a sub-select to the page that is read.
PAGE = OuterRef("pk")


class RelatedPart(Part):
    """Pages chosen by hand, then earlier ones, most alike first: those that were noted when the story was published.

    They are noted in the transaction of every act that changes them (``publishing.changes.related``): nothing is compared
    while an answer is made.
    """

    name = "related"

    def columns(self, answer: Answer) -> dict[str, Any]:
        chosen = RelatedPage.objects.filter(page=PAGE).order_by("sort_order", "pk")
        noted = RelatedRow.objects.filter(page=PAGE).order_by("-score", "-target")
        return {"chosen_rows": JsonRows(chosen, id="target_id"), "noted_rows": JsonRows(noted, id="target")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for each in _candidates(row):
            wanted.add("page", each)

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        shown = shown_links(_candidates(row), found)
        shown.pop(row["id"], None)
        return list(shown.values())


def _candidates(row: Row) -> list[int]:
    return [each["id"] for name in ("chosen_rows", "noted_rows") for each in row[name]]


def shown_links(ids: Any, found: Found) -> dict[int, dict[str, Any]]:
    """The links that are public, each page once, in the language of the item that is read, by their own ids."""
    links = (found.get("page", pk) for pk in ids)
    return {link["id"]: link for link in links if link is not None}


class AboutPart(Part):
    """The event that a news item is about."""

    name = "about"

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {"about_event_id": F("about_event_id")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        wanted.add("page", row["about_event_id"])

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any] | None:
        return found.get("page", row["about_event_id"])


class ReportsPart(Part):
    """Public reports on an event in its language, latest first."""

    name = "reports"

    def columns(self, answer: Answer) -> dict[str, Any]:
        reports = NewsPage.objects.filter(
            about_event__translation_key=OuterRef("translation_key"), locale_id=OuterRef("locale_id")
        )
        return {"report_rows": JsonRows(answer.public(reports).order_by("-date", "-pk"), id="pk")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for report in row["report_rows"]:
            wanted.add("page", report["id"])

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return list(shown_links((report["id"] for report in row["report_rows"]), found).values())


class LinksPart(Part):
    """Pages that another app says belong to these, through ``register_delivered_links``."""

    def __init__(self, links: DeliveredLinks) -> None:
        self.name, self.links = links.name, links
        self._column = f"{links.name}_rows"

    @property
    def schema(self) -> Any:
        return (list[PageLink], Field(description=self.links.description))

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {self._column: JsonRows(self.links.pages(answer), id="pk")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for each in row[self._column]:
            wanted.add("page", each["id"])

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return list(shown_links((each["id"] for each in row[self._column]), found).values())


def links_parts(model: type[Any]) -> tuple[Part, ...]:
    """The parts of all that is registered for ``model``."""
    return tuple(LinksPart(links) for links in registry.delivered_links(model))
