"""HTML into blocks: a page, what was pasted from Word, or what other formats were turned into. No tree is built."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.extracted import MOST_CHARACTERS
from wagtail_newsroom.news.reader.formats.html import MOST_REFERENCES, MOST_TAGS, without_comments
from wagtail_newsroom.news.reader.story.blocks import CAPTION, CITE, HEADING, ITEM, PICTURE, QUOTE, TEXT, Block, tidy
from wagtail_newsroom.news.reader.story.links import safe_link
from wagtail_newsroom.news.reader.story.looks import class_says, is_apart, marks_of, word_list
from wagtail_newsroom.news.reader.story.parts import Picture, Run
from wagtail_newsroom.news.reader.story.pictures import Album
from wagtail_newsroom.news.reader.story.tables import Cell, Grid

_BLOCKS = set(
    "p div section article dl dt dd address figure figcaption caption center pre hr header fieldset form details summary "
    "h1 h2 h3 h4 h5 h6 ul ol li blockquote table thead tbody tfoot tr td th main body html cite footer".split()
)
_VOID = set("area base br col embed hr img input link meta param source track wbr".split())
_INLINE = set("b strong i em span font sup sub u s a small big mark code q abbr ins del".split())
_TINIEST = 3  # pixels: smaller is a counter, no picture
_NUMBER = re.compile(r"\s{0,9}(?:\d{1,3}|[a-z])[.)]")
DEEPEST = 6
MOST_BLOCKS = 4_000


@dataclass(slots=True)
class _Frame:
    """Where blocks go: the page, a cell or a quote, with what is open in it."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    items: list[Block | None] = field(default_factory=list)
    context: Block | None = None
    cell: Cell | None = None


