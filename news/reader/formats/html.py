"""HTML into lines: a block is a line, a table row is a line with tabs, a list item begins with a bullet.

The standard library's parser reads it as a stream: no tree is built, so that size alone bounds time and memory.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.extracted import MOST_CHARACTERS, Extracted

_SKIPPED = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "svg",
    "nav",
    "footer",
    "select",
    "button",
    "object",
    "iframe",
    "textarea",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "table",
    "tbody",
    "thead",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "header",
    "main",
    "address",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "hr",
    "caption",
    "center",
}
_APART = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol"}
_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|pptx?|zip)(?:$|[?#])", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"formularz|rejestr|zapis|zg[łl]o[sś]|tutaj|\btu\b|link|register|sign up|apply|here|form\b", re.IGNORECASE
)
_DATA_ADDRESS = re.compile(r"data:[a-z/+-]{1,40};base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
MOST_TAGS = 60_000  # a long page of Word has 20,000
MOST_REFERENCES = 100_000


class _EnoughError(Exception):
    """More text than is read anyway."""


class _Lines(HTMLParser):
    """Collects the lines of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.length = 0
        self.enclosed: list[str] = []
        self._skipping = 0
        self._cells: list[list[str]] = []  # rows under way, one for each table within a table
        self._link: tuple[str, int] | None = None
        self._superscript = False

    def write(self, text: str) -> None:
        if self._cells and self._cells[-1]:
            self._cells[-1][-1] += text
        else:
            self.parts.append(text)
        self.length += len(text)
        if self.length > 2 * MOST_CHARACTERS:
            raise _EnoughError

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if self._skipping:
            return
        if tag == "br":
            self.write("\n")
        elif tag == "li":
            self.write("\n• ")
        elif tag == "tr" and len(self._cells) < 6:
            self._cells.append([])
        elif tag in {"td", "th"} and self._cells:
            self._cells[-1].append("")
        elif tag == "a":
            self._link = (str(dict(attrs).get("href") or ""), self.length)
            self._words: list[str] = []
        elif tag == "sup":
            self._superscript = True
        elif tag in _BLOCKS:
            self.write("\n\n" if tag in _APART else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
            return
        if self._skipping:
            return
        if tag == "tr" and self._cells:
            row = _row(self._cells.pop())
            self.write(f"\n{row}\n")
        elif tag == "a" and self._link:
            self._end_link()
        elif tag == "sup":
            self._superscript = False
        elif tag in _BLOCKS:
            self.write("\n")

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if self._link is not None:
            self._words.append(text)
        if self._superscript and re.fullmatch(r"\s?[0-5]\d\s?", text):
            text = ":" + text.strip()
        self.write(text)

    def _end_link(self) -> None:
        href, _at = self._link or ("", 0)
        words = " ".join("".join(self._words).split())
        self._link = None
        if _FILE.search(href):
            name = (
                words
                if len(words) > 3 and not re.match(r"(?:pobierz|tutaj|link|download|here|pdf)\b", words, re.IGNORECASE)
                else unquote(href.split("?")[0].rsplit("/", 1)[-1])
            )
            self.enclosed.append(name[:200])
        elif href.lower().startswith("mailto:"):
            address = unquote(href[7:].split("?")[0])
            if "@" in address and "@" not in words:
                self.write(f" ({address[:200]})")
        elif (
            href.lower().startswith(("http://", "https://"))
            and href[:60] not in words
            and _SAYS_NOTHING.search(words + href)
        ):
            self.write(f" ({href[:500]})")


def without_comments(source: str) -> str:
    """Take comments out (Word leaves whole style sheets in them) in one pass; one that never ends takes the rest."""
    pieces, at = [], 0
    while (begin := source.find("<!--", at)) >= 0:
        pieces.append(source[at:begin])
        end = source.find("-->", begin + 4)
        if end < 0:
            return "".join(pieces)
        at = end + 3
    return "".join([*pieces, source[at:]])


def _row(cells: list[str]) -> str:
    """A row as one line: first lines of all cells between tabs, then what more the cells hold, line by line."""
    firsts, more = [], []
    for index, cell in enumerate(cells):
        lines = [" ".join(line.split(" ")).strip() for line in cell.split("\n") if line.strip()]
        if index == 0 and lines and all(re.search(r"\d", line) for line in lines):
            lines = [" ".join(lines)]  # an hour above an hour
        firsts.append(lines[0] if lines else "")
        more += lines[1:]
    return "\n".join(["\t".join(firsts).rstrip("\t"), *more])


def extract_html(source: str) -> Extracted:
    """Return the text of a page or of what was pasted from Word."""
    source = _DATA_ADDRESS.sub("", source) if "base64," in source else source
    source = without_comments(source)
    tags = source.count("<")
    if tags > 1000 and source.count(">") < tags // 2:
        raise ReadError("broken")
    if tags > MOST_TAGS or source.count("&") > MOST_REFERENCES:
        raise ReadError("too_long", size=len(source), limit=MOST_CHARACTERS)
    parser = _Lines()
    try:
        parser.feed(source)
        parser.close()
        while parser._cells:
            parser.write("\n" + _row(parser._cells.pop()))
    except _EnoughError:
        pass  # the reader says that it is too long
    return Extracted(tidy("".join(parser.parts)), enclosed=tuple(dict.fromkeys(parser.enclosed)))


def tidy(text: str) -> str:
    """Take spaces off the ends of lines, and all but one blank line."""
    lines = [re.sub(r"^[ \xa0]+|[ \xa0\t]+$", "", line) for line in text.split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")
