"""The same picture again: images of the library that are one file, as it was brought or as it is kept once cleaned.

Public: other apps may import from here.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.visibility import is_withdrawn


@dataclass(frozen=True)
class Fingerprint:
    """Hexadecimal digests of a file; an empty one is not known and matches nothing."""

    sha256: str
    sha1: str


def fingerprint(pieces: Iterable[bytes]) -> Fingerprint:
    """The digests of a file that is read piece by piece."""
    sha256, sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
    for piece in pieces:
        sha256.update(piece)
        sha1.update(piece)
    return Fingerprint(sha256.hexdigest(), sha1.hexdigest())


def same_picture(model: Any, mark: Fingerprint) -> Q:
    """Condition on images of ``model``: the same file as the one with the digests ``mark``.

    An image model of a site's own may not remember what was brought; it knows what Wagtail keeps (``file_hash``).
    """
    same = Q(pk__in=[])
    if mark.sha256 and hasattr(model, "uploaded_sha256"):
        same |= Q(uploaded_sha256=mark.sha256)
    if mark.sha1:
        same |= Q(file_hash=mark.sha1)
    return same


def withdrawn_picture(model: Any, mark: Fingerprint) -> Any:
    """An image of ``model`` that is the same file and whose consent was withdrawn; ``None`` where there is none."""
    return next(filter(is_withdrawn, model._default_manager.filter(same_picture(model, mark))), None)


def choosable_pictures(user: Any) -> QuerySet[Any]:
    """The images that ``user`` may choose."""
    choosable: QuerySet[Any] = policy_registry.get_by_type(get_image_model()).instances_user_has_permission_for(
        user, "choose"
    )
    return choosable


def known_picture(choosable: QuerySet[Any], mark: Fingerprint) -> Any:
    """The oldest of the ``choosable`` images that is the same file; ``None`` where there is none.

    ``None`` too where the consent for any copy of it was withdrawn: the file is brought in anew then, and refused.
    """
    if withdrawn_picture(choosable.model, mark) is not None:
        return None
    return choosable.filter(same_picture(choosable.model, mark)).order_by("pk").first()
