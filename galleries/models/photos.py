"""Photos: the image model."""

import hashlib
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.api import APIField
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError, get_upload_to
from wagtail.search import index
from willow.image import UnrecognisedImageFormatError

from wagtail_newsroom.galleries.models.photo_files import FOCUS, PhotoFieldFile, PhotoFileField
from wagtail_newsroom.galleries.models.photo_sizes import make_files, store_sizes
from wagtail_newsroom.galleries.models.refusals import withdrawn_refusal
from wagtail_newsroom.galleries.pictures import CleanPicture, strip_picture
from wagtail_newsroom.galleries.signals import photo_without_sizes
from wagtail_newsroom.news.fields import DefaultedChoiceField, LineField
from wagtail_newsroom.news.images.duplicates import Fingerprint, withdrawn_picture
from wagtail_newsroom.news.models.files.stored_files import no_file_without_row
from wagtail_newsroom.news.models.typed_texts import TypedTextMixin
from wagtail_newsroom.news.validators import validate_alt_text
from wagtail_newsroom.news.visibility import is_withdrawn


class RightsBasis(models.TextChoices):
    """On what basis a photo is published."""

    OWN = "own", _("Our own work")
    CONSENT = "consent", _("Consent of the people shown")
    PUBLIC_EVENT = "public_event", _("Part of a crowd at a public event")
    LICENCE = "licence", _("Licence")
    UNKNOWN = "unknown", _("Not known yet")


# What is read from the file, and saved along with it.
FILE_FACTS = (
    "width",
    "height",
    "file_size",
    "file_hash",
    "uploaded_sha256",
    "sizes_ready",
    "color",
    "credit",
    "licence",
    "taken_on",
)


