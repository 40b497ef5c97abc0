"""What is done to a page, whatever way it comes: whole or not at all, and only what the newsroom's rules allow.

Wagtail keeps one registry of such actions (``wagtail.actions.action_registry``): its API asks it, and so do the methods
of our pages. Here its actions are put there again with the newsroom's rules around them, whichever class another app has
put there before. Wagtail writes in several steps (page, revisions, receivers, log, aliases), each committed for itself: a
process that dies in between leaves half of it, and so does a receiver that raises. So each action gets a transaction.
What must not happen unless the action is committed (webhooks, purges, e-mails) waits for ``transaction.on_commit``.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from wagtail_newsroom.news.publishing.approval.moderation import check_own_work, is_approving
from wagtail_newsroom.news.publishing.copying.languages import (
    OtherLanguageError,
    check_may_translate,
    goes_to_another_language,
)
from wagtail_newsroom.news.publishing.preflight import preflight
from wagtail_newsroom.news.publishing.preflight.closed_files import closed_files
from wagtail_newsroom.news.publishing.updates.retiring import may_retire, what_forbids_deletion

SCHEDULED = "wagtail.publish.scheduled"  # how the history names what the scheduler published


class WholeAction:
    """An action in one transaction (within another one: a savepoint)."""

    # What the action it is mixed into brings.
    user: Any

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().execute(*args, **kwargs)  # type: ignore[misc]  # the action's


class CheckedPublish(WholeAction):
    """Publish or schedule a version. For a person only what nothing blocks, and what does not wait for somebody else's
    approval; an approval is the right to publish.

    Files that nobody could read before are opened by those who may choose them, or by an approval.

    Raises :class:`wagtail_newsroom.news.publishing.preflight.preflight.PublicationStopped`, or
    :class:`wagtail_newsroom.news.publishing.approval.moderation.OwnWorkError`.
    """

    object: Any
    revision: Any
    log_action: Any

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        """Forget moments that have passed. What was scheduled is taken down at its moment, if it goes out late."""
        now = timezone.now()
        if self.object.go_live_at and self.object.go_live_at <= now:
            self.object.go_live_at = None
        if self.object.expire_at and self.object.expire_at <= now and self.log_action != SCHEDULED:
            self.object.expire_at = None
        return super().execute(*args, **kwargs)

    def check(self, skip_permission_checks: bool = False) -> None:
        approved = self.user is not None and is_approving(self.user, self.object)
        super().check(skip_permission_checks=skip_permission_checks or approved)  # type: ignore[misc]  # the action's
        if self.user is not None:
            preflight.stop_where_blocked(self.revision)
            if not approved:
                check_own_work(self.object, self.user)
            if not skip_permission_checks and (found := closed_files(self.revision.as_object(), self.user)):
                raise preflight.PublicationStopped(found)


class RetiringUnpublish(WholeAction):
    """Unpublish, where no reader is owed an explanation; else a person retires the page."""

    object: Any
    set_expired: bool

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        """The moment at which a page was to be taken down is used up."""
        if self.set_expired:
            self.object.expire_at = None
        return super().execute(*args, **kwargs)

    def check(self, skip_permission_checks: bool = False) -> None:
        if self.user is not None and not skip_permission_checks and may_retire(self.object, self.user):
            raise PermissionDenied(gettext("Retire this page instead: its readers are told why it is gone."))
        super().check(skip_permission_checks=skip_permission_checks)  # type: ignore[misc]  # the action's


class RetiringDelete(WholeAction):
    """Delete, where no reader is owed an explanation or got one already."""

    page: Any

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks=skip_permission_checks)  # type: ignore[misc]  # the action's
        if self.user is not None and not skip_permission_checks:
            _unanswered, refusal = what_forbids_deletion(self.user, [self.page])
            if refusal:
                raise PermissionDenied(refusal)


class CheckedSubmit(WholeAction):
    """Submit for approval only what nothing blocks."""

    instance: Any

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks=skip_permission_checks)  # type: ignore[misc]  # the action's
        if self.user is not None and (revision := self.instance.get_latest_revision()) is not None:
            preflight.stop_where_blocked(revision)


class CheckedApprove(WholeAction):
    """Approve only what nothing is left to say against: here nobody can give a reason for a warning."""

    object: Any
    task_state: Any

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks=skip_permission_checks)  # type: ignore[misc]  # the action's
        if self.user is None or not preflight.is_checked(self.object):
            return
        if found := preflight.open_findings(self.object.get_latest_revision()):
            raise preflight.PublicationStopped(found)


class OneLanguageAlias(WholeAction):
    """Mirror a page, where the place of the mirror is not in another language unless the caller says in which."""

    page: Any
    parent: Any
    update_locale: Any

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks=skip_permission_checks)  # type: ignore[misc]  # the action's
        if self.parent is not None and not self.update_locale and goes_to_another_language(self.page, self.parent):
            raise OtherLanguageError


class CheckedTranslation(WholeAction):
    """Translate a page to where the person may add pages."""

    page: Any
    locale: Any

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks=skip_permission_checks)  # type: ignore[misc]  # the action's
        if self.user is not None and not skip_permission_checks:
            check_may_translate(self.page, self.locale, self.user)


# By Wagtail's names of its actions; what the installed version does not know is left out.
RULES: dict[str, type[WholeAction]] = {
    "publish": CheckedPublish,
    "unpublish": RetiringUnpublish,
    "delete": RetiringDelete,
    "copy": WholeAction,
    "move": WholeAction,
    "create_alias": OneLanguageAlias,
    "copy_for_translation": CheckedTranslation,
    "submit_workflow": CheckedSubmit,
    "resume_workflow": CheckedSubmit,
    "approve_task": CheckedApprove,
}


def register_page_actions(registry: Any) -> None:
    """For the hook ``register_actions``: put our rules around the actions that are there for pages and for types of pages."""
    inherited = {name: each for model in reversed(Page.mro()) for name, each in registry.actions.get(model, {}).items()}
    nearer = [(model, dict(actions)) for model, actions in registry.actions.items() if issubclass(model, Page)]
    for model, actions in [(Page, inherited), *nearer]:
        for name in RULES.keys() & actions.keys():
            rules, action = RULES[name], actions[name]
            if not issubclass(action, rules):
                registry.register(
                    model, type(f"Newsroom{action.__name__}", (rules, action), {"__doc__": rules.__doc__})
                )
