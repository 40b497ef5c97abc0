"""The file of a photo: cleaned before it is stored, however it comes."""

import io
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from wagtail_newsroom.galleries.models.refusals import photo_refusal
from wagtail_newsroom.galleries.pictures import CleanPicture, Limits, RefusedError
from wagtail_newsroom.galleries.pictures.isolated import clean_isolated
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models.files.scanning import was_scanned

FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def photo_limits() -> Limits:
    """How much a photo may be: Wagtail's own two settings."""
    most = getattr(settings, "WAGTAILIMAGES_MAX_UPLOAD_SIZE", None)
    pixels = getattr(settings, "WAGTAILIMAGES_MAX_IMAGE_PIXELS", None)
    ours = Limits()
    return Limits(pixels=pixels or ours.pixels, bytes=most or ours.bytes)


class CleanPhotoFile(ContentFile):
    """A picture that has been cleaned; ``picture`` says what was found."""

    def __init__(self, picture: CleanPicture) -> None:
        super().__init__(picture.content, name=picture.name)
        self.picture = picture

    def forget_content(self) -> None:
        """Give its memory back: a form holds what it cleaned until Python looks for cycles, long after the answer."""
        self.file = io.BytesIO()
        self.picture = replace(self.picture, content=b"")


def clean_file(file: Any, name: str) -> CleanPhotoFile:
    """Clean ``file`` (open, seekable) in a child process, once the virus scanner has seen it.

    Raises ``ValidationError`` that says what is wrong, and what is allowed.
    """
    limits = photo_limits()
    was_scanned(file, name)
    try:
        return CleanPhotoFile(clean_isolated(file, name, limits, timeout=setting("PHOTO_TIMEOUT")))
    except RefusedError as error:
        raise ValidationError(photo_refusal(error, name, limits), code=error.reason.value) from error


class PhotoFieldFile(WagtailImageFieldFile):
    """Stores nothing that was not cleaned."""

    def clean(self) -> None:
        """Replace a file that waits to be stored by its clean picture. Raises ``ValidationError``."""
        waiting = self.file
        if isinstance(waiting, CleanPhotoFile):
            self.instance.take_facts(waiting.picture)
            return
        clean = clean_file(waiting, self.name.rpartition("/")[2])
        setattr(self.instance, self.field.name, clean)
        self.instance.take_facts(clean.picture)

    def save(self, name: str, content: File, save: bool = True) -> None:
        if not isinstance(content, CleanPhotoFile):
            content = clean_file(getattr(content, "file", content), name)
            self.instance.take_facts(content.picture)
            name = content.name or name
        super().save(name, content, save=save)
        content.forget_content()

    def get_image_dimensions(self) -> tuple[int, int] | tuple[None, None]:
        """Width and height, from the file's head: Wagtail would decode every pixel for them."""
        waiting = getattr(self, "_file", None)
        if isinstance(waiting, CleanPhotoFile):
            return waiting.picture.width, waiting.picture.height
        close = self.closed
        try:
            self.open()
            with Image.open(io.BytesIO(self.read())) as image:
                return image.size
        except (OSError, SyntaxError, Image.DecompressionBombError):
            # Missing or broken: what was known of it stays.
            known = self.instance.__dict__
            return known.get(self.field.width_field), known.get(self.field.height_field)
        finally:
            if close:
                self.close()
            else:
                self.seek(0)


class PhotoFileField(WagtailImageField):
    """Wagtail's field, with a cleaner at its door. In migrations it is Wagtail's."""

    attr_class = PhotoFieldFile

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs
