"""Writing down what changed for the public: one row for each object that an act changed, in the act's transaction.

Acts that go through ``save()`` and ``delete()`` need not call anything here: :mod:`.funnels` listens there. Those that use
``QuerySet.update`` or raw SQL call :func:`record`.

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from wagtail_newsroom.news.models.delivery.change_records import ChangeKind, ChangeRecord
from wagtail_newsroom.news.publishing.changes.tags import tags_of
from wagtail_newsroom.news.registry.changes import change_word

KEPT = dt.timedelta(days=90)
KNOWN_ROOTS = "_wagtail_cached_site_root_paths"


@dataclass(frozen=True)
class Place:
    """Where a page lives: its site (id) and its path there; empty for a page that no site shows."""

    site_id: int | None = None
    path: str = ""


def record(kind: ChangeKind, instance: Any, *, tags: Iterable[str] = (), old: Place | None = None) -> ChangeRecord:
    """Write that ``instance`` (a page or row of a registered type) changed for the public. Call it inside the transaction.

    ``tags``: beside those of the object as it is now, those of sets it was in; ``old``: where a page lived before.
    Raises ``LookupError`` for a type without a word.
    """
    instance = instance.specific if isinstance(instance, Page) else instance
    word = change_word(type(instance))
    if not word:
        raise LookupError(
            f"Changes of {instance._meta.label} have no word. Call registry.register_change_type in your app's ready()."
        )
    place = place_of(instance)
    locale = getattr(instance, "locale", None)
    return ChangeRecord.objects.create(
        kind=kind,
        type=word,
        object_id=str(instance.pk),
        key=getattr(instance, "translation_key", None),
        locale=locale.language_code if locale is not None else "",
        site_id=place.site_id,
        path=place.path,
        old_path=old.path if old else "",
        tags=sorted({*tags, *tags_of(instance)}),
    )


def place_of(instance: Any) -> Place:
    """Where a page, or a file with an address, lives now."""
    if isinstance(instance, Page):
        known = KNOWN_ROOTS in instance.__dict__
        place = _place(instance.get_url_parts())
        if not known:  # the page keeps what it looked up, and the site may be another one by the time it is asked again
            instance.__dict__.pop(KNOWN_ROOTS, None)
        return place
    url = getattr(instance, "url", "") if hasattr(instance, "file") and hasattr(instance, "filename") else ""
    return Place(None, url if isinstance(url, str) else "")


def _place(parts: Any) -> Place:
    if not parts or parts[2] is None:
        return Place()
    return Place(parts[0], parts[2])


def record_site(site: Site | None = None) -> ChangeRecord:
    """Write that something changed which every page of the sites shows: the name, the menu, the languages."""
    return ChangeRecord.objects.create(
        kind=ChangeKind.UPSERT, type="site", object_id=str(site.pk) if site else "", site=site, tags=["site"]
    )


def forget_old_records(now: dt.datetime | None = None) -> int:
    """Delete records that nobody can read on from any more; return how many."""
    old = ChangeRecord.objects.filter(at__lt=(now or timezone.now()) - KEPT)
    if not old.exists():  # a deletion of nothing would still ask for SQLite's lock
        return 0
    return old.delete()[0]
