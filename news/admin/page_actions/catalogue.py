"""The actions on a published page, as the admin offers them: a button, a form, and where it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.admin.page_actions.change_forms import (
    CancelForm,
    ChangeForm,
    CorrectionForm,
    DeadlineForm,
    OnlineForm,
    PostponeForm,
)
from wagtail_newsroom.news.enums import EventStatus, RegistrationKind
from wagtail_newsroom.news.models import EventPage, NewsroomPage
from wagtail_newsroom.news.publishing.updates import announcements

Text = str | Promise


@dataclass(frozen=True)
class PageAction:
    """One action: its words, its form, how the form makes the change, and on which live pages it is offered.

    ``beside``: fields of the form at which errors of fields of the page stand.
    """

    label: Text
    intro: Text
    icon: str
    form: type[ChangeForm]
    build: Callable[[dict[str, Any]], Any]
    offered: Callable[[Any], bool]
    model: type[NewsroomPage] = EventPage
    beside: dict[str, str] = field(default_factory=dict)


def _ahead(event: Any) -> bool:
    return event.status == EventStatus.POSTPONED or not event.ends_at or event.ends_at >= timezone.now()


def _goes_ahead(event: Any) -> bool:
    return _ahead(event) and not event.called_off


def _has_deadline(event: Any) -> bool:
    return _goes_ahead(event) and event.registration_kind != RegistrationKind.NONE and event.deadline_date is not None


REASON = {"status_reason": "reason", "change_note": "reason"}

PAGE_ACTIONS: dict[str, PageAction] = {
    "deadline": PageAction(
        _("Move the deadline"),
        _("Registration lasts longer. Readers see the first deadline and the new one."),
        "calendar-check",
        DeadlineForm,
        lambda typed: announcements.moved_deadline(typed["date"], typed["time"]),
        _has_deadline,
        beside={"deadline_date": "date", "deadline_time": "time", "deadline_before_extension": "date"},
    ),
    "postpone": PageAction(
        _("Postpone"),
        _("The event does not take place on its day. Give the new one, or say it later."),
        "calendar-alt",
        PostponeForm,
        lambda typed: announcements.postponed(
            typed["reason"], typed["new_date"], typed["new_start_time"], typed["new_end_time"]
        ),
        _ahead,
        beside={
            **REASON,
            "start_date": "new_date",
            "end_date": "new_date",
            "start_time": "new_start_time",
            "end_time": "new_end_time",
            "deadline_date": "new_date",
            "check_in_from": "new_start_time",
        },
    ),
    "cancel": PageAction(
        _("Cancel the event"),
        _("The event does not take place. Its page stays and says so, registration closes."),
        "cross",
        CancelForm,
        lambda typed: announcements.cancelled(typed["reason"]),
        lambda event: _ahead(event) and event.status != EventStatus.CANCELLED,
        beside=REASON,
    ),
    "online": PageAction(
        _("Move online"),
        _("Nobody has to travel: the event takes place on its day, online."),
        "globe",
        OnlineForm,
        lambda typed: announcements.moved_online(
            typed["reason"], typed["platform"], typed["link"], link_for_everybody=typed["link_for_everybody"]
        ),
        lambda event: _goes_ahead(event) and not event.is_online,
        beside={**REASON, "online_link": "link", "online_platform": "platform"},
    ),
    "reinstate": PageAction(
        _("Goes ahead after all"),
        _("The event takes place as its page says. Status and reason are taken away."),
        "check",
        ChangeForm,
        lambda typed: announcements.reinstated(),
        lambda event: event.status != EventStatus.SCHEDULED and bool(event.ends_at and event.ends_at >= timezone.now()),
    ),
    "correction": PageAction(
        _("Add a correction"),
        _("Something on this page was wrong. The correction stands above the text for good."),
        "warning",
        CorrectionForm,
        lambda typed: announcements.corrected(typed["was"], typed["now"]),
        lambda page: True,
        model=NewsroomPage,
    ),
    "archive": PageAction(
        _("Mark as archival content"),
        _("The page stays at its address and says that it is kept as it was and may no longer be true."),
        "history",
        ChangeForm,
        lambda typed: announcements.archived(),
        lambda page: not page.archived_on,
        model=NewsroomPage,
    ),
}
