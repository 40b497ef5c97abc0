"""Which pages stand under “You may also be interested in” of each page, so that whoever changes one knows where it is shown."""

from django.db import models


class RelatedRow(models.Model):
    """One page (``target``) that the public page ``page`` shows as related, in its order.

    Derived: :mod:`wagtail_newsroom.news.publishing.changes.related` alone writes it, in the transaction of an act. Ids of
    pages, without foreign keys: a page that is deleted is taken out there.

    ``score``: how much alike they are, see there; of one that an editor chose the highest there is.
    """

    page = models.PositiveIntegerField(db_index=True)
    target = models.PositiveIntegerField(db_index=True)
    score = models.BigIntegerField()

    class Meta:
        verbose_name = "related page that is shown"
        verbose_name_plural = "related pages that are shown"
        constraints = [models.UniqueConstraint(fields=["page", "target"], name="newsroom_relatedrow_once")]

    def __str__(self) -> str:
        return f"{self.page}: {self.target}"
