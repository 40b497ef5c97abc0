"""What stops a publication that nobody watches: by the scheduler, or of a bundle."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_newsroom.news.publishing.preflight import preflight


class RefusedError(Exception):
    """An act that must not be done; its text says why and what to do, in the reader's language."""


@dataclass(frozen=True)
class Refusal:
    """Why ``page`` stops an act; ``page`` is ``None`` where the reason is not one page's."""

    page: Page | None
    message: str

    def __str__(self) -> str:
        return f"{self.page.title}: {self.message}" if self.page else self.message


def publication_refusal(page: Page) -> str:
    """Why ``page``, as it would be published, must not go live; empty where nothing speaks against it."""
    return " ".join(found.message for found in preflight.blockers(page))


def warnings(page: Page) -> list[str]:
    """What is worth a second look in ``page``, as it would be published, and stops nothing."""
    return [found.message for found in preflight.findings(page) if not found.blocks]


def plain_reason(error: Exception, model: type[Model] | None = None) -> str:
    """What went wrong, for somebody who does not know the system. ``model``: of what was to be stored."""
    if isinstance(error, RefusedError | PermissionDenied) and str(error):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(_said_of_fields(error, model))
    cause = f"{type(error).__name__}: {error}".strip(": ")
    return _("The system could not do it (%(error)s). It tries again; if this stays, tell whoever runs the site.") % {
        "error": cause
    }


def _said_of_fields(error: ValidationError, model: type[Model] | None) -> Iterator[str]:
    """What is wrong, each with the field in question: three times “This field is required” would name none."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        said = " ".join(messages)
        yield said if name == NON_FIELD_ERRORS else f"{_label(name, model)}: {said}"


def _label(name: str, model: type[Model] | None) -> str:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    return capfirst(str(getattr(field, "verbose_name", name)))
