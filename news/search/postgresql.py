"""Search in PostgreSQL, by the same tokens and points as in SQLite: its own stems and ranks are not used."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections, router
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
    PostgresSearchResults,
)

from wagtail_newsroom.news.search.compiling import (
    NOTHING_MORE,
    WHOLE,
    FoundRowsMixin,
    Sql,
    WordsBackendMixin,
    WordsCompilerMixin,
)
from wagtail_newsroom.news.search.joined import KEY
from wagtail_newsroom.news.search.objects import Column, WordsIndexMixin, indexed_objects
from wagtail_newsroom.news.search.words.matches import Match, for_postgresql

ENTRIES = IndexEntry._meta.db_table
# PostgreSQL's own limits for one row.
LAST_POSITION, MOST_POSITIONS = 16_383, 255
MOST_ROWS = 500  # of one statement

# The columns for trigrams stay empty: nothing is found by them that SQLite would not find.
_STORE = f"""
    INSERT INTO {ENTRIES} (content_type_id, object_id, title_norm, title, body, autocomplete, title_text, body_text)
    VALUES {{rows}}
    ON CONFLICT (content_type_id, object_id) DO UPDATE
    SET title = excluded.title, body = excluded.body, autocomplete = excluded.autocomplete
    WHERE ({ENTRIES}.title, {ENTRIES}.body, {ENTRIES}.autocomplete)
        IS DISTINCT FROM (excluded.title, excluded.body, excluded.autocomplete)
"""  # noqa: S608  # names of tables
_ROW = "(%s, %s, 1.0, %s::tsvector, %s::tsvector, %s::tsvector, '', '')"


class Index(WordsIndexMixin, PostgresIndex):
    """The body of a row holds its title as well: there is no index of PostgreSQL over both columns."""

    def write(self, content_type: int, objs: Sequence[Any]) -> None:
        for first in range(0, len(objs), MOST_ROWS):
            stretch = objs[first : first + MOST_ROWS]
            params: list[Any] = []
            for each in indexed_objects(stretch):
                params += [content_type, each.pk, vector(each.title), vector(each.whole), vector(each.autocomplete)]
            with self.write_connection.cursor() as cursor:
                cursor.execute(_STORE.format(rows=", ".join([_ROW] * len(stretch))), params)


def vector(column: Column) -> str:
    """A column as the text of a ``tsvector``: words with their places, tokens without."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(column.words[:LAST_POSITION], start=1):
        places.setdefault(word, []).append(str(place))
    words = [f"'{word}':{','.join(found[:MOST_POSITIONS])}" for word, found in places.items()]
    others = dict.fromkeys([*column.words[LAST_POSITION:], *column.tokens])
    return " ".join([*words, *(f"'{token}'" for token in others if token not in places)])


class CompilerMixin(WordsCompilerMixin):
    def sql_of_found(self, match: Match, column: str, told: Mapping[str, Sql] = NOTHING_MORE) -> Sql:
        columns = "".join(f", {sql} AS {name}" for name, (sql, _params) in told.items())
        params = [each for _sql, of_column in told.values() for each in of_column]
        is_found, of_found = self.sql_of_held(match, column)
        sql = f"""
            SELECT {self._key()} AS {KEY}{columns} FROM {ENTRIES}
            WHERE {is_found} AND {ENTRIES}.content_type_id IN ({self.content_types})
        """  # noqa: S608  # names of tables and columns, numbers
        return sql, [*params, *of_found]

    def sql_of_held(self, match: Match, column: str) -> Sql:
        return f"{ENTRIES}.{'body' if column == WHOLE else column} @@ %s::tsquery", [for_postgresql(match)]

    def _key(self) -> str:
        return f"CAST({ENTRIES}.object_id AS {self.key.cast_db_type(connections[self.queryset.db])})"


class QueryCompiler(CompilerMixin, PostgresSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(CompilerMixin, PostgresAutocompleteQueryCompiler):
    is_begun = True


class Results(FoundRowsMixin, PostgresSearchResults):
    pass


class SearchBackend(WordsBackendMixin, PostgresSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
    results_class = Results

    def count_marked(self, token: str) -> int:
        """How many rows of the index have ``token`` beside the beginnings of their words."""
        with connections[router.db_for_read(IndexEntry)].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {ENTRIES} WHERE autocomplete @@ %s::tsquery", [f"'{token}'"])  # noqa: S608
            return int(cursor.fetchone()[0])
