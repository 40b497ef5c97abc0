"""Reads a text (Word, OpenDocument, HTML, plain, PDF, an e-mail) into a story: title, lead, headings, quotes, pictures. No Django in here.

    story = read_story(data, "relacja.docx")
    story.title, story.lead
    for part in story.parts: ...       # Heading, Paragraph, ItemList, Quote, Table, Picture

Nothing is added: every word of a story stands in the text. What cannot be read raises ``ReadError``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail_newsroom.news.reader.story.parts import Story

__all__ = ["read_story"]


def read_story(data: bytes, name: str) -> Story:
    """Read a file by its content and name. Raises ``ReadError``."""
    from wagtail_newsroom.news.reader.errors import ReadError
    from wagtail_newsroom.news.reader.story.building import build
    from wagtail_newsroom.news.reader.story.files import read_blocks

    blocks, subject = read_blocks(data, name)
    if not blocks:
        raise ReadError("empty")
    return build(blocks, subject)
