"""Places in a list: stable while items are added, and as fast on the last page as on the first.

A cursor holds what the row at the edge is sorted by; what comes next are the rows beyond these values, by the database's
index, never rows that were counted off. Every order ends in the id, so that equal keys neither lose nor repeat a row.
"""

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wagtail_newsroom.news.api.v1.problems import ProblemError, bad_value

# What rows without a value count as: before or behind all others, the same on every database.
FIRST_MOMENT = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
LAST_MOMENT = dt.datetime(9999, 12, 30, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Key:
    """What a list is sorted by. ``kind``: ``date``, ``moment``, ``text`` or ``number``; ``missing``: stands for null."""

    column: str
    kind: str
    descending: bool = False
    missing: Any = None

    @property
    def alias(self) -> str:
        """Name of the sorted value in the rows."""
        return f"sorted_by_{self.column}"

    @property
    def expression(self) -> Any:
        """What the database sorts by."""
        return F(self.column) if self.missing is None else Coalesce(F(self.column), Value(self.missing))

    def written(self, value: Any) -> Any:
        """A value as it stands in a cursor."""
        return value.isoformat() if isinstance(value, dt.date) else value

    def read(self, value: Any) -> Any:
        """A value that stands in a cursor; raises ``ValueError`` for one that was not written by us."""
        if self.kind == "number" and type(value) is int:
            return value
        if self.kind == "text" and isinstance(value, str):
            return value
        if self.kind == "date" and isinstance(value, str):
            return dt.date.fromisoformat(value)
        if self.kind == "moment" and isinstance(value, str):
            moment = dt.datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment
        raise ValueError(value)


ID = Key("id", "number")
ID_DOWN = Key("id", "number", descending=True)


@dataclass(frozen=True)
class Edge:
    """Where a page of a list begins: behind (``forward``) or before the row with these ``values``."""

    values: tuple[Any, ...]
    forward: bool = True


@dataclass(frozen=True)
class Slice:
    """Rows of one page, and the cursors of its neighbours; empty where there is none."""

    rows: list[dict[str, Any]]
    next: str
    prev: str


def fingerprint(*question: Any) -> str:
    """What a list was asked, short: a cursor is good for the same question only."""
    return hashlib.sha256(json.dumps(question, default=str, sort_keys=True).encode()).hexdigest()[:12]


def read_cursor(text: str, question: str, keys: Sequence[Key]) -> Edge | None:
    """The edge that ``text`` names, ``None`` for an empty one.

    Raises :class:`ProblemError` (422) for a cursor that is broken, or of another list.
    """
    if not text:
        return None
    try:
        decoded = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        asked, forward, *values = json.loads(decoded.decode("utf-8"))
        if asked != question:
            raise _of_another_list()
        if type(forward) is not int or len(values) != len(keys):
            raise ValueError(text)
        return Edge(tuple(key.read(value) for key, value in zip(keys, values, strict=True)), bool(forward))
    except (ValueError, TypeError, binascii.Error, RecursionError, OverflowError) as error:
        raise bad_value("cursor", _("“cursor” is none of ours. Take it from “next” or “prev” of an answer.")) from error


def _of_another_list() -> ProblemError:
    return bad_value(
        "cursor", _("“cursor” belongs to another question. Start without it, or ask again as the answer did.")
    )


def write_cursor(question: str, keys: Sequence[Key], row: dict[str, Any], *, forward: bool) -> str:
    """The cursor of the page behind (or before) ``row``."""
    content = [question, int(forward), *(key.written(row[key.alias]) for key in keys)]
    return base64.b64encode(json.dumps(content).encode(), altchars=b"-_").decode("ascii")


def sliced(rows: QuerySet[Any], keys: Sequence[Key], edge: Edge | None, limit: int, question: str) -> Slice:
    """One page of ``rows`` (of ``values()``): a single query, whatever lies before it."""
    rows = rows.annotate(**{key.alias: key.expression for key in keys})
    forward = edge is None or edge.forward
    if edge is not None:
        rows = rows.filter(_beyond(keys, edge))
    orders = [F(key.alias).desc() if key.descending == forward else F(key.alias).asc() for key in keys]
    found = list(rows.order_by(*orders)[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    if not forward:
        found.reverse()
    has_next, has_prev = (more, edge is not None) if forward else (True, more)
    return Slice(
        rows=found,
        next=write_cursor(question, keys, found[-1], forward=True) if found and has_next else "",
        prev=write_cursor(question, keys, found[0], forward=False) if found and has_prev else "",
    )


def _beyond(keys: Sequence[Key], edge: Edge) -> Q:
    """Condition: behind the edge in the order of ``keys``. Said of the first key alone too, so that its index serves."""
    condition, equal = Q(), Q()
    for key, value in zip(keys, edge.values, strict=True):
        word = "lt" if key.descending == edge.forward else "gt"
        condition |= equal & Q(**{f"{key.alias}__{word}": value})
        equal &= Q(**{key.alias: value})
    first = keys[0]
    word = "lte" if first.descending == edge.forward else "gte"
    return Q(**{f"{first.alias}__{word}": edge.values[0]}) & condition
