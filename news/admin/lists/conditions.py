"""Conditions on pages for lists and the desk: their state, what an event lacks, who takes registrations.

Every condition is one expression in SQL, without joins, so that it counts each page once.
"""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Revision, WorkflowState

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import Availability, EventStatus, NewsKind, RegistrationKind
from wagtail_newsroom.news.models import NewsPage
from wagtail_newsroom.news.visibility import unexpired

ACTIVE = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
CALLED_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


class PageState(models.TextChoices):
    """Where a page stands, as an editor asks for it."""

    LIVE = "live", pgettext_lazy("state of pages", "Published")
    CHANGED = "changed", pgettext_lazy("state of pages", "Published, with changes that are not")
    DRAFT = "draft", pgettext_lazy("state of pages", "Drafts")
    UNFINISHED = "unfinished", pgettext_lazy("state of pages", "With work that nobody handed in")
    MODERATION = "moderation", pgettext_lazy("state of pages", "Waiting for approval")
    SENT_BACK = "sent_back", pgettext_lazy("state of pages", "Sent back")
    SCHEDULED = "scheduled", pgettext_lazy("state of pages", "Scheduled")
    EXPIRED = "expired", pgettext_lazy("state of pages", "Expired or retired")


def _of_page(model: type[models.Model], **conditions: Any) -> Exists:
    """Condition on a page: some row of ``model`` (which names pages by content type and id) belongs to it."""
    return Exists(
        model._default_manager.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
            **conditions,
        )
    )


def approved_schedule() -> Exists:
    """Condition: a version of the page was approved to go live later."""
    return _of_page(Revision, approved_go_live_at__isnull=False)


def in_workflow(status: str) -> Exists:
    """Condition: the page is in a workflow whose state is ``status`` (of Wagtail's ``WorkflowState``)."""
    return _of_page(WorkflowState, status=status)


def unfinished() -> Q:
    """Condition: the page has changes that nobody has handed in, published or given a time; taken down ones don't count."""
    changed = Q(live=False, first_published_at__isnull=True) | Q(live=True, has_unpublished_changes=True)
    elsewhere = (
        Q(in_workflow(WorkflowState.STATUS_IN_PROGRESS))
        | Q(in_workflow(WorkflowState.STATUS_NEEDS_CHANGES))
        | Q(approved_schedule())
    )
    return changed & ~elsewhere


def is_mine(user: Any) -> Q:
    """Condition: ``user`` created the page, was the last to change it, or handed it in."""
    handed_in = _of_page(WorkflowState, requested_by=user, status__in=ACTIVE)
    return Q(owner=user) | Q(latest_revision__user=user) | Q(handed_in)


def in_state(state: str) -> Q:
    """Condition for pages that stand as ``state`` (of :class:`PageState`) says."""
    never_public = Q(live=False, first_published_at__isnull=True)
    if state == PageState.LIVE:
        return Q(live=True) & unexpired()
    if state == PageState.CHANGED:
        return Q(live=True, has_unpublished_changes=True) & unexpired()
    if state == PageState.DRAFT:
        return never_public & ~Q(approved_schedule())
    if state == PageState.UNFINISHED:
        return unfinished()
    if state == PageState.MODERATION:
        return Q(in_workflow(WorkflowState.STATUS_IN_PROGRESS))
    if state == PageState.SENT_BACK:
        return Q(in_workflow(WorkflowState.STATUS_NEEDS_CHANGES))
    if state == PageState.SCHEDULED:
        return Q(approved_schedule())
    if state == PageState.EXPIRED:
        return Q(live=False, first_published_at__isnull=False) | (Q(live=True) & ~unexpired())
    return Q()


def end_of_day(now: dt.datetime) -> dt.datetime:
    """Last moment of the day of ``now`` (aware) where the site is."""
    return timezone.localtime(now).replace(hour=23, minute=59, second=59, microsecond=999999)


def in_time(when: str, now: dt.datetime) -> Q:
    """Condition for events that lie ahead of ``now`` (aware), are on today, or are over (``past``, ``owing``)."""
    over = Q(ends_at__lt=now)
    if when == "ahead":
        return ~over | Q(starts_at__isnull=True)
    if when == "today":
        return Q(starts_at__lte=end_of_day(now), ends_at__gte=now)
    if when == "past":
        return over
    return owes_a_report(now)


def registration_is(state: str, now: dt.datetime) -> Q:
    """Condition for events by their registration at ``now`` (aware): the rules of :mod:`wagtail_newsroom.news.timing.phases`, in SQL."""
    if state == "none":
        return Q(registration=RegistrationKind.NONE)
    called_off = Q(status__in=CALLED_OFF)
    shut = Q(deadline_at__lt=now) | Q(deadline_at__isnull=True, starts_at__lt=now) | Q(ends_at__lt=now)
    not_yet = Q(opens_date__gt=timezone.localdate(now))
    takes_people = ~Q(registration=RegistrationKind.NONE) & ~called_off
    if state == "open":
        return takes_people & ~shut & ~not_yet & ~Q(availability=Availability.FULL)
    if state == "closing":
        today = Q(deadline_at__range=(now, end_of_day(now)))
        at_the_start = Q(deadline_at__isnull=True, starts_at__range=(now, end_of_day(now)))
        return takes_people & (today | at_the_start) & ~Q(availability=Availability.FULL)
    return ~Q(registration=RegistrationKind.NONE) & (shut | called_off | Q(availability=Availability.FULL))


def owes_a_report(now: dt.datetime) -> Q:
    """Condition for public events that are over, not for long (60 days unless set), and that nothing followed:
    no report, and nothing that another app counts as one (a gallery, with the app that ships)."""
    since = now - dt.timedelta(days=setting("REPORT_DUE_DAYS"))
    report = NewsPage.objects.filter(
        live=True, kind=NewsKind.REPORT, about_event__translation_key=OuterRef("translation_key")
    )
    owes = Q(live=True, ends_at__lt=now, ends_at__gte=since) & ~Q(status__in=CALLED_OFF) & ~Q(Exists(report))
    for followed in registry.followup_conditions():
        owes &= ~Q(followed)
    return owes
