"""What the readers of formats return: blocks, before anything is concluded from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from wagtail_newsroom.news.reader.story.parts import Picture, Run, Runs, Table

HEADING, TEXT, ITEM, QUOTE, TABLE, PICTURE, CAPTION, CITE = (
    "heading",
    "text",
    "item",
    "quote",
    "table",
    "picture",
    "caption",
    "cite",
)
SPACES = " \t\r\n\f\v\u00a0\u200b\ufeff"


@dataclass(slots=True)
class Block:
    """One block. ``level`` of a heading as the file has it, ``depth`` of a list's line, ``main``: within a page's main part."""

    kind: str
    runs: Runs = ()
    level: int = 0
    depth: int = 1
    ordered: bool = False
    is_lead: bool = False
    is_title: bool = False
    stands_alone: bool = False  # a short line between blank ones
    main: bool = False
    children: list[Block] = field(default_factory=list)
    table: Table | None = None
    picture: Picture | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def tidy(runs: list[Run]) -> Runs:
    """Join runs of one look, take doubled spaces out and the spaces off both ends and round line breaks."""
    joined: list[Run] = []
    for run in runs:
        text = run.text.lstrip(" ") if not joined or joined[-1].text.endswith((" ", "\n")) else run.text
        if text.startswith("\n") and joined and joined[-1].text.endswith(" "):
            joined[-1] = Run(joined[-1].text.rstrip(" "), joined[-1].marks, joined[-1].link)
        if not text:
            continue
        if joined and (joined[-1].marks, joined[-1].link) == (run.marks, run.link):
            joined[-1] = Run(joined[-1].text + text, run.marks, run.link)
        else:
            joined.append(Run(text, run.marks, run.link))
    while joined and not joined[-1].text.rstrip(SPACES):
        joined.pop()
    while joined and not joined[0].text.lstrip(SPACES):
        joined.pop(0)
    if joined:
        joined[0] = Run(joined[0].text.lstrip(SPACES), joined[0].marks, joined[0].link)
        joined[-1] = Run(joined[-1].text.rstrip(SPACES), joined[-1].marks, joined[-1].link)
    return tuple(joined)
