"""Publishing the photos of a gallery that are described, while the others wait in the draft."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from wagtail_newsroom.galleries.publishing.drafts import check_may_change, is_described, rows_with_photos
from wagtail_newsroom.news.publishing.preflight import preflight
from wagtail_newsroom.news.publishing.updates.live import locked_page, publish_beside
from wagtail_newsroom.news.registry import Finding


class WarningsError(ValidationError):
    """The checks warn, and nobody has given a reason; ``findings`` are the warnings."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(_("Mend what the checks found, or say why the gallery goes out as it is. The reason is kept."))


@dataclass(frozen=True)
class Published:
    """How many photos went out, and how many wait in the draft."""

    shown: int
    held: int
    page: Any


def publish_described(gallery: Page, user: Any, *, reason: str = "") -> Published:
    """Publish the latest draft with its described photos, and keep it whole, the others too, as the draft beside it.

    ``reason``: why it goes out in spite of warnings; it is kept. Raises ``PermissionDenied`` for somebody who may not
    publish the gallery, ``ValidationError`` where nothing is described, where something blocks, or for warnings without
    a reason; nothing is changed then.
    """
    with transaction.atomic():
        page = locked_page(gallery)
        if not page.permissions_for_user(user).can_publish():
            raise PermissionDenied
        check_may_change(page, user)
        version, held = _described_version(page)
        shown = len(version.photos.all())
        if not shown:
            raise ValidationError(
                _("No photo of this gallery is described yet. Describe one, then publish."), code="nothing"
            )
        found = preflight.findings(version)
        _check(found, reason)
        if held:
            whole = page.latest_revision or page.save_revision(user=user, clean=False)
            revision = publish_beside(version, user, [whole], lambda draft: None)
            log(instance=version, action="wagtail.publish", user=user, revision=revision, content_changed=True)
        else:
            revision = version.save_revision(user=user, clean=False)
            revision.publish(user=user)
        if found:
            preflight.override(revision, user, reason, [each.code for each in found])
        page.refresh_from_db()
        return Published(shown, held, page)


def _check(found: list[Finding], reason: str) -> None:
    if blocking := [each.message for each in found if each.blocks]:
        raise ValidationError(blocking)
    if found and not reason:
        raise WarningsError(found)


def _described_version(gallery: Page) -> tuple[Any, int]:
    """The latest draft without the photos that nobody has described, and how many those are."""
    version = gallery.specific.get_latest_revision_as_object()
    rows = rows_with_photos(version)
    kept = [row for row in rows if is_described(row)]
    version.photos.set(kept)
    return version, len(rows) - len(kept)
