"""Photos: the image model."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.api import APIField
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError
from wagtail.search import index
from willow.image import UnrecognisedImageFormatError

from news.fields import DefaultedChoiceField, LineField
from news.validators import validate_alt_text


class RightsBasis(models.TextChoices):
    """On what basis a photo is published."""

    OWN = "own", _("Our own work")
    CONSENT = "consent", _("Consent of the people shown")
    PUBLIC_EVENT = "public_event", _("Part of a crowd at a public event")
    LICENCE = "licence", _("Licence")
    UNKNOWN = "unknown", _("Not known yet")


class PhotoMixin(models.Model):
    """What an image needs to be a photo of the newsroom: credit, licence, date, basis of rights."""

    newsroom_photo = True

    credit = LineField(_("credit"), max_length=200, blank=True, help_text=_("Who took it, as it is to be printed."))
    licence = LineField(_("licence"), max_length=120, blank=True, help_text=_("For example CC BY 4.0."))
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    rights_basis = DefaultedChoiceField(
        _("basis of rights"),
        max_length=20,
        choices=RightsBasis.choices,
        default=RightsBasis.UNKNOWN,
    )

    # What the model it is mixed into brings.
    title: Any
    description: Any

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        try:
            validate_alt_text(self.description, title=self.title)
        except ValidationError as error:
            raise ValidationError({"description": error}) from error

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> Any:
        """Make a size of the photo. A broken file counts as a missing one, so that no page fails because of a picture."""
        try:
            return super().generate_rendition_file(*args, **kwargs)  # type: ignore[misc]  # of the image it is mixed into
        except (UnrecognisedImageFormatError, DecompressionBombError, SyntaxError, OSError) as error:
            raise SourceImageIOError(str(error)) from error

    @property
    def default_alt_text(self) -> str:
        """The description, and nothing where there is none: a file name is no alternative text."""
        return self.description


class Photo(PhotoMixin, AbstractImage):
    """A photo in the library. Its ``description`` is the alternative text; it may be missing until publication."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "taken_on",
        "rights_basis",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("credit"),
        index.FilterField("rights_basis"),
    ]
    api_fields = [
        APIField("description"),
        APIField("credit"),
        APIField("licence"),
        APIField("taken_on"),
        APIField("width"),
        APIField("height"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [models.Index(fields=["file"], name="galleries_photo_file")]

    def __str__(self) -> str:
        return self.title


class PhotoRendition(AbstractRendition):
    """A size of a photo, made once."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("size of a photo")
        verbose_name_plural = _("sizes of photos")
        indexes = [models.Index(fields=["file"], name="galleries_rendition_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="galleries_photorendition_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"


def photo_credit(photo: Any) -> str:
    """Credit of ``photo`` and its licence, as they are printed; empty for stock images, which have none."""
    return ", ".join(part for part in (getattr(photo, "credit", ""), getattr(photo, "licence", "")) if part)
