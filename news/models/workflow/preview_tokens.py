"""What opens drafts to another front end: the editor's preview of one page, and the token of a whole front end."""

import secrets
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_newsroom.news.fields import LineField


def new_key() -> str:
    """The random part of a token (256 bits)."""
    return secrets.token_urlsafe(32)


class PagePreview(models.Model):
    """What one editor sees of one page in the preview panel, typed and not saved yet, for an hour.

    The token is made of ``key`` and the site's secret: whoever reads this table alone cannot open anything.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="newsroom_page_previews")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True, default=new_key, editable=False)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    expires_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("preview of a page")
        verbose_name_plural = _("previews of pages")
        constraints = [models.UniqueConstraint(fields=["page", "user"], name="newsroom_one_preview_each")]

    def __str__(self) -> str:
        return str(self.page)


class FrontEndTokenQuerySet(models.QuerySet["FrontEndToken"]):
    """Tokens of front ends."""

    def open(self, now: Any = None) -> "FrontEndTokenQuerySet":
        """Tokens that still open something at ``now`` (aware; default: now)."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now or timezone.now())


class FrontEndToken(models.Model):
    """Lets one front end read the drafts of one site, until a day. Of the token itself only the hash is kept."""

    name = LineField(pgettext_lazy("of a front end", "name"), max_length=120, help_text=_("Which front end gets it."))
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("It reads the drafts of this site, in every language."),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"), editable=False)
    last_used_on = models.DateField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = FrontEndTokenQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("token of a front end")
        verbose_name_plural = _("tokens of front ends")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """It is neither withdrawn nor past its end."""
        return self.revoked_at is None and self.expires_at > timezone.now()
