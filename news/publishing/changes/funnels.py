"""Where changes for the public are noticed: every ``save()`` and ``delete()`` of what is recorded passes here.

Publishing, unpublishing, expiry, a scheduled publication, a correction, a move, a new slug, an import: each ends in
``Page.save()``, inside a transaction of Wagtail's. What was public before is compared with what is public after.

Public: other apps may import from here.
"""

import copy
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published

from wagtail_newsroom.news.models import NewsroomPage, Retirement
from wagtail_newsroom.news.models.delivery.change_records import ChangeKind
from wagtail_newsroom.news.once import one_look
from wagtail_newsroom.news.publishing.changes import related
from wagtail_newsroom.news.publishing.changes.affected import reach_of_pages
from wagtail_newsroom.news.publishing.changes.places import Place, place_of, stands_on_every_page
from wagtail_newsroom.news.publishing.changes.records import add_to, record, record_site
from wagtail_newsroom.news.publishing.changes.showing import named_by_keys
from wagtail_newsroom.news.publishing.changes.tags import tags_of
from wagtail_newsroom.news.registry.changes import for_each_change_type
from wagtail_newsroom.news.signals import story_stored
from wagtail_newsroom.news.visibility import is_public_file, public_files

# What Wagtail writes of a live page while a draft of it is edited.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "numchild",
        "go_live_at",
        "expired",
    }
)
BEFORE = "_newsroom_before"
RANKED_LATER = "_newsroom_ranked_later"
# Sets by which related pages are compared.
COMPARED = ("topic:", "project:", "event:")


@dataclass
class Before:
    """What the public saw of an object. ``page``: as it was stored, ``None`` where strangers could not read it."""

    page: Any = None
    tags: set[str] = field(default_factory=set)
    place: Place = field(default_factory=Place)
    named: set[int] = field(default_factory=set)
    files: dict[int, Any] = field(default_factory=dict)


def listen_to_changes() -> None:
    """Listen to every model whose changes are recorded. Call it once all apps are ready to be asked for their models."""
    for model in apps.get_models():
        if issubclass(model, Page):
            _connect(model, pre_save=remember_page, post_save=record_page)
    # A page is deleted as all that it is made of; its base is deleted once.
    _connect(Page, pre_delete=record_deleted_page, post_delete=record_deleted_files)
    page_published.connect(record_files_of, dispatch_uid="newsroom_changes")
    story_stored.connect(record_ranks, dispatch_uid="newsroom_changes")
    _connect(PageViewRestriction, post_save=record_restriction, post_delete=record_restriction)
    _connect(Retirement, post_save=record_retirement, pre_delete=record_retirement)
    for model in (Collection, CollectionViewRestriction):
        _connect(model, post_save=record_collection, post_delete=record_collection)
    files = {get_document_model(), get_image_model()}
    for model in files:
        _connect(model, pre_save=remember_file, post_save=record_file, pre_delete=record_deleted_file)
    for_each_change_type(_listen_to_rows)


def _listen_to_rows(label: str) -> None:
    """Listen to a model of rows that pages show; one whose app is not installed has none."""
    app_label, _dot, name = label.partition(".")
    model = apps.get_model(app_label, name) if app_label in apps.app_configs else None
    if model is not None and not issubclass(model, (Page, get_document_model(), get_image_model())):
        _connect(model, post_save=record_row, pre_delete=record_deleted_row, post_delete=rank_anew)


def _connect(model: type[Any], **receivers: Any) -> None:
    """Connect receivers by the names of their signals. Rows that are loaded as they were (``raw``) are no act."""
    signals = {"pre_save": pre_save, "post_save": post_save, "pre_delete": pre_delete, "post_delete": post_delete}
    for name, receiver in receivers.items():
        uid = f"newsroom_changes_{name}_{receiver.__name__}"
        signals[name].connect(receiver, sender=model, dispatch_uid=uid)


# --- Pages ------------------------------------------------------------------------------------


def _is_open(pk: Any) -> bool:
    """Whether strangers may read the page, whatever its expiry: what has expired has to be told of still."""
    return pk is not None and Page.objects.filter(pk=pk).live().public().exists()


