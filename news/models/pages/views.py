"""How often pages are read: a number for each page and day, and nothing about anybody who did it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageViewCount(models.Model):
    """Views of one page by the public on one day (in the site's time zone). No address, cookie or browser is kept."""

    # A count is no place that shows the page.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="newsroom_view_counts"
    )
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views by day")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="newsroom_pageviewcount_once_a_day")]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}: {self.count}"
