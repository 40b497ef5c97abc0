"""Blocks of a text as Markdown."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from wagtail_newsroom.news.api.v1.reading.markdown.words import (
    Item,
    day_words,
    headline,
    joined,
    joined_written,
    linked,
    list_of,
    one_line,
    picture,
    words,
)

# What a block says of itself and nobody reads.
UNREAD = frozenset({"id", "key", "type", "locale", "path"})


def block(shown: Item) -> str:
    """A block of the text; of one that is not known here all that it says."""
    return BLOCKS.get(shown["type"], anything)(shown["value"])


def anything(value: Any) -> str:
    """All words, links and pictures of a value."""
    if isinstance(value, str):
        return words(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return one_line(day_words(value))
    if isinstance(value, dict) and "renditions" in value:
        return picture(value)
    if isinstance(value, dict) and "title" in value and "url" in value:
        return linked(value["title"], value["url"])
    if isinstance(value, dict):
        return anything([each for name, each in value.items() if name not in UNREAD])
    if isinstance(value, list):
        return "\n\n".join(text for text in map(anything, value) if text)
    return "" if value is None or isinstance(value, bool) else one_line(value)


def _heading(value: Item) -> str:
    return headline(value["level"], value["text"])


def _quote(value: Item) -> str:
    who = joined((value["who"], value["role"]))
    text = "\n\n".join(each for each in (words(value["text"]), f"— {who}" if who else "") if each)
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _table(value: Item) -> str:
    header = _row(column["heading"] for column in value["columns"])
    rows = [_row(row["cells"]) for row in value["rows"]]
    table = "\n".join([header, _row("---" for _column in value["columns"]), *rows])
    return "\n\n".join(each for each in (one_line(value["caption"]), table) if each)


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(one_line(cell).replace("|", "\\|") if cell != "---" else cell for cell in cells) + " |"


def _video(value: Item) -> str:
    return "\n\n".join(each for each in (linked(value["title"], value["url"]), words(value["transcript"])) if each)


def _call(value: Item) -> str:
    return "\n\n".join(each for each in (words(value["text"]), linked(value["label"], value["url"])) if each)


def _accordion(value: Item) -> str:
    parts = (
        (f"**{one_line(each['title'])}**" if each["title"] else "", words(each["text"])) for each in value["items"]
    )
    return "\n\n".join(text for part in parts for text in part if text)


BLOCKS: dict[str, Callable[[Any], str]] = {
    "heading": _heading,
    "paragraph": lambda value: words(value["text"]),
    "image": picture,
    "attachments": lambda value: list_of(value["items"], lambda each: file_line(each)),
    "quote": _quote,
    "table": _table,
    "video": _video,
    "call_to_action": _call,
    "accordion": _accordion,
    "contact": lambda value: contact_line(value),
}


def file_line(file: Item) -> str:
    return joined_written(
        linked(file["title"], file["url"]), one_line((file.get("display") or {}).get("attachment_line"))
    )


def contact_line(contact: Item) -> str:
    said = joined(contact.get(name) for name in ("name", "role", "organisation"))
    email = contact.get("email")
    return joined_written(said, linked(email, f"mailto:{email}") if email else "", one_line(contact.get("phone")))
