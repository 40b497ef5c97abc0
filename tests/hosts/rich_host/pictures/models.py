"""The agency's own image model."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class AgencyImage(AbstractImage):
    photographer = models.CharField(max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "photographer")


class AgencyRendition(AbstractRendition):
    image = models.ForeignKey(AgencyImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
