"""Where a story comes from, and what was wrong in it."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.models import Correction, NewsroomSettings, SiteTexts
from wagtail_newsroom.news.queries.json_rows import JsonRows


class CorrectionsPart(Part):
    """What was wrong and what is right, latest first."""

    name = "corrections"

    def columns(self, answer: Answer) -> dict[str, Any]:
        rows = Correction.objects.filter(page=OuterRef("pk")).order_by("-date", "sort_order", "pk")
        return {"correction_rows": JsonRows(rows, date="date", was="was", now="now")}

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        return list(row["correction_rows"])


class ProvenancePart(Part):
    """Who publishes a story, and its days. Who wrote it and answers for it is in no public history, so it names nobody."""

    name = "provenance"

    def columns(self, answer: Answer) -> dict[str, Any]:
        own = NewsroomSettings.objects.filter(site=answer.site, texts__isnull=False)
        texts = SiteTexts.objects.filter(Q(translation_key__in=own.values("texts__translation_key")) | ~Exists(own))
        rows = texts.order_by("-pk")
        return {"publisher_rows": JsonRows(rows, name="organisation_name", language="locale__language_code")}

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        return {
            "publisher": _publisher(row, found.answer),
            "written_on": row["date"],
            "first_published_at": row["first_published_at"],
            "last_published_at": row["last_published_at"],
            "corrected_on": row["corrected_on"],
            "changed": row["change_note"],
        }


def _publisher(row: Row, answer: Answer) -> str:
    """Who publishes the site, in the language of the row: as ``organisation_name`` of the pages says it."""
    names: dict[str, str] = {}
    for each in row["publisher_rows"]:
        names[each["language"]] = each["name"]
    name = names.get(row["language"]) or names.get(settings.LANGUAGE_CODE) or next(iter(names.values()), "")
    return str(name or answer.site.site_name or settings.WAGTAIL_SITE_NAME)
