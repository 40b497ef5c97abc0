"""VTIMEZONE as programs of Microsoft read it: the two changes of the year as rules, no list of dates."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from wagtail_newsroom.news.feeds.timezones import vtimezone

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def read_again(name: str, *years: int) -> Any:
    """The zone as a program reads it from a calendar."""
    text = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + vtimezone(name, *years).to_ical()
    (zone,) = Calendar.from_ical(text + b"END:VCALENDAR\r\n").walk("VTIMEZONE")
    return zone


def onsets(rule: Any, years: range) -> list[dt.datetime]:
    """When the clocks change by ``rule``, in the time before the change, worked out by hand."""
    recurrence, first = rule["RRULE"], rule["DTSTART"].dt
    (month,), (day,) = recurrence["BYMONTH"], recurrence["BYDAY"]
    number, weekday = int(str(day)[:-2]), WEEKDAYS.index(str(day)[-2:])
    found = []
    for year in years:
        days = [each for each in _days_of(year, int(month)) if each.weekday() == weekday]
        found.append(dt.datetime.combine(days[number if number < 0 else number - 1], first.time()))
    return found


def _days_of(year: int, month: int) -> list[dt.date]:
    first = dt.date(year, month, 1)
    days = [first + dt.timedelta(days=number) for number in range(31)]
    return [day for day in days if day.month == month]


def test_c16_summer_and_winter_are_a_yearly_rule_each_and_there_is_no_third() -> None:
    zone = vtimezone("Europe/Warsaw", 2027, 2027)
    text = zone.to_ical().decode()

    assert [each.name for each in zone.subcomponents] == ["DAYLIGHT", "STANDARD"]
    assert "RDATE" not in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text
    assert "DTSTART:20260329T020000" in text
    assert "DTSTART:20261025T030000" in text


@pytest.mark.parametrize(
    "name",
    ["Europe/Warsaw", "America/New_York", "Australia/Sydney", "Europe/Dublin", "Asia/Beirut"],
)
def test_c16_rules_tell_the_hours_that_clocks_show(name: str) -> None:
    tz, years = ZoneInfo(name), range(2026, 2037)
    for rule in read_again(name, 2027, 2027).subcomponents:
        before, after = rule["TZOFFSETFROM"].td, rule["TZOFFSETTO"].td
        for onset in onsets(rule, years):
            moment = (onset - before).replace(tzinfo=dt.UTC)
            assert (moment - dt.timedelta(seconds=1)).astimezone(tz).utcoffset() == before
            assert moment.astimezone(tz).utcoffset() == after


@pytest.mark.parametrize("name", ["UTC", "Asia/Kolkata", "Africa/Lagos"])
def test_zone_without_changes_has_one_observance(name: str) -> None:
    (rule,) = vtimezone(name, 2027, 2027).subcomponents
    assert (
        rule["TZOFFSETFROM"].td == rule["TZOFFSETTO"].td == dt.datetime(2027, 1, 1, tzinfo=ZoneInfo(name)).utcoffset()
    )
    assert {"RRULE", "RDATE"}.isdisjoint(rule)


def test_zone_whose_changes_follow_no_rule_lists_them() -> None:
    text = vtimezone("Africa/Casablanca", 2027, 2028).to_ical().decode()
    assert "RRULE" not in text
    assert "RDATE" in text


def test_component_can_be_read_again() -> None:
    tz = read_again("Europe/Warsaw", 2027, 2027).to_tz()
    summer, winter = dt.datetime(2027, 7, 1, 10, tzinfo=tz), dt.datetime(2027, 12, 1, 10, tzinfo=tz)
    assert (summer.utcoffset(), winter.utcoffset()) == (dt.timedelta(hours=2), dt.timedelta(hours=1))
