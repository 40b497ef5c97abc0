"""Dates in words, and hours on the nights when clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from wagtail_newsroom.news.timing import moments
from wagtail_newsroom.news.wording import dates

WARSAW = ZoneInfo("Europe/Warsaw")


def test_local_moment_refuses_an_hour_that_clocks_skip() -> None:
    with pytest.raises(ValidationError) as caught, translation.override("en"):
        moments.local_moment(dt.date(2027, 3, 28), dt.time(2, 30), WARSAW)
    assert caught.value.code == "nonexistent"
    assert "3:30" in caught.value.messages[0]


def test_local_moment_takes_the_first_of_two_like_hours() -> None:
    moment = moments.local_moment(dt.date(2026, 10, 25), dt.time(2, 30), WARSAW)
    assert moment.utcoffset() == dt.timedelta(hours=2)


@pytest.mark.parametrize("day", [dt.date(2027, 3, 28), dt.date(2026, 10, 25), dt.date(2026, 7, 1)])
def test_day_ends_one_second_before_the_next_begins(day: dt.date) -> None:
    assert moments.day_end(day, WARSAW) + dt.timedelta(seconds=1) == moments.day_start(
        day + dt.timedelta(days=1), WARSAW
    )


def test_midnight_that_clocks_skip_starts_the_day_an_hour_later() -> None:
    assert moments.day_start(dt.date(2018, 11, 4), ZoneInfo("America/Sao_Paulo")).hour == 1


@pytest.mark.parametrize(
    ("first", "last", "polish", "english"),
    [
        (dt.date(2021, 3, 12), None, "12 marca 2021", "12 March 2021"),
        (dt.date(2017, 11, 27), dt.date(2017, 11, 28), "27–28 listopada 2017", "27–28 November 2017"),
        (dt.date(2017, 11, 30), dt.date(2017, 12, 2), "30 listopada – 2 grudnia 2017", "30 November – 2 December 2017"),
        (
            dt.date(2017, 12, 30),
            dt.date(2018, 1, 2),
            "30 grudnia 2017 – 2 stycznia 2018",
            "30 December 2017 – 2 January 2018",
        ),
    ],
)
def test_plain_dates(first: dt.date, last: dt.date | None, polish: str, english: str) -> None:
    with translation.override("pl"):
        assert dates.plain_dates(first, last) == polish
    with translation.override("en"):
        assert dates.plain_dates(first, last) == english


def test_plain_when_says_the_hour_in_polish() -> None:
    with translation.override("pl"):
        text = dates.plain_when(dt.date(2027, 3, 12), None, dt.time(9, 30), dt.time(12, 30))
    assert text == "piątek, 12 marca 2027, godz. 9:30–12:30"


def test_plain_when_of_several_days_tells_first_and_last_hour() -> None:
    with translation.override("pl"):
        text = dates.plain_when(dt.date(2027, 4, 27), dt.date(2027, 4, 28), dt.time(8), dt.time(16))
    assert text == "wtorek–środa, 27–28 kwietnia 2027, od godz. 8:00 pierwszego dnia do godz. 16:00 ostatniego"


def test_plain_when_without_an_hour_tells_none() -> None:
    with translation.override("pl"):
        assert dates.plain_when(dt.date(2027, 3, 12), None, None, None) == "piątek, 12 marca 2027"


def test_validate_timezone_refuses_an_unknown_name() -> None:
    with pytest.raises(ValidationError):
        moments.validate_timezone("Europe/Warszawa")
    moments.validate_timezone("Europe/Warsaw")
