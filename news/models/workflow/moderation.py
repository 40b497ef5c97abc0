"""Who approves what editors submit: the step of the workflow, and deputies of publishers who are away."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from wagtail_newsroom.news.forms import SendBackForm


class ApprovalTask(AbstractGroupApprovalTask):
    """Approval by members of a group, or by the deputy of one who is away; not by whoever submitted the page.

    Wagtail asks these methods; who may do what is decided in :mod:`wagtail_newsroom.news.publishing.approval.moderation`.
    """

    class Meta:
        verbose_name = _("approval by a publisher or a deputy")
        verbose_name_plural = _("approvals by a publisher or a deputy")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self._is_in_charge(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self._is_in_charge(user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self._is_in_charge(user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        from wagtail_newsroom.news.publishing.approval.moderation import actions

        return actions(self, obj, user)

    def get_form_for_action(self, action: str) -> Any:
        return SendBackForm if action == "reject" else super().get_form_for_action(action)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        from wagtail_newsroom.news.publishing.approval.moderation import states_to_approve

        return states_to_approve(self, user)

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Approve or send back. Returns the address that says why nothing was done, where that is so."""
        from wagtail_newsroom.news.publishing.approval.moderation import approving, why_not

        if user is None:
            return super().on_action(task_state, user, action_name, **kwargs)
        if refusal := why_not(self, task_state, user, action_name, kwargs.get("comment", "")):
            return refusal
        with approving(task_state, user):
            return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "Members of the chosen groups approve, or whoever stands in for one of them. Nobody their own work."
        )

    def _is_in_charge(self, user: Any) -> bool:
        from wagtail_newsroom.news.publishing.approval.moderation import is_in_charge

        return is_in_charge(self, user)


class DeputyQuerySet(models.QuerySet["Deputy"]):
    """Deputies, by the days on which they stand in."""

    def on_duty(self, day: Any = None) -> "DeputyQuerySet":
        """Those who stand in on ``day`` (today)."""
        day = day or timezone.localdate()
        return self.filter(first_day__lte=day, last_day__gte=day)


class Deputy(models.Model):
    """Somebody who approves in the place of a publisher, from a day to a day (inclusive)."""

    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("publisher"),
        on_delete=models.CASCADE,
        related_name="newsroom_deputies",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("deputy"), on_delete=models.CASCADE, related_name="newsroom_deputy_for"
    )
    first_day = models.DateField(_("from"), default=timezone.localdate)
    last_day = models.DateField(_("until"))

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["-first_day", "pk"]

    def __str__(self) -> str:
        return _("%(deputy)s for %(publisher)s") % {"deputy": self.deputy, "publisher": self.publisher}

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes before the first. Correct one of the two dates.")})
        if self.publisher_id and self.publisher_id == self.deputy_id:
            raise ValidationError({"deputy": _("Nobody can be their own deputy. Choose somebody else.")})
