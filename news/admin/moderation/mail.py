"""E-mails of the workflow: who gets what, in plain words, in the language of the person who gets it.

They take the place of Wagtail's own about pages of an :class:`ApprovalTask`; what other workflows send stays Wagtail's.
All of them wait for the transaction, and a mail server that is down stops nobody.
"""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.dispatch import Signal
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.admin import signal_handlers
from wagtail.admin.utils import get_admin_base_url, get_user_display_name
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)
from wagtail.users.models import UserProfile

from wagtail_newsroom.news.models.workflow.moderation import ApprovalTask
from wagtail_newsroom.news.publishing.approval import moderation
from wagtail_newsroom.news.publishing.mail import send_later

logger = logging.getLogger(__name__)

SUBMITTED, SENT_BACK, APPROVED = "submitted", "rejected", "approved"  # as Wagtail calls them in people's profiles


def connect_mail() -> None:
    """Put ours in the place of Wagtail's four notifiers."""
    _replace(
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        tell_submitted,
        signal_handlers.task_submission_email_notifier,
    )
    for signal, uid, ours, stock in (
        (workflow_submitted, "submitted", None, signal_handlers.workflow_submission_email_notifier),
        (workflow_rejected, "rejected", tell_sent_back, signal_handlers.workflow_rejection_email_notifier),
        (workflow_approved, "approved", tell_approved, signal_handlers.workflow_approval_email_notifier),
    ):
        _replace(signal, WorkflowState, f"workflow_state_{uid}_email_notification", ours, stock)
    workflow_cancelled.connect(tell_published_instead, dispatch_uid="newsroom_published_instead")


def _replace(
    signal: Signal, sender: Any, uid: str, ours: Callable[..., None] | None, stock: Callable[..., Any]
) -> None:
    """Connect, under the name of Wagtail's notifier, one that knows whose turn it is."""

    def notify(instance: Any, **kwargs: Any) -> None:
        if not _is_ours(instance):
            transaction.on_commit(partial(_guarded, stock, instance, **kwargs), robust=True)
        elif ours is not None:
            ours(instance, **kwargs)

    signal.disconnect(sender=sender, dispatch_uid=uid)
    signal.connect(notify, sender=sender, dispatch_uid=uid, weak=False)


def _is_ours(instance: TaskState | WorkflowState) -> bool:
    is_whole = isinstance(instance, WorkflowState)
    state, workflow_state = (instance.current_task_state, instance) if is_whole else (instance, instance.workflow_state)
    if state is None or not isinstance(workflow_state.content_object, Page):
        return False
    return isinstance(state.task.specific, ApprovalTask)


def _guarded(notify: Callable[..., Any], *arguments: Any, **kwargs: Any) -> None:
    try:
        notify(*arguments, **kwargs)
    except Exception:
        logger.exception("An e-mail could not be sent.")


def tell_submitted(task_state: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Something waits: to everybody who may approve it, deputies on duty too, without whoever submitted it."""
    people = {person.pk: person for person in moderation.approvers(task_state)}
    if getattr(settings, "WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS", True):
        superusers = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
        people |= {person.pk: person for person in superusers}
    for author in (user, task_state.workflow_state.requested_by):
        people.pop(author and author.pk, None)
    page = task_state.revision.as_object()
    tell(people.values(), SUBMITTED, page, who=user or task_state.workflow_state.requested_by)


def tell_sent_back(state: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Sent back with a remark: to whoever submitted it and whoever wrote the version."""
    task_state = state.current_task_state
    people = _without(user, state.requested_by, task_state.revision.user)
    tell(people, SENT_BACK, task_state.revision.as_object(), who=user, remark=task_state.comment)


def tell_approved(state: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Approved, with what follows: published now, or at its time."""
    task_state = state.current_task_state
    people = _without(user, state.requested_by, task_state.revision.user)
    tell(people, APPROVED, task_state.revision.as_object(), who=user, remark=task_state.comment, **_fate(state))


def tell_published_instead(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """A publisher published what waited without the approval: whoever submitted it is told all the same."""
    page = instance.content_object
    if not isinstance(page, Page) or user is None or user.pk == instance.requested_by_id:
        return
    fate = _fate(instance)
    if fate["is_live"] or fate["goes_live_at"]:
        tell(_without(user, instance.requested_by), APPROVED, page.specific, who=user, **fate)


def _fate(state: WorkflowState) -> dict[str, Any]:
    """Whether the page's latest version is public now, and when it will be."""
    page = Page.objects.select_related("latest_revision").get(pk=state.object_id)
    latest: Revision | None = page.latest_revision
    return {
        "is_live": page.live and latest is not None and page.live_revision_id == latest.pk,
        "goes_live_at": latest.approved_go_live_at if latest else None,
    }


def _without(actor: Any, *people: Any) -> list[Any]:
    known = {person.pk: person for person in people if person is not None}
    known.pop(actor and actor.pk, None)
    return list(known.values())


def tell(people: Iterable[Any], about: str, page: Page, *, who: Any, remark: str = "", **more: Any) -> None:
    """Write to those of ``people`` who want e-mails of the kind ``about``, after the transaction."""
    base = get_admin_base_url() or ""
    context = {
        "title": " ".join(page.title.split()),
        "type_name": page.get_verbose_name(),
        "who": get_user_display_name(who) if who else "",
        "remark": remark,
        "edit_url": base + reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "account_url": f"{base}{reverse('wagtailadmin_account')}#tab-notifications",
        "page_url": page.full_url or "",
        **more,
    }
    for person in people:
        profile = UserProfile.get_for_user(person)
        if person.is_active and person.email and getattr(profile, f"{about}_notifications"):
            with translation.override(profile.get_preferred_language()):
                subject, text = _written(about, {**context, "user": person})
            send_later(subject, text, person.email)


def _written(about: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text."""
    subject = render_to_string(f"newsroom_admin/mail/{about}_subject.txt", context)
    return subject, render_to_string(f"newsroom_admin/mail/{about}.txt", context).strip() + "\n"