class _Reader(HTMLParser):
    def __init__(self, album: Album) -> None:
        super().__init__(convert_charrefs=True)
        self.album = album
        self.frames = [_Frame("page")]
        self.grids: list[Grid] = []
        self.runs: list[Run] = []
        self.looks: list[tuple[str, frozenset[str], str]] = []
        self.pictures: list[Picture] = []
        self.skipped: tuple[str, int] | None = None
        self.main = 0
        self.length = 0
        self.count = 0

    # --- writing ---------------------------------------------------------------------------------

    @property
    def frame(self) -> _Frame:
        return self.frames[-1]

    def put(self, block: Block) -> None:
        self.count += 1
        if self.count > MOST_BLOCKS:
            raise ReadError("story_too_long", size=self.length, limit=MOST_CHARACTERS)
        block.main = self.main > 0
        self.frame.blocks.append(block)

    def flush(self) -> None:
        """End the block under way: put it where it belongs, and the pictures that stood in it behind it."""
        runs, self.runs = tidy(self.runs), []
        if runs:
            self._put_words(runs)
        pictures, self.pictures = self.pictures, []
        for picture in pictures:
            self.put(Block(PICTURE, picture=picture))

    def _put_words(self, runs: tuple[Run, ...]) -> None:
        frame = self.frame
        if frame.items:
            item = frame.items[-1]
            if item is None:
                depth = max(1, min(len(frame.lists), 3))
                ordered = bool(frame.lists) and frame.lists[-1] == "ol"
                frame.items[-1] = item = Block(ITEM, runs, depth=depth, ordered=ordered)
                self.put(item)
                return
            if frame.blocks and frame.blocks[-1] is item:
                item.runs = (*item.runs, Run("\n"), *runs)
                return
        context = frame.context or Block(TEXT)
        self.put(
            Block(
                context.kind,
                runs,
                level=context.level,
                depth=context.depth,
                ordered=context.ordered,
                is_lead=context.is_lead,
                is_title=context.is_title,
            )
        )

    # --- tags ------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipped and not (self.skipped[0] == "head" and tag == "body"):
            if tag == self.skipped[0]:
                self.skipped = (tag, self.skipped[1] + 1)
            return
        self.skipped = None
        told = {name: value or "" for name, value in attrs}
        if is_apart(tag, told, inside_quote=self.frame.kind == "quote"):
            if tag not in _VOID:
                self.skipped = (tag, 1)
                if tag in _BLOCKS:
                    self.flush()
            return
        if tag == "br":
            self.runs.append(Run("\n"))
        elif tag == "img":
            self._take_picture(told)
        elif tag in _BLOCKS:
            self.flush()
            self._open(tag, told)
        elif tag in _INLINE and len(self.looks) < 200:
            _tag, marks, link = self.looks[-1] if self.looks else ("", frozenset(), "")
            link = safe_link(told.get("href", "")) if tag == "a" else link
            self.looks.append((tag, marks_of(tag, told, marks), link))

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            if tag == self.skipped[0]:
                left = self.skipped[1] - 1
                self.skipped = (tag, left) if left else None
            return
        if tag in _BLOCKS:
            self.flush()
            self._close(tag)
            return
        for index in range(len(self.looks) - 1, max(-1, len(self.looks) - 30), -1):
            if self.looks[index][0] == tag:
                del self.looks[index:]
                return

    def handle_data(self, data: str) -> None:
        if self.skipped:
            listed = self.frame.context
            if listed and listed.kind == ITEM and self.skipped[0] == "span" and _NUMBER.match(data):
                listed.ordered = True
            return
        text = re.sub(r"[ \t\r\n\f\v]+", " ", data).replace("\u00ad", "")
        _tag, marks, link = self.looks[-1] if self.looks else ("", frozenset(), "")
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            raise ReadError("story_too_long", size=self.length, limit=MOST_CHARACTERS - 1)
        self.runs.append(Run(text, marks, link))

    def _take_picture(self, told: dict[str, str]) -> None:
        sizes = [told.get(name, "") for name in ("width", "height")]
        if any(size.isdigit() and int(size[:6]) < _TINIEST for size in sizes):
            return
        address = told.get("src") or told.get("data-src") or ""
        if address and len(self.pictures) < 200:
            self.pictures.append(self.album.find(address, told.get("alt", "")))

    def _open(self, tag: str, told: dict[str, str]) -> None:
        frame = self.frame
        if re.fullmatch("h[1-6]", tag):
            frame.context = Block(HEADING, level=int(tag[1]), is_title=class_says("title", told))
        elif tag == "p":
            listed = word_list(told)
            frame.context = (
                Block(ITEM, depth=listed)
                if listed
                else Block(
                    CAPTION if class_says("caption", told) else TEXT,
                    is_lead=class_says("lead", told) or bool(frame.context and frame.context.is_lead),
                    is_title=class_says("title", told),
                )
            )
            if class_says("quote", told):
                frame.context = Block(QUOTE)
        elif tag in {"ul", "ol"}:
            frame.lists.append(tag)
        elif tag == "li":
            del frame.items[max(0, len(frame.lists) - 1) :]
            frame.items.append(None)
        elif tag in {"figcaption", "caption"}:
            frame.context = Block(CAPTION)
        elif tag in {"cite", "footer"}:
            frame.context = Block(CITE)
        elif tag == "div" and class_says("lead", told):
            frame.context = Block(TEXT, is_lead=True)
        elif tag in {"main", "article"}:
            self.main += 1
        elif tag == "blockquote" and len(self.frames) < 4 * DEEPEST:
            self.frames.append(_Frame("quote"))
        elif tag in {"table", "tr", "td", "th", "thead", "tbody"}:
            self._open_table(tag, told)

    def _close(self, tag: str) -> None:
        frame = self.frame
        frame.context = None
        if tag in {"ul", "ol"} and frame.lists:
            frame.lists.pop()
            del frame.items[len(frame.lists) :]
        elif tag == "li" and frame.items:
            frame.items.pop()
        elif tag in {"main", "article"}:
            self.main = max(0, self.main - 1)
        elif tag == "blockquote" and frame.kind == "quote":
            if not self.grids or self.grids[-1].frames < len(self.frames):
                self._end_quote()
        elif tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "thead" and self.grids:
            self.grids[-1].in_head = False
        elif tag == "table":
            self._end_cell()
            self._end_table()

    # --- tables and quotes -----------------------------------------------------------------------

    def _open_table(self, tag: str, told: dict[str, str]) -> None:
        if tag == "table":
            if len(self.grids) < DEEPEST:
                self.grids.append(Grid(frames=len(self.frames)))
            return
        if not self.grids:
            return
        self._end_cell()
        grid = self.grids[-1]
        if tag in {"thead", "tbody"}:
            grid.in_head = tag == "thead"
        elif tag == "tr":
            grid.begin_row()
        else:
            cell = grid.begin_cell(is_head=tag == "th", columns=told.get("colspan", ""), rows=told.get("rowspan", ""))
            self.frames.append(_Frame("cell", blocks=cell.blocks, cell=cell))

    def _end_quote(self) -> None:
        quote = self.frames.pop()
        if quote.blocks:
            self.put(Block(QUOTE, children=quote.blocks))

    def _end_cell(self) -> None:
        """Close the cell of the innermost table that is open, with the quotes that were left open in it."""
        if not self.grids:
            return
        while len(self.frames) > self.grids[-1].frames:
            if self.frame.kind == "quote":
                self._end_quote()
            else:
                self.frames.pop()

    def _end_table(self) -> None:
        if self.grids:
            for block in self.grids.pop().blocks():
                self.put(block)

    def end(self) -> list[Block]:
        """Close what was left open and return the blocks of the page."""
        self.flush()
        while self.grids:
            self._end_cell()
            self._end_table()
        while len(self.frames) > 1:
            self._end_quote()
        return self.frame.blocks


def read_html(source: str, album: Album) -> list[Block]:
    """Return the blocks of a page; of a page that marks its main part, those of that part. Raises ``ReadError``."""
    source = without_comments(album.take_data_addresses(source))
    tags = source.count("<")
    if tags > 1000 and source.count(">") < tags // 2:
        raise ReadError("broken")
    if tags > MOST_TAGS or source.count("&") > MOST_REFERENCES:
        raise ReadError("story_too_long", size=len(source), limit=MOST_CHARACTERS - 1)
    reader = _Reader(album)
    reader.feed(source)
    reader.close()
    blocks = reader.end()
    main = [block for block in blocks if block.main]
    return main if sum(len(block.text) for block in main) > 200 else blocks
