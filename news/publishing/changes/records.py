"""Writing down what changed for the public: one row for each object that an act changed, in the act's transaction.

Acts that go through ``save()`` and ``delete()`` need not call anything here: :mod:`.funnels` listens there. Those that use
``QuerySet.update`` or raw SQL call :func:`record`.

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from wagtail_newsroom.news.models import NewsroomPage
from wagtail_newsroom.news.models.delivery.change_records import ChangeKind, ChangeRecord
from wagtail_newsroom.news.publishing.changes import related
from wagtail_newsroom.news.publishing.changes.affected import EVERYTHING, Reach, paths, reach_of_pages, reach_of_row
from wagtail_newsroom.news.publishing.changes.looking import look_again
from wagtail_newsroom.news.publishing.changes.places import Place, place_of, public_places
from wagtail_newsroom.news.publishing.changes.tags import tags_of
from wagtail_newsroom.news.registry.changes import change_word

KEPT = dt.timedelta(days=90)


def record(
    kind: ChangeKind,
    instance: Any,
    *,
    tags: Iterable[str] = (),
    old: Place | None = None,
    renamed: bool = True,
    ranked: bool = True,
    reach: Reach | None = None,
) -> ChangeRecord:
    """Write that ``instance`` (a page or row of a registered type) changed for the public. Call it inside the transaction.

    ``tags``: beside those of the object as it is now, those of sets it was in; ``old``: where a page lived before;
    ``renamed``: whether title, address or visibility of a page may have changed; ``ranked``: whether its date, topics,
    projects, event or visibility may have; ``reach``: whose answers differ beside its own, where the caller knows, and then
    ``tags`` are all. Raises ``LookupError`` for a type without a word.
    """
    instance = instance.specific if isinstance(instance, Page) else instance
    if not change_word(type(instance)):
        raise LookupError(
            f"Changes of {instance._meta.label} have no word. Call registry.register_change_type in your app's ready()."
        )
    tags = {*tags, *(tags_of(instance) if reach is None else ())}
    if isinstance(instance, Page):
        reach = reach_of_pages([instance], tags, old=old, renamed=renamed) if reach is None else reach
        return _record_page(kind, instance, tags, old or Place(), ranked, reach)
    reach = reach_of_row(instance, tags) if reach is None else reach
    place = place_of(instance)
    found = [
        _create(kind, instance, tags, Place(site, place.path), "", reach.get(site, {}))
        for site in sorted({*reach, *([old.site_id] if old and old.site_id else [])})
    ] or [_create(kind, instance, tags, Place(None, place.path), "", ())]
    look_again(page.pk for each in reach.values() for page in each.values() if page is not None)
    return found[0]


def _record_page(kind: ChangeKind, page: Page, tags: set[str], old: Place, ranked: bool, reach: Reach) -> ChangeRecord:
    if ranked and isinstance(page, NewsroomPage):
        follow = related.leave if kind == ChangeKind.DELETE else related.follow
        for site, found in public_places(follow(page)).items():
            reach.setdefault(site, {}).update(found)
    place = place_of(page)
    if old.site_id is not None and place.site_id != old.site_id:
        if place.site_id is not None:  # moved to another site: gone from this one
            _create(ChangeKind.DELETE, page, tags, old, "", {old.path: None, **reach.pop(old.site_id, {})})
            kind, old = ChangeKind.UPSERT, Place()
        else:
            kind, place, old = ChangeKind.DELETE, old, Place()
    own = {}
    if place.site_id is not None:
        own = {place.path: None, old.path: None, **reach.pop(place.site_id, {})}
    made = _create(kind, page, tags, place, old.path, own)
    for site, found in reach.items():
        _record_elsewhere(site, found)
    if kind != ChangeKind.DELETE:
        look_again([page.pk])
    return made


def _record_elsewhere(site: int, reached: dict[str, Any]) -> None:
    """Pages of another site show it: told there as changes of their own, since that site knows nothing of it."""
    if EVERYTHING in reached:
        record_site(Site.objects.get(pk=site))
        return
    for path, page in reached.items():
        if page is not None:
            _create(ChangeKind.UPSERT, page.specific, tags_of(page.specific), Place(site, path), "", {path: page})


def _create(
    kind: ChangeKind, instance: Any, tags: Iterable[str], place: Place, old_path: str, reached: Iterable[str]
) -> ChangeRecord:
    locale = getattr(instance, "locale", None)
    return ChangeRecord.objects.create(
        kind=kind,
        type=change_word(type(instance)),
        object_id=str(instance.pk),
        key=getattr(instance, "translation_key", None),
        locale=locale.language_code if locale is not None else "",
        site_id=place.site_id,
        path=place.path,
        old_path=old_path,
        tags=sorted(tags),
        affects=paths(reached),
    )


def add_to(made: ChangeRecord, pages: Iterable[int]) -> None:
    """Add the public ones of ``pages`` (ids) to what a record affects that was just written."""
    for site, reached in public_places(set(pages)).items():
        if site == made.site_id:
            affects = paths([*made.affects, *reached])
            if affects != made.affects:
                made.affects = affects
                made.save(update_fields=["affects"])
        else:
            _record_elsewhere(site, reached)


def record_site(site: Site | None = None) -> None:
    """Write that something changed which every page shows: the name, the menu, the languages; ``None``: on every site."""
    for each in [site] if site else [*Site.objects.order_by("pk")]:
        ChangeRecord.objects.create(
            kind=ChangeKind.UPSERT, type="site", object_id=str(each.pk), site=each, tags=["site"], affects=[EVERYTHING]
        )


def forget_old_records(now: dt.datetime | None = None) -> int:
    """Delete records that nobody can read on from any more; return how many. The newest stays: cursors are compared with it."""
    newest = ChangeRecord.objects.order_by("pk").values_list("pk", flat=True).last()
    old = ChangeRecord.objects.filter(at__lt=(now or timezone.now()) - KEPT, pk__lt=newest or 0)
    if not old.exists():  # a deletion of nothing would still ask for SQLite's lock
        return 0
    return old.delete()[0]
