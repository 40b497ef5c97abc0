"""The files of a story."""

from typing import Any

from django.db.models import OuterRef

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.files import as_used
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.models import PageAttachment
from wagtail_newsroom.news.queries.json_rows import JsonRows


class AttachmentsPart(Part):
    """The files that a story offers and the public may read, each in its current version, in the editor's order."""

    name = "attachments"

    def columns(self, answer: Answer) -> dict[str, Any]:
        rows = PageAttachment.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk")
        return {"attachment_rows": JsonRows(rows, id="attachment_id", label="label")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for each in row["attachment_rows"]:
            wanted.add("document", each["id"])

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        offered = (
            as_used(found, each["id"], label=each["label"], closed=self.closed(row, each["id"], found))
            for each in row["attachment_rows"]
        )
        return [file for file in offered if file is not None]

    def closed(self, row: Row, document_id: int, found: Found) -> bool | None:
        """What the page itself says of a form: whether it is closed; ``None``: what the file says counts."""
        return None
