"""From a question to a queryset, on whatever database: what is found, and in which order."""

from collections import OrderedDict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL
from modelsearch.backends.base import FilterFieldError
from modelsearch.utils import get_descendants_content_types_pks

from wagtail_newsroom.news.search.joined import joined
from wagtail_newsroom.news.search.languages import languages_of_site
from wagtail_newsroom.news.search.questions import Wanted, wanted
from wagtail_newsroom.news.search.ranking import Points, points
from wagtail_newsroom.news.search.words.matches import Match

TITLE, WHOLE, AUTOCOMPLETE = "title", "whole", "autocomplete"


class WordsCompilerMixin:
    """For a compiler of modelsearch: reads queries as questions, and joins what is found instead of asking row by row."""

    queryset: QuerySet[Any]
    query: Any
    fields: list[str] | None
    order_by_relevance: bool
    is_begun = False

    def sql_of_found(self, match: Match, column: str, scored: Iterable[Points]) -> tuple[str, list[Any]]:
        """SQL of the keys of what is found, and of their points where there are some to be had."""
        raise NotImplementedError  # each database has its own

    @cached_property
    def wanted(self) -> Wanted:
        return wanted(self.query, languages_of_site(), is_begun=self.is_begun)

    @property
    def column(self) -> str:
        """Where it is looked: in the title alone, where no other field is named, or in everything."""
        if self.is_begun:
            return AUTOCOMPLETE
        return TITLE if self.fields and set(self.fields) == {TITLE} else WHOLE

    @property
    def content_types(self) -> str:
        """Ids of the types of rows that are looked through, as SQL has a list."""
        return ", ".join(str(int(each)) for each in get_descendants_content_types_pks(self.queryset.model))

    @property
    def key(self) -> Any:
        """The field that is the key of the rows, whatever tables it was inherited through."""
        key = self.queryset.model._meta.pk
        while key.remote_field:
            key = key.target_field
        return key

    def found(self) -> QuerySet[Any]:
        """What is found, in the order in which it was."""
        match, is_rest = self.wanted.match, self.wanted.is_rest
        if match is None:
            return self.queryset.all() if is_rest else self.queryset.none()
        sql, params = self.sql_of_found(match, self.column, ())
        keys = RawSQL(sql, params)  # noqa: S611  # of tokens, names of tables and numbers
        return self.queryset.exclude(pk__in=keys) if is_rest else self.queryset.filter(pk__in=keys)

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: str | None = None, backend: Any = None
    ) -> QuerySet[Any]:
        """What is found, in its order; the arguments are modelsearch's."""
        match = self.wanted.match
        if match is not None and not self.wanted.is_rest and (self.order_by_relevance or score_field):
            scored = points(self.wanted.groups, any_of=self.wanted.any_of)
            sql, params = self.sql_of_found(match, self.column, scored)
            queryset, score = joined(self.queryset, sql, tuple(params))
            if score_field:
                queryset = queryset.annotate(**{score_field: score})
            if self.order_by_relevance:
                queryset = queryset.order_by(score.desc(), "-pk")
        else:
            queryset = self.found()
        if not self.order_by_relevance and not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]


class FoundRowsMixin:
    """For results of modelsearch: counted and faceted without being put in order."""

    query_compiler: Any
    start: int
    stop: int | None
    supports_facet = True

    def _do_search(self) -> list[Any]:
        return list(self.get_queryset())  # type: ignore[attr-defined]  # the backend's

    def _do_count(self) -> int:
        return int(self.query_compiler.found().order_by()[self.start : self.stop].count())

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """How many rows have each value of a field, the most frequent first."""
        model = self.query_compiler.queryset.model
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". Please add index.FilterField("{field_name}") '
                f"to {model.__name__}.search_fields.",
                field_name=field_name,
            )
        rows = self.query_compiler.found().order_by().values(field_name).annotate(count=Count("pk"))
        return OrderedDict((row[field_name], row["count"]) for row in rows.order_by("-count", field_name))
