"""Which sessions of a day begin after its midnight."""

import datetime as dt

import pytest

from wagtail_newsroom.news.timing.nights import Hours, after_midnight


def hours(told: str) -> Hours:
    """“23:00-1:00”, “23:00”, or nothing; a track behind a blank."""
    span, _blank, track = told.partition(" ")
    start, _dash, end = span.partition("-")
    moments = [dt.time.fromisoformat(each.zfill(5)) if each else None for each in (start, end)]
    return Hours(moments[0], moments[1], track)


@pytest.mark.parametrize(
    ("day", "nights"),
    [
        (["23:00-1:00", "1:00-2:30"], [False, True]),
        (["23:00-1:00", "1:00-2:30", "2:30", "3:00-4:00"], [False, True, True, True]),
        (["20:00", "22:00", "0:30"], [False, False, True]),
        (["23:00-6:30", "6:30-7:30", "7:30-8:00"], [False, True, True]),
        (["18:00-20:00", "5:00"], [False, True]),
        (["23:00-1:00", "", "1:00-2:30"], [False, False, True]),
        (["22:00-0:30 A", "0:30-2:00 A", "22:00-0:30 B", "0:30 b"], [False, True, False, True]),
        (["22:00-0:30 A", "9:00-10:00 B", "0:30-1:00"], [False, False, True]),
        (["21:00-23:00", "1:00-2:00 A"], [False, True]),
        # The day's own small hours, and hours that stand in a wrong order.
        (["0:30-1:00", "9:00-10:00"], [False, False]),
        (["10:00-11:00", "9:00-10:00"], [False, False]),
        (["23:00-1:00", "10:00-11:00"], [False, False]),
        (["10:00-9:00", "9:00-11:00"], [False, False]),
        (["20:00-21:00 A", "1:00-2:00 B"], [False, False]),
        (["9:00-10:00", "1:00-2:00"], [False, False]),
        ([], []),
    ],
)
def test_night_belongs_to_the_evening_that_it_continues(day: list[str], nights: list[bool]) -> None:
    assert after_midnight(map(hours, day)) == nights
