"""Days around the one on which the demo is loaded; all of them working days in Poland, so that nothing falls on Christmas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from wagtail_newsroom.news.timing.working_days import calendar_of

DAY = dt.timedelta(days=1)
TUESDAY, THURSDAY = 1, 3


def is_working_day(day: dt.date) -> bool:
    """Neither a weekend nor a public holiday in Poland, where the demo takes place."""
    return calendar_of("PL", day.year).is_working_day(day)


def is_midweek(day: dt.date) -> bool:
    """A working day from Tuesday to Thursday."""
    return TUESDAY <= day.weekday() <= THURSDAY and is_working_day(day)


def starts_a_visit(day: dt.date) -> bool:
    """A Tuesday that is followed by a working Wednesday."""
    return day.weekday() == TUESDAY and is_working_day(day) and is_working_day(day + DAY)


@dataclass(frozen=True)
class Days:
    """Counts from ``today``."""

    today: dt.date

    def ahead(self, days: int) -> dt.date:
        """The first working day ``days`` days from today or later."""
        return self._find(self.today + days * DAY, DAY, is_working_day)

    def behind(self, days: int) -> dt.date:
        """The last working day ``days`` days ago or earlier."""
        return self._find(self.today - days * DAY, -DAY, is_working_day)

    def midweek_ahead(self, days: int) -> dt.date:
        """As ``ahead``, but from Tuesday to Thursday."""
        return self._find(self.today + days * DAY, DAY, is_midweek)

    def midweek_behind(self, days: int) -> dt.date:
        """As ``behind``, but from Tuesday to Thursday."""
        return self._find(self.today - days * DAY, -DAY, is_midweek)

    def visit_ahead(self, days: int) -> dt.date:
        """The first Tuesday ``days`` days from today or later with a working Wednesday after it."""
        return self._find(self.today + days * DAY, DAY, starts_a_visit)

    def before(self, day: dt.date, count: int = 1) -> dt.date:
        """The day that many working days before ``day``."""
        for _step in range(count):
            day = self._find(day - DAY, -DAY, is_working_day)
        return day

    @staticmethod
    def _find(day: dt.date, step: dt.timedelta, wanted: Callable[[dt.date], bool]) -> dt.date:
        while not wanted(day):
            day += step
        return day
