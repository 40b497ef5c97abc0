"""From blocks to a story: title, lead, headings, quotes, captions. Concluded from the text alone, added to by nothing."""

from __future__ import annotations

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.story.blocks import CAPTION, CITE, HEADING, ITEM, PICTURE, QUOTE, TABLE, TEXT, Block
from wagtail_newsroom.news.reader.story.parts import (
    BOLD,
    ITALIC,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Part,
    Picture,
    Quote,
    Story,
    Table,
    words_of,
)
from wagtail_newsroom.news.reader.story.quotes import attribution, marked_quote, spoken_quote

LONGEST_TITLE = 255
LONGEST_HEADING = 200
LONGEST_FAKE = 120
LONGEST_LEAD, SHORTEST_LEAD = 400, 40
LONGEST_CAPTION = 400
FAKE_LEVEL = 7  # below every level that a file can tell


def build(blocks: list[Block], subject: str = "") -> Story:
    """Return the story of these blocks; ``subject`` is its title where the text has none. Raises ``ReadError`` for no words."""
    if not any(letter.isalpha() for block in blocks for letter in _all_text(block)):
        raise ReadError("empty")
    blocks = [block for block in blocks if block.kind != CITE or block.text]
    title, blocks = _title(blocks, subject)
    blocks = _with_fake_headings([block for block in blocks if not _repeats(block, title)])
    lead, blocks = _lead(blocks)
    return Story(title, lead, tuple(_parts(blocks)))


def _repeats(block: Block, title: str) -> bool:
    """Whether a line says the title once more, as pages do above the text and below its pictures."""
    return block.kind in (HEADING, TEXT) and bool(title) and _line(block.text).casefold() == title.casefold()


def _all_text(block: Block) -> str:
    inner = "".join(_all_text(child) for child in block.children)
    return block.text + inner + (block.table.text if block.table else "")


def _line(words: str) -> str:
    return " ".join(words.split())


# --- title and lead ------------------------------------------------------------------------------


def _title(blocks: list[Block], subject: str) -> tuple[str, list[Block]]:
    for index, block in enumerate(blocks[:4]):
        is_marked = block.is_title or (block.kind == HEADING and (block.level == 1 or index == 0))
        if is_marked and 0 < len(_line(block.text)) <= LONGEST_TITLE:
            return _line(block.text), blocks[:index] + blocks[index + 1 :]
    first = blocks[0]
    words = _line(first.text)
    if subject and len(subject) <= LONGEST_TITLE:
        return subject, blocks[1:] if words.casefold() == subject.casefold() else blocks
    reads_as_title = (
        first.kind == TEXT
        and 2 < len(words) <= 160
        and "\n" not in first.text
        and not words.endswith((".", ",", ";", ":", "…"))
        and any(letter.isalpha() for letter in words)
        and not spoken_quote(words)
    )
    if reads_as_title and len(blocks) > 1 and _is_longer(blocks[1:], len(words)):
        return words, blocks[1:]
    return "", blocks


def _is_longer(blocks: list[Block], length: int) -> bool:
    return sum(len(_all_text(block)) for block in blocks) > length


def _lead(blocks: list[Block]) -> tuple[str, list[Block]]:
    """The first paragraph, where it stands out (bold, italic, a style of its own), or is one of some sentences before more text."""
    if len(blocks) < 2 or blocks[0].kind != TEXT or any(run.link for run in blocks[0].runs):
        return "", blocks
    words = _line(blocks[0].text)
    if not SHORTEST_LEAD <= len(words) <= LONGEST_LEAD or spoken_quote(words):
        return "", blocks
    letters = [run for run in blocks[0].runs if run.text.strip()]
    stands_out = blocks[0].is_lead or any(all(mark in run.marks for run in letters) for mark in (BOLD, ITALIC))
    goes_on = blocks[1].kind == TEXT and (len(blocks) > 2 or len(blocks[1].text) > len(words))
    if stands_out or (words.endswith((".", "!", "?", "…")) and goes_on):
        return words, blocks[1:]
    return "", blocks


# --- headings ------------------------------------------------------------------------------------


def _with_fake_headings(blocks: list[Block]) -> list[Block]:
    """Turn a short line in bold, or alone between blank lines, into a heading, where text follows."""
    for index, block in enumerate(blocks[:-1]):
        following = blocks[index + 1]
        if block.kind == TEXT and _reads_as_heading(block, following):
            block.kind, block.level = HEADING, FAKE_LEVEL
    return blocks


