"""Keeping what editors bring in, and clearing what nobody made anything of."""

import datetime as dt
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext

from wagtail_newsroom.news.models import Original

# What never became a page goes after this.
UNCLAIMED_KEPT = dt.timedelta(days=7)


def keep_file(upload: Any, *, user: Any, purpose: str, published: dt.date | None = None) -> Original:
    """Keep an uploaded file (its name and bytes)."""
    upload.seek(0)
    return _keep(PurePath(upload.name).name[-255:], upload.read(), user=user, purpose=purpose, published=published)


def keep_text(
    text: str, *, user: Any, purpose: str, html: str = "", published: dt.date | None = None, name: str = ""
) -> Original:
    """Keep a pasted text; ``html``: the same as the clipboard gave it, with its tables."""
    suffix, content = (".html", html) if html else (".txt", text)
    shown = (name or gettext("Pasted text"))[:250] + suffix
    return _keep(shown, content.encode("utf-8"), user=user, purpose=purpose, published=published)


def _keep(name: str, data: bytes, **facts: Any) -> Original:
    """Store the bytes, then the row; what cannot be noted leaves no file behind."""
    original = Original(name=name, **facts)
    original.file.save(name, ContentFile(data), save=False)
    try:
        original.full_clean(exclude=["file"])
        original.save()
    except BaseException:
        original.file.storage.delete(str(original.file.name))
        raise
    return original


@receiver(post_delete, sender=Original, dispatch_uid="newsroom_remove_original")
def remove_file(instance: Original, **kwargs: Any) -> None:
    """Once the row is gone for good, so is its file."""
    if instance.file:
        storage, name = instance.file.storage, str(instance.file.name)
        transaction.on_commit(lambda: storage.delete(name), robust=True)


def clear_unclaimed(now: dt.datetime | None = None) -> int:
    """Delete originals of which nothing was made for seven days; return how many."""
    unclaimed = Original.objects.filter(page=None, created_at__lt=(now or timezone.now()) - UNCLAIMED_KEPT)
    if not unclaimed.exists():  # a deletion of nothing would still ask for SQLite's lock
        return 0
    return unclaimed.delete()[1].get(Original._meta.label, 0)
