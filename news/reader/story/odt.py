""".odt into the HTML that the one reader of stories takes: headings, looks, lists, tables, links and pictures."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as ET

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.archives import read_part
from wagtail_newsroom.news.reader.formats.extracted import MOST_CHARACTERS
from wagtail_newsroom.news.reader.story.parts import MISSING, REMOTE, TOO_LARGE, TOO_MANY
from wagtail_newsroom.news.reader.story.pictures import LARGEST_PICTURE, Album

_NAMES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_DEEPEST = 200
_LOOKS = {"fo:font-weight": ("bold", "b"), "fo:font-style": ("italic", "i")}
_TAGS = {
    "table:table": "table",
    "table:table-header-rows": "thead",
    "table:table-row": "tr",
    "table:table-cell": "td",
    "text:list-item": "li",
}
_KINDS = (("Title", "title"), ("Subtitle", "lead"), ("Quotations", "quote"), ("Caption", "caption"))
_SKIPPED = {
    "text:tracked-changes",
    "text:note",
    "office:annotation",
    "text:table-of-content",
    "office:forms",
    "text:sequence-decls",
}


def _name(prefixed: str) -> str:
    prefix, name = prefixed.split(":")
    return f"{{{_NAMES[prefix]}}}{name}"


_SHORT = {f"{{{address}}}": f"{prefix}:" for prefix, address in _NAMES.items()}


def _short(tag: str) -> str:
    address, brace, name = tag.partition("}")
    return _SHORT.get(address + brace, "") + name


@dataclass(slots=True)
class _Style:
    tags: tuple[str, ...] = ()
    parent: str = ""


def odt_to_html(archive: zipfile.ZipFile, album: Album) -> str:
    """Return the document as HTML. Raises ``ReadError``."""
    try:
        root = _parsed(read_part(archive, "content.xml"))
    except ET.ParseError as error:
        raise ReadError("broken") from error
    writer = _Writer(archive, album, root)
    body = root.find(f".//{_name('office:text')}")
    if body is not None:
        writer.inside(body)
    return "".join(writer.html)


def _parsed(xml: bytes) -> ET.Element:
    """Parse within bounds of depth and number; there is no DTD in it, ``read_part`` saw to that."""
    depth = 0
    root: ET.Element | None = None
    found = ET.iterparse(io.BytesIO(xml), events=("start", "end"))  # noqa: S314
    for count, (event, element) in enumerate(found):
        if root is None:
            root = element
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST or count > 400_000:
            raise ReadError("suspicious")
    if root is None:
        raise ReadError("broken")
    return root


class _Writer:
    def __init__(self, archive: zipfile.ZipFile, album: Album, root: ET.Element) -> None:
        self.archive = archive
        self.album = album
        self.html: list[str] = []
        self.length = 0
        self.styles: dict[str, _Style] = {}
        self.numbered: set[str] = set()
        for style in root.iter(_name("style:style")):
            look = style.find(_name("style:text-properties"))
            tags = (
                tuple(tag for attribute, (value, tag) in _LOOKS.items() if look.get(_name(attribute)) == value)
                if look is not None
                else ()
            )
            self.styles[style.get(_name("style:name"), "")] = _Style(
                tags, style.get(_name("style:parent-style-name"), "")
            )
        for style in root.iter(_name("text:list-style")):
            if style.find(_name("text:list-level-style-number")) is not None:
                self.numbered.add(style.get(_name("style:name"), ""))

    def write(self, text: str | None) -> None:
        if text:
            self.length += len(text)
            if self.length > 2 * MOST_CHARACTERS:
                raise ReadError("story_too_long", size=self.length, limit=MOST_CHARACTERS - 1)
            self.html.append(escape(text))

    def inside(self, element: ET.Element, ordered: bool = False) -> None:
        self.write(element.text)
        for child in element:
            self.node(child, ordered=ordered)
            self.write(child.tail)

    def node(self, element: ET.Element, *, ordered: bool) -> None:
        tag = _short(element.tag)
        if tag in _SKIPPED:
            return
        if tag in {"text:p", "text:h"}:
            self.wrap(*self.block(element, tag), element, ordered)
        elif tag == "text:span":
            tags = self.styles.get(element.get(_name("text:style-name"), ""), _Style()).tags
            self.html += [f"<{each}>" for each in tags]
            self.inside(element, ordered)
            self.html += [f"</{each}>" for each in reversed(tags)]
        elif tag == "text:a":
            self.wrap("a", f' href="{escape(element.get(_name("xlink:href"), ""))}"', element, ordered)
        elif tag == "text:list":
            style = element.get(_name("text:style-name"))
            ordered = style in self.numbered if style else ordered
            self.wrap("ol" if ordered else "ul", "", element, ordered)
        elif tag == "text:s":
            self.write(" ")
        elif tag in {"text:tab", "text:line-break"}:
            self.html.append(" " if tag == "text:tab" else "<br>")
        elif tag == "draw:frame":
            self.picture(element)
        elif tag in _TAGS:
            spans = "".join(
                f' {name}="{int(count)}"'
                for name, attribute in (("colspan", "columns"), ("rowspan", "rows"))
                if (count := element.get(_name(f"table:number-{attribute}-spanned"), "")).isdecimal() and len(count) < 4
            )
            self.wrap(_TAGS[tag], spans, element, ordered)
        else:
            self.inside(element, ordered)

    def wrap(self, tag: str, attributes: str, element: ET.Element, ordered: bool) -> None:
        self.html.append(f"<{tag}{attributes}>")
        self.inside(element, ordered)
        self.html.append(f"</{tag}>")

    def block(self, element: ET.Element, tag: str) -> tuple[str, str]:
        """The tag and the attributes of a paragraph, by its style and the named style behind that."""
        name = element.get(_name("text:style-name"), "")
        style = self.styles.get(name, _Style(parent=name))
        parents = {name, style.parent}
        if tag == "text:h":
            level = element.get(_name("text:outline-level"), "1")
            return f"h{min(max(int(level), 1), 6) if level.isdecimal() and len(level) < 4 else 1}", ""
        kind = next((kind for named, kind in _KINDS if named in parents), "")
        bold = ' style="font-weight:bold"' if "b" in style.tags else ""
        return ("h1" if kind == "title" else "p"), (f' class="{kind}"' if kind else "") + bold

    def picture(self, frame: ET.Element) -> None:
        image = frame.find(_name("draw:image"))
        if image is None:
            self.inside(frame)  # a text box
            return
        address = image.get(_name("xlink:href"), "")
        told = [frame.findtext(_name(f"svg:{each}")) or "" for each in ("desc", "title")]
        source = self.stored(address.removeprefix("./"))
        self.html.append(f'<img src="{source}" alt="{escape(next((each for each in told if each), ""))}">')

    def stored(self, name: str) -> str:
        if "://" in name:
            return escape(name)
        if self.album.is_full:
            return self.album.add_trouble(name, TOO_MANY)
        try:
            part = self.archive.getinfo(name)
        except KeyError:
            return self.album.add_trouble(name, MISSING if name else REMOTE)
        if part.file_size > LARGEST_PICTURE:
            return self.album.add_trouble(name, TOO_LARGE)
        with self.archive.open(part) as stream:
            return self.album.add(stream.read(LARGEST_PICTURE), name)
