"""A title like that of another item of the same day: the same thing may have been typed twice.

Public: other apps may import from here.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_newsroom.news.models.events.events import EventPage
from wagtail_newsroom.news.models.pages.shared import NewsroomPage
from wagtail_newsroom.news.registry.contracts import Finding, Severity
from wagtail_newsroom.news.visibility import public_pages


def check_title(page: Page) -> Iterator[Finding]:
    """News by their date, events by their first day; among what is public, so that no draft of others is told."""
    if not isinstance(page, NewsroomPage):
        return
    field = "start_date" if isinstance(page, EventPage) else "date"
    yield from same_title(page, field)


def same_title(page: Page, field: str) -> Iterator[Finding]:
    """Warn where a public page of the type of ``page`` has its title and the same day in ``field``."""
    day = getattr(page, field)
    if day is None or not page.locale_id:
        return
    others = public_pages(type(page)._default_manager.filter(**{field: day}, locale_id=page.locale_id))
    for title in others.exclude(pk=page.pk).values_list("title", flat=True):
        if plain(title) == plain(page.title):
            yield Finding(
                "title_repeated",
                Severity.WARN,
                _(
                    "“%(title)s” of the same day is published already. If this is another item, give it a title that tells them apart."
                )
                % {"title": title},
                "title",
            )
            return


def plain(title: str) -> str:
    """The words of a title, without capitals, marks and spaces."""
    return re.sub(r"[\W_]+", " ", title).strip().casefold()
