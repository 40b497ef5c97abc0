"""What a publisher decided about the findings of the checks before publication."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PreflightOverride(models.Model):
    """A publisher published in spite of warnings, for a reason that is kept.

    ``revision``: the version it was decided for, and no other; ``codes``: the findings that were overridden, as a
    list of their codes.
    """

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="newsroom_preflight_overrides",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", verbose_name=_("version"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    codes = models.JSONField(_("findings"), default=list)
    reason = models.TextField(_("reason"), max_length=500)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("publication in spite of warnings")
        verbose_name_plural = _("publications in spite of warnings")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.reason
