"""Who can be asked about a story."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.models import PageContact
from wagtail_newsroom.news.queries.json_rows import JsonRows


class ContactsPart(Part):
    """Contacts whose time has not run out. Subclasses say when that of contacts without a day of their own has."""

    name = "contacts"

    def columns(self, answer: Answer) -> dict[str, Any]:
        rows = PageContact.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk")
        names = ("name", "role", "organisation", "email", "phone", "shown_until")
        return {"contact_rows": JsonRows(rows, **{name: name for name in names})}

    def until(self, row: Row) -> dt.date | None:
        """The last day on which contacts without a day of their own are shown; ``None``: as long as the page is."""
        return None

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        default = self.until(row)
        contacts = [
            {**each, "shown_until": dt.date.fromisoformat(each["shown_until"]) if each["shown_until"] else default}
            for each in row["contact_rows"]
        ]
        return [each for each in contacts if (each["shown_until"] or found.answer.today) >= found.answer.today]
