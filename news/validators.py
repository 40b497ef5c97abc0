"""Validators that form, API and model share. Each message names the cause and the remedy.

Public: other apps may import from here.
"""

import datetime as dt
import re
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FILE_NAME = re.compile(r"^[\w\-. ()]+\.(jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg|pdf|docx?|odt)$", re.IGNORECASE)
CAMERA_NAME = re.compile(
    r"^(dsc|dscf|dscn|img|image|pict|p|pxl|mvimg|photo|zdjecie|zdjęcie|foto|screenshot|zrzut ekranu|skan|scan"
    r"|signal|whatsapp image)?[\s_\-]*\d{2,}([\s_\-.]+(at )?\d+)*$",
    re.IGNORECASE,
)
SAFE_SCHEMES = {"http", "https"}
NOT_A_WEB_LINK = _("This is not the address of a web page. Give one that starts with https://.")


def validate_not_future(day: dt.date) -> None:
    """A public date may lie back, never ahead: what shall appear later is scheduled."""
    if day > timezone.localdate():
        raise ValidationError(
            _("The publication date lies in the future. Give today's date, and schedule the page to go live later."),
            code="future",
        )


def validate_web_link(link: str) -> None:
    """Accept http(s) addresses only: ``javascript:`` and ``data:`` run code in a visitor's browser."""
    try:
        parts = urlsplit(link.strip())
        is_address = parts.scheme.lower() in SAFE_SCHEMES and bool(parts.netloc) and parts.port != 0
    except ValueError:  # a port beyond 65535, an odd bracket
        is_address = False
    if not is_address:
        raise ValidationError(NOT_A_WEB_LINK, code="scheme")


def validate_single_line(text: str) -> None:
    """Refuse line breaks and control characters where the text goes into headers, calendars and file names."""
    if any(ord(char) < 32 or char in "\u2028\u2029\x7f" for char in text):
        raise ValidationError(
            _("This text holds a line break or another invisible character. Type it on one line."),
            code="control",
        )


def is_file_name(text: str) -> bool:
    """Tell whether ``text`` is what a camera or a scanner calls a file, not a description."""
    text = text.strip()
    return bool(FILE_NAME.match(text) or CAMERA_NAME.match(PurePath(text).stem))


def validate_alt_text(text: str, *, title: str = "") -> None:
    """Refuse an alternative text that describes nothing: a file name, or the title once more (WCAG 1.1.1)."""
    text = text.strip()
    if not text:
        return
    if is_file_name(text):
        raise ValidationError(
            _("“%(text)s” is a file name. Say in one sentence what the photo shows."),
            code="file_name",
            params={"text": text},
        )
    if title and text.casefold() == title.strip().casefold():
        raise ValidationError(
            _("The description repeats the title. Say in one sentence what the photo shows."),
            code="repeats_title",
        )


def validate_lengths(row: Any, *names: str) -> None:
    """Refuse texts longer than their fields say: Django checks the length of a long text in forms only."""
    errors = {}
    for name in names:
        limit = row._meta.get_field(name).max_length
        try:
            MaxLengthValidator(limit)(getattr(row, name))
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
