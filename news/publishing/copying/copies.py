"""“Create from this”: drafts made of a page that exists, with new dates and none of its history.

A live page is copied as readers see it, a draft as it was saved last. Blocks keep their ids: outside, a block is named
by page id and block id, so that a copy's programme has addresses of its own.

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.actions.copy_page import CopyPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from wagtail_newsroom.news.enums import Availability, EventStatus, RegistrationKind
from wagtail_newsroom.news.models import EventPage, EventStop, NewsPage, PageContact
from wagtail_newsroom.news.models.events.rules import event_errors
from wagtail_newsroom.news.publishing.updates.shifting import move_days, move_stop
from wagtail_newsroom.news.slugs import ascii_slug

MOST_PAGES = 60

# What happened to a page happened to that page.
FRESH: dict[str, Any] = {
    "change_note": "",
    "archived_on": None,
    "go_live_at": None,
    "expire_at": None,
    "expired": False,
    "locked": False,
    "locked_at": None,
    "locked_by": None,
}
FRESH_EVENT: dict[str, Any] = {
    "status": EventStatus.SCHEDULED,
    "status_reason": "",
    "opens_date": None,
    "opens_time": None,
    "deadline_date": None,
    "deadline_time": None,
    "deadline_at": None,
    "deadline_before_extension": None,
    "availability": Availability.OPEN,
    "recording_url": "",
    "calendar_sequence": 0,
}


def copy_event(
    event: Any,
    user: Any,
    first_day: dt.date,
    *,
    title: str | None = None,
    keep_hours: bool = True,
    keep_registration_link: bool = False,
    with_translations: bool = False,
) -> EventPage:
    """Create a draft beside ``event`` that begins on ``first_day``, in the name of ``user`` (``None``: code).

    Length, programme, stops, people, files, topics and projects stay; states, deadlines, corrections and notes go. The
    address of the registration form goes too unless ``keep_registration_link``: it most likely leads to the old form.
    ``with_translations`` copies the event's translations alike, linked with the new page. Raises ``PermissionDenied``
    for somebody who may not add pages there, ``ValidationError`` where an hour does not exist on the new days.
    """
    with transaction.atomic():
        source = version_to_copy(event, user)
        made = _copy_event(source, user, first_day, title, keep_hours, keep_registration_link)
        if with_translations:
            for translated in translations_to_copy(event, user):
                version = version_to_copy(translated, user)
                _copy_event(version, user, first_day, title, keep_hours, keep_registration_link, twin=made)
        return made


def create_series(
    event: Any, user: Any, dates: Sequence[dt.date], titles: Sequence[str] = (), **options: Any
) -> list[EventPage]:
    """Create a draft for each of ``dates``, all or none; ``titles`` (empty: the event's own) stand beside them.

    Raises ``ValidationError`` by the number of the line (from 0) where something is wrong with one, else as
    :func:`copy_event`, whose ``options`` it takes.
    """
    if len(dates) > MOST_PAGES:
        raise ValidationError(
            ngettext_lazy(
                "At most %(most)s page can be created at once. Make the series shorter, or create it in parts.",
                "At most %(most)s pages can be created at once. Make the series shorter, or create it in parts.",
                MOST_PAGES,
            ),
            code="too_many",
            params={"most": MOST_PAGES},
        )
    titles = [*titles, *[""] * (len(dates) - len(titles))]
    errors = series_errors(event, list(zip(dates, titles, strict=True)))
    if errors:
        raise ValidationError({str(line): error for line, error in errors.items()})
    with transaction.atomic():
        return [
            copy_event(event, user, day, title=title or None, **options)
            for day, title in zip(dates, titles, strict=True)
        ]


def series_errors(event: Any, lines: Sequence[tuple[dt.date, str]]) -> dict[int, ValidationError]:
    """What is wrong with each line (day and title) of a series, by its number from 0; empty where nothing is."""
    errors: dict[int, ValidationError] = {}
    seen: dict[tuple[dt.date, str], int] = {}
    for number, (day, title) in enumerate(lines):
        key = (day, (title or event.title).strip().casefold())
        if key in seen:
            errors[number] = ValidationError(
                _("The same date stands in line %(line)s. Change it, or give the two different titles."),
                code="twice",
                params={"line": seen[key] + 1},
            )
            continue
        seen[key] = number
        try:
            check_days(event, day)
        except ValidationError as error:
            errors[number] = error
    return errors


def check_days(event: Any, first_day: dt.date) -> None:
    """Raise ``ValidationError`` where the hours of ``event`` do not exist when it begins on ``first_day``."""
    probe = event.with_content_json(event.serializable_data())
    before = event_errors(probe)
    move_days(probe, first_day)
    found = {field: error for field, error in event_errors(probe).items() if field not in before}
    odd = [found.get(name) for name in ("start_time", "end_time", "check_in_from")]
    if error := next(filter(None, odd), None):
        raise error if isinstance(error, ValidationError) else ValidationError(error)
    if found.get("agenda"):
        raise ValidationError(
            _("An hour of the programme does not exist on its new day: clocks go forward. Choose another day."),
            code="nonexistent",
        )


def version_to_copy(page: Any, user: Any) -> Any:
    """What is copied: the live version, or the latest draft of a page that is not live.

    Raises ``PermissionDenied`` where ``user`` may not add pages beside it, or may not read the draft.
    """
    page = Page.objects.get(pk=page.pk).specific
    if not may_create_from(page, user):
        raise PermissionDenied
    return page if page.live else page.get_latest_revision_as_object()


def may_create_from(page: Any, user: Any) -> bool:
    """Tell whether ``user`` (``None``: code) may create a page from this one, beside it."""
    if user is None:
        return True
    parent = page.get_parent()
    if not parent.permissions_for_user(user).can_add_subpage():
        return False
    return page.permissions_for_user(user).can_edit() or (page.live and not page.get_view_restrictions().exists())


def translations_to_copy(event: Any, user: Any) -> list[Any]:
    """The event's translations that ``user`` may create pages from; mirrors of another page are none."""
    found = event.get_translations().filter(alias_of__isnull=True).specific()
    return [translated for translated in found if may_create_from(translated, user)]


def _copy_event(
    source: Any,
    user: Any,
    first_day: dt.date,
    title: str | None,
    keep_hours: bool,
    keep_registration_link: bool,
    twin: Any = None,
) -> EventPage:
    check_days(source, first_day)
    title = (title or source.title).strip()
    days = (first_day - source.start_date).days if source.start_date else 0
    probe = source.with_content_json(source.serializable_data())
    move_days(probe, first_day, keep_hours=keep_hours)
    moved = ("start_date", "end_date", "start_time", "end_time", "check_in_from", "agenda")
    changed = {name: getattr(probe, name) for name in (*moved, "accessibility_requests_until")}
    if not keep_registration_link and source.registration == RegistrationKind.LINK:
        changed["registration_link"] = ""
    if twin is not None:
        changed["translation_key"] = twin.translation_key

    def process(_source: Any, _target: Any, _relation: Any, child: Any) -> None:
        if isinstance(child, EventStop):
            move_stop(child, days, keep_hours=keep_hours)

    slug = free_slug(f"{ascii_slug(title)}-{first_day.isoformat()}", source.get_parent())
    made: EventPage = _copy(source, user, {**FRESH_EVENT, **changed, "title": title, "slug": slug}, process)
    return made


def copy_news(page: Any, user: Any, *, title: str | None = None) -> NewsPage:
    """Create a draft beside a news item, dated today, with none of its corrections and notes."""
    with transaction.atomic():
        source = version_to_copy(page, user)
        title = (title or source.title).strip()
        slug = free_slug(ascii_slug(title), source.get_parent())
        made: NewsPage = _copy(source, user, {"title": title, "slug": slug})
        return made


def _copy(source: Any, user: Any, changed: dict[str, Any], process: Any = None) -> Any:
    """Copy ``source`` with its rows, but no correction, beside itself; a draft with one revision."""

    def process_child(original: Any, target: Any, relation: Any, child: Any) -> None:
        if isinstance(child, PageContact):
            child.shown_until = None
        if process is not None:
            process(original, target, relation, child)

    attrs = {**FRESH, **changed, "date": timezone.localdate(), "draft_title": changed["title"]}
    attrs |= {"seo_title": "" if changed["title"] != source.title else source.seo_title}
    action = CopyPageAction(
        source,
        to=source.get_parent().specific,
        update_attrs=attrs,
        exclude_fields=["corrections"],
        copy_revisions=False,
        keep_live=False,
        user=user,
        process_child_object=process_child,
        log_action=False,
    )
    made = action.execute(skip_permission_checks=True)
    log(instance=made, action="newsroom.created_from", user=user, data={"page": source.pk, "title": source.title})
    return type(source).objects.get(pk=made.pk)


def free_slug(wanted: str, parent: Any) -> str:
    """``wanted``, or it with the first free number, under ``parent``."""
    slug, number = wanted, 1
    while not Page._slug_is_available(slug, parent):
        number += 1
        slug = f"{wanted}-{number}"
    return slug
