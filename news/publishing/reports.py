"""Reports on events that are over."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page

from news.enums import NewsKind
from news.models import EventPage, NewsIndexPage, NewsPage

TITLE_LENGTH = 255


@transaction.atomic
def start_report(event: EventPage, user: Any) -> NewsPage:
    """Create the draft of a report on ``event``, with the event, its topics and projects filled in.

    Raises ``PermissionDenied`` where ``user`` may add news nowhere in the event's language, or the event's site
    has no list of news.
    """
    parent = _list_for(event, user)
    if parent is None:
        raise PermissionDenied
    with translation.override(event.locale.language_code):
        title = (gettext("Report: %(event)s") % {"event": event.title})[:TITLE_LENGTH]
    report = NewsPage(title=title, kind=NewsKind.REPORT, about_event=event, owner=user, live=False, locale=event.locale)
    report.topics = event.topics.all()
    report.projects = event.projects.all()
    parent.add_child(instance=report)
    report.save_revision(user=user, log_action="wagtail.create", clean=False)  # its lead is still to be written
    return report


def _list_for(event: EventPage, user: Any) -> Page | None:
    """The list of news nearest to the event, in its language, to which ``user`` may add."""
    lists = NewsIndexPage.objects.filter(locale=event.locale).order_by("path")
    allowed = [page for page in lists if page.permissions_for_user(user).can_add_subpage()]
    return max(allowed, key=lambda page: _shared(page.path, event.path), default=None)


def _shared(one: str, other: str) -> int:
    """Length of the way through the tree that two pages have in common."""
    return next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
