"""What all stories share: news, events, and types that other apps make of them.

Public: other apps may import from here.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import F, Max, OuterRef, Subquery
from django.utils import translation

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.cursors import Key
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.parameters import ListParameters
from wagtail_newsroom.news.api.v1.reading.attached import AttachmentsPart
from wagtail_newsroom.news.api.v1.reading.bodies import BodyPart
from wagtail_newsroom.news.api.v1.reading.contacts import ContactsPart
from wagtail_newsroom.news.api.v1.reading.filters import StoryParameters, narrowed_stories
from wagtail_newsroom.news.api.v1.reading.history import CorrectionsPart, ProvenancePart
from wagtail_newsroom.news.api.v1.reading.images import as_used
from wagtail_newsroom.news.api.v1.reading.languages import topic_links, topics_of_page
from wagtail_newsroom.news.api.v1.reading.orders import STORY_ORDERS
from wagtail_newsroom.news.api.v1.reading.pages import PageReading, PageSummaryPart
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.reading.projects import ProjectsPart
from wagtail_newsroom.news.api.v1.reading.related import RelatedPart, links_parts
from wagtail_newsroom.news.api.v1.reading.surroundings import BreadcrumbsPart, SeoPart, TranslationsPart
from wagtail_newsroom.news.models import Correction
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording


class StorySummaryPart(PageSummaryPart):
    """What news and events say of themselves in lists. Subclasses add ``columns``, ``read`` and ``words``."""

    def columns(self, answer: Answer) -> dict[str, Any]:
        latest = Correction.objects.filter(page=OuterRef("pk")).order_by().values("page").values(day=Max("date"))
        return {
            **super().columns(answer),
            "lead": F("lead"),
            "date": F("date"),
            "byline": F("byline"),
            "change_note": F("change_note"),
            "archived_on": F("archived_on"),
            "lead_image_id": F("lead_image_id"),
            "lead_image_alt": F("lead_image_alt"),
            "corrected_on": Subquery(latest),
            "topic_rows": topics_of_page(),
        }

    def prepare(self, rows: Sequence[Row], answer: Answer, wanted: Wanted) -> dict[int, dict[str, Any]]:
        """The words of each row, in its own language: each language is switched to once."""
        by_language: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_language[row["language"]].append(row)
        found: dict[int, dict[str, Any]] = {}
        for language, own in by_language.items():
            with translation.override(language):
                found.update((row["id"], self.words(row, answer)) for row in own)
        return found

    def words(self, row: Row, answer: Answer) -> dict[str, Any]:
        """``display`` of one row; its language is active."""
        notes = [event_wording.archived_line(row["archived_on"])] if row["archived_on"] else []
        if row["corrected_on"]:
            notes.append(event_wording.corrected_line(row["corrected_on"]))
        return {
            "date": dates.plain_date(row["date"]),
            "kicker": None,
            "state_line": None,
            "where": None,
            "attachment_line": None,
            "notes": [note.text for note in notes],
        }

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        wanted.add("image", row["lead_image_id"])

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        return {
            **super().read(row, found, prepared),
            "lead": row["lead"],
            "date": row["date"],
            "byline": row["byline"],
            "topics": topic_links(row, found.answer),
            "image": lead_image(row, found),
            "archived_on": row["archived_on"],
            "change_note": row["change_note"],
            "display": prepared[row["id"]],
        }


def lead_image(row: Row, found: Found) -> dict[str, Any] | None:
    """The lead photo of a row, with its alternative text for this item."""
    return as_used(found.get("image", row["lead_image_id"]), alt=row["lead_image_alt"])


class StoryReading(PageReading):
    """How stories are listed and read: a base for news, events, and types that other apps make of them."""

    parameters: ClassVar[type[ListParameters]] = StoryParameters
    orders: ClassVar[dict[str, tuple[Key, ...]]] = STORY_ORDERS

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return story_parts(self.model)

    def narrowed(self, pages: Any, asked: Any, answer: Answer) -> Any:
        return narrowed_stories(super().narrowed(pages, asked, answer), asked)


def story_parts(model: type[Any], *, contacts: Part | None = None, attachments: Part | None = None) -> tuple[Part, ...]:
    """What whole stories of ``model`` have beside their summary: :class:`StoryParts`, and what other apps registered.

    ``contacts``, ``attachments``: other parts than ours.
    """
    return (
        BodyPart(),
        attachments or AttachmentsPart(),
        contacts or ContactsPart(),
        ProjectsPart(),
        CorrectionsPart(),
        RelatedPart(),
        SeoPart(lead="lead", image="lead_image_id", image_alt="lead_image_alt"),
        TranslationsPart(),
        BreadcrumbsPart(),
        ProvenancePart(),
        *links_parts(model),
    )
