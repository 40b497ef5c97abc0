"""The one row that stands for the state of all that the public sees."""

from django.db import models


class DeliveryToken(models.Model):
    """See :mod:`wagtail_newsroom.news.delivery.token`, which alone writes it."""

    value = models.CharField(max_length=32)

    class Meta:
        verbose_name = "token of delivery"

    def __str__(self) -> str:
        return self.value
