"""The plan of publications, day by day: what goes live, what retires, what is planned and not approved yet."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.admin_url_finder import AdminURLFinder

from wagtail_newsroom.news.admin.desk.lines import day_name, edit_url
from wagtail_newsroom.news.admin.desk.queries import GOES_LIVE, Planned
from wagtail_newsroom.news.models import Bundle
from wagtail_newsroom.news.wording import dates


@dataclass(frozen=True)
class Entry:
    """One thing in the plan, in words."""

    hour: str
    what: str
    title: str
    url: str
    action: str
    certain: bool
    late: bool


@dataclass(frozen=True)
class Day:
    """A day of the plan. ``name``: “today”, or the weekday with its date."""

    date: dt.date
    name: str
    is_today: bool
    entries: list[Entry]


@dataclass(frozen=True)
class Week:
    """A week of the plan, from Monday."""

    name: str
    days: list[Day]


def days_of(planned: list[Planned], user: Any) -> list[Day]:
    """Put the plan into days. Titles lead to pages that ``user`` may change."""
    today, now = timezone.localdate(), timezone.now()

    finder = AdminURLFinder(user)

    def url(each: Planned) -> str:
        if each.is_bundle:
            return finder.get_edit_url(Bundle(pk=each.pk)) or ""
        return edit_url(each.pk) if each.changeable else ""

    def entry(each: Planned) -> Entry:
        return Entry(
            hour=dates.plain_time(timezone.localtime(each.at).time()),
            what=_in_words(each),
            title=each.title or gettext("Untitled"),
            url=url(each),
            action=each.action,
            certain=each.certain,
            late=each.at <= now,
        )

    days = []
    ordered = sorted(planned, key=lambda each: each.at)
    for day, group in groupby(ordered, key=lambda each: timezone.localtime(each.at).date()):
        name = day_name(day, today)
        if day > today + dt.timedelta(days=1) or day < today - dt.timedelta(days=1):
            name = f"{dates.weekday(day)}, {name}"
        days.append(Day(day, name, day == today, [entry(each) for each in group]))
    return days


def weeks_of(days: list[Day]) -> list[Week]:
    """Put days into weeks: this one, the next, then by their dates."""
    this_monday = _monday(timezone.localdate())
    names = {this_monday: gettext("This week"), this_monday + dt.timedelta(days=7): gettext("Next week")}
    weeks = []
    for monday, group in groupby(days, key=lambda day: _monday(day.date)):
        name = names.get(monday) or dates.plain_dates(monday, monday + dt.timedelta(days=6))
        weeks.append(Week(name, list(group)))
    return weeks


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _in_words(each: Planned) -> str:
    if each.action == GOES_LIVE:
        if not each.certain:
            return gettext("planned to go live, not approved")
        return gettext("goes live together") if each.is_bundle else gettext("goes live")
    return gettext("retires together") if each.is_bundle else gettext("retires")
