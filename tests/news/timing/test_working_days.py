"""Terms as the Code of Administrative Procedure counts them, in literal days."""

import datetime as dt
from typing import Any

import pytest
from dateutil.easter import easter

from wagtail_newsroom.news.checks import check_country_of_holidays
from wagtail_newsroom.news.timing.working_days import (
    calendar_of,
    deadline_after_days,
    deadline_after_months,
    is_day_off,
)

D = dt.date
FIXED = ((1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26))


@pytest.mark.parametrize(
    "sunday",
    [
        D(1961, 4, 2), D(2000, 4, 23), D(2008, 3, 23), D(2011, 4, 24), D(2019, 4, 21), D(2024, 3, 31), D(2025, 4, 20),
        D(2026, 4, 5), D(2027, 3, 28), D(2038, 4, 25), D(2076, 4, 19),
    ],
)  # fmt: skip
def test_easter_and_its_monday_are_free(sunday: dt.date) -> None:
    for day in (sunday, sunday + dt.timedelta(days=1), sunday + dt.timedelta(days=60)):
        assert is_day_off(day)
        assert day in calendar_of("PL", sunday.year)
    assert not is_day_off(sunday + dt.timedelta(days=2))


@pytest.mark.parametrize("year", range(2015, 2036))
def test_polish_holidays_are_those_of_the_act_of_1951(year: int) -> None:
    """By the Act of 18 January 1951, article 1, with Christmas Eve since 2025 (Act of 6 December 2024)."""
    expected = {D(year, month, day) for month, day in FIXED}
    if year >= 2025:
        expected.add(D(year, 12, 24))
    if year == 2018:
        expected.add(D(2018, 11, 12))  # once, by the Act of 7 November 2018
    expected |= {easter(year) + dt.timedelta(days=after) for after in (0, 1, 49, 60)}
    assert set(calendar_of("PL", year)) == expected


def test_christmas_eve_is_free_since_2025() -> None:
    assert D(2024, 12, 24) not in calendar_of("PL", 2024)
    assert D(2025, 12, 24) in calendar_of("PL", 2025)
    assert len(calendar_of("PL", 2026)) == 14
    assert D(2026, 6, 4) in calendar_of("PL", 2026)  # Corpus Christi
    assert is_day_off(D(2026, 5, 23))  # a plain Saturday


def test_holidays_are_those_of_the_country_of_the_site(settings: Any) -> None:
    epiphany, unity = D(2026, 1, 6), D(2025, 10, 3)
    for country, free in (("PL", (True, False)), ("DE", (False, True)), ("DE-BY", (True, True)), ("IL", (False, True))):
        settings.NEWSROOM = {"HOLIDAYS": country}
        assert (is_day_off(epiphany), is_day_off(unity)) == free  # in Israel a Friday is of the weekend
        assert check_country_of_holidays(None) == []


@pytest.mark.parametrize("country", ["Poland!", "XX", "DE-XX", "", None])
def test_country_without_holidays_is_told_at_start(settings: Any, country: Any) -> None:
    settings.NEWSROOM = {"HOLIDAYS": country}
    (error,) = check_country_of_holidays(None)
    assert error.id == "newsroom.E010"
    assert repr(country) in error.msg


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (D(2026, 11, 25), D(2026, 12, 2)),  # a plain week, the day of receipt not counted
        (D(2026, 11, 28), D(2026, 12, 7)),  # a Saturday: the seventh day is one too, and moves on to Monday
        (D(2026, 11, 29), D(2026, 12, 7)),  # a Sunday
        (D(2026, 11, 4), D(2026, 11, 12)),  # ends on Independence Day, a Wednesday
        (D(2026, 12, 17), D(2026, 12, 28)),  # Christmas Eve, two days of Christmas (Friday, Saturday), Sunday
        (D(2024, 12, 17), D(2024, 12, 24)),  # the last Christmas Eve on which offices worked
        (D(2026, 3, 28), D(2026, 4, 7)),  # Holy Saturday, Easter Sunday and Monday
        (D(2026, 5, 28), D(2026, 6, 5)),  # Corpus Christi
        (D(2026, 4, 24), D(2026, 5, 4)),  # 1 May is a Friday, 3 May a Sunday
        (D(2026, 12, 25), D(2027, 1, 4)),  # New Year's Day is a Friday: into the next year
        (D(2026, 12, 30), D(2027, 1, 7)),  # Epiphany
        (D(2028, 2, 22), D(2028, 2, 29)),  # a leap day
    ],
)
def test_seven_days_end_on_a_working_day(received: dt.date, due: dt.date) -> None:
    assert deadline_after_days(received, 7) == due


@pytest.mark.parametrize(
    ("received", "latest"),
    [
        (D(2026, 11, 25), D(2027, 1, 25)),
        (D(2026, 12, 31), D(2027, 2, 28)),
        (D(2027, 12, 30), D(2028, 2, 29)),
        (D(2026, 7, 31), D(2026, 9, 30)),
        (D(2026, 9, 1), D(2026, 11, 1)),  # All Saints, a Sunday: not moved on, in favour of the person who waits
    ],
)
def test_two_months_end_on_the_same_day_and_do_not_move(received: dt.date, latest: dt.date) -> None:
    assert deadline_after_months(received, 2) == latest
