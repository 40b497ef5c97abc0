"""Files into blocks: each format by the reader that knows it, within the limits of :mod:`wagtail_newsroom.news.reader.formats`."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from email.message import EmailMessage
from typing import Any

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.archives import BROKEN, checked_names, docx_to_html
from wagtail_newsroom.news.reader.formats.detection import decode, kind_of
from wagtail_newsroom.news.reader.formats.eml import MOST_PARTS
from wagtail_newsroom.news.reader.formats.extracted import LARGEST_FILE, LARGEST_TEXT, MOST_CHARACTERS
from wagtail_newsroom.news.reader.story.blocks import PICTURE, Block
from wagtail_newsroom.news.reader.story.html import read_html
from wagtail_newsroom.news.reader.story.odt import odt_to_html
from wagtail_newsroom.news.reader.story.parts import MISSING, REMOTE, TOO_LARGE, TOO_MANY
from wagtail_newsroom.news.reader.story.pictures import LARGEST_PICTURE, Album
from wagtail_newsroom.news.reader.story.plain import read_plain

# The styles of Word and LibreOffice that say what a paragraph is; a style's name is compared without regard to case.
_STYLES = {
    "h1.title": ("Title", "Tytuł"),
    "p.lead": ("Subtitle", "Podtytuł", "Lead", "Lid"),
    "p.quote": ("Quote", "Intense Quote", "Cytat", "Cytat intensywny", "Quotations", "Block Text"),
    "p.caption": ("Caption", "Legenda", "Podpis"),
    "h1": ("Nagłówek 1",),
    "h2": ("Nagłówek 2",),
    "h3": ("Nagłówek 3",),
    "h4": ("Nagłówek 4",),
}
STYLE_MAP = "\n".join(
    f"p[style-name='{name}'] => {target}:fresh" for target, names in _STYLES.items() for name in names
)


def read_blocks(data: bytes, name: str) -> tuple[list[Block], str]:
    """Return the blocks of a file and what it calls itself (an e-mail's subject). Raises ``ReadError``."""
    kind = kind_of(data, name, largest_text=LARGEST_FILE)
    if kind == "pdf":
        from wagtail_newsroom.news.reader.formats.pdf import extract_pdf

        return read_plain(extract_pdf(data).text), ""
    if kind == "archive":
        return _archive(data), ""
    if kind == "eml":
        return _mail(data)
    text = decode(data)
    return (_html(text) if kind == "html" else read_plain(text)), ""


def _html(text: str) -> list[Block]:
    album = Album()
    text = album.take_data_addresses(text)
    if len(text) > LARGEST_TEXT:
        raise ReadError("story_too_long", size=len(text), limit=MOST_CHARACTERS - 1)
    return read_html(text, album)


def _archive(data: bytes) -> list[Block]:
    album = Album()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = checked_names(archive)
            if "word/document.xml" in names:
                html = docx_to_html(archive, _docx_pictures(album), STYLE_MAP, LARGEST_PICTURE)
            elif "content.xml" in names:
                html = odt_to_html(archive, album)
            else:
                raise ReadError("unsupported", kind="ZIP")
    except ReadError:
        raise
    except BROKEN as error:
        raise ReadError("broken") from error
    return read_html(html, album)


def _docx_pictures(album: Album) -> Any:
    import mammoth

    def take(image: Any) -> dict[str, str]:
        if album.is_full:
            return {"src": album.add_trouble("", TOO_MANY)}
        try:
            with image.open() as stream:
                return {"src": album.add(stream.read(LARGEST_PICTURE + 1))}
        except KeyError:  # left packed
            return {"src": album.add_trouble("", TOO_LARGE)}
        except ValueError:  # mammoth opens nothing outside the file
            return {"src": album.add_trouble("", REMOTE)}
        except BROKEN:
            return {"src": album.add_trouble("", MISSING)}

    return mammoth.images.img_element(take)


def _mail(data: bytes) -> tuple[list[Block], str]:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if sum(1 for _part, _count in zip(message.walk(), range(MOST_PARTS + 1), strict=False)) > MOST_PARTS:
            raise ReadError("suspicious")
        return _mail_blocks(message), " ".join(str(message.get("subject", "")).split())
    except ReadError:
        raise
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise ReadError("broken") from error


def _mail_blocks(message: EmailMessage) -> list[Block]:
    """The body, rich where it has a rich form, with the pictures in their places and those that only came along behind it."""
    album = Album()
    rich, plain = message.get_body(("html",)), message.get_body(("plain",))
    html = _words(rich)
    loose = []
    for part in message.walk():
        if part.get_content_maintype() != "image":
            continue
        content = b"" if album.is_full else part.get_payload(decode=True)
        address = album.add(content if isinstance(content, bytes) else b"", part.get_filename() or "")
        mark = str(part.get("content-id", "")).strip(" <>")
        if mark and f"cid:{mark}" in html:
            html = html.replace(f"cid:{mark}", address)
        else:
            loose.append(address)
    text = "" if html.strip() else re.split(r"^-- ?$", _words(plain), maxsplit=1, flags=re.MULTILINE)[0]
    blocks = read_plain(text) if text else read_html(html, album)
    return [*blocks, *(Block(PICTURE, picture=album.find(address, "")) for address in loose)]


def _words(part: Any) -> str:
    content = part.get_content() if part else ""
    return content if isinstance(content, str) else ""
