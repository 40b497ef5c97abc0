"""Changing a published page at once, whatever draft is being written.

The change is made on the version that readers see and published. Where a newer draft exists, the same change is made
on that draft and saved on top of it: neither is the draft published, nor is the change lost when it is. A scheduled
draft stays scheduled, a draft that was sent back stays sent back.

Public: other apps may import from here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from wagtail_newsroom.news.visibility import is_expired


@dataclass(frozen=True)
class LiveChange:
    """One change: ``apply`` makes it on a version of the page, the live one or a draft.

    ``action``: its name in the page's history, with ``data``; ``says``: what readers will see, of a changed version.
    """

    action: str
    apply: Callable[[Any], None]
    says: Callable[[Any], str]
    data: dict[str, Any] = field(default_factory=dict)


Builder = Callable[[Any], LiveChange]  # from the live version; raises ValidationError by field


@dataclass(frozen=True)
class Outcome:
    """What became of a change: ``published``, or put into the draft and perhaps ``submitted``.

    ``draft_kept``: a newer draft exists beside the published version, and holds the change too.
    """

    page: Any
    published: bool
    submitted: bool = False
    draft_kept: bool = False


class PublishBeside(PublishPageRevisionAction):
    """Publishes a revision without ending the workflow of the draft beside it."""

    def _after_publish(self) -> None:
        # Wagtail ends the workflow that it finds here; the draft that was submitted is another revision.
        self.object._current_workflow_states = []
        try:
            super()._after_publish()
        finally:
            del self.object._current_workflow_states


def publish_change(page: Any, user: Any, build: Builder) -> Outcome:
    """Make the change on the live version of ``page`` in the name of ``user`` (``None``: code), in one transaction.

    Raises ``PermissionDenied`` for somebody who may not edit the page, ``ValidationError`` where the page or the
    change does not allow it; nothing is changed then. Who may edit but not publish, changes and submits the draft.
    """
    with transaction.atomic():
        live = locked_page(page)
        check_may_change(live, user)
        change = build(live)
        if user is not None and not live.permissions_for_user(user).can_publish():
            return _put_into_draft(live, user, change)
        drafts = newer_drafts(live)
        change.apply(live)
        live.full_clean()
        revision = publish_beside(live, user, drafts, change.apply)
        log(instance=live, action=change.action, user=user, data=change.data, revision=revision, content_changed=True)
        return Outcome(live, published=True, draft_kept=bool(drafts))


def changed_version(page: Any, build: Builder) -> tuple[Any, LiveChange]:
    """The live version of ``page`` as it would be after the change, not saved, and the change.

    Raises ``ValidationError`` as :func:`publish_change` does.
    """
    live = Page.objects.get(pk=page.pk).specific
    change = build(live)
    change.apply(live)
    live.full_clean()
    if hasattr(live, "derive_moments"):
        live.derive_moments()
    return live, change


def locked_page(page: Any) -> Any:
    """The page as it is stored, its row locked until the end of the transaction where the database can."""
    return Page.objects.select_for_update().get(pk=page.pk).specific


def check_may_change(live: Any, user: Any) -> None:
    """Raise ``PermissionDenied`` or a ``ValidationError`` that says why the page cannot be changed now."""
    if user is not None and not live.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if not live.live or is_expired(live):
        raise ValidationError(
            _("This page is not public now, so there is nothing to tell readers. Edit it and publish it."),
            code="not_live",
        )
    if live.alias_of_id:
        raise ValidationError(_("This page mirrors another one. Make the change there."), code="alias")
    if user is not None and live.scheduled_revision and not live.permissions_for_user(user).can_publish():
        # What is submitted beside a scheduled version would be cancelled with its publication.
        raise ValidationError(
            _(
                "A version of this page is scheduled for publication, and a change that you submit now would be lost with it. "
                "Ask somebody who may publish to make the change."
            ),
            code="scheduled",
        )
    check_unlocked(live, user)


def check_unlocked(live: Any, user: Any) -> None:
    """Raise ``ValidationError`` where somebody else locked the page, or where it waits for approval."""
    if live.workflow_in_progress:
        raise ValidationError(
            _("A draft of this page waits for approval. Approve it or send it back first, then make this change."),
            code="in_moderation",
        )
    if user is None:
        return
    # Wagtail's lock of a scheduled page guards its schedule, which is kept here; the editors' own lock counts.
    lock = BasicLock(live) if live.locked else live.get_lock()
    if lock is not None and not isinstance(lock, ScheduledForPublishLock) and lock.for_user(user):
        reason = strip_tags(str(lock.get_message(user) or ""))
        raise ValidationError(
            _("%(reason)s Ask for the lock to be lifted, then make this change."),
            code="locked",
            params={"reason": reason},
        )


def newer_drafts(live: Any) -> list[Revision]:
    """Drafts beside the live version, oldest first: the one that is scheduled, and the latest one."""
    found = [live.scheduled_revision]
    if live.has_unpublished_changes and live.latest_revision_id != live.live_revision_id:
        found.append(live.latest_revision)
    return sorted({draft.pk: draft for draft in found if draft is not None}.values(), key=lambda draft: draft.pk)


def publish_beside(live: Any, user: Any, drafts: list[Revision], apply: Callable[[Any], None]) -> Revision:
    """Publish the object ``live`` and save each of ``drafts``, changed by ``apply``, on top of it again."""
    schedule = {draft.pk: draft.approved_go_live_at for draft in drafts}
    if live.go_live_at and live.go_live_at > timezone.now():
        live.go_live_at = None  # that moment is the draft's
    revision = live.save_revision(user=user, clean=False)
    PublishBeside(revision, user=user, log_action=False).execute(skip_permission_checks=True)
    for pk, goes_live_at in schedule.items():
        version = Revision.objects.get(pk=pk).as_object()
        apply(version)
        version.save_revision(user=user, approved_go_live_at=goes_live_at, clean=False)
    live.refresh_from_db()
    return revision


def _put_into_draft(live: Any, user: Any, change: LiveChange) -> Outcome:
    """Change the draft and submit it, for somebody who may not publish."""
    draft = live.get_latest_revision_as_object()
    change.apply(live)
    live.full_clean()
    if draft is not live:
        change.apply(draft)
    revision = draft.save_revision(user=user, clean=False)
    log(instance=draft, action=change.action, user=user, data=change.data, revision=revision, content_changed=True)
    return Outcome(draft, published=False, submitted=_submit(draft, user))


def _submit(draft: Any, user: Any) -> bool:
    """Submit the draft to the workflow of its place in the tree; ``False`` where there is none, or it is half-done."""
    try:
        draft.full_clean()
    except ValidationError:
        return False
    state, workflow = draft.current_workflow_state, draft.get_workflow()
    if state is not None:  # sent back before
        state.resume(user)
    elif workflow is not None:
        workflow.start(draft, user)
    return state is not None or workflow is not None