def remember_page(
    sender: type[Page], instance: Page, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Before a page is saved: note what the public sees of it."""
    instance.__dict__.pop(BEFORE, None)
    if raw or (update_fields is not None and DRAFT_FIELDS.issuperset(update_fields)):
        return
    before = Before()
    setattr(instance, BEFORE, before)
    if not instance._state.adding and _is_open(instance.pk):
        before.page = Page.objects.get(pk=instance.pk).specific
        before.tags = tags_of(before.page)
        before.place = place_of(before.page)
        before.named = named_by_keys([before.page])
        before.files = public_files_of(before.page)


@one_look()
def record_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """After a page is saved: record what became of it for the public."""
    before: Before | None = instance.__dict__.pop(BEFORE, None)
    if before is None:
        return
    was, is_open = before.page, bool(instance.live) and _is_open(instance.pk)
    if was is None and not is_open:
        return
    page = instance.specific
    now = tags_of(page)
    tags = {*before.tags, *now}
    if _touches_every_page(was, page if is_open else None):
        tags.add("site")
    place = place_of(page)
    below: list[tuple[Place, Page]] = []
    kind, old = ChangeKind.UPSERT, Place()
    if not is_open:
        kind, old = ChangeKind.DELETE, before.place
    elif was is not None and place != before.place:
        kind, old, below = ChangeKind.MOVE, before.place, _moved_descendants(page, was.url_path)
    is_renamed = was is None or not is_open or (was.title, before.place) != (page.title, place)
    pages = [page, *(each for _old, each in below)]
    reach = reach_of_pages(pages, tags, old=old, also=before.named, renamed=is_renamed)
    # Topics and projects are written after the page's own row.
    is_ranked_later = isinstance(instance, NewsroomPage)
    made = record(kind, page, tags=tags, old=old, ranked=not is_ranked_later, reach=reach)
    for old, each in below:
        record(kind, each, old=old, tags=tags_of(each), ranked=old.site_id != place.site_id, reach={})
    if is_open:
        # What the page stops to offer is known once its rows are written: see record_files_of.
        instance.__dict__["_newsroom_files_before"] = before.files
    else:
        _record_hidden(before.files, before.place)
    if is_ranked_later:
        facts = _compared_by(was, before.tags, before.place), _compared_by(page if is_open else None, now, place)
        instance.__dict__[RANKED_LATER] = made, facts


def _compared_by(page: Any, tags: set[str], place: Place) -> Any:
    """What the place of ``page`` among related pages hangs on; ``None`` for none."""
    compared = frozenset(tag for tag in tags if tag.startswith(COMPARED))
    return page and (page.date, page.locale_id, place.site_id, compared)


@one_look()
def record_ranks(page: NewsroomPage, **kwargs: Any) -> None:
    """Once a story is stored with its topics and projects: other pages that show it as related now, or do no more."""
    if (noted := page.__dict__.pop(RANKED_LATER, None)) is None:
        return
    made, (before, now) = noted
    differing = related.leave(page) if now is None else related.follow(page, ranked=before != now)
    add_to(made, differing - {page.pk})


def _touches_every_page(was: Any, now: Any) -> bool:
    """Whether menus change: a page that stands in one comes, goes, or is called or found otherwise."""
    facts = [
        (page.title, page.url_path, page.path, page.show_in_menus) if page is not None else None for page in (was, now)
    ]
    return facts[0] != facts[1] and any(page is not None and stands_on_every_page(page) for page in (was, now))


def _moved_descendants(page: Page, old_url_path: str) -> list[tuple[Place, Page]]:
    """The pages below go with it: where each was, and as it will be. Wagtail writes their paths afterwards, all at once."""
    below = Page.objects.filter(path__startswith=page.path, depth__gt=page.depth).live().public()
    found = []
    for each in below.order_by("path").specific():
        rest = each.url_path.removeprefix(old_url_path).removeprefix(page.url_path)
        old, new = copy.copy(each), copy.copy(each)
        old.url_path, new.url_path = old_url_path + rest, page.url_path + rest
        found.append((place_of(old), new))
    return found


def record_deleted_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Before the row of a page is deleted: it was public, and is gone."""
    if not _is_open(instance.pk):
        return
    page = Page.objects.get(pk=instance.pk).specific
    tags = {*tags_of(page), *(["site"] if stands_on_every_page(page) else [])}
    place = place_of(page)
    record(ChangeKind.DELETE, page, tags=tags, old=place, ranked=False, reach=reach_of_pages([page], tags))
    instance.__dict__["_newsroom_files_before"] = public_files_of(page), place
    # Its keys are emptied with it: what was compared by the event is compared anew afterwards.
    instance.__dict__[RANKED_LATER] = related.naming(page)


@one_look()
def record_deleted_files(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """After a page is deleted: files that no other page offers are gone too, and its place among others is free."""
    _record_hidden(*instance.__dict__.pop("_newsroom_files_before", ({}, Place())))
    if (others := instance.__dict__.pop(RANKED_LATER, None)) is not None:
        related.forget([instance.pk])
        related.refresh_ids(others)


def record_restriction(sender: type[Any], instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """A part of the tree is closed to strangers, or opened to them."""
    if raw:
        return
    pages = list(Page.objects.filter(path__startswith=instance.page.path).live().order_by("path").specific())
    shared = {"site"} if any(stands_on_every_page(page) for page in pages) else set()
    tags = [tags_of(page) | shared for page in pages]
    reach = reach_of_pages(pages, set().union(*tags)) if pages else {}
    for number, page in enumerate(pages):
        kind = ChangeKind.UPSERT if _is_open(page.pk) else ChangeKind.DELETE
        record(kind, page, old=place_of(page), tags=tags[number], reach={} if number else reach)
    closed = Q(page__path__startswith=instance.page.path) | Q(url_path__startswith=instance.page.url_path)
    for retirement in Retirement.objects.filter(closed, page__live=False).select_related("page").order_by("pk"):
        record_retirement(Retirement, retirement)


def record_retirement(sender: type[Any], instance: Retirement, raw: bool = False, **kwargs: Any) -> None:
    """The address of a page that was public says why it is gone, or where to, or says so no more; it is a redirect."""
    if raw:
        return
    page = instance.page.specific
    page.url_path = instance.url_path or page.url_path
    if not page.live:
        record(ChangeKind.DELETE, page, tags=["list:redirect"], old=place_of(page))


# --- Files ------------------------------------------------------------------------------------


def public_files_of(page: Page) -> dict[int, Any]:
    """Documents that ``page`` offers and the public may read, in every version, by id."""
    model = get_document_model()
    types = ContentType.objects.get_for_models(Page, model)
    offered = ReferenceIndex.objects.filter(
        base_content_type=types[Page], object_id=str(page.pk), to_content_type=types[model]
    )
    ids = [int(pk) for pk in offered.values_list("to_object_id", flat=True)]
    if not ids:
        return {}
    named = model._default_manager.filter(pk__in=ids)
    if hasattr(model, "version_group"):
        named = model._default_manager.filter(version_group__in=named.values("version_group"))
    return {document.pk: document for document in public_files(named)}


def _record_hidden(files: dict[int, Any], place: Place) -> None:
    """Record those of ``files``, which were public on the site of ``place``, that are not any more."""
    if not files:
        return
    model = get_document_model()
    kept = set(public_files(model._default_manager.filter(pk__in=files)).values_list("pk", flat=True))
    for pk, document in files.items():
        if pk not in kept:
            record(ChangeKind.DELETE, document, old=place)


@one_look()
def record_files_of(instance: Page, **kwargs: Any) -> None:
    """Once a page is published with all its rows: files that came to the public with it, and files that it dropped."""
    before: dict[int, Any] = instance.__dict__.pop("_newsroom_files_before", {})
    now = public_files_of(instance)
    for pk, document in now.items():
        if pk not in before:
            record(ChangeKind.UPSERT, document)
    _record_hidden({pk: document for pk, document in before.items() if pk not in now}, place_of(instance))


def remember_file(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Before a file is saved: note whether the public may read it."""
    if not raw:
        was_public = not instance._state.adding and is_public_file(instance)
        setattr(instance, BEFORE, (was_public, tags_of(instance) if was_public else set()))


def record_file(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """After a file is saved: it changed for the public, came, or went."""
    if raw:
        return
    was_public, tags = instance.__dict__.pop(BEFORE, (False, set()))
    is_public = is_public_file(instance)
    if is_public or was_public:
        record(ChangeKind.UPSERT if is_public else ChangeKind.DELETE, instance, tags=tags)


def record_deleted_file(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Before a file is deleted that the public may read."""
    if is_public_file(instance):
        record(ChangeKind.DELETE, instance)


def record_files(files: Any) -> None:
    """Record those of ``files`` (a queryset) that the public may read: for acts that change rows without ``save()``."""
    for file in public_files(files):
        record(ChangeKind.UPSERT, file)


# --- Rows and sites ---------------------------------------------------------------------------


def record_row(sender: type[Any], instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """After a row that pages show is saved."""
    if not raw and not (update_fields is not None and DRAFT_FIELDS.issuperset(update_fields)):
        record(ChangeKind.UPSERT, instance)


def record_deleted_row(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Before a row that pages show is deleted."""
    record(ChangeKind.DELETE, instance)
    instance.__dict__[RANKED_LATER] = related.having(instance)


def rank_anew(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """After a row is deleted: pages that had it in common are less alike."""
    related.refresh_ids(instance.__dict__.pop(RANKED_LATER, ()))


def record_collection(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A collection of files is closed to strangers, or opened to them: any page may show one of them."""
    if raw:
        return
    record_site()
