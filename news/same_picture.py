"""The same picture again: images of the library that are one file, as it was brought or as it is kept once cleaned."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from news.visibility import not_withdrawn


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


def known_picture(user: Any, mark: Fingerprint) -> Any:
    """The oldest such image that ``user`` may choose; ``None`` where there is none, or its consent was withdrawn."""
    model = get_image_model()
    choosable = policy_registry.get_by_type(model).instances_user_has_permission_for(user, "choose")
    return choosable.filter(same_picture(model, mark), not_withdrawn(model)).order_by("pk").first()
