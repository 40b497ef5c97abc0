"""Plain text and the text of PDFs into blocks: paragraphs that were broken into lines, lists, single lines."""

from __future__ import annotations

import re
from statistics import median

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.extracted import MOST_CHARACTERS
from wagtail_newsroom.news.reader.story.blocks import ITEM, TEXT, Block
from wagtail_newsroom.news.reader.story.parts import Run

_BULLET = re.compile(r"[ \t]{0,20}(?:[•·▪◦●‣*]|[-–](?=[ \t]))[ \t]{0,20}(?=\S)")
_NUMBER = re.compile(r"[ \t]{0,20}(?:(\d{1,2})[.)]|([a-z])\))[ \t]{1,20}(?=\S)")
_NARROWEST, _WIDEST = 45, 130  # characters of a line in a paragraph that a program has broken into lines
LONGEST_HEADING = 90
MOST_LINES = 4_000


def read_plain(text: str) -> list[Block]:
    """Return the blocks of a text. Raises ``ReadError`` where it is too long."""
    if len(text) > MOST_CHARACTERS:
        raise ReadError("story_too_long", size=len(text), limit=MOST_CHARACTERS - 1)
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\u00ad\n", "").replace("\u00ad", "")
    lines = [_plain_spaces(line) for line in text.split("\n")]
    if sum(bool(line) for line in lines) > MOST_LINES:
        raise ReadError("story_too_long", size=len(text), limit=MOST_CHARACTERS - 1)
    blocks: list[Block] = []
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line:
            chunk.append(line)
        elif chunk:
            blocks += _blocks_of(chunk)
            chunk = []
    return blocks


def _plain_spaces(line: str) -> str:
    return re.sub(r"[ \t]+", " ", line).strip(" \t\u00a0\u200b\ufeff")


def _blocks_of(lines: list[str]) -> list[Block]:
    if len(lines) == 1 and not _BULLET.match(lines[0]):
        only = _text(lines[0])
        only.stands_alone = len(lines[0]) <= LONGEST_HEADING
        return [only]
    margin = _margin(lines)
    ordered = _is_numbered(lines)
    blocks: list[Block] = []
    previous = ""
    for line in lines:
        bullet = _BULLET.match(line)
        number = _NUMBER.match(line) if ordered else None
        if bullet or number:
            found = bullet or number
            words = line[found.end() :] if found else line
            blocks.append(Block(ITEM, (Run(words),), ordered=bool(number)))
        elif blocks and _continues(previous, line, margin):
            last = blocks[-1]
            last.runs = (Run(_joined(last.text, line)),)
        else:
            blocks.append(_text(line))
        previous = line
    return blocks


def _text(line: str) -> Block:
    return Block(TEXT, (Run(line),))


def _margin(lines: list[str]) -> float:
    """From how many characters on a line goes on in the next one; without end where no program broke these lines."""
    usual = median(len(line) for line in lines[:-1] or lines)
    return 0.75 * max(map(len, lines)) if _NARROWEST <= usual <= _WIDEST else float("inf")


def _is_numbered(lines: list[str]) -> bool:
    """Two or more lines that count from 1 or a: a list, and no dates."""
    told = [found[1] or found[2] for line in lines if (found := _NUMBER.match(line))]
    return len(told) > 1 and told[0] in {"1", "a"} and told[1] in {"2", "b"}


def _continues(previous: str, line: str, margin: float) -> bool:
    return line[:1].islower() or len(previous) >= margin


def _joined(first: str, second: str) -> str:
    if re.search(r"[^\W\d_]-$", first) and second[:1].islower():
        return first + second  # a word with a hyphen, or one that was divided: nobody can tell
    return f"{first} {second}"
