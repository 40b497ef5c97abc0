"""Which pages show something, whoever asks: the other direction of what a page is made of.

A page shows what it names (Wagtail's index of references, many-to-many fields, and rows between: a person its
organisation, that one its logo) and the translations of that; what names it by a foreign key (reports and galleries of an
event); what stands below it; its own translations; and what is related (:mod:`.related`). A few queries a step, however
many objects are asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Q
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, ReferenceIndex

from wagtail_newsroom.news.models.files.form_closing import forms_of
from wagtail_newsroom.news.models.files.versions import with_versions
from wagtail_newsroom.news.publishing.changes import related
from wagtail_newsroom.news.publishing.changes.places import place_of
from wagtail_newsroom.news.publishing.changes.tags import list_tag
from wagtail_newsroom.news.registry.changes import changed_types, shown_sets
from wagtail_newsroom.news.uses import Row, by_model, kind_of, pages_using, users_of
from wagtail_newsroom.news.visibility import is_always_shown

STEP = Page.steplen


class EverywhereError(Exception):
    """What was asked for stands on every page."""


def showing_pages(
    pages: Collection[Any],
    *,
    tags: Iterable[str] = (),
    sites: Iterable[int] = (),
    also: Iterable[int] = (),
    renamed: bool = False,
) -> set[int]:
    """Ids of the pages that show something of ``pages`` (base rows or whole), these included; some may not be public.

    ``tags``, ``sites``: of sets beside those of their types, and of sites (ids) beside their own, whose lists show it or did;
    ``also``: ids of pages that show it, or did, whatever else. ``renamed``: title, address or visibility changed: pages below name
    the way to themselves. Raises :class:`EverywhereError` where something that stands on every page names one that is renamed.
    """
    pages = list(pages)
    if not pages:
        return set()
    ids = {page.pk for page in pages}
    family = _translations(ids)
    rows = _rows(family)
    found = family | _translations({*also, *named_by_keys(pages)}) | related.showing(pages)
    found |= _using(rows | users_among(rows, strict=renamed))
    found |= _above(pages)
    sets = {*tags, *_sets(pages)}
    # Forms close with their event; what a page offers is public because of it, and which version others get.
    if files := with_versions(forms_of(ids) | (_files_of(ids) if renamed else set())):
        found |= _using({(kind_of(get_document_model()).pk, str(pk)) for pk in files})
        sets.add(list_tag("attachment", ""))
    found |= lists_of(sets, {*sites, *(place_of(page).site_id for page in pages)})
    if renamed:
        found |= _below(pages)
    return found


def showing_rows(rows: set[Row], *, on_cards: bool) -> set[int]:
    """Ids of the pages that show one of ``rows`` (no pages), through whatever stands between.

    ``on_cards``: those beside which a card of such a page stands are among them. Raises :class:`EverywhereError`.
    """
    found = _using(rows | users_among(rows, strict=True))
    return found | showing_pages(Page.objects.filter(pk__in=found).live()) if on_cards else found


def users_among(rows: set[Row], *, strict: bool) -> set[Row]:
    """Rows that use ``rows``, at any depth. ``strict``: raises :class:`EverywhereError` where one stands on every page."""
    found = {user for users in users_of(rows).values() for user in users}
    if strict and any(is_always_shown(model) for model, _pks in by_model(found)):
        raise EverywhereError
    return found


def named_by_keys(pages: Iterable[Any]) -> set[int]:
    """Ids of the pages that ``pages`` name by foreign keys of their types: these show them (reports, galleries)."""
    found: set[Any] = set()
    asked: dict[type[Any], set[int]] = defaultdict(set)
    for page in pages:
        model = page.specific_class
        if model is not None and type(page) is model:
            found |= {getattr(page, field.attname) for field in _keys(model)}
        elif model is not None and _keys(model):
            asked[model].add(page.pk)
    for model, ids in asked.items():
        for values in model._default_manager.filter(pk__in=ids).values_list(*(each.attname for each in _keys(model))):
            found |= set(values)
    return found - {None}


def lists_of(tags: set[str], sites: Collection[int | None] | None = None) -> set[int]:
    """Ids of the pages of ``sites`` (ids; ``None``: of all) that show one of the sets that ``tags`` name."""
    found: set[int] = set()
    for label, sets in shown_sets().items():
        for page in apps.get_model(label)._default_manager.filter(live=True).select_related("locale"):
            if not tags.isdisjoint(sets(page)) and (sites is None or place_of(page).site_id in sites):
                found.add(page.pk)
    return found


def named_by_tags(tags: Iterable[str]) -> set[int]:
    """Ids of the pages that ``tags`` name: ``event:7``."""
    words = page_words()
    parts = (tag.rpartition(":") for tag in tags)
    return {int(pk) for word, _colon, pk in parts if word in words and pk.isdecimal()}


def page_words() -> set[str]:
    """The words of all types of pages."""
    return {kind.word for model in apps.get_models() if issubclass(model, Page) for kind in changed_types(model)}


def _keys(model: type[Any]) -> list[Any]:
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and issubclass(field.related_model, Page)
        and not field.remote_field.parent_link
        and field.model is not Page  # an alias's original, say: the alias has a change of its own
    ]


def _translations(ids: Collection[int]) -> set[int]:
    """``ids`` and their translations."""
    if not ids:
        return set()
    keys = Page.objects.filter(pk__in=ids).order_by().values("translation_key")
    return set(Page.objects.filter(translation_key__in=keys).order_by().values_list("pk", flat=True))


def _rows(pages: Iterable[int]) -> set[Row]:
    kind = kind_of(Page).pk
    return {(kind, str(pk)) for pk in pages}


def _files_of(pages: Collection[int]) -> set[int]:
    """Ids of the documents that ``pages`` name."""
    kind = kind_of(get_document_model())
    named = ReferenceIndex.objects.filter(base_content_type=kind_of(Page), object_id__in=[str(pk) for pk in pages])
    return {int(pk) for pk in named.filter(to_content_type=kind).values_list("to_object_id", flat=True)}


def _using(rows: set[Row]) -> set[int]:
    return set(Page.objects.filter(pages_using(rows)).order_by().values_list("pk", flat=True))


def _above(pages: Iterable[Any]) -> set[int]:
    paths = {page.path[:length] for page in pages for length in range(STEP, len(page.path), STEP)}
    return set(Page.objects.filter(path__in=paths).order_by().values_list("pk", flat=True))


def _below(pages: Iterable[Any]) -> set[int]:
    under = Q(pk__in=[])
    for page in pages:
        under |= Q(path__startswith=page.path)
    return set(Page.objects.filter(under).order_by().values_list("pk", flat=True))


def _sets(pages: Iterable[Any]) -> set[str]:
    """Tags of the lists of all items of the types of ``pages``, in their languages."""
    kinds = {(page.specific_class or Page, page.locale_id) for page in pages}
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    return {list_tag(each.word, codes.get(locale, "")) for model, locale in kinds for each in changed_types(model)}
