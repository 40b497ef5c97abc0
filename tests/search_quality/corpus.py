"""The documents and the questions, and the documents as pages of a site."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    TopicFactory,
    VenueFactory,
    add_photos,
    agenda_day,
    attach,
    make_attachment,
    make_photo,
)

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Document:
    """A page as its author wrote it; ``row``: see the files in ``documents/``."""

    id: str
    row: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.row["title"])

    @cached_property
    def text(self) -> str:
        """Everything but the title, texts of files too."""
        row = self.row
        sessions = (
            " ".join([each["title"], *each.get("speakers", ()), each.get("organisation") or ""])
            for each in row["agenda"]
        )
        files = (f"{each['title']}\n{each['text']}" for each in row["files"])
        parts = [
            row["lead"],
            row["body"],
            row["venue"],
            row["city"],
            *sessions,
            *row["topics"],
            *row["captions"],
            *files,
        ]
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Query:
    """A question. ``right``: ids of the documents that answer it; ``forms``: of each word, all that it may look like."""

    kind: str
    text: str
    right: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...] = ()

    def holds(self, document: Document) -> bool:
        """Whether each word stands in ``document`` in one of its forms."""
        words = set(re.findall(r"\w+", f"{document.title}\n{document.text}".lower()))
        return all(words & set(forms) for forms in self.forms)


def documents() -> list[Document]:
    """All documents, in the order of their ids."""
    rows = [row for path in sorted((HERE / "documents").glob("*.json")) for row in json.loads(path.read_text("utf-8"))]
    return [Document(row["id"], row) for row in sorted(rows, key=lambda row: row["id"])]


# The sets of questions: one that the search was tuned to, and one that was asked when that was done.
KNOWN, NEW = "known", "new"


def queries(name: str) -> list[Query]:
    """The questions of a set."""
    rows = json.loads((HERE / f"questions_{name}.json").read_text("utf-8"))
    return [
        Query(row["kind"], row["query"], tuple(row["right"]), tuple(map(tuple, row.get("forms", ())))) for row in rows
    ]


class Site:
    """The documents as pages of ``tree``; which is which."""

    def __init__(self, tree: dict[str, Page]) -> None:
        self.tree = tree
        self.ids: dict[int, str] = {}  # of pages
        self.topics: dict[str, Any] = {}
        self.venues: dict[tuple[str, str], Any] = {}

    def plant(self, every: list[Document]) -> None:
        """Make a page of each."""
        for document in every:
            with transaction.atomic():
                page = self._page(document.row)
                self._publish(page, document.row)
            self.ids[page.pk] = document.id

    def _page(self, row: dict[str, Any]) -> Any:
        day = dt.date.fromisoformat(row["date"])
        written = min(day, timezone.localdate())  # nothing is published with the date of a day to come
        common = {"title": row["title"][:255], "lead": row["lead"]}
        body = [("paragraph", "".join(f"<p>{escape(each)}</p>" for each in row["body"].split("\n\n")))]
        match row["kind"]:
            case "event":
                return EventPageFactory(
                    parent=self.tree["events"],
                    start_date=day,
                    end_date=dt.date.fromisoformat(row["ends"]) if row.get("ends") else None,
                    venue=self._venue(row["venue"], row["city"]),
                    agenda=self._agenda(row["agenda"]),
                    body=body,
                    **common,
                )
            case "gallery":
                place = ", ".join(filter(None, (row["venue"], row["city"])))
                common["lead"] = f"{row['lead']} {row['body']}"
                return GalleryPageFactory(parent=self.tree["galleries"], date=written, place=place[:200], **common)
            case "page":
                return StandardPageFactory(parent=self.tree["home"], body=body, **common)
            case _:
                return NewsPageFactory(parent=self.tree["news"], date=written, body=body, **common)

    def _publish(self, page: Any, row: dict[str, Any]) -> None:
        if hasattr(page, "topics"):
            page.topics = [self._topic(name) for name in row["topics"]]
            page.save_revision().publish()
        if row["kind"] == "gallery":
            add_photos(page, *(make_photo(caption[:200], description=caption) for caption in row["captions"]))
        if hasattr(page, "attachments"):
            for file in row["files"]:
                kind = file["kind"] if file["kind"] in {"regulations", "invitation", "form", "programme"} else "other"
                made = make_attachment(
                    file["title"][:255], name=f"{Path(file['name']).stem}.txt", content=file["text"].encode(), kind=kind
                )
                attach(page, made)

    def _topic(self, name: str) -> Any:
        key = name.casefold()
        if key not in self.topics:
            self.topics[key] = TopicFactory(name=name, slug=f"temat-{len(self.topics)}")
        return self.topics[key]

    def _venue(self, name: str, city: str) -> Any:
        if not city or name.casefold() == "online":
            return None
        if (name, city) not in self.venues:
            self.venues[name, city] = VenueFactory(name=(name or city)[:200], city=city)
        return self.venues[name, city]

    def _agenda(self, rows: list[dict[str, Any]]) -> Any:
        if not rows:
            return []
        sessions = [
            {
                "title": row["title"],
                "start": row["time"] if re.fullmatch(r"\d\d:\d\d", row["time"] or "") else None,
                "speakers": [
                    {"type": "item", "value": {"name": name, "organisation": row.get("organisation") or ""}}
                    for name in row.get("speakers", ())
                ],
            }
            for row in rows
        ]
        return [agenda_day(*sessions)]
