"""What an editor brought in, a file or a pasted text, to make a page of it: kept for editors, never public."""

import datetime as dt
import secrets
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_newsroom.news.fields import LineField

# What a stored file may be called at its end: its content decides what is read, the name only helps.
SUFFIXES = frozenset({".txt", ".html", ".htm", ".docx", ".odt", ".pdf", ".eml"})


class OriginalPurpose(models.TextChoices):
    """What is to become of it."""

    EVENT = "event", pgettext_lazy("made from an original", "an event")
    NEWS = "news", pgettext_lazy("made from an original", "a news item")


def stored_name(original: "Original", name: str) -> str:
    """An unguessable name (192 bits) that tells nothing but the kind of file."""
    suffix = PurePosixPath(name).suffix.lower()
    return f"originals/{secrets.token_urlsafe(24)}{suffix if suffix in SUFFIXES else '.bin'}"


class Original(models.Model):
    """A file or a pasted text, and the page that was made from it; ``page`` is null until there is one.

    A text is kept as ``.txt``, what came from a clipboard with its tables as ``.html``. No address leads to the file
    but the editors' own (:mod:`wagtail_newsroom.news.admin.intake`).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought in by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="newsroom_originals",
    )
    purpose = models.CharField(_("what is made of it"), max_length=10, choices=OriginalPurpose.choices)
    name = LineField(_("name of the file"), max_length=255)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    published = models.DateField(_("published or sent on"), null=True, blank=True)
    # What the text says comes with it: [{"title", "kind"}]; an editor has yet to upload these.
    named_files = models.JSONField(_("files that it names"), default=list, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    # A page is not "in use" because it was made from something.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def read_with(self, reader: Callable[[bytes, str, dt.date | None], Any]) -> Any:
        """What ``reader`` makes of its bytes, name and day. Raises what the reader does; ``OSError`` where the file is gone."""
        with self.file.open("rb") as stream:
            return reader(stream.read(), str(self.file.name), self.published)
