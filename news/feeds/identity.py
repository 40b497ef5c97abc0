"""Identifiers that outlive edits, new slugs and a new domain, for readers who must know an item again."""

import uuid
from typing import Any


def stable_id(page: Any) -> uuid.UUID:
    """A UUID of ``page`` in its language: of its ``translation_key`` and the language's code (RFC 9562, version 5).

    It holds no host, path or person (RFC 7986, section 5.3), and translations of one page do not share it.
    """
    return uuid.uuid5(page.translation_key, page.locale.language_code)


def part_id(page: Any, part: str) -> uuid.UUID:
    """A UUID of a part of ``page`` (a session, a room), of the page's own one and what names the part there."""
    return uuid.uuid5(stable_id(page), part)


def number_of(identifier: uuid.UUID) -> int:
    """A positive number of 31 bits made of a UUID, for formats that know an item by a number."""
    return int.from_bytes(identifier.bytes[:4], "big") & 0x7FFFFFFF or 1
