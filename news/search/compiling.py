"""From a question to a queryset, on whatever database: what is found, and in which order."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from operator import add
from types import MappingProxyType
from typing import Any, TypeAlias

from django.db.models import Count, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from modelsearch.backends.base import FilterFieldError
from modelsearch.utils import get_descendants_content_types_pks

from wagtail_newsroom.news.search.joined import SCORE, Score, joined
from wagtail_newsroom.news.search.languages import languages_of_site
from wagtail_newsroom.news.search.questions import Question, Wanted, wanted
from wagtail_newsroom.news.search.ranking import PRESENT, Points, points, points_of_group
from wagtail_newsroom.news.search.words.matches import Match, either_of

TITLE, WHOLE, AUTOCOMPLETE = "title", "whole", "autocomplete"
Sql: TypeAlias = tuple[str, list[Any]]  # with its parameters
NOTHING_MORE: Mapping[str, Sql] = MappingProxyType({})


class WordsCompilerMixin:
    """For a compiler of modelsearch: reads queries as questions, and joins what is found instead of asking row by row."""

    queryset: QuerySet[Any]
    query: Any
    fields: list[str] | None
    order_by_relevance: bool
    is_begun = False

    def sql_of_found(self, match: Match, column: str, told: Mapping[str, Sql] = NOTHING_MORE) -> Sql:
        """SQL of the keys of what is found, and of what is ``told`` of each, by the names of its columns."""
        raise NotImplementedError  # each database has its own

    def sql_of_held(self, match: Match, column: str) -> Sql:
        """SQL of whether a row of the index holds ``match``."""
        raise NotImplementedError  # each database has its own

    def sql_of_points(self, scored: Iterable[Points]) -> Sql:
        """SQL of the points of a row of the index."""
        terms, params = [], []
        for each in scored:
            is_held, of_held = self.sql_of_held(
                each.match, TITLE if each.in_title and not self.is_begun else self.column
            )
            terms.append(f"CASE WHEN {is_held} THEN {each.points} ELSE 0 END")
            params += of_held
        return " + ".join(terms), params

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
        sql, params = self.sql_of_found(match, self.column)
        keys = RawSQL(sql, params)  # noqa: S611  # of tokens, names of tables and numbers
        return self.queryset.exclude(pk__in=keys) if is_rest else self.queryset.filter(pk__in=keys)

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: str | None = None, backend: Any = None
    ) -> QuerySet[Any]:
        """What is found, in its order; the arguments are modelsearch's."""
        match = self.wanted.match
        if match is not None and not self.wanted.is_rest and (self.order_by_relevance or score_field):
            scored = self.sql_of_points(points(self.wanted.groups, any_of=self.wanted.any_of))
            sql, params = self.sql_of_found(match, self.column, {SCORE: scored})
            queryset, alias = joined(self.queryset, sql, tuple(params))
            score = Score(alias)
            if score_field:
                queryset = queryset.annotate(**{score_field: score})
            if self.order_by_relevance:
                queryset = queryset.order_by(score.desc(), "-pk")
        else:
            queryset = self.found()
        if not self.order_by_relevance and not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def found_by_group(self) -> QuerySet[Any]:
        """What holds any of the groups: ``points_0`` and so on are its points for each, null where it does not hold it.
        What holds most comes first."""
        told: dict[str, Sql] = {}
        for number, group in enumerate(self.wanted.groups):
            is_held, of_held = self.sql_of_held(group.match, self.column)
            counted, of_counted = self.sql_of_points(points_of_group(group))
            told[f"points_{number}"] = (f"CASE WHEN {is_held} THEN {counted} END", [*of_held, *of_counted])
        queryset, alias = self._holding_any(told)
        weights = {name: group.weight for name, group in zip(told, self.wanted.groups, strict=True)}
        held = [Coalesce(Score(alias, name) + PRESENT * weight, Value(0)) for name, weight in weights.items()]
        queryset = queryset.annotate(**{name: Score(alias, name) for name in told})
        return queryset.order_by(reduce(add, held).desc(), "-pk")

    def count_by_group(self) -> list[int]:
        """How many rows hold each group."""
        told: dict[str, Sql] = {}
        for number, group in enumerate(self.wanted.groups):
            is_held, params = self.sql_of_held(group.match, self.column)
            told[f"held_{number}"] = (f"CASE WHEN {is_held} THEN 1 END", params)
        queryset, alias = self._holding_any(told)
        counted = queryset.order_by().aggregate(**{name: Count(Score(alias, name)) for name in told})
        return [counted[name] for name in told]

    def _holding_any(self, told: Mapping[str, Sql]) -> tuple[QuerySet[Any], str]:
        """The rows that hold any of the groups, and the alias of what is ``told`` of them."""
        match = either_of([group.match for group in self.wanted.groups])
        sql, params = self.sql_of_found(match, self.column, told)
        return joined(self.queryset, sql, tuple(params))


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


class WordsBackendMixin:
    """For a backend of modelsearch: what is found among any rows, whatever they are narrowed by."""

    reads_typed_words = True
    query_compiler_class: Any

    def found_among(self, rows: QuerySet[Any], question: Question) -> QuerySet[Any]:
        """Those of ``rows`` that are found, in no order."""
        return self.query_compiler_class(rows, question).found().order_by()

    def ranked_among(self, rows: QuerySet[Any], question: Question) -> QuerySet[Any]:
        """Those of ``rows`` that are found with their ``points``, the best first."""
        return self.query_compiler_class(rows, question).search(None, None, None, score_field="points")

    def found_by_group(self, rows: QuerySet[Any], question: Question) -> QuerySet[Any]:
        """Those of ``rows`` that hold any of the groups of ``question``: see ``WordsCompilerMixin``."""
        return self.query_compiler_class(rows, question).found_by_group()

    def count_by_group(self, rows: QuerySet[Any], question: Question) -> list[int]:
        """How many of ``rows`` hold each of the groups of ``question``."""
        return self.query_compiler_class(rows, question).count_by_group()
