"""Step 2e: a single day under the title, where nothing else says when the event is.

Such a line reads like the date of a page or of a letter, and mostly is. It becomes the event's day, marked as
inferred, only where it is the last candidate and nothing speaks for a publication.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from wagtail_newsroom.news.reader.dates.date_roles import (
    DEADLINE,
    EVENT,
    LEAST_EVENT,
    LETTER,
    LONE,
    PUBLICATION,
    DateWithRole,
    is_report,
)
from wagtail_newsroom.news.reader.dates.written_dates import Day
from wagtail_newsroom.news.reader.facts.titles import find_title
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import EVENT_NOUN, LONG_WEEKDAYS

_OF_A_SITE = re.compile(
    r"^[\s•*|»>–-]*(?:aktualnosc|komunikat|news\b|wydarzenia\W*$|kalendarz\W*$|strona glowna|home\b|menu\b|szukaj|kategori|tagi\b|autor|dodal|dodano|opublikowan|data (?:publ|dod)|udostepnij|drukuj|czytaj|powrot|wroc\b|przejdz|"
    r"kontrast|bip\b|facebook|wyswietl|odslon|komentarz|posted|published|author|share|tweet|by\b|read more|categor|views?\b)"
)
_ADDRESS = re.compile(r"^\s*(?:szanown|drodzy|droga\b|drogi\b|dear\b|witam)", re.MULTILINE)
_SOON = re.compile(
    r"\b(?:jutro|pojutrze|dzis(?:iaj)?|wczoraj|tomorrow|today|yesterday|" + "|".join(sorted(LONG_WEEKDAYS)) + r")\b"
)


def with_day_under_title(
    page: Page, dates: list[DateWithRole], agenda: tuple[int, int] | None
) -> list[DateWithRole] | None:
    """Return the dates with the lone one under the title as the event's; None where that would be a guess.

    ``agenda`` is where its lines stand, if there are any; a day after the name of a town needs them.
    """
    title = find_title(page, avoid=agenda)
    if title is None or is_report(page) or any(each.role == EVENT for each in dates) or _SOON.search(page.dated):
        return None
    if not agenda and not EVENT_NOUN.search(page.folded[slice(*title)]):
        return None
    kept = [each for each in dates if _may_be_the_event(page, each, dates, title, agenda=bool(agenda))]
    if len(kept) != 1:
        return None
    return [replace(each, role=EVENT, weight=LEAST_EVENT, inferred=True) if each is kept[0] else each for each in dates]


def _may_be_the_event(
    page: Page, each: DateWithRole, dates: list[DateWithRole], title: tuple[int, int], *, agenda: bool
) -> bool:
    day = each.period.first.on()
    if each.role != PUBLICATION or each.weight not in (LONE, LETTER) or day is None or each.period.start < title[1]:
        return False
    if any(other.role == DEADLINE and _later(other.period.last, day) for other in dates):
        return False  # whoever registers after that day goes to another
    if any(_OF_A_SITE.match(line) for line in _neighbours(page, each.period.start)):
        return False
    return each.weight == LONE or (agenda and not _ADDRESS.search(page.folded, each.period.end))


def _later(due: Day, day: date) -> bool:
    """Whether a deadline, its year told or not, lies after a day."""
    return (due.year or day.year, due.month, due.day) > (day.year, day.month, day.day)


def _neighbours(page: Page, position: int) -> list[str]:
    """The lines above and below that are not blank."""
    index = page.line_index(position)
    above = next((other for other in range(index - 1, -1, -1) if not page.blank(other)), None)
    below = next((other for other in range(index + 1, len(page.lines)) if not page.blank(other)), None)
    return [page.folded[slice(*page.lines[other])] for other in (above, below) if other is not None]
