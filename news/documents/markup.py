"""XML of strangers, read as a stream: no document type, no entities, bounded in depth and length."""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

DEEPEST = 400
CHUNK = 64 * 1024


class MarkupError(Exception):
    """XML that is broken (``broken``) or defines what no office file defines (``suspicious``)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Visitor:
    """Is told of tags and text in the order of the document. Names come without their namespace."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""

    def end(self, tag: str) -> None:
        """A tag closes."""

    def text(self, data: str) -> None:
        """Text between two tags."""


def visit(stream: IO[bytes], visitor: Visitor, limit: int) -> None:
    """Lead ``visitor`` through the XML of ``stream``, at most ``limit`` bytes. Raises :class:`MarkupError`."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise MarkupError("suspicious")
        visitor.start(name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        visitor.end(name.rpartition(" ")[2])

    def refuse(*_args: object) -> None:
        raise MarkupError("suspicious")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = visitor.text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    seen = 0
    try:
        while block := stream.read(CHUNK):
            seen += len(block)
            if seen > limit:
                raise MarkupError("suspicious")
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise MarkupError("broken") from error
