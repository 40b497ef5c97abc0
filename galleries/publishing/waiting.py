"""A photo that waits for the rest of its form is cleaned like one that is stored: no place, no name, no bomb rests."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import UploadedFile

from wagtail_newsroom.galleries.models.photo_files import clean_file
from wagtail_newsroom.news.publishing.files.waiting import empty, is_coming


@receiver(pre_save, sender=UploadedFile, dispatch_uid="newsroom_galleries_waiting_photo")
def clean_waiting_photo(instance: UploadedFile, **kwargs: Any) -> None:
    """Put the clean picture in the place of what came, and nothing in that of what is refused."""
    kind = instance.for_content_type
    if is_coming(instance) and kind and kind.model_class() is get_image_model():
        try:
            instance.file = clean_file(instance.file.file, instance.file.name)
        except ValidationError as refused:
            empty(instance, refused)
