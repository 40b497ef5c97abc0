"""Files that are inspected before they are stored, however they come."""

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.documents import Inspection, allowed_extensions, inspect_file, safe_name
from wagtail_newsroom.news.enums import FileVerdict
from wagtail_newsroom.news.models.files.scanning import was_scanned
from wagtail_newsroom.news.models.files.stored_files import no_file_without_row
from wagtail_newsroom.news.models.typed_texts import TypedTextMixin
from wagtail_newsroom.news.signals import document_read_in_part
from wagtail_newsroom.news.wording import files as file_wording

DERIVED = (
    *("media_type", "pages", "text", "sha256", "found_title", "found_language"),
    *("findings", "hidden", "verdict", "inspected_at", "scanned_at", "infection"),
)


class InspectedFieldFile(FieldFile):
    """The one place that every stored file passes: it is inspected here, and its name made safe."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        document: Any = self.instance
        document.admit(content, name)
        super().save(safe_name(name), content, save)


class InspectedFileField(models.FileField):
    """A file that is stored only once the model's ``admit`` has let it in. Migrations know a plain ``FileField``."""

    attr_class = InspectedFieldFile

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs


class InspectedMixin(TypedTextMixin, models.Model):
    """What a file says of itself, read when it comes and never typed. A file that must not be taken in raises.

    ``findings``: codes on accessibility; ``hidden``: what its readers do not see, by code; ``verdict``: never more than
    “probably accessible”; ``scanned_at``: when the virus scanner, where there is one, found it clean.
    """

    file = InspectedFileField(upload_to="documents", verbose_name=_("file"))
    media_type = models.CharField(_("type by content"), max_length=100, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    text = models.TextField(_("text for search"), blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False, db_index=True)
    found_title = models.CharField(_("title in the file"), max_length=255, blank=True, editable=False)
    found_language = models.CharField(_("language in the file"), max_length=35, blank=True, editable=False)
    findings = models.JSONField(_("accessibility findings"), default=list, blank=True, editable=False)
    hidden = models.JSONField(_("hidden data"), default=dict, blank=True, editable=False)
    verdict = models.CharField(
        _("accessibility"),
        max_length=20,
        choices=FileVerdict.choices,
        default=FileVerdict.NOT_CHECKED,
        editable=False,
        db_index=True,
    )
    inspected_at = models.DateTimeField(_("inspected at"), null=True, blank=True, editable=False)
    scanned_at = models.DateTimeField(_("found clean at"), null=True, blank=True, editable=False)
    infection = models.CharField(_("virus"), max_length=200, blank=True, editable=False)

    _admitted = ""  # SHA-256 of what was let in last
    _incomplete = False

    class Meta:
        abstract = True

    def clean(self) -> None:
        coming: Any = self.file
        if coming and not coming._committed:
            try:
                self.admit(coming.file, coming.name)
            except ValidationError as error:
                raise ValidationError({"file": error}) from error
        super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        names = kwargs.get("update_fields")
        coming: Any = self.file
        if coming and not coming._committed and (names is None or "file" in names):
            self.admit(coming.file, coming.name)
            if names is not None:
                kwargs["update_fields"] = {*names, *DERIVED}
        with no_file_without_row(coming):
            super().save(*args, **kwargs)
        if self._incomplete:
            self._incomplete = False
            document_read_in_part.send(sender=type(self), document=self)

    def admit(self, stream: IO[bytes], name: str) -> None:
        """Inspect ``stream``, which came as ``name``, and note what it says. Raises ``ValidationError`` where it is refused."""
        found = self.inspect(stream, name, timeout=setting("INSPECT_TIMEOUT"))
        if found.dangers:
            raise file_wording.file_refusal(name, found.dangers[0], self.allowed_types(), setting("INSPECT_MAX_BYTES"))
        if found.sha256 == self._admitted:
            return
        self.scan(stream, name)
        self.note(found)
        self._admitted = found.sha256
        self._incomplete = not found.checked and found.extension == "pdf"

    def inspect(self, stream: IO[bytes], name: str, *, timeout: float) -> Inspection:
        """Inspect without noting anything. ``timeout`` in seconds."""
        return inspect_file(
            stream, name, timeout=timeout, max_bytes=setting("INSPECT_MAX_BYTES"), only=self.allowed_types()
        )

    def scan(self, stream: IO[bytes], name: str) -> None:
        """Ask the virus scanner, where there is one. Raises ``ValidationError`` for a virus, or where nobody answers."""
        self.scanned_at, self.infection = None, ""
        if was_scanned(stream, name):
            self.scanned_at = timezone.now()

    def note(self, found: Inspection) -> None:
        """Keep what was found."""
        self.media_type, self.sha256, self.pages, self.text = found.media_type, found.sha256, found.pages, found.text
        self.found_title, self.found_language = found.title, found.language
        self.findings, self.hidden, self.verdict = list(found.findings), found.hidden, found.verdict
        self.inspected_at = timezone.now()

    @staticmethod
    def allowed_types() -> list[str]:
        """Extensions that are taken in: ours, narrowed by the site's ``WAGTAILDOCS_EXTENSIONS``."""
        return allowed_extensions(getattr(settings, "WAGTAILDOCS_EXTENSIONS", None))
