"""What visitors searched for and did not find: words and numbers, and nothing about anybody who did it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

LONGEST_MISSED = 100


class MissedSearch(models.Model):
    """Words for which a site had nothing, folded: small letters without diacritics. Which may be kept ``finding.missed`` says."""

    wagtail_reference_index_ignore = True

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    text = models.CharField(_("words"), max_length=LONGEST_MISSED)

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        constraints = [
            models.UniqueConstraint(fields=["site", "language", "text"], name="newsroom_missedsearch_once_a_site")
        ]

    def __str__(self) -> str:
        return self.text


class MissedSearchCount(models.Model):
    """How often it was searched for on one day (in the site's time zone)."""

    wagtail_reference_index_ignore = True

    search = models.ForeignKey(
        MissedSearch, verbose_name=_("search without a result"), on_delete=models.CASCADE, related_name="counts"
    )
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("searches"), default=0)

    class Meta:
        verbose_name = _("searches of a day")
        verbose_name_plural = _("searches by day")
        constraints = [models.UniqueConstraint(fields=["search", "day"], name="newsroom_missedsearchcount_once_a_day")]

    def __str__(self) -> str:
        return f"{self.search_id}, {self.day}: {self.count}"
