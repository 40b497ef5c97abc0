"""The same thing in another language: rows and pages of one ``translation_key``, fetched together."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Site
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.visibility import public_pages


def localised(rows: Iterable[Any], locale_id: int | None) -> list[Any]:
    """Return ``rows`` in the language ``locale_id``, in their order; a row without a translation stays as it is.

    ``rows``: of one translatable model. One query at the most, however many rows there are.
    """
    rows = list(rows)
    foreign = {row.translation_key for row in rows if row.locale_id != locale_id}
    if not foreign or locale_id is None:
        return rows
    translated = type(rows[0])._default_manager.filter(locale=locale_id, translation_key__in=foreign)
    known = {row.translation_key: row for row in translated}
    return [known.get(row.translation_key, row) for row in rows]


def localised_pages(pages: PageQuerySet, locale_id: int | None, site: Site | None = None) -> list[Any]:
    """Return the public ones of ``pages``, each in the language ``locale_id`` where that translation is public.

    Two queries. Pages of one ``translation_key`` come out once, in the order of ``pages``.
    """
    keys = dict(pages.values_list("pk", "translation_key"))
    public = list(public_pages(pages.model.objects.filter(translation_key__in=set(keys.values())), site))
    found = {page.translation_key: page for page in public if page.pk in keys}
    found.update({page.translation_key: page for page in public if page.locale_id == locale_id})
    return [found[key] for key in dict.fromkeys(keys.values()) if key in found]
