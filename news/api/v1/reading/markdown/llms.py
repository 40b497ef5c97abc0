"""``llms.txt``: what there is, as Markdown, for language tools (https://llmstxt.org)."""

from collections.abc import Iterable
from typing import Any

from wagtail_newsroom.news.api.v1.reading.markdown.words import linked, one_line


def llms_text(name: str, about: str, sections: Iterable[tuple[str, Iterable[tuple[Any, Any, Any]]]]) -> str:
    """The site's ``name``, a sentence ``about`` it, and sections: a heading, and rows of title, address and a sentence."""
    parts = [f"# {one_line(name)}", f"> {one_line(about)}" if about else ""]
    for heading, rows in sections:
        lines = [_line(*row) for row in rows]
        parts += [f"## {one_line(heading)}", "\n".join(lines)] if lines else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(title: Any, address: Any, about: Any) -> str:
    said = one_line(about)
    return f"- {linked(title, address)}" + (f": {said}" if said else "")
