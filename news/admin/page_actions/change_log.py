"""How actions of the newsroom read in a page's history."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording

Say = Callable[[dict[str, Any]], str]


def _with(text: Promise, key: str) -> Say:
    """The sentence ``text``, followed by what the entry holds under ``key``."""

    def say(data: dict[str, Any]) -> str:
        return f"{text}: {data[key]}" if data.get(key) else str(text)

    return say


def _day(value: str) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _from_to(text: str, data: dict[str, Any]) -> str:
    before, after = _day(data.get("from", "")), _day(data.get("to", ""))
    if before is None or after is None:
        return ""
    return text % {"before": event_wording.days_before_change(before, after), "after": dates.plain_date(after)}


def _deadline(data: dict[str, Any]) -> str:
    return _from_to(gettext("Registration deadline moved from %(before)s to %(after)s"), data)


def _new_date(data: dict[str, Any]) -> str:
    return _from_to(gettext("Event moved from %(before)s to %(after)s"), data)


ACTIONS: dict[str, tuple[Promise, Say]] = {
    "newsroom.corrected": (_("Correction"), _with(_("Corrected"), "now")),
    "newsroom.archived": (_("Archival content"), lambda data: gettext("Marked as archival content")),
    "newsroom.deadline_moved": (_("Deadline moved"), _deadline),
    "newsroom.cancelled": (_("Cancellation"), _with(_("Event cancelled"), "reason")),
    "newsroom.postponed": (_("Postponement"), _with(_("Event postponed"), "reason")),
    "newsroom.moved_to_date": (_("New date"), _new_date),
    "newsroom.moved_online": (_("Moved online"), _with(_("Event moved online"), "reason")),
    "newsroom.reinstated": (_("Goes ahead again"), lambda data: gettext("The event goes ahead as planned again")),
    "newsroom.retired": (_("Retired"), _with(_("Page retired"), "reason")),
    "newsroom.brought_back": (_("Brought back"), lambda data: gettext("Page brought back")),
    "newsroom.overridden": (_("Warnings overridden"), _with(_("To be published in spite of warnings"), "reason")),
    "newsroom.own_work_published": (
        _("Own work published"),
        lambda data: gettext("Published past the approval that it waited for, by a superuser whose own work it is"),
    ),
    "newsroom.agenda_change_shown": (
        _("Notice on the programme shown"),
        _with(_("Readers are told what was changed in the programme"), "title"),
    ),
    "newsroom.agenda_change_hidden": (
        _("Notice on the programme taken away"),
        _with(_("Readers are not told any more what was changed in the programme"), "title"),
    ),
    "newsroom.file_replaced": (_("New version"), _with(_("Stored as a new version of a file"), "note")),
    "newsroom.created_from": (_("Created from another page"), _with(_("Created from"), "title")),
    "newsroom.created_from_original": (_("Created from an original"), _with(_("Created from"), "name")),
}


def register_actions(actions: Any) -> None:
    """Give each action its label and its sentence (hook ``register_log_actions``)."""
    for name, (action_label, say) in ACTIONS.items():
        actions.register_action(name)(_formatter(action_label, say))


def _formatter(action_label: Promise, say: Say) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = action_label

        def format_message(self, log_entry: Any) -> str:
            return say(log_entry.data) or str(action_label)

    return Formatter
