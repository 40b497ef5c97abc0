"""Rich text in an answer: what it links to is wanted, and then it is written in the format that was asked for.

Public: other apps may import from here.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from wagtail_newsroom.news.registry.delivered import Wanting
from wagtail_newsroom.news.rich_text import Find, Target, as_html, as_markdown, as_text, ids_in

if TYPE_CHECKING:
    from wagtail_newsroom.news.api.v1.gathering import Found

# ``markdown_page`` is no format that anybody asks for: Markdown that is read away from the site.
WRITERS: dict[str, Callable[[str, Find], str]] = {
    "html": as_html,
    "markdown": as_markdown,
    "text": as_text,
    "markdown_page": partial(as_markdown, absolute=True),
}


class Written(str):
    """A rich text in its format, told from plain text by whoever writes more around it."""

    __slots__ = ()


def want_links(html: Any, wanted: Wanting) -> None:
    """Want what a stored rich text points to."""
    if isinstance(html, str):
        for kind, pk in ids_in(html):
            wanted.add(kind, pk)


def write_rich_text(html: Any, found: "Found") -> Written:
    """A stored rich text in the format of the answer; empty where something else is stored."""
    if not isinstance(html, str) or not html:
        return Written()

    def find(kind: str, pk: int) -> Target | None:
        return _target(kind, found.get(kind, pk))

    return Written(WRITERS[found.answer.rich_text](html, find))


def _target(kind: str, shown: dict[str, Any] | None) -> Target | None:
    if shown is None:
        return None
    if kind == "page":
        return Target(shown["path"], shown["url"], shown["type"], shown["id"])
    if kind == "document":
        return Target(shown["path"], shown["url"], "attachment", shown["id"])
    original = shown["renditions"]["original"]
    if original is None:
        return None
    return Target(original["url"], original["url"], "image", shown["id"], original["width"], original["height"])
