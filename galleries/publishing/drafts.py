"""The draft of a gallery: photos join it one by one, however many people add some, and each is described in turn.

Each change reads the latest version while the page's row is locked, so that no two of them lose each other's rows. A
run of changes by one person goes into one version of the history: whoever names the version of their last change may
write it anew, as Wagtail's own saving does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, TaskState

from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto
from wagtail_newsroom.news.publishing.updates.live import check_unlocked, locked_page


@dataclass(frozen=True)
class Joined:
    """What became of a photo: ``is_new`` in the gallery or there already; the version that holds it."""

    is_new: bool
    revision_id: int | None
    count: int


def check_may_change(gallery: Page, user: Any) -> None:
    """Raise ``PermissionDenied``, or a ``ValidationError`` that says why the gallery's draft cannot be changed now."""
    if not gallery.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if gallery.alias_of_id:
        raise ValidationError(_("This page mirrors another one. Make the change there."), code="alias")
    if gallery.scheduled_revision:
        raise ValidationError(
            _("This gallery is scheduled for publication. Cancel the schedule, then make this change."),
            code="scheduled",
        )
    check_unlocked(gallery, user)


def change_draft(
    gallery: Page, user: Any, change: Callable[[GalleryPage], bool], *, revision_id: int | None = None
) -> tuple[GalleryPage, Revision | None]:
    """Let ``change`` work on the latest version of ``gallery`` and save it as a draft, unless it returns ``False``.

    ``revision_id``: the version of the person's change before, which is written anew where it is still the latest, their
    own, and neither public nor submitted. Returns the draft and its new version, ``None`` without one. Raises as :func:`check_may_change` does.
    """
    with transaction.atomic():
        page = locked_page(gallery)
        check_may_change(page, user)
        draft = page.get_latest_revision_as_object()
        draft.photos.set(list(draft.photos.all()))  # held in memory, also where the page has no version yet
        if not change(draft):
            return draft, None
        earlier = _to_overwrite(page, user, revision_id)
        revision = draft.save_revision(user=user, clean=False, overwrite_revision=earlier, log_action=earlier is None)
        return draft, revision


def _to_overwrite(page: Page, user: Any, revision_id: int | None) -> Revision | None:
    latest: Revision | None = page.latest_revision
    if latest is None or latest.pk != revision_id or latest.user_id != user.pk or latest.pk == page.live_revision_id:
        return None
    if latest.approved_go_live_at or TaskState.objects.filter(revision=latest).exists():
        return None
    return latest


def join_photo(gallery: Page, user: Any, photo: Any, *, revision_id: int | None = None) -> Joined:
    """Put ``photo`` at the end of the gallery's draft, once. Raises as :func:`change_draft` does."""
    is_new = False

    def join(draft: GalleryPage) -> bool:
        nonlocal is_new
        rows = list(draft.photos.all())
        if any(row.photo_id == photo.pk for row in rows):
            return False
        is_new = True
        row = GalleryPhoto(page_id=draft.pk, photo=photo)
        _number([*rows, row])
        if not draft.live:  # as Wagtail's editor: what the lists of drafts count
            row.save()
        draft.photos.add(row)
        return True

    draft, revision = change_draft(gallery, user, join, revision_id=revision_id)
    return Joined(is_new, revision.pk if revision else revision_id, len(draft.photos.all()))


def put_in_order(gallery: Page, user: Any, photo_ids: list[int], *, revision_id: int | None = None) -> int | None:
    """Give the photos ``photo_ids`` of the draft this order among the places that they hold; return the version."""
    rank = {pk: place for place, pk in enumerate(dict.fromkeys(photo_ids))}  # a double stands where it came first

    def sort(draft: GalleryPage) -> bool:
        rows = list(draft.photos.all())
        named = [row for row in rows if row.photo_id in rank]
        sorted_rows = iter(sorted(named, key=lambda row: rank[row.photo_id]))
        ordered = [next(sorted_rows) if row.photo_id in rank else row for row in rows]
        if ordered == rows:
            return False
        _number(ordered)
        if not draft.live:
            for row in ordered:
                if row.pk:
                    GalleryPhoto.objects.filter(pk=row.pk).update(sort_order=row.sort_order)
        draft.photos.set(ordered)
        return True

    _draft, revision = change_draft(gallery, user, sort, revision_id=revision_id)
    return revision.pk if revision else revision_id


def _number(rows: list[GalleryPhoto]) -> None:
    for place, row in enumerate(rows):
        row.sort_order = place


def describe_photo(
    gallery: Page, user: Any, photo_id: int, said: dict[str, Any], *, revision_id: int | None = None
) -> tuple[GalleryPage, int | None]:
    """Say of a photo in the draft what it shows (``alt``), its ``caption``, and whether it is ``decorative``.

    Returns the draft and its version. Raises ``ValidationError`` by field for words that describe nothing, one without a
    field where somebody took the photo out of the gallery meanwhile; and as :func:`change_draft` does.
    """

    def describe(draft: GalleryPage) -> bool:
        row = row_of(draft, photo_id)
        if all(getattr(row, name) == value for name, value in said.items()):
            return False
        for name, value in said.items():
            setattr(row, name, value)
        row.full_clean(exclude=["page", "sort_order"])
        if row.pk and not draft.live:
            GalleryPhoto.objects.filter(pk=row.pk).update(**said)
        return True

    draft, revision = change_draft(gallery, user, describe, revision_id=revision_id)
    return draft, revision.pk if revision else revision_id


def rows_with_photos(draft: GalleryPage) -> list[GalleryPhoto]:
    """The rows of the draft, all of their photos read at once."""
    rows = list(draft.photos.all())
    photos = get_image_model()._default_manager.in_bulk({row.photo_id for row in rows})
    for row in rows:
        if row.photo_id in photos:
            row.photo = photos[row.photo_id]
    return rows


def row_of(draft: GalleryPage, photo_id: int) -> GalleryPhoto:
    """The row of the photo. Raises ``ValidationError`` where the draft has none."""
    for row in draft.photos.all():
        if row.photo_id == photo_id:
            return row
    raise ValidationError(_("This photo is not in the gallery any more."), code="gone")


def is_described(row: GalleryPhoto) -> bool:
    """What the photo shows is said there or in the library, or it is decorative."""
    return bool(row.decorative or row.alt_text)
