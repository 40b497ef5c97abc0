"""Who looks after a page, and when it has to be looked at again."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class PageReview(models.Model):
    """The owner of a page (who looks after it) and the day of its next review. It is no part of the page's content: no publication is needed."""

    page = models.OneToOneField(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="newsroom_review"
    )
    page_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who looks after it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due_on = models.DateField(_("next review"), db_index=True)
    every_months = models.PositiveSmallIntegerField(
        _("then every … months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: only once."),
    )
    reminded_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("review of a page")
        verbose_name_plural = _("reviews of pages")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return str(self.page)
