"""Queries that are built once and asked many times: only the ids and the moment differ.

Django builds a query anew each time it is asked. For one with a dozen sub-selects that takes ten times as long as the
database does. What differs stands in the built query as stand-ins, which are replaced when it is asked. A query in which they
cannot all be told again is built each time.

Public: other apps may import from here.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

# From the asked moment and ids, the rows (of ``values()``) in any order.
Build = Callable[[dt.datetime, Sequence[int]], QuerySet[Any]]
Row = dict[str, Any]

SIZES = (0, 1, 5, 20, 100, 500)  # ids of one query: fewer are filled up
MOST_KEPT = 64  # queries

# No moment and no ids that anybody asks for. What is reckoned from the moment lies in its century.
MOMENT = dt.datetime(1755, 5, 5, 5, 5, 5, 555555, tzinfo=dt.UTC)
CENTURY = (dt.date(1700, 1, 1), dt.date(1800, 1, 1))
FIRST_ID = -1_700_000_000


class PreparedQueries:
    """The queries of one subject, those asked lately kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Query | None] = OrderedDict()

    def rows(self, key: Hashable, build: Build, now: dt.datetime, ids: Sequence[int]) -> list[Row]:
        """The rows that ``build`` asks for, at ``now`` (aware), of ``ids``. One query for each five hundred of them.

        ``key``: stands for all that ``build`` depends on besides.
        """
        found: list[Row] = []
        for start in range(0, len(ids), SIZES[-1]):
            found += self._rows(key, build, now, ids[start : start + SIZES[-1]])
        return found

    def all_rows(self, key: Hashable, build: Callable[[dt.datetime], QuerySet[Any]], now: dt.datetime) -> list[Row]:
        """As :meth:`rows`, of a query that hangs on no ids."""
        return self._rows(key, lambda now, _ids: build(now), now, ())

    def _rows(self, key: Hashable, build: Build, now: dt.datetime, ids: Sequence[int]) -> list[Row]:
        size = next(size for size in SIZES if size >= len(ids))
        query = self._query((key, size), lambda: _prepared(build, size))
        return list(build(now, ids)) if query is None else query.rows(now, ids)

    def _query(self, key: Hashable, make: Callable[[], "_Query | None"]) -> "_Query | None":
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            self._kept[key] = make()
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept.get(key)


class _Query:
    """A built query. ``moments``, ``days``, ``ids``: where in ``params`` what differs belongs."""

    def __init__(self, compiler: Any, names: list[str], sql: str, params: list[Any], size: int) -> None:
        self.compiler, self.names, self.sql, self.params = compiler, names, sql, params
        moment, day, ids = _stand_ins(compiler.connection, size)
        self.moments = [place for place, value in enumerate(params) if value == moment]
        self.days = [place for place, value in enumerate(params) if value == day]
        self.ids = [(place, ids[value]) for place, value in enumerate(params) if _is_id(value) and value in ids]

    def is_whole(self, size: int) -> bool:
        """Whether all that differs is found again."""
        known = {*self.moments, *self.days}
        reckoned = (value for place, value in enumerate(self.params) if place not in known)
        return {number for _place, number in self.ids} == {*range(size)} and not any(map(_is_of_century, reckoned))

    def rows(self, now: dt.datetime, ids: Sequence[int]) -> list[Row]:
        connection = connections[self.compiler.using]
        params = list(self.params)
        for place in self.moments:
            params[place] = connection.ops.adapt_datetimefield_value(now)
        for place in self.days:
            params[place] = connection.ops.adapt_datefield_value(_day(now))
        for place, number in self.ids:
            params[place] = ids[min(number, len(ids) - 1)]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return [dict(zip(self.names, row, strict=True)) for row in self.compiler.results_iter(results=[found])]


def _prepared(build: Build, size: int) -> _Query | None:
    rows = build(MOMENT, range(FIRST_ID, FIRST_ID + size))
    query = rows.query
    compiler = query.get_compiler(rows.db)
    sql, params = compiler.as_sql()
    names = list(getattr(query, "selected", None) or [*query.values_select, *query.annotation_select])
    prepared = _Query(compiler, names, sql, list(params), size)
    return prepared if prepared.is_whole(size) else None


def _stand_ins(connection: Any, size: int) -> tuple[Any, Any, dict[int, int]]:
    """Moment, day and ids (with their numbers) as they stand among the parameters of a query."""
    ids = {FIRST_ID + number: number for number in range(size)}
    moment = connection.ops.adapt_datetimefield_value(MOMENT)
    return moment, connection.ops.adapt_datefield_value(_day(MOMENT)), ids


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


def _is_id(value: Any) -> bool:
    return type(value) is int


def _is_of_century(value: Any) -> bool:
    if isinstance(value, str):
        return value[:2] == "17" and value[4:5] == "-"
    if isinstance(value, dt.datetime):
        value = value.date()
    return isinstance(value, dt.date) and CENTURY[0] <= value < CENTURY[1]
