"""Terms as the Code of Administrative Procedure counts them, in literal days."""

import datetime as dt

import pytest

from wagtail_newsroom.news.timing.working_days import easter, holidays, is_day_off, term_in_days, term_in_months

D = dt.date


@pytest.mark.parametrize(
    "day",
    [
        D(1961, 4, 2), D(2000, 4, 23), D(2008, 3, 23), D(2011, 4, 24), D(2019, 4, 21), D(2024, 3, 31), D(2025, 4, 20),
        D(2026, 4, 5), D(2027, 3, 28), D(2038, 4, 25), D(2076, 4, 19),
    ],
)  # fmt: skip
def test_easter_falls_on_its_day(day: dt.date) -> None:
    assert easter(day.year) == day


def test_christmas_eve_is_free_since_2025() -> None:
    assert D(2024, 12, 24) not in holidays(2024)
    assert D(2025, 12, 24) in holidays(2025)
    assert len(holidays(2026)) == 14
    assert D(2026, 6, 4) in holidays(2026)  # Corpus Christi
    assert is_day_off(D(2026, 5, 23))  # a plain Saturday


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
    assert term_in_days(received, 7) == due


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
    assert term_in_months(received, 2) == latest
