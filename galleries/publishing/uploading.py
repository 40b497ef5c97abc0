"""Taking an uploaded photo into the library and a gallery: the same file is known again, and is not stored twice."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.galleries.models.photo_files import photo_limits
from wagtail_newsroom.galleries.publishing.drafts import Joined, check_may_change, join_photo
from wagtail_newsroom.news.images.duplicates import Fingerprint, choosable_pictures, fingerprint, known_picture
from wagtail_newsroom.news.publishing.updates.live import locked_page


@dataclass(frozen=True)
class UploadedPhoto:
    """A photo and what became of it: ``was_known`` in the library, ``joined`` the gallery."""

    photo: Any
    was_known: bool
    joined: Joined


def photo_policy() -> Any:
    """Who may do what with photos."""
    return policy_registry.get_by_type(get_image_model())


def collections_to_fill(user: Any) -> list[Any]:
    """Collections to which ``user`` may add photos."""
    return list(photo_policy().collections_user_has_permission_for(user, "add"))


def upload_photo(
    gallery: Page, user: Any, file: Any, collection_id: Any, *, title: str = "", revision_id: int | None = None
) -> UploadedPhoto:
    """Store the uploaded ``file`` and put it into the draft of ``gallery``; what is known is used as it is.

    ``title``: empty for the file's name. Raises ``PermissionDenied`` for somebody who may not edit the gallery,
    ``ValidationError`` for a file that is refused, in words for the editor. Nothing is stored then.
    """
    check_may_change(gallery, user)
    mark, choosable = _mark(file), choosable_pictures(user)
    photo = known_picture(choosable, mark)
    if photo is None:
        form = _form(user, file, collection_id, title)
    with transaction.atomic():
        # The row is locked before the library is asked again: the same file may be on its way twice.
        locked_page(gallery)
        was_known = (photo := photo or known_picture(choosable, mark)) is not None
        try:
            if photo is None:
                photo = form.save()
                log(instance=photo, action="wagtail.create", user=user, content_changed=True)
            return UploadedPhoto(photo, was_known, join_photo(gallery, user, photo, revision_id=revision_id))
        except BaseException:
            if not was_known and photo is not None:  # the row goes with the transaction
                photo.file.storage.delete(photo.file.name)
            raise


def _mark(file: Any) -> Fingerprint:
    """Digests of what was uploaded; empty for more than is taken in."""
    if (file.size or 0) > photo_limits().bytes:
        return Fingerprint("", "")
    mark = fingerprint(file.chunks())
    file.seek(0)
    return mark


def _form(user: Any, file: Any, collection_id: Any, title: str) -> Any:
    """The library's own form for a photo, filled in and valid."""
    if not collections_to_fill(user):
        raise PermissionDenied
    name = title or file.name.rpartition(".")[0] or file.name
    form = get_image_form(get_image_model())(
        {"title": name[:255], "collection": collection_id}, {"file": file}, user=user
    )
    form.instance.uploaded_by_user = user
    if form.is_valid():
        return form
    if "file" in form.errors:
        raise ValidationError(list(form.errors["file"]))
    if "collection" in form.errors:
        raise ValidationError(_("You may not add photos to this collection. Choose another one."), code="collection")
    raise ValidationError(
        _("The library asks for more about this file. Add it there, then choose it."), code="unfinished"
    )
