"""The newsroom's buttons on a page: in the head of the editor and of the page tree, and in lists."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from wagtail_newsroom.news.admin.page_actions.catalogue import PAGE_ACTIONS
from wagtail_newsroom.news.admin.page_actions.retiring import retire_url
from wagtail_newsroom.news.models import AgendaChange, EventPage, NewsPage, NewsroomPage, Retirement
from wagtail_newsroom.news.models.pages.retired import is_retirable
from wagtail_newsroom.news.publishing.updates.retiring import may_retire


def header_buttons(page: Page, user: Any, next_url: str | None) -> Iterator[Button]:
    """Buttons by what readers see: the editor holds the draft, so that the live version is asked for here."""
    if isinstance(page, NewsroomPage) and page.pk:
        page = type(page).objects.defer_streamfields().get(pk=page.pk)
    yield from listing_buttons(page, user, next_url)
    yield from _agenda_button(page, user)
    if page.live or not is_retirable(page) or not page.permissions_for_user(user).can_publish():
        return
    if Retirement.objects.filter(page=page.pk).exists():
        yield Button(_("Bring back"), reverse("newsroom_bring_back", args=[page.pk]), icon_name="undo", priority=59)
    else:
        yield Button(
            _("Explain why it is gone"), retire_url([page], next_url or ""), icon_name="info-circle", priority=59
        )


def _agenda_button(page: Page, user: Any) -> Iterator[Button]:
    """The way to what was changed in a programme, where anything was."""
    if not isinstance(page, EventPage) or not page.pk or not page.permissions_for_user(user).can_publish():
        return
    if AgendaChange.objects.filter(page=page.pk).exists():
        history = reverse("newsroom_agenda_changes", args=[page.pk])
        yield Button(_("Changes of the programme"), history, icon_name="history", priority=45)


def listing_buttons(page: Page, user: Any, next_url: str | None) -> Iterator[Button]:
    """Buttons that ask the database nothing more, however many rows a list has."""
    may = page.permissions_for_user(user)
    if isinstance(page, NewsroomPage) and page.live and may.can_edit():
        for number, (name, action) in enumerate(PAGE_ACTIONS.items()):
            if isinstance(page, action.model) and action.offered(page):
                url = _with_next(reverse("newsroom_change", args=[page.pk, name]), next_url)
                yield Button(str(action.label), url, icon_name=action.icon, priority=31 + number)
    if isinstance(page, EventPage | NewsPage) and (user.is_superuser or "add" in may.permissions):
        create = reverse("newsroom_create_from", args=[page.pk])
        yield Button(_("Create from this"), create, icon_name="copy", priority=40)
        if isinstance(page, EventPage):
            report = reverse("newsroom_create_report", args=[page.pk])
            yield Button(_("Create a report"), report, icon_name="doc-full", priority=41)
    if page.live and may_retire(page, user):
        yield Button(_("Retire"), retire_url([page], next_url or ""), icon_name="download", priority=59)


def _with_next(url: str, next_url: str | None) -> str:
    return f"{url}?{urlencode({'next': next_url})}" if next_url else url
