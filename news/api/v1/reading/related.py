"""Pages that belong to a story: related ones, what it is about, reports, and what other apps say. All as links."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Q
from ninja import Field
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.reading.similar import alike, earlier, nearest
from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.listings.json_rows import JsonRows
from wagtail_newsroom.news.models import NewsPage, NewsroomPage, Project, RelatedPage, Topic
from wagtail_newsroom.news.registry import DeliveredLinks

# References from rows of a sub-select, and of one inside it, to the page that is read.
PAGE = OuterRef("pk")
PAGE_FROM_KEYS = OuterRef(OuterRef(OuterRef("pk")))


class RelatedPart(Part):
    """Pages chosen by hand, then earlier ones, most alike first: the same as on the page."""

    name = "related"

    def __init__(self, same_event: Q | None = None) -> None:
        self.same_event = Q(pk__in=[]) if same_event is None else same_event

    def columns(self, answer: Answer) -> dict[str, Any]:
        # Those chosen by hand may be among the others, and the alike among the nearest.
        most = 2 * setting("RELATED_ITEMS")
        others = answer.public(NewsroomPage.objects.filter(locale_id=OuterRef("locale_id")).exclude(pk=PAGE))
        before = earlier(others, OuterRef("date"), PAGE)
        like = alike(
            before,
            topics=Topic.objects.filter(pages=PAGE_FROM_KEYS).order_by().values("translation_key"),
            projects=Project.objects.filter(pages=PAGE_FROM_KEYS).order_by().values("translation_key"),
            same_event=self.same_event,
        )
        chosen = RelatedPage.objects.filter(page=PAGE).order_by("sort_order", "pk")
        return {
            "chosen_rows": JsonRows(chosen, id="target_id"),
            "alike_rows": JsonRows(like[:most], id="pk"),
            "nearest_rows": JsonRows(nearest(before)[: most + most], id="pk"),
        }

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for each in _candidates(row):
            wanted.add("page", each)

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        shown = shown_links((each["id"] for each in row["chosen_rows"]), found)
        shown.pop(row["id"], None)
        others = (each["id"] for name in ("alike_rows", "nearest_rows") for each in row[name])
        while len(shown) < setting("RELATED_ITEMS") and (other := next(others, None)) is not None:
            shown |= shown_links([other], found)
        return list(shown.values())


def _candidates(row: Row) -> list[int]:
    return [each["id"] for name in ("chosen_rows", "alike_rows", "nearest_rows") for each in row[name]]


def shown_links(ids: Any, found: Found) -> dict[int, dict[str, Any]]:
    """The links that are public, each page once, in the language of the item that is read, by their own ids."""
    links = (found.get("page", pk) for pk in ids)
    return {link["id"]: link for link in links if link is not None}


_EVENT = Page.objects.filter(pk=OuterRef(OuterRef("about_event_id"))).order_by().values("translation_key")
SAME_EVENT_OF_NEWS = Q(translation_key__in=_EVENT) | Q(newspage__about_event__translation_key__in=_EVENT)
SAME_EVENT_OF_EVENTS = Q(newspage__about_event__translation_key=OuterRef("translation_key"))


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

    @property
    def schema(self) -> Any:
        return (list[PageLink], Field(description=self.links.description))

    def prepare(self, rows: Sequence[Row], answer: Answer, wanted: Wanted) -> dict[int, list[int]]:
        found = self.links.find(rows, answer)
        for ids in found.values():
            for pk in ids:
                wanted.add("page", pk)
        return found

    def read(self, row: Row, found: Found, prepared: dict[int, list[int]]) -> list[dict[str, Any]]:
        return list(shown_links(prepared.get(row["id"], ()), found).values())


def links_parts(model: type[Any]) -> tuple[Part, ...]:
    """The parts of all that is registered for ``model``."""
    return tuple(LinksPart(links) for links in registry.delivered_links(model))