def _reads_as_heading(block: Block, following: Block) -> bool:
    words = _line(block.text)
    letters = [run for run in block.runs if run.text.strip()]
    is_bold = all(BOLD in run.marks for run in letters)
    if (
        "\n" in block.text
        or len(words) > LONGEST_FAKE
        or any(run.link for run in letters)
        or sum(letter.isalpha() for letter in words) < 3
        or words.endswith((".", ",", ";", "…", "-", "–"))
        or words[:1] in '–—-„"“'
        or following.kind not in {TEXT, ITEM, TABLE, QUOTE}
    ):
        return False
    if is_bold:
        return not _is_short_bold(following)
    return (
        block.stands_alone
        and not words.endswith(":")
        and words[:1].isupper()
        and following.kind == TEXT
        and len(following.text) > max(len(words), 60)
    )


def _is_short_bold(block: Block) -> bool:
    return block.kind == TEXT and len(block.text) <= LONGEST_FAKE and all(BOLD in run.marks for run in block.runs)


class _Levels:
    """Levels 2–4 without a gap, for whatever levels a file uses."""

    def __init__(self) -> None:
        self._open: list[tuple[int, int]] = []

    def of(self, told: int) -> int:
        while self._open and self._open[-1][0] >= told:
            self._open.pop()
        level = min(self._open[-1][1] + 1, 4) if self._open else 2
        self._open.append((told, level))
        return level


# --- parts ---------------------------------------------------------------------------------------


def _parts(blocks: list[Block]) -> list[Part]:
    levels = _Levels()
    parts: list[Part] = []
    waiting = list(reversed(blocks))
    caption = ""
    while waiting:
        block = waiting.pop()
        if block.kind == CAPTION and (told := _caption(block, parts, waiting)):
            if told == "ahead":
                caption = _line(block.text)
            continue
        if block.kind == TABLE and block.table:
            parts.append(_captioned(block.table, caption))
            caption = ""
        elif block.kind == PICTURE and block.picture:
            parts.append(block.picture)
        elif block.kind == HEADING and len(_line(block.text)) <= LONGEST_HEADING:
            parts.append(Heading(levels.of(block.level), _line(block.text)))
        elif block.kind == ITEM:
            items = [block]
            while waiting and waiting[-1].kind == ITEM:
                items.append(waiting.pop())
            parts.append(ItemList(_even_depths(items)))
        elif block.kind == QUOTE:
            parts += _quoted(block, waiting)
        else:
            parts += _parts_of(block)
    return parts


def _caption(block: Block, parts: list[Part], waiting: list[Block]) -> str:
    """Put a caption on the table or the picture beside it. Return where it went: ``back``, ``ahead`` or nowhere."""
    words = _line(block.text)
    if len(words) > LONGEST_CAPTION:
        return ""
    if waiting and waiting[-1].kind == TABLE:
        return "ahead"
    if parts and isinstance(last := parts[-1], Picture) and not last.caption:
        parts[-1] = Picture(last.name, last.data, last.alt, words, last.address, last.trouble)
        return "back"
    if parts and isinstance(table := parts[-1], Table) and not table.caption:
        parts[-1] = _captioned(table, words)
        return "back"
    return ""


def _captioned(table: Table, caption: str) -> Table:
    return Table(table.header, table.rows, caption, table.inferred) if caption else table


def _even_depths(blocks: list[Block]) -> tuple[Item, ...]:
    """Lines whose depth grows by one at most, from 1 on."""
    items: list[Item] = []
    for block in blocks:
        deepest = items[-1].depth + 1 if items else 1
        items.append(Item(block.runs, min(block.depth, deepest), block.ordered))
    return tuple(items)


def _quoted(block: Block, waiting: list[Block]) -> list[Part]:
    """A quote; what is no text in it (a table, a picture, a list) stands behind it as it is."""
    if not block.children:  # a paragraph in a quote's style; those that follow belong to it
        block.children = [Block(TEXT, block.runs)]
        while waiting and waiting[-1].kind == QUOTE and not waiting[-1].children:
            block.children.append(Block(TEXT, waiting.pop().runs))
    words = [child for child in block.children if child.kind in {TEXT, CITE, CAPTION} and child.runs]
    others = [child for child in block.children if child not in words]
    parts: list[Part] = []
    if words:
        quote = marked_quote(words)
        following = waiting[-1] if waiting else None
        if not quote.who and following is not None and following.kind == TEXT:
            found = attribution(_line(following.text))
            if found:
                waiting.pop()
                quote = Quote(quote.text, *found)
        parts.append(quote)
    return [*parts, *_parts(others)] if others else parts


def _parts_of(block: Block) -> list[Part]:
    """A paragraph, or a quote where it is one."""
    quote = spoken_quote(block.text.strip())
    if quote:
        return [quote]
    return [Paragraph(block.runs)] if words_of(block.runs).strip() else []
