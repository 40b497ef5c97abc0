"""What the scheduler leaves behind: that it is alive, and what it could not do."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SchedulerHeartbeat(models.Model):
    """The last moment at which a scheduler was seen; one row."""

    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.seen_at.isoformat()


class ScheduledAction(models.TextChoices):
    """What the scheduler does at its time."""

    PUBLISH = "publish", _("publication")
    RETIRE = "retire", _("retirement")


class ScheduleFailure(models.Model):
    """Something that was due and failed; it is tried again at ``next_attempt_at`` and goes once it succeeds.

    Exactly one of ``page`` and ``bundle`` is given.
    """

    action = models.CharField(_("what"), max_length=10, choices=ScheduledAction.choices)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="newsroom_schedule_failures",
    )
    bundle = models.ForeignKey(
        "newsroom.Bundle",
        verbose_name=_("bundle"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="schedule_failures",
    )
    due_at = models.DateTimeField(_("due at"))
    attempts = models.PositiveIntegerField(_("attempts"), default=1)
    error = models.TextField(_("reason"))
    failed_at = models.DateTimeField(_("last tried"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), db_index=True)

    class Meta:
        verbose_name = _("failed scheduled act")
        verbose_name_plural = _("failed scheduled acts")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "page"], name="newsroom_schedulefailure_page_once"),
            models.UniqueConstraint(fields=["action", "bundle"], name="newsroom_schedulefailure_bundle_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.page or self.bundle}"
