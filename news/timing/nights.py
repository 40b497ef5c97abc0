"""Sessions of one day of a programme that begin after its midnight: a night belongs to the evening that it continues.

A day of 15 May that says “23:00–1:00” and after it “1:00–2:30” means 16 May for the second. Pure: hours in, answers out.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

# A day of a programme can last till here by its hours alone, where it had begun in the evening.
SMALL_HOURS = dt.time(6)
EVENING = dt.time(18)
# Hours: what ends before it starts ends on the next day, if it is over after that long; else an hour is wrong.
LONGEST_PAST_MIDNIGHT = 8
# Hours that may lie between the end of what lasted past midnight and what continues it.
LONGEST_PAUSE = 3


@dataclass(frozen=True)
class Hours:
    """A session's hours, ``None`` where untold, and its track, empty where everybody attends."""

    start: dt.time | None
    end: dt.time | None
    track: str = ""

    @property
    def lane(self) -> str:
        """The track, however it is spelled."""
        return self.track.strip().casefold()

    @property
    def lasts_past_midnight(self) -> bool:
        """It ends on the day after the one on which it starts."""
        if self.start is None or self.end is None or self.end >= self.start:
            return False
        return minutes(self.end) + 24 * 60 - minutes(self.start) <= LONGEST_PAST_MIDNIGHT * 60


def after_midnight(sessions: Iterable[Hours]) -> list[bool]:
    """For each session of a day, in the order of the programme, whether it begins on the next date.

    It does where it starts earlier than something that stands before it in its lane, and continues that night: that
    lasted past midnight or began there, or began in the evening while this one has one of the small hours.
    """
    answers: list[bool] = []
    before: list[tuple[Hours, bool]] = []
    for session in sessions:
        lane = [each for each in before if not session.lane or each[0].lane in ("", session.lane)]
        start = session.start
        answer = start is not None and any(_continues(start, *each) for each in lane)
        answers.append(answer)
        before.append((session, answer))
    return answers


def _continues(start: dt.time, last: Hours, last_is_after_midnight: bool) -> bool:
    if last.start is None:
        return False
    if last_is_after_midnight:
        return (start >= last.start and start < SMALL_HOURS) or _follows(start, last.end)
    if start >= last.start:
        return False
    if last.lasts_past_midnight:
        return start < SMALL_HOURS or _follows(start, last.end)
    return last.start >= EVENING and start < SMALL_HOURS


def _follows(start: dt.time, end: dt.time | None) -> bool:
    return end is not None and 0 <= minutes(start) - minutes(end) <= LONGEST_PAUSE * 60


def minutes(hour: dt.time) -> int:
    """Minutes from midnight."""
    return hour.hour * 60 + hour.minute
