"""Publishing opens files to the public: those that the person may choose, or that somebody approved."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from wagtail_newsroom.news.naming import named, not_nameable
from wagtail_newsroom.news.publishing.approval.moderation import is_approving
from wagtail_newsroom.news.publishing.preflight.checks.walk import Reference, references
from wagtail_newsroom.news.registry.contracts import Finding, Severity
from wagtail_newsroom.news.visibility import public_files

CLOSED_FILE = "closed_file"


def closed_files(page: Page, user: Any) -> list[Finding]:
    """A finding for each file that ``page``, as it would be published, opens though ``user`` may not choose it.

    Whoever approves a page that somebody else submitted lets its files through.
    """
    if user is None or user.is_superuser or is_approving(user, page):
        return []
    found = [each for each in references(page) if each.model in (get_image_model(), get_document_model())]
    closed = not_nameable({_named(each) for each in found}, user)
    closed -= {
        named(model, pk)
        for model in {model for model, _pk in closed}
        for pk in public_files(model._default_manager.filter(pk__in=_ids(closed, model))).values_list("pk", flat=True)
    }
    message = _(
        "The page would publish a file or a photo that you may not choose. Take it away, or have the page approved by somebody else."
    )
    return [Finding(CLOSED_FILE, Severity.BLOCK, message, each.field) for each in found if _named(each) in closed]


def _named(reference: Reference) -> Any:
    return named(reference.model, reference.pk)


def _ids(things: set[Any], model: Any) -> set[str]:
    return {pk for kind, pk in things if kind is model}