class PhotoMixin(TypedTextMixin, models.Model):
    """What an image needs to be a photo of the newsroom: a clean file, credit, licence, date, basis of rights.

    A photo whose consent was withdrawn (``withdrawn_at``) stays as a record, so that its file is known should it come
    again. :mod:`wagtail_newsroom.news.visibility` keeps it from everybody; no size of it is made.

    Its file is cleaned before it is stored, by whatever door it comes: upright, without hidden data, of a kind that is
    allowed. What the file said about author, licence and day moves into the fields, where those are empty. What a host's
    own templates make of its pictures stays as it is.
    """

    newsroom_photo = True

    file = PhotoFileField(verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    credit = LineField(_("credit"), max_length=200, blank=True, help_text=_("Who took it, as it is to be printed."))
    licence = LineField(_("licence"), max_length=120, blank=True, help_text=_("For example CC BY 4.0."))
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    rights_basis = DefaultedChoiceField(
        _("basis of rights"),
        max_length=20,
        choices=RightsBasis.choices,
        default=RightsBasis.UNKNOWN,
    )
    # Of the file as it was dropped, before it was cleaned: the same file is known again.
    uploaded_sha256 = models.CharField(
        _("SHA-256 of the uploaded file"), max_length=64, blank=True, editable=False, db_index=True
    )
    withdrawn_at = models.DateTimeField(_("consent withdrawn on"), null=True, editable=False, db_index=True)
    withdrawn_reason = models.TextField(_("why the consent was withdrawn"), blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("consent withdrawn by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sizes_ready = models.BooleanField(_("sizes are ready"), default=False, editable=False)
    # Found out while the sizes are made; empty until then.
    color = models.CharField(_("dominant colour"), max_length=7, blank=True, default="", editable=False)

    # What the model it is mixed into brings.
    title: Any
    description: Any
    open_file: Any
    renditions: Any

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **how: Any) -> Self:
        photo = super().from_db(db, field_names, values, **how)
        photo._stored_focus = _focus_of(photo)
        return photo

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        try:
            validate_alt_text(self.description, title=self.title)
        except ValidationError as error:
            errors["description"] = error
        try:
            self._clean_file()
        except ValidationError as error:
            errors["file"] = error
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the photo. Raises ``ValidationError`` for a file that is refused; nothing is stored then."""
        is_new_file = bool(self.file) and not self.file._committed
        if is_new_file:
            try:
                self._clean_file()
            except ValidationError as error:
                raise ValidationError({"file": error}) from error
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], *FILE_FACTS}
        elif self.pk and _focus_of(self) != getattr(self, "_stored_focus", _focus_of(self)):
            self.sizes_ready = False
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "sizes_ready"}
        with no_file_without_row(self.file):
            super().save(*args, **kwargs)
        self._stored_focus = _focus_of(self)
        if self.file and not self.sizes_ready and not is_withdrawn(self):
            photo_without_sizes.send(sender=type(self), photo=self)

    def _clean_file(self) -> None:
        file = self.file
        if file and not file._committed and isinstance(file, PhotoFieldFile):
            file.clean()

    def take_facts(self, picture: CleanPicture) -> None:
        """Keep what was found out about the file; what is typed already stays."""
        sha1 = hashlib.sha1(picture.content, usedforsecurity=False).hexdigest()
        self._refuse_withdrawn(picture.sha256, sha1)
        self.uploaded_sha256, self.sizes_ready = picture.sha256, False
        self.color = ""
        self.file_size = len(picture.content)
        self.file_hash = sha1
        self.credit = self.credit or picture.facts.credit
        self.licence = self.licence or picture.facts.licence
        self.taken_on = self.taken_on or picture.facts.taken_on

    def _refuse_withdrawn(self, sha256: str, sha1: str) -> None:
        """Raise ``ValidationError`` where this very file was withdrawn, as it was uploaded or as it was published."""
        known = self if is_withdrawn(self) else withdrawn_picture(type(self), Fingerprint(sha256, sha1))
        if known is not None and known.withdrawn_at is not None:
            name = (self.file.name or "").rpartition("/")[2]
            raise ValidationError(withdrawn_refusal(name, known.withdrawn_at), code="withdrawn")

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """What the library's search finds: nothing that was withdrawn."""
        return super().get_indexed_objects().filter(withdrawn_at__isnull=True)  # type: ignore[misc]  # of the image

    def _refuse_sizes(self) -> None:
        """Raise ``SourceImageIOError`` for a withdrawn photo, also where that happened since this object was read."""
        withdrawn = type(self)._default_manager.filter(pk=self.pk, withdrawn_at__isnull=False)
        if is_withdrawn(self) or withdrawn.exists():
            raise SourceImageIOError("The consent to publish this photo was withdrawn.")

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> Any:  # noqa: A002  (Wagtail's name)
        """Make a size of the photo, without hidden data. A broken file counts as a missing one, so that no page fails
        because of a picture."""
        self._refuse_sizes()
        try:
            if made := make_files(self, [filter]):
                return made[filter]
            plain = super().generate_rendition_file(filter, source=source)  # type: ignore[misc]  # of the image
            plain.seek(0)
            return ContentFile(strip_picture(plain.read()), name=plain.name)
        except (UnrecognisedImageFormatError, DecompressionBombError, SyntaxError, OSError) as error:
            raise SourceImageIOError(str(error)) from error

    def create_renditions(self, *filters: Filter) -> dict[Filter, Any]:
        """Make and store several sizes from one decoding."""
        if not filters:
            return {}
        self._refuse_sizes()
        files = make_files(self, filters) if len(filters) > 1 else {}
        others = [each for each in filters if each not in files]
        made = store_sizes(self, files) if files else {}
        return {**made, **super().create_renditions(*others)}  # type: ignore[misc]  # of the image it is mixed into


def _focus_of(photo: Any) -> tuple[Any, ...]:
    """Its focal point, as far as it is loaded."""
    return tuple(photo.__dict__.get(name) for name in FOCUS)


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
        index.FilterField("withdrawn_at"),
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
        indexes = [models.Index(fields=["file"], name="newsroom_photo_file")]

    def __str__(self) -> str:
        return self.title

    @property
    def default_alt_text(self) -> str:
        """The description, and nothing where there is none: a file name is no alternative text."""
        return self.description


class PhotoRendition(AbstractRendition):
    """A size of a photo, made once."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("size of a photo")
        verbose_name_plural = _("sizes of photos")
        indexes = [models.Index(fields=["file"], name="newsroom_rendition_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="newsroom_photorendition_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"


def photo_credit(photo: Any) -> str:
    """Credit of ``photo`` and its licence, as they are printed; empty for stock images, which have none."""
    return ", ".join(part for part in (getattr(photo, "credit", ""), getattr(photo, "licence", "")) if part)


def basis_of(photo: Any, gallery: Any) -> str:
    """On what basis ``photo`` is published in ``gallery``: what it says itself, else what the gallery says for all."""
    own = getattr(photo, "rights_basis", RightsBasis.UNKNOWN)
    return str(gallery.rights_basis if own == RightsBasis.UNKNOWN else own)
