"""Bundles: an event, its news, gallery and files that go live, move or retire as one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from wagtail_newsroom.news.fields import LineField
from wagtail_newsroom.news.models.pages.rows import Row


class BundleState(models.TextChoices):
    """Where a bundle stands."""

    DRAFT = "draft", pgettext_lazy("of a bundle", "In preparation")
    SCHEDULED = "scheduled", pgettext_lazy("of a bundle", "Scheduled")
    PUBLISHED = "published", pgettext_lazy("of a bundle", "Published")
    RETIRED = "retired", pgettext_lazy("of a bundle", "Retired")


class Bundle(ClusterableModel):
    """Pages that are published together. ``go_live_at`` and ``retire_at`` are aware moments, both optional."""

    title = LineField(_("title"), max_length=200, help_text=_("For editors only. For example: Regional conference."))
    state = models.CharField(
        _("state"), max_length=10, choices=BundleState.choices, default=BundleState.DRAFT, editable=False
    )
    go_live_at = models.DateTimeField(_("goes live at"), null=True, blank=True, db_index=True)
    retire_at = models.DateTimeField(_("retires at"), null=True, blank=True, db_index=True)
    retire_reason = models.TextField(_("explanation for readers after it is retired"), max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class BundlePage(Row):
    """A page of a bundle."""

    bundle = ParentalKey(Bundle, related_name="pages", on_delete=models.CASCADE)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="newsroom_bundles"
    )

    # Public as it was when the bundle was scheduled: nothing of it waits, and a draft begun since is not the bundle's.
    was_public = models.BooleanField(default=False, editable=False)

    class Meta(Row.Meta):
        verbose_name = _("page of a bundle")
        verbose_name_plural = _("pages of bundles")
        constraints = [models.UniqueConstraint(fields=["bundle", "page"], name="newsroom_bundlepage_once")]

    def __str__(self) -> str:
        return str(self.page)
