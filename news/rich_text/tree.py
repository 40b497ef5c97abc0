"""A rich text as a small tree, from which every form of it is written.

Whatever is stored ends as the few elements of :data:`ELEMENTS`, well nested: blocks hold blocks or words, words stand in
blocks. Of all other elements the words stay. Links and pictures of this site keep what they point to, not an address:
who writes the tree knows what is public.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import quote

from wagtail_newsroom.news.rich_text.cleaning import cleaned

# What a text consists of, whatever it was made of.
LEAVES = frozenset({"h2", "h3", "h4", "p", "pre"})
HOLDERS = frozenset({"blockquote", "li", "ol", "ul"})
LISTS = frozenset({"ol", "ul"})
INLINE = frozenset({"a", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"})
EMPTY = frozenset({"br", "hr", "img"})
BLOCKS = LEAVES | HOLDERS | {"hr"}
TRIMMED = (LEAVES - {"pre"}) | {"li"}
ELEMENTS = tuple(sorted(BLOCKS | INLINE | EMPTY))
ATTRIBUTES = {
    "a": ("href", "data-type", "data-id"),
    "img": ("src", "alt", "width", "height", "data-type", "data-id"),
    "span": ("lang",),
}

# What is written in another way is read as its nearest kin.
RENAMED = {
    "h1": "h2", "h5": "h4", "h6": "h4", "strike": "s", "del": "s", "ins": "u",
    "kbd": "code", "samp": "code", "tt": "code", "var": "i", "cite": "i", "dfn": "i",
}  # fmt: skip
# Marks that say nothing inside each other.
KIN = {"b": ("b", "strong"), "strong": ("b", "strong"), "i": ("i", "em"), "em": ("i", "em"), "code": ("code",)}
# Elements that are not kept, and between which words are no neighbours.
BOUNDARIES = frozenset(
    {
        "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    }
)  # fmt: skip
# Elements in each other beyond this depth leave their words.
DEEPEST = 32

_TOKEN = re.compile(r'<(/?)([a-zA-Z][\w-]*)((?:[^>"]++|"[^"]*+")*+)>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SPACES = re.compile(r"[ \t\n\r\f\v]+")
_SPACE = " \t\n\r\f\v"
_REFUSED_IN_ADDRESS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTED_IN_ADDRESS = re.compile(r'[\s\\"<>`{}|^]')
_SCHEME = re.compile(r"[^/?#]*:")
SCHEMES = ("http:", "https:", "mailto:", "tel:")
# How the editor stores what a text points to: the element's attribute, its values, and their kinds.
POINTERS = {"page": "page", "document": "document", "image": "image"}


class Node:
    """An element. ``points_to``: kind and id of the page, document or image of this site that it is about."""

    __slots__ = ("attributes", "children", "name", "points_to")

    def __init__(
        self, name: str, attributes: dict[str, str] | None = None, points_to: tuple[str, int] | None = None
    ) -> None:
        self.name = name
        self.attributes = attributes or {}
        self.points_to = points_to
        self.children: list[Node | str] = []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and all(getattr(self, each) == getattr(other, each) for each in Node.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{self.name} {self.points_to or self.attributes or ''} {self.children}>"


def safe_address(text: str) -> str:
    """``text`` as an address that may stand in a link; empty where it acts, or is none."""
    address = text.strip(_SPACE + "\xa0")
    scheme = _SCHEME.match(address)
    if _REFUSED_IN_ADDRESS.search(address) or (scheme and not address.lower().startswith(SCHEMES)):
        return ""
    return _QUOTED_IN_ADDRESS.sub(lambda odd: quote(odd[0]), address)


@lru_cache(maxsize=512)
def parsed(html: str) -> Node:
    """The tree of ``html``, as Wagtail stores rich text; cleaned first. Read it only: it is shared."""
    clean = cleaned(html)
    builder = _Builder()
    place = 0
    for token in _TOKEN.finditer(clean):
        if token.start() > place:
            builder.words(clean[place : token.start()])
        place = token.end()
        end, name, attributes = token.groups()
        if end:
            builder.close(name.lower())
        else:
            builder.open(name.lower(), {key.lower(): unescape(value) for key, value in _ATTRIBUTE.findall(attributes)})
    if place < len(clean):
        builder.words(clean[place:])
    return _tidied(builder.root)


class _Builder:
    """Makes well nested elements of what comes in any order."""

    def __init__(self) -> None:
        self.root = Node("")
        self.stack = [self.root]

    def words(self, html: str) -> None:
        text = CONTROLS.sub("", unescape(html))
        if not any(each.name == "pre" for each in self.stack):
            text = SPACES.sub(" ", text)
        top = self.stack[-1].name
        if text and (text.strip(_SPACE) or top in INLINE | LEAVES | {"li"}):
            self._make_room()
            self._add(text)

    def open(self, name: str, attributes: dict[str, str]) -> None:
        name = RENAMED.get(name, name)
        if any(each.name in KIN.get(name, ()) for each in self.stack):
            return  # bold in bold
        if name == "embed":
            self._embed(attributes)
        elif name == "img":
            self.words(attributes.get("alt", ""))  # of another site: only what it shows
        elif name in BOUNDARIES:
            self._end_leaf()
        elif name in BLOCKS:
            self._open_block(name)
        elif name == "br":
            if self.stack[-1].name in INLINE | LEAVES | {"li"}:
                self._add(Node("br"))
        elif name in INLINE:
            self._open_inline(name, attributes)

    def close(self, name: str) -> None:
        name = RENAMED.get(name, name)
        if name in BOUNDARIES:
            self._end_leaf()
            return
        for depth in range(len(self.stack) - 1, 0, -1):
            here = self.stack[depth].name
            if here == name:
                del self.stack[depth:]
                return
            if (name in INLINE and here in BLOCKS) or (name == "li" and here in LISTS):
                return

    def _open_block(self, name: str) -> None:
        self._end_leaf()
        if name == "li":
            lists = [depth for depth, node in enumerate(self.stack) if node.name in LISTS]
            if lists:
                del self.stack[lists[-1] + 1 :]
            else:
                name = "p"
        elif self.stack[-1].name in LISTS:
            self._enter_item()
        if name == "hr":
            self._add(Node("hr"))
        else:
            self._push(Node(name))

    def _open_inline(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name)
        if name == "a":
            for depth, each in enumerate(self.stack):
                if each.name == "a":
                    del self.stack[depth:]
                    break
            node.points_to = _pointed(attributes.get("linktype", ""), attributes)
            address = "" if node.points_to or "linktype" in attributes else safe_address(attributes.get("href", ""))
            node.attributes = {"href": address} if address else {}
        elif name == "span":
            node.attributes = {"lang": lang} if (lang := _language(attributes.get("lang", ""))) else {}
        self._make_room()
        self._push(node)

    def _embed(self, attributes: dict[str, str]) -> None:
        """A picture of this site; of what plays (a film) the address, which nobody is asked for here."""
        kind = attributes.get("embedtype", "")
        if kind == "image" and (pointed := _pointed(kind, attributes)):
            self._make_room()
            self._add(Node("img", {"alt": CONTROLS.sub("", attributes.get("alt", ""))}, pointed))
        elif kind == "media" and (address := safe_address(attributes.get("url", ""))):
            self._make_room()
            link = Node("a", {"href": address})
            link.children.append(address)
            self._add(link)

    def _push(self, node: Node) -> None:
        if len(self.stack) < DEEPEST:
            self._add(node)
            self.stack.append(node)

    def _add(self, child: Node | str) -> None:
        children = self.stack[-1].children
        if isinstance(child, str) and children and isinstance(children[-1], str):
            children[-1] += child
        else:
            children.append(child)

    def _make_room(self) -> None:
        """Words stand in a paragraph or in an item, never loose."""
        top = self.stack[-1].name
        if top in LISTS:
            self._enter_item()
        elif top in ("", "blockquote"):
            paragraph = Node("p")
            self._add(paragraph)
            self.stack.append(paragraph)

    def _enter_item(self) -> None:
        items = self.stack[-1].children
        item = items[-1] if items and isinstance(items[-1], Node) and items[-1].name == "li" else Node("li")
        if not items or items[-1] is not item:
            self._add(item)
        self.stack.append(item)

    def _end_leaf(self) -> None:
        """The next block stands beside the one in which words stand, never in it."""
        while self.stack[-1].name in INLINE | LEAVES:
            self.stack.pop()


def _pointed(kind: str, attributes: dict[str, str]) -> tuple[str, int] | None:
    pk = attributes.get("id", "")
    return (POINTERS[kind], int(pk)) if kind in POINTERS and pk.isascii() and pk.isdigit() and len(pk) < 19 else None


def _language(code: str) -> str:
    return code if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", code) else ""


def _tidied(node: Node) -> Node:
    """``node`` without elements that hold nothing, and without spaces where a block begins and ends."""
    children: list[Node | str] = []
    for child in node.children:
        for each in _kept(child):
            last = children[-1] if children else None
            if isinstance(each, str) and isinstance(last, str):
                children[-1] = last + each
            elif isinstance(each, Node) and isinstance(last, Node) and _are_one(last, each):
                last.children += each.children
            else:
                children.append(each)
    node.children = _trimmed(children) if node.name in TRIMMED else children
    return node


def _kept(child: Node | str) -> Iterator[Node | str]:
    """What stays of a child: itself, what it holds, or nothing."""
    if isinstance(child, str) or child.name in EMPTY:
        yield child
        return
    _tidied(child)
    is_mark = child.name not in ("a", "span") or child.points_to or child.attributes
    if child.name in INLINE and (not is_mark or not _holds_words(child)):
        yield from child.children
    elif child.children:
        yield child


def _holds_words(node: Node) -> bool:
    return any(
        child.strip(_SPACE + "\xa0") if isinstance(child, str) else child.name == "img" or _holds_words(child)
        for child in node.children
    )


def _are_one(last: Node, following: Node) -> bool:
    """Two marks of one kind beside each other, which began and ended nowhere between the words."""
    same = (last.name, last.attributes, last.points_to) == (following.name, following.attributes, following.points_to)
    return same and last.name in INLINE - {"a"}


def _trimmed(children: list[Node | str]) -> list[Node | str]:
    """Without spaces and breaks at the ends, and at blocks between the words."""
    found: list[Node | str] = []
    for child in children:
        at_start = not found or (isinstance(found[-1], Node) and found[-1].name in BLOCKS | {"br"})
        if isinstance(child, str) and at_start:
            child = child.lstrip(_SPACE)
        is_break = isinstance(child, Node) and child.name == "br"
        if child == "" or (is_break and (not found or _is_block(found[-1]))):
            continue
        if is_break or _is_block(child):
            _strip_end(found, breaks=_is_block(child))
        found.append(child)
    _strip_end(found, breaks=True)
    return found


def _is_block(child: Node | str) -> bool:
    return isinstance(child, Node) and child.name in BLOCKS


def _strip_end(found: list[Node | str], *, breaks: bool) -> None:
    while found:
        last = found[-1]
        if isinstance(last, str):
            found[-1] = stripped = last.rstrip(_SPACE)
            if stripped:
                return
            found.pop()
        elif breaks and last.name == "br":
            found.pop()
        else:
            return
