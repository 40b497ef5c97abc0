"""A story that was read as the body of a page: what an editor chose for each part, then the raw data of its blocks."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from wagtail_newsroom.news.reader.story.parts import (
    BOLD,
    ITALIC,
    SUBSCRIPT,
    SUPERSCRIPT,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    words_of,
)

KEEP, DROP, AS_HEADING, AS_PARAGRAPH, AS_QUOTE, AS_LIST, ALL_ROWS = (
    "keep",
    "drop",
    "heading",
    "paragraph",
    "quote",
    "list",
    "all_rows",
)
LONGEST_HEADING = 200
_TAGS = {BOLD: "b", ITALIC: "i", SUPERSCRIPT: "sup", SUBSCRIPT: "sub"}


@dataclass(frozen=True)
class Choice:
    """What becomes of a part. ``alt`` and ``decorative`` are of pictures, ``who`` and ``role`` of quotes."""

    act: str = KEEP
    alt: str = ""
    decorative: bool = False
    who: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class Shown:
    """A picture that stays, with the words that an editor gave it."""

    picture: Picture
    alt: str = ""
    decorative: bool = False


Chosen = Heading | Paragraph | ItemList | Quote | Table | Shown


def ways_of(part: Part) -> list[str]:
    """What may become of ``part``: the first way is what it was understood as."""
    ways = {
        Heading: [KEEP, AS_PARAGRAPH, DROP],
        Paragraph: [KEEP, AS_HEADING, AS_QUOTE, DROP],
        ItemList: [KEEP, AS_PARAGRAPH, DROP],
        Quote: [KEEP, AS_PARAGRAPH, DROP],
        Table: [KEEP, DROP],
        Picture: [KEEP, DROP],
    }[type(part)]
    if isinstance(part, Paragraph) and len(part.text) > LONGEST_HEADING:
        return [way for way in ways if way != AS_HEADING]
    if isinstance(part, Table) and part.inferred:
        return [KEEP, ALL_ROWS, DROP]
    return ways


def chosen_parts(parts: Sequence[Part], choices: Sequence[Choice]) -> list[Chosen]:
    """The parts as chosen, in their order; headings without a gap, whatever was dropped or made one."""
    kept = [one for part, choice in zip(parts, choices, strict=True) if (one := _chosen(part, choice)) is not None]
    return _even_levels(kept)


def _chosen(part: Part, choice: Choice) -> Chosen | None:
    if choice.act == DROP or (isinstance(part, Picture) and not part.data):
        return None
    if isinstance(part, Picture):
        return Shown(part, "" if choice.decorative else choice.alt, choice.decorative)
    if choice.act == AS_PARAGRAPH:
        return Paragraph(_as_runs(part))
    if isinstance(part, Paragraph) and choice.act == AS_HEADING:
        return Heading(0, " ".join(part.text.split()))
    if isinstance(part, Paragraph) and choice.act == AS_QUOTE:
        part = Quote(part.text)
    if isinstance(part, Quote):
        return replace(
            part,
            who=part.who if choice.who is None else choice.who,
            role=part.role if choice.role is None else choice.role,
        )
    if isinstance(part, Table) and choice.act == ALL_ROWS:
        return replace(part, header=(), rows=(tuple((Run(cell),) for cell in part.header), *part.rows))
    return part


def _as_runs(part: Part) -> Runs:
    if isinstance(part, Paragraph):
        return part.runs
    if isinstance(part, ItemList):
        runs: list[Run] = []
        for item in part.items:
            runs += [*([Run("\n")] if runs else []), *item.runs]
        return tuple(runs)
    if isinstance(part, Quote):
        told = ", ".join(each for each in (part.who, part.role) if each)
        return (Run("\n".join(each for each in (part.text, told) if each)),)
    return (Run(part.text),)


def _even_levels(parts: list[Chosen]) -> list[Chosen]:
    """Levels without a gap: a paragraph that became a heading (level 0) stands beside the one before it."""
    level = 1
    levelled: list[Chosen] = []
    for part in parts:
        if isinstance(part, Heading):
            level = max(2, min(part.level, level + 1, 4)) if part.level else max(level, 2)
            part = Heading(level, part.text)
        levelled.append(part)
    return levelled


# --- raw data ------------------------------------------------------------------------------------


def body_data(parts: Iterable[Chosen], photos: dict[int, Any]) -> list[dict[str, Any]]:
    """Raw data of a ``body``; ``photos``: the photo of each picture by its ``id()``. Neighbouring text is one block."""
    blocks: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, Paragraph | ItemList):
            html = paragraph_html(part.runs) if isinstance(part, Paragraph) else list_html(part.items)
            if blocks and blocks[-1]["type"] == "paragraph":
                blocks[-1]["value"] += html
            else:
                blocks.append(_block("paragraph", html))
        elif isinstance(part, Heading):
            blocks.append(_block("heading", {"level": f"h{part.level}", "text": part.text[:LONGEST_HEADING]}))
        elif isinstance(part, Quote):
            blocks.append(_block("quote", {"text": part.text, "who": part.who[:200], "role": part.role[:200]}))
        elif isinstance(part, Table):
            blocks.append(_block("table", table_data(part)))
        elif (photo := photos.get(id(part.picture))) is not None:
            shown = {
                "alt": part.alt,
                "decorative": part.decorative,
                "caption": part.picture.caption[:400],
                "credit": "",
            }
            blocks.append(_block("image", {"image": photo.pk, **shown}))
    return blocks


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def table_data(table: Table) -> dict[str, Any]:
    """Raw data of a table: a column with links, marks or line breaks in it holds formatted text, others plain text."""
    width = len(table.header) or max((len(row) for row in table.rows), default=0)
    headings = table.header or ("",) * width
    is_rich = [any(_is_rich(row[column]) for row in table.rows) for column in range(width)]
    return {
        "columns": [
            {"type": "rich_text" if rich else "text", "heading": heading}
            for rich, heading in zip(is_rich, headings, strict=True)
        ],
        "rows": [
            {
                "values": [
                    (paragraph_html(cell) if cell else "") if rich else " ".join(words_of(cell).split())
                    for rich, cell in zip(is_rich, row, strict=True)
                ]
            }
            for row in table.rows
        ],
        "caption": table.caption,
    }


def _is_rich(cell: Runs) -> bool:
    return any(run.link or run.marks or "\n" in run.text for run in cell)


def paragraph_html(runs: Runs) -> str:
    """Stored rich text of a paragraph: only marks, links and line breaks that the text block allows, all words escaped."""
    return f"<p>{runs_html(runs)}</p>"


def list_html(items: Sequence[Item]) -> str:
    """Stored rich text of a list, its deeper lines within the line above them."""
    return _items_html(list(items), 1)


def _items_html(items: list[Item], depth: int) -> str:
    """The lists of this depth, one after the other where bullets and numbers alternate."""
    html: list[str] = []
    at = 0
    current = ""
    while at < len(items):
        item = items[at]
        end = at + 1
        while end < len(items) and items[end].depth > depth:
            end += 1
        tag = "ol" if item.ordered else "ul"
        if tag != current:
            html += [f"</{current}>" if current else "", f"<{tag}>"]
            current = tag
        html.append(f"<li>{runs_html(item.runs)}{_items_html(items[at + 1 : end], depth + 1)}</li>")
        at = end
    return "".join([*html, f"</{current}>" if current else ""])


def runs_html(runs: Runs) -> str:
    """Words with their marks and links."""
    html = []
    for run in runs:
        words = escape(run.text, quote=False).replace("\n", "<br/>")
        for mark in sorted(run.marks & _TAGS.keys()):
            words = f"<{_TAGS[mark]}>{words}</{_TAGS[mark]}>"
        html.append(f'<a href="{escape(run.link)}">{words}</a>' if run.link else words)
    return "".join(html)
