"""Stored blocks, as careful as drafts need it: keys may be missing, values of another kind, lists of an older shape.

Public: other apps may import from here.
"""

import datetime as dt
from typing import Any

from wagtail_newsroom.news.rich_text.tree import CONTROLS


def struct(value: Any) -> dict[str, Any]:
    """The fields of a stored ``StructBlock``; none where something else is stored."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """A stored text without control characters; empty where something else is stored."""
    return CONTROLS.sub("", value).strip() if isinstance(value, str) else ""


def flag(value: Any) -> bool:
    """A stored tick."""
    return value is True


def pk(value: Any) -> int | None:
    """The stored id of a chosen row; ``None`` where there is none."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63 else None


def items(value: Any) -> list[Any]:
    """The values of a stored ``ListBlock``: of items with ids, or plain ones as older versions stored them."""
    found = value if isinstance(value, list) else []
    return [each["value"] if _is_item(each) else each for each in found]


def _is_item(stored: Any) -> bool:
    return isinstance(stored, dict) and stored.get("type") == "item" and "value" in stored


def children(value: Any) -> list[tuple[str, str, Any]]:
    """Id, type and value of the blocks of a stored ``StreamBlock``. A block without an id has its place for one."""
    found = value if isinstance(value, list) else []
    return [
        (str(each.get("id") or number), each["type"], each.get("value"))
        for number, each in enumerate(found)
        if isinstance(each, dict) and isinstance(each.get("type"), str)
    ]


def date(value: Any) -> dt.date | None:
    """A stored day."""
    return _read(dt.date.fromisoformat, value)


def hour(value: Any) -> dt.time | None:
    """A stored hour, to the second."""
    found = _read(dt.time.fromisoformat, value)
    return found.replace(microsecond=0, tzinfo=None) if found else None


def _read(reader: Any, value: Any) -> Any:
    try:
        return reader(value) if isinstance(value, str) else None
    except ValueError:
        return None
