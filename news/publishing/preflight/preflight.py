"""Preflight: one list in plain words of what is wrong with a page before it is submitted or published.

Checks come through :func:`wagtail_newsroom.news.registry.register_preflight_check`. A finding blocks only what is unlawful or broken;
a publisher may override the rest with a reason that is kept.

Public: other apps may import from here.
"""

import logging
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin
from wagtail_newsroom.news.models.workflow.preflight import PreflightOverride
from wagtail_newsroom.news.registry.contracts import Finding, Severity

logger = logging.getLogger(__name__)

NOT_CHECKED = "not_checked"


class PublicationStopped(PermissionDenied):
    """Somebody tried to publish what must not be published; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(" ".join([_("The page was not published."), *(found.message for found in findings)]))


def is_checked(page: Any) -> bool:
    """Tell whether ``page`` is of a type that the newsroom checks: its own, and those that are made of its parts."""
    return isinstance(page, ManagedPageMixin)


def checked_types() -> list[type[Page]]:
    """The types of page whose pages :func:`is_checked` names."""
    return [model for model in apps.get_models() if issubclass(model, Page) and issubclass(model, ManagedPageMixin)]


def findings(page: Page) -> list[Finding]:
    """Everything the registered checks find in ``page`` as it would be published; what blocks comes first.

    ``page``: an object of its own type, as a draft or a form has it; it need not be saved. A check that fails stops
    neither the others nor goes unseen: it becomes a finding of its own.
    """
    found: list[Finding] = []
    for check in registry.preflight_checks():
        try:
            with _apart():
                found += check(page)
        except Exception:
            logger.exception("The preflight check %s failed on page %s.", _name(check), page.pk)
            found.append(
                Finding(
                    NOT_CHECKED,
                    Severity.WARN,
                    _("A part of the page could not be checked. Look at it yourself, and tell the administrator."),
                )
            )
    unique = list(dict.fromkeys(found))
    return sorted(unique, key=lambda finding: not finding.blocks)


def blockers(page: Page) -> list[Finding]:
    """The findings that stop the publication of ``page``; none for a page that the newsroom does not check."""
    return [found for found in findings(page) if found.blocks] if is_checked(page) else []


def open_findings(revision: Revision) -> list[Finding]:
    """What stands between ``revision`` and its publication: what blocks, and warnings that nobody has overridden."""
    overridden = _overridden(revision)
    return [found for found in findings(revision.as_object()) if found.blocks or found.code not in overridden]


def override(revision: Revision, user: Any, reason: str, codes: list[str]) -> PreflightOverride:
    """Keep why ``user`` publishes ``revision`` in spite of the warnings ``codes``. It holds for that version only.

    The reason stands in the page's history.
    """
    found = sorted(set(codes))
    page = revision.content_object
    log(
        instance=page,
        action="newsroom.overridden",
        user=user,
        revision=revision,
        data={"reason": reason, "codes": found},
    )
    return PreflightOverride.objects.create(
        page_id=int(revision.object_id), revision=revision, user=user, reason=reason, codes=found
    )


def stop_where_blocked(revision: Revision) -> None:
    """Raise :class:`PublicationStopped` where something in ``revision`` blocks its publication."""
    if found := blockers(revision.as_object()):
        raise PublicationStopped(found)


def _overridden(revision: Revision) -> set[str]:
    """Codes overridden for ``revision`` as it is now: saving a draft again overwrites a version under the same id."""
    decisions = PreflightOverride.objects.filter(revision=revision, created_at__gte=revision.created_at)
    return {code for codes in decisions.values_list("codes", flat=True) for code in codes}


def _apart() -> AbstractContextManager[Any]:
    """Within a transaction, a query that fails inside a check must not spoil what comes after it."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _name(check: Any) -> str:
    return getattr(check, "__name__", type(check).__name__).replace("_", " ")
