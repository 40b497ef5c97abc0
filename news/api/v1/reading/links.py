"""The source of links to pages: any number of them, of any type, in all their languages, in one query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, DateField, F, Field, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf
from wagtail.models import Page

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import InLanguages, Wanted
from wagtail_newsroom.news.api.v1.reading.words import word_of_type
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
        .annotate(is_shown=is_shown, shown_lead=shown_lead("lead"), shown_date=_date())
        .order_by("path")
        .values(
            "pk", "translation_key", "locale_id", "locale__language_code", "content_type_id", "title", "url_path",
            "is_shown", "shown_lead", "shown_date",
        )
    )  # fmt: skip


def shown_lead(*names: str) -> Any:
    """The lead of a page of any type: what its type calls by one of ``names``, else its description for search engines."""
    columns = [F(f"{link}__{name}") for name in names for link in types_with(name)]
    given = (NullIf(column, Value("")) for column in [*columns, F("search_description")])
    return Coalesce(*given, Value(""), output_field=TextField())


def _date() -> Any:
    columns = [F(f"{link}__date") for link in types_with("date")]
    return Coalesce(*columns, Value(None), output_field=DateField())


def types_with(name: str, kind: type[Any] = Field) -> list[str]:
    """The ways from a page to those types right below it that show a column ``name`` in the API."""
    return [
        link.name
        for link in Page._meta.related_objects
        if link.one_to_one
        and link.parent_link
        and any(field.name == name and isinstance(field, kind) for field in link.related_model._meta.local_fields)
        and name in {getattr(field, "name", field) for field in getattr(link.related_model, "api_fields", ())}
    ]
