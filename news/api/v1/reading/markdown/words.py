"""Words, links and pictures as Markdown."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

from wagtail_newsroom.news.api.v1.texts import Written
from wagtail_newsroom.news.rich_text import escaped, link, safe_address
from wagtail_newsroom.news.wording import dates

Item = dict[str, Any]
CLOSING = re.compile(r"(#+)$")
LINES = re.compile(r"\\?\n\s*")


def words(value: Any) -> str:
    """A text as blocks of Markdown: rich text is Markdown already, in plain text every sign stays a sign."""
    return str(value or "") if isinstance(value, Written) else escaped(str(value or ""))


def one_line(value: Any) -> str:
    """A text on one line, within other words."""
    return LINES.sub(" ", words(value)).strip()


def headline(level: int, text: Any) -> str:
    """A heading. Number signs at its end are words."""
    words_of_it = CLOSING.sub(r"\\\1", one_line(text))
    return f"{'#' * level} {words_of_it}"


def linked(text: Any, address: Any) -> str:
    """A link, or the words alone where the address is none."""
    safe = safe_address(str(address or ""))
    return link(one_line(text) or one_line(safe), safe) if safe else one_line(text)


def picture(image: Item | None) -> str:
    """A picture with what stands below it; nothing until its sizes are made."""
    crop = image and (image["renditions"]["wide"] or image["renditions"]["original"])
    if not image or not crop:
        return ""
    below = ". ".join(one_line(each) for each in (image["caption"], image["credit"]) if each)
    return "\n\n".join(each for each in ("!" + link(one_line(image["alt"]), crop["url"]), below) if each)


def day_words(day: Any) -> str:
    found = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return dates.plain_date(found) if found else ""


def joined(parts: Iterable[Any], sign: str = ", ") -> str:
    return sign.join(one_line(part) for part in parts if part)


def joined_written(*parts: str) -> str:
    """Of parts that are Markdown already."""
    return ", ".join(part for part in parts if part)


def list_of(things: Iterable[Item] | None, line: Callable[[Item], str]) -> str:
    """A list with a line for each of ``things``."""
    return "\n".join(f"- {line(each)}" for each in things or [])


def paragraphs(*parts: str) -> str:
    """Blocks of Markdown below each other; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)
