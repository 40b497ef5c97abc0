"""A rich text as Markdown (CommonMark): read again it gives the same words and links. It holds no HTML.

Marks that CommonMark would not read as such where they stand (bold that begins with a quotation mark within a word) are
left out, never the words.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from wagtail_newsroom.news.rich_text.raised import raised
from wagtail_newsroom.news.rich_text.targets import Find
from wagtail_newsroom.news.rich_text.tree import BLOCKS, CONTROLS, LISTS, SPACES, Node, parsed

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
HEADINGS = {"h2": "##", "h3": "###", "h4": "####"}
BREAK = "\\\n"

_SIGNS = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w)")
_AT_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=[\s-]|$)|[>=|:])")
_NUMBER_AT_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_IN_ADDRESS = re.compile(r"[()]|&(?=#?\w)")
_LINES = re.compile(r"\s*\n\s*")


def as_markdown(html: str, find: Find, *, absolute: bool = False) -> str:
    """``html``, as Wagtail stores rich text, in CommonMark.

    Links to pages and files of this site carry their path, with ``absolute`` the whole address.
    """
    return _Writer(find, absolute).blocks(parsed(html))


def escaped(text: str) -> str:
    """Plain text, of one line or several, as a paragraph that says the same in Markdown."""
    lines = (_line_start(_signs(SPACES.sub(" ", line).strip(" "))) for line in CONTROLS.sub("", text).split("\n"))
    return BREAK.join(line for line in lines if line)


def fenced(text: str) -> str:
    """``text`` as a block of code."""
    fence = _longer_than_any(text, "```")
    return f"{fence}\n{text.strip(chr(10))}\n{fence}"


def link(words: str, address: str) -> str:
    """A link: ``words`` are Markdown already, ``address`` is one that may stand in a link."""
    return f"[{words}]({_IN_ADDRESS.sub(_backslash, address)})"


class _Piece(NamedTuple):
    """Part of a line. ``mark``: what would stand around it, where it can be read as such there."""

    text: str
    mark: str = ""


class _Writer:
    def __init__(self, find: Find, absolute: bool) -> None:
        self.find = find
        self.absolute = absolute

    def blocks(self, holder: Node, gap: str = "\n\n") -> str:
        """What ``holder`` holds, block by block; words beside blocks are a block."""
        written: list[str] = []
        words: list[Node | str] = []
        last = ""
        bullet = 0
        for child in [*holder.children, None]:
            name = child.name if isinstance(child, Node) and child.name in BLOCKS else ""
            if child is not None and not name:
                words.append(child)
                continue
            if words:
                written.append(self.line(words))
                words, last = [], ""
            if isinstance(child, Node):
                bullet = 1 - bullet if name == last and name in LISTS else 0
                written.append(self.block(child, bullet))
                last = name
        return gap.join(each for each in written if each)

    def block(self, node: Node, bullet: int) -> str:
        if node.name in HEADINGS:
            line = self.line(node.children).replace(BREAK, " ")
            return f"{HEADINGS[node.name]} {re.sub(r'(#+)$', _backslash, line)}"
        if node.name in LISTS:
            return self.items(node, bullet)
        if node.name == "blockquote":
            return "\n".join(f"> {line}".rstrip() for line in self.blocks(node).split("\n"))
        if node.name == "hr":
            return "***"
        return fenced(_plain(node.children)) if node.name == "pre" and _is_plain(node) else self.line(node.children)

    def items(self, node: Node, bullet: int) -> str:
        """A list; the second of two beside each other has another sign, else they would be one."""
        items = [item for item in node.children if isinstance(item, Node)]
        is_loose = any(_is_loose(item) for item in items)
        written = []
        for number, item in enumerate(items, start=1):
            mark = f"{number}{'.)'[bullet]} " if node.name == "ol" else f"{'-+'[bullet]} "
            lines = self.blocks(item, "\n\n" if is_loose else "\n")
            written.append(mark + re.sub(r"\n(?!\n|$)", "\n" + " " * len(mark), lines))
        return ("\n\n" if is_loose else "\n").join(written)

    def line(self, nodes: Iterable[Node | str]) -> str:
        """Words and marks, from the start of a line on."""
        text = self.joined(nodes, "\n", "\n").strip(" \n")
        return BREAK.join(_line_start(each.strip(" ")) for each in text.split("\n"))

    def joined(self, nodes: Iterable[Node | str], before: str, after: str) -> str:
        """``nodes`` between the signs ``before`` and ``after``; an asterisk there is one that marks.

        Breaks are single line feeds here: :meth:`line` writes them.
        """
        pieces = [piece for node in nodes for piece in self.pieces(node) if piece.text]
        text = ""
        ends_in_mark = before == "*"
        for number, piece in enumerate(pieces):
            following = pieces[number + 1].text[0] if number + 1 < len(pieces) else after
            preceding = text[-1] if text else before
            if preceding == "!" and piece.text[0] == "[":
                text = f"{text[:-1]}\\!"  # words before a link, no image
            if piece.mark and not ends_in_mark and _is_read(preceding, piece.text, following):
                text += f"{piece.mark}{piece.text}{piece.mark}"
                ends_in_mark = True
            else:
                text += piece.text
                ends_in_mark = False
        return text

    def pieces(self, node: Node | str) -> Iterable[_Piece]:
        if isinstance(node, str):
            yield _Piece(_signs(node))
        elif node.name == "br":
            yield _Piece("\n")
        elif node.name == "code" and _is_plain(node):
            yield _Piece(_code(_plain(node.children)))
        elif node.name in ("sub", "sup") and _is_plain(node):
            yield _Piece(_signs(raised(node.name, _plain(node.children))))
        elif node.name == "img":
            yield from self.image(node)
        elif node.name == "a":
            yield from self.link(node)
        elif node.name in MARKS:
            yield from self.marked(node)
        else:
            for child in node.children:
                yield from self.pieces(child)

    def marked(self, node: Node) -> Iterable[_Piece]:
        mark, nodes = MARKS[node.name], node.children
        if len(nodes) == 1 and isinstance(nodes[0], Node) and MARKS.get(nodes[0].name, mark) != mark:
            mark, nodes = "***", nodes[0].children
        text = self.joined(nodes, "*", "*")
        words = text.strip(" \n\xa0")
        start = text.index(words) if words else 0
        yield _Piece(text[:start])
        yield _Piece(words, mark)
        yield _Piece(text[start + len(words) :])

    def link(self, node: Node) -> Iterable[_Piece]:
        address = node.attributes.get("href", "")
        if node.points_to:
            target = self.find(*node.points_to)
            address = (target.url if self.absolute else target.path) if target else ""
        text = self.joined(node.children, "[", "]").replace("\n", " ")
        words = text.strip(" ")
        if not address or not words:
            yield _Piece(text)
            return
        yield _Piece(" " if text[0] == " " else "")
        yield _Piece(link(words, address))
        yield _Piece(" " if text[-1] == " " else "")

    def image(self, node: Node) -> Iterable[_Piece]:
        target = self.find(*node.points_to) if node.points_to else None
        if target:
            yield _Piece("!" + link(_signs(node.attributes["alt"]).replace("\n", " "), target.url))


def _is_read(before: str, words: str, after: str) -> bool:
    """Whether asterisks around ``words`` are read as a mark: by the rules of flanking, on the safe side."""
    sides = ((before, words[0]), (after, words[-1]))
    return all(outer != "*" and (inner.isalnum() or _is_gap(outer)) for outer, inner in sides)


def _is_gap(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign)[0] == "P"


def _signs(text: str) -> str:
    return _SIGNS.sub(_backslash, text)


def _backslash(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _line_start(line: str) -> str:
    line = _AT_START.sub(_backslash, line)
    return _NUMBER_AT_START.sub(r"\1\\\2", line)


def _code(text: str) -> str:
    text = _LINES.sub(" ", text)
    if not text.strip():
        return text
    fence = _longer_than_any(text, "`")
    room = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{room}{text}{room}{fence}"


def _longer_than_any(text: str, fence: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return fence if longest < len(fence) else "`" * (longest + 1)


def _is_plain(node: Node) -> bool:
    """Only words: code knows no links."""
    return all(
        isinstance(each, str) or each.name == "br" or (each.name not in ("a", "img") and _is_plain(each))
        for each in node.children
    )


def _plain(nodes: Iterable[Node | str]) -> str:
    return "".join(
        node if isinstance(node, str) else "\n" if node.name == "br" else _plain(node.children) for node in nodes
    )


def _is_loose(item: Node) -> bool:
    """Whether the blocks of an item need empty lines between them: all but lists that follow something."""
    kinds: list[str] = []
    for child in item.children:
        name = child.name if isinstance(child, Node) and child.name in BLOCKS else ""
        if name or not kinds or kinds[-1]:
            kinds.append(name)
    return any(name not in LISTS for name in kinds[1:])
