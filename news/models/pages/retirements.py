"""Pages that were taken down on purpose, and what their address says since."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.fields import WebLinkField


def keep_unless_its_page_goes(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """Protect a version from being deleted for itself, as ``purge_revisions`` does; whoever deletes its page, may.

    Django calls it as one of its own answers to a deletion (``on_delete``).
    """
    if getattr(collector.origin, "model", type(collector.origin)) is field.related_model:
        raise ProtectedError("Readers saw this version of a retired page last.", set(sub_objs))
    models.SET_NULL(collector, field, sub_objs, using)


class Retirement(models.Model):
    """A page that was public and is no more: readers get a reason (410) or are led elsewhere (301).

    One of ``reason``, ``redirect_page`` and ``redirect_url`` is given. ``title`` and ``url_path`` are those that readers
    knew, and stay so whatever is written on the page's draft.
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
    # Empty where nothing is known of what readers saw last.
    title = models.CharField(max_length=255, blank=True, editable=False)
    url_path = models.TextField(blank=True, editable=False)
    # What readers saw last, so that it can come back: whoever edits a page that is not public changes its own row.
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, editable=False, on_delete=keep_unless_its_page_goes, related_name="+"
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
