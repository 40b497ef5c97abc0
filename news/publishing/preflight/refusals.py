"""What stops a publication that nobody watches: by the scheduler, or of a bundle."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
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


def plain_reason(error: Exception) -> str:
    """What went wrong, for somebody who does not know the system."""
    if isinstance(error, RefusedError | PermissionDenied) and str(error):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    cause = f"{type(error).__name__}: {error}".strip(": ")
    return _("The system could not do it (%(error)s). It tries again; if this stays, tell whoever runs the site.") % {
        "error": cause
    }
