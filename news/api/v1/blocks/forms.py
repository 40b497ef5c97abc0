"""How the newsroom's own blocks are shown. What would be shown as nothing is left out, as on the site."""

import re
from typing import Any

from wagtail_newsroom.news.api.v1.blocks.raw import flag, items, pk, struct, text
from wagtail_newsroom.news.api.v1.gathering import Found
from wagtail_newsroom.news.api.v1.reading import files, images
from wagtail_newsroom.news.api.v1.schemas import blocks as schemas
from wagtail_newsroom.news.api.v1.schemas.images import Image
from wagtail_newsroom.news.api.v1.texts import want_links
from wagtail_newsroom.news.registry.delivered import BlockForm, Wanting
from wagtail_newsroom.news.rich_text import safe_address

LEVELS = {"h2": 2, "h3": 3, "h4": 4}
# The films that a page can play in place, as the site's own script knows them.
PROVIDERS = (
    ("youtube", re.compile(r"https://((www\.|m\.)?youtube\.com/(watch\?|shorts/|live/|embed/)|youtu\.be/)")),
    ("vimeo", re.compile(r"https://(www\.)?vimeo\.com/\d")),
)
Value = dict[str, Any]


class _Form:
    """A block that points to nothing."""

    def wants(self, value: Any, wanted: Wanting) -> None:
        return None


class HeadingForm(_Form):
    schema = schemas.HeadingValue

    def read(self, value: Any, found: Found) -> Value | None:
        stored = struct(value)
        heading = text(stored.get("text"))
        return {"level": LEVELS.get(text(stored.get("level")), 2), "text": heading} if heading else None


class ParagraphForm:
    schema = schemas.ParagraphValue

    def wants(self, value: Any, wanted: Wanting) -> None:
        want_links(value, wanted)

    def read(self, value: Any, found: Found) -> Value | None:
        written = found.rich_text(value)
        return {"text": written} if written else None


class ImageForm:
    schema = Image

    def wants(self, value: Any, wanted: Wanting) -> None:
        wanted.add("image", pk(struct(value).get("image")))

    def read(self, value: Any, found: Found) -> Value | None:
        stored = struct(value)
        return images.as_used(
            found.get("image", pk(stored.get("image"))),
            alt=text(stored.get("alt")),
            decorative=flag(stored.get("decorative")),
            caption=text(stored.get("caption")),
            credit=text(stored.get("credit")),
        )


class AttachmentsForm:
    schema = schemas.AttachmentsValue

    def wants(self, value: Any, wanted: Wanting) -> None:
        for each in items(struct(value).get("items")):
            wanted.add("document", pk(each))

    def read(self, value: Any, found: Found) -> Value | None:
        shown = found_files(struct(value).get("items"), found)
        return {"items": shown} if shown else None


def found_files(stored: Any, found: Found) -> list[Value]:
    """The public ones of a stored list of documents; two versions of one file are shown once."""
    shown = (files.as_used(found, pk(each)) for each in items(stored))
    return list({each["id"]: each for each in shown if each is not None}.values())


class QuoteForm(_Form):
    schema = schemas.QuoteValue

    def read(self, value: Any, found: Found) -> Value | None:
        said = {name: text(struct(value).get(name)) for name in ("text", "who", "role")}
        return said if said["text"] else None


class TableForm:
    schema = schemas.TableValue

    def wants(self, value: Any, wanted: Wanting) -> None:
        for types, cells in _rows(struct(value)):
            for each, cell in zip(types, cells, strict=False):
                if each == "rich_text":
                    want_links(cell, wanted)

    def read(self, value: Any, found: Found) -> Value | None:
        stored = struct(value)
        columns = [
            {
                "type": "rich_text" if column.get("type") == "rich_text" else "text",
                "heading": text(column.get("heading")),
            }
            for column in map(struct, items(stored.get("columns")))
        ]
        if not columns:
            return None
        rows = [{"cells": _cells(types, cells, found)} for types, cells in _rows(stored)]
        return {"columns": columns, "rows": rows, "caption": text(stored.get("caption"))}


def _rows(stored: Value) -> list[tuple[list[str], list[Any]]]:
    """The rows of a stored table, each with the types of its columns."""
    types = [text(struct(column).get("type")) for column in items(stored.get("columns"))]
    return [(types, items(struct(row).get("values"))) for row in items(stored.get("rows"))]


def _cells(types: list[str], cells: list[Any], found: Found) -> list[str]:
    padded = [*cells, *[""] * len(types)][: len(types)]
    return [
        found.rich_text(cell) if each == "rich_text" else text(cell) for each, cell in zip(types, padded, strict=True)
    ]


class VideoForm:
    schema = schemas.VideoValue

    def wants(self, value: Any, wanted: Wanting) -> None:
        stored = struct(value)
        wanted.add("image", pk(stored.get("poster")))
        want_links(stored.get("transcript"), wanted)

    def read(self, value: Any, found: Found) -> Value | None:
        stored = struct(value)
        url = safe_address(text(stored.get("url")))
        if not url:
            return None
        return {
            "url": url,
            "title": text(stored.get("title")),
            "provider": next((name for name, pattern in PROVIDERS if pattern.match(url)), "other"),
            "poster": found.get("image", pk(stored.get("poster"))),
            "has_captions": flag(stored.get("has_captions")),
            "transcript": found.rich_text(stored.get("transcript")),
        }


class CallToActionForm:
    schema = schemas.CallToActionValue

    def wants(self, value: Any, wanted: Wanting) -> None:
        wanted.add("page", pk(struct(value).get("page")))

    def read(self, value: Any, found: Found) -> Value | None:
        """Left out where it leads nowhere."""
        stored = struct(value)
        page = found.get("page", pk(stored.get("page")))
        url = page["url"] if page else safe_address(text(stored.get("link")))
        if not url:
            return None
        return {"text": text(stored.get("text")), "label": text(stored.get("label")), "url": url, "page": page}


class AccordionForm:
    schema = schemas.AccordionValue

    def wants(self, value: Any, wanted: Wanting) -> None:
        for part in items(struct(value).get("items")):
            want_links(struct(part).get("text"), wanted)

    def read(self, value: Any, found: Found) -> Value | None:
        parts = [
            {"title": text(part.get("title")), "text": found.rich_text(part.get("text"))}
            for part in map(struct, items(struct(value).get("items")))
        ]
        parts = [part for part in parts if part["title"] or part["text"]]
        return {"items": parts} if parts else None


class ContactForm(_Form):
    schema = schemas.ContactValue

    def read(self, value: Any, found: Found) -> Value | None:
        said = {name: text(struct(value).get(name)) for name in ("name", "role", "email", "phone")}
        return said if any(said.values()) else None


OWN_FORMS: dict[str, BlockForm] = {
    "heading": HeadingForm(),
    "paragraph": ParagraphForm(),
    "image": ImageForm(),
    "attachments": AttachmentsForm(),
    "quote": QuoteForm(),
    "table": TableForm(),
    "video": VideoForm(),
    "call_to_action": CallToActionForm(),
    "accordion": AccordionForm(),
    "contact": ContactForm(),
}
