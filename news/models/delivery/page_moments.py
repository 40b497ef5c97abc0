"""When each public page changes by itself next: what the scheduler goes by."""

from django.db import models


class PageMoment(models.Model):
    """The next moment at which the page with the id ``page`` looks different with nobody acting.

    ``at``: ``None`` where there is none; ``unsure_since``: the page, or what it shows, was changed then, and the moment is
    to be worked out anew from there on. Derived: written by :mod:`wagtail_newsroom.news.publishing.changes` and the scheduler alone.
    """

    page = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField(null=True, db_index=True)
    unsure_since = models.DateTimeField(null=True, db_index=True)
    checked_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = "moment of a page"
        verbose_name_plural = "moments of pages"

    def __str__(self) -> str:
        return f"{self.page}: {self.at}"
