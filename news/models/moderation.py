"""Who approves what editors submit: the step of the workflow, and deputies of publishers who are away."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class ApprovalTask(AbstractGroupApprovalTask):
    """Approval by members of a group, or by the deputy of one who is away; not by whoever submitted the page."""

    class Meta:
        verbose_name = _("approval by a publisher or a deputy")
        verbose_name_plural = _("approvals by a publisher or a deputy")


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
