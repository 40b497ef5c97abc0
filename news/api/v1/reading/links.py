"""The source of links to pages: any number of them, of any type, in all their languages, in one query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, QuerySet, Value, When
from wagtail.models import Page

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import InLanguages, Wanted
from wagtail_newsroom.news.listings.page_columns import shown_date, shown_lead
from wagtail_newsroom.news.listings.words import word_of_type
from wagtail_newsroom.news.queries.prepared import PreparedQueries


def page_links(ids: set[int], answer: Answer, wanted: Wanted) -> dict[int, InLanguages]:
    """The pages ``ids`` as links: each in the language of what links to it where that translation is public, else itself.

    One query. Pages that are not public on this site are none.
    """
    by_key: dict[UUID, dict[int, dict[str, Any]]] = defaultdict(dict)
    key_of = {}

    def build(now: dt.datetime, some: Sequence[int]) -> QuerySet[Any]:
        return _pages(some, answer.at(now))

    for row in _QUERIES.rows((answer.site.pk, answer.tree), build, answer.now, sorted(ids)):
        key_of[row["pk"]] = row["translation_key"]
        if not row["is_shown"]:
            continue
        path = answer.path_of(row["url_path"])
        by_key[row["translation_key"]][row["locale_id"]] = {
            "id": row["pk"],
            "key": str(row["translation_key"]),
            "type": word_of_type(row["content_type_id"]),
            "locale": row["locale__language_code"],
            "title": row["title"],
            "path": path,
            "url": answer.absolute(path),
            "lead": row["shown_lead"],
            "date": row["shown_date"],
        }
    found = {}
    for pk in ids & key_of.keys():
        languages = by_key[key_of[pk]]
        found[pk] = InLanguages(next((link for link in languages.values() if link["id"] == pk), None), languages)
    return found


_QUERIES = PreparedQueries()


def _pages(ids: Sequence[int], answer: Answer) -> QuerySet[Any]:
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    is_shown = Case(When(answer.is_public(), then=Value(True)), default=False, output_field=BooleanField())
    return (
        Page.objects.filter(translation_key__in=keys)
        .annotate(is_shown=is_shown, shown_lead=shown_lead("lead"), shown_date=shown_date())
        .order_by("path")
        .values(
            "pk", "translation_key", "locale_id", "locale__language_code", "content_type_id", "title", "url_path",
            "is_shown", "shown_lead", "shown_date",
        )
    )  # fmt: skip
