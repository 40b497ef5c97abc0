"""Reports on events that are over.

Public: other apps may import from here.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from wagtail_newsroom.news.enums import NewsKind
from wagtail_newsroom.news.models import EventPage, NewsIndexPage, NewsPage
from wagtail_newsroom.news.publishing.copying.copies import free_slug
from wagtail_newsroom.news.publishing.updates.announcements import in_language_of
from wagtail_newsroom.news.slugs import ascii_slug

TITLE_LENGTH = 255


def report_title(event: EventPage) -> str:
    """What the report on ``event`` is called until somebody finds a better title, in the event's language."""
    with in_language_of(event):
        return (gettext("Report: %(title)s") % {"title": event.title})[:TITLE_LENGTH]


@transaction.atomic
def create_report(event: EventPage, user: Any, *, title: str | None = None) -> NewsPage:
    """Create the draft of a report on ``event``, with the event, its topics and projects filled in.

    It stands in the list of news of the event's site and language. Raises ``PermissionDenied`` for somebody who may not
    add news there, ``ValidationError`` where there is no list.
    """
    parent = list_for_report(event)
    if user is not None and not parent.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    title = (title or report_title(event)).strip()
    report = NewsPage(
        title=title,
        slug=free_slug(ascii_slug(title), parent),
        kind=NewsKind.REPORT,
        about_event=EventPage.objects.get(pk=event.pk),
        locale=event.locale,
        live=False,
        owner=user,
    )
    report.topics, report.projects = list(event.topics.all()), list(event.projects.all())
    parent.add_child(instance=report)
    report.save_revision(user=user, clean=False)  # its lead is still to be written
    log(instance=report, action="newsroom.created_from", user=user, data={"page": event.pk, "title": event.title})
    return report


def list_for_report(event: EventPage) -> Any:
    """The list of news in which reports on ``event`` stand: of its site and language, the nearest one first."""
    for above in event.get_ancestors().order_by("-depth"):
        found = NewsIndexPage.objects.filter(locale=event.locale_id).descendant_of(above, inclusive=True).first()
        if found is not None and above.depth > 1:
            return found
    raise ValidationError(_("This site has no list of news in the event's language. Create one first."), code="no_list")
