"""Pages that were taken down on purpose, and what their address says since."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.fields import WebLinkField


class Retirement(models.Model):
    """A page that was public and is no more: readers get a reason (410) or are led elsewhere (301).

    One of ``reason``, ``redirect_page`` and ``redirect_url`` is given.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="newsroom_retirement"
    )
    reason = models.TextField(_("explanation for readers"), max_length=500, blank=True)
    redirect_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page that replaces it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    redirect_url = WebLinkField(_("or an address elsewhere"), blank=True)
    # What readers saw last, so that it can come back: whoever edits a page that is not public changes its own row.
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    retired_at = models.DateTimeField(_("retired at"), auto_now_add=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("retired page")
        verbose_name_plural = _("retired pages")

    def __str__(self) -> str:
        return str(self.page)
