""".docx and .odt: ZIP archives of XML. What they would unpack to is checked before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

from wagtail_newsroom.news.documents import archives
from wagtail_newsroom.news.documents.archives import BROKEN, ArchiveError, Limits
from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.extracted import (
    LARGEST_PART,
    LARGEST_UNPACKED,
    MOST_CHARACTERS,
    MOST_PARTS,
    Extracted,
)
from wagtail_newsroom.news.reader.formats.html import extract_html, tidy

__all__ = ["BROKEN", "checked_names", "docx_to_html", "extract_archive", "read_part"]

LIMITS = Limits(parts=MOST_PARTS, unpacked=LARGEST_UNPACKED, part=LARGEST_PART)


def extract_archive(data: bytes) -> Extracted:
    """Return the text of a .docx or an .odt."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = checked_names(archive)
            if "word/document.xml" in names:
                return _docx(archive)
            if "content.xml" in names:
                return _odt(archive)
    except ReadError:
        raise
    except BROKEN as error:
        raise ReadError("broken") from error
    raise ReadError("unsupported", kind="ZIP")


def checked_names(archive: zipfile.ZipFile) -> set[str]:
    """Return the names of the parts. Raises ``ReadError`` where the archive must not be unpacked."""
    try:
        return archives.check_archive(archive, LIMITS)
    except ArchiveError as error:
        raise ReadError("protected" if error.code == "password" else "suspicious") from error


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack one part of XML. Raises ``ReadError`` where it is larger than told, or defines entities."""
    try:
        content = archives.read_part(archive, name, LARGEST_PART)
    except ArchiveError as error:
        raise ReadError("suspicious") from error
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ReadError("suspicious")
    return content


# Parts of a .docx that its words need. Pictures, fonts and macros stay packed.
_NEEDED = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
)
LARGEST_DOCUMENT = 1_000_000  # bytes of word/document.xml without what Word notes for itself: some 40 pages, one second
# What Word notes for itself: revision marks, spelling, where its pages broke, languages, colours.
_NOTES = re.compile(
    rb' w:rsid\w{1,12}="[0-9A-Fa-f]{1,8}"| w14:\w{1,12}="[0-9A-Fa-f]{1,8}"|<w:(?:proofErr|bookmarkStart|bookmarkEnd|lastRenderedPageBreak|lang|color|sz|szCs|rFonts|noProof|shd|spacing|ind|jc)(?: [^<>]{0,300})?/>'
)


def _docx(archive: zipfile.ZipFile) -> Extracted:
    import mammoth

    return extract_html(docx_to_html(archive, mammoth.images.img_element(lambda image: {})))


def docx_to_html(archive: zipfile.ZipFile, convert_image: Any, style_map: str = "", largest_picture: int = 0) -> str:
    """Turn a .docx into HTML with mammoth. Only what its words need is unpacked, and pictures of up to ``largest_picture`` bytes."""
    import mammoth

    slim = io.BytesIO()
    with zipfile.ZipFile(slim, "w") as copy:
        for name in _NEEDED:
            if name in archive.namelist():
                content = read_part(archive, name)
                if name == "word/document.xml" and len(content := _NOTES.sub(b"", content)) > LARGEST_DOCUMENT:
                    raise ReadError("too_long", size=len(content), limit=LARGEST_DOCUMENT)
                if len(content) > LARGEST_DOCUMENT:
                    raise ReadError("suspicious")  # styles and notes larger than any text
                copy.writestr(name, content)
        for part in archive.infolist() if largest_picture else ():
            if part.filename.startswith("word/media/") and part.file_size <= largest_picture:
                with archive.open(part) as stream:
                    copy.writestr(part.filename, stream.read(largest_picture))
    slim.seek(0)
    try:
        html: str = mammoth.convert_to_html(slim, convert_image=convert_image, style_map=style_map).value
    except RecursionError as error:
        raise ReadError("suspicious") from error
    except Exception as error:  # mammoth has no error of its own: what it cannot follow is a broken file
        raise ReadError("broken") from error
    return html


_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DEEPEST = 200


def _odt(archive: zipfile.ZipFile) -> Extracted:
    parts: list[str] = []
    rows: list[list[str]] = []
    length = depth = 0
    skipping = 0

    def write(text: str) -> None:
        nonlocal length
        length += len(text)
        if rows and rows[-1]:
            rows[-1][-1] += text
        else:
            parts.append(text)

    try:
        for event, element in ET.iterparse(io.BytesIO(read_part(archive, "content.xml")), events=("start", "end")):  # noqa: S314  (no DTD gets here)
            tag = element.tag
            if event == "start":
                depth += 1
                if depth > _DEEPEST or length > 2 * MOST_CHARACTERS:
                    raise ReadError("suspicious")
                if tag in {_TEXT + "tracked-changes", _TEXT + "note"}:
                    skipping += 1
                elif tag == _TABLE + "table-row":
                    rows.append([])
                elif tag == _TABLE + "table-cell" and rows:
                    rows[-1].append("")
                elif tag == _TEXT + "list-item" and not skipping:
                    write("• ")
                continue
            depth -= 1
            if tag in {_TEXT + "p", _TEXT + "h"} and not skipping:
                write(_paragraph(element) + "\n")
            elif tag == _TABLE + "table-row" and rows:
                from wagtail_newsroom.news.reader.formats.html import _row

                row = _row(rows.pop())
                write(row + "\n")
            elif tag in {_TEXT + "tracked-changes", _TEXT + "note"}:
                skipping -= 1
            if tag in {_TEXT + "p", _TEXT + "h"}:
                element.clear()
    except ET.ParseError as error:
        raise ReadError("broken") from error
    return Extracted(tidy("".join(parts)))


def _paragraph(element: ET.Element) -> str:
    """The words of a paragraph with its tabs, line breaks and runs of spaces."""
    pieces: list[str] = []
    for node in _inside(element):
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag == _TEXT + "tab":
            pieces.append("\t")
        elif node.tag == _TEXT + "line-break":
            pieces.append("\n")
        elif node.tag == _TEXT + "s":
            count = node.get(_TEXT + "c", "1")
            pieces.append(" " * min(int(count) if count.isdigit() else 1, 20))
    return "".join(pieces)


def _inside(element: ET.Element, depth: int = 0) -> list[str | ET.Element]:
    found: list[str | ET.Element] = [element.text] if element.text else []
    for child in element:
        if child.tag != _TEXT + "note" and depth < _DEEPEST:
            found += [child, *_inside(child, depth + 1)]
        if child.tail:
            found.append(child.tail)
    return found
