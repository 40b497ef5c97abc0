"""Days around the one on which the demo is loaded; all of them weekdays, so that nothing falls on a Sunday."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3
WEEKDAYS = range(5)


@dataclass(frozen=True)
class Days:
    """Counts from ``today``."""

    today: dt.date

    def ahead(self, days: int) -> dt.date:
        """The first weekday ``days`` days from today or later."""
        return self._find(self.today + days * DAY, DAY, WEEKDAYS)

    def behind(self, days: int) -> dt.date:
        """The last weekday ``days`` days ago or earlier."""
        return self._find(self.today - days * DAY, -DAY, WEEKDAYS)

    def midweek_ahead(self, days: int) -> dt.date:
        """As ``ahead``, but a Tuesday, Wednesday or Thursday: the day before it is a weekday too."""
        return self._find(self.today + days * DAY, DAY, (TUESDAY, WEDNESDAY, THURSDAY))

    def midweek_behind(self, days: int) -> dt.date:
        """As ``behind``, but a Tuesday, Wednesday or Thursday."""
        return self._find(self.today - days * DAY, -DAY, (TUESDAY, WEDNESDAY, THURSDAY))

    def tuesday_ahead(self, days: int) -> dt.date:
        """The first Tuesday ``days`` days from today or later."""
        return self._find(self.today + days * DAY, DAY, (TUESDAY,))

    def before(self, day: dt.date, weekdays: int = 1) -> dt.date:
        """The day that many weekdays before ``day``."""
        for _step in range(weekdays):
            day = self._find(day - DAY, -DAY, WEEKDAYS)
        return day

    @staticmethod
    def _find(day: dt.date, step: dt.timedelta, wanted: range | tuple[int, ...]) -> dt.date:
        while day.weekday() not in wanted:
            day += step
        return day
