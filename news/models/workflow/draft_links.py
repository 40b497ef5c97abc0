"""Links under which a draft can be read without an account, and the remarks that readers leave there."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_newsroom.news.fields import LineField


def new_token() -> str:
    """An unguessable part of an address (256 bits), with a capital letter in it: no page is called so."""
    token = ""
    while token == token.lower():
        token = secrets.token_urlsafe(32)
    return token


class DraftLinkQuerySet(models.QuerySet["DraftLink"]):
    """Links to drafts."""

    def open(self, now: Any = None) -> "DraftLinkQuerySet":
        """Links that still lead somewhere at ``now`` (aware; default: now)."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now or timezone.now())


class DraftLink(models.Model):
    """A link to the latest draft of one page, with an end, revocable."""

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="newsroom_draft_links"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    purpose = LineField(_("for whom"), max_length=200, blank=True, help_text=_("For you: who gets this link."))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("shared by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DraftLinkQuerySet.as_manager()

    # A page is not "in use" because it was shared.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.purpose or str(self.page)

    @property
    def is_open(self) -> bool:
        """It still leads somewhere."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class DraftRemark(models.Model):
    """What a reader of a draft has to say about it."""

    link = models.ForeignKey(DraftLink, verbose_name=_("link"), on_delete=models.CASCADE, related_name="remarks")
    name = LineField(pgettext_lazy("of a person", "name"), max_length=120)
    text = models.TextField(_("remark"), max_length=4000)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("remark on a draft")
        verbose_name_plural = _("remarks on drafts")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
