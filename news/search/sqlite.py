"""Search in SQLite's own index (FTS5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import UUIDField
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    SQLiteSearchResults,
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
from wagtail_newsroom.news.search.objects import WordsIndexMixin, indexed_objects
from wagtail_newsroom.news.search.words.matches import Match, for_sqlite

ENTRIES, WORDS = IndexEntry._meta.db_table, SQLiteFTSIndexEntry._meta.db_table

# A row that is written anew is written three times, with its words: what is the same is left alone.
_STORE = f"""
    INSERT INTO {ENTRIES} (content_type_id, object_id, title_norm, title, body, autocomplete)
    VALUES (%s, %s, 1.0, %s, %s, %s)
    ON CONFLICT (content_type_id, object_id) DO UPDATE
    SET title = excluded.title, body = excluded.body, autocomplete = excluded.autocomplete
    WHERE title IS NOT excluded.title OR body IS NOT excluded.body OR autocomplete IS NOT excluded.autocomplete
"""  # noqa: S608  # names of tables


class Index(WordsIndexMixin, SQLiteIndex):
    def write(self, content_type: int, objs: Sequence[Any]) -> None:
        rows = [
            (content_type, each.pk, str(each.title), str(each.body), str(each.autocomplete))
            for each in indexed_objects(objs)
        ]
        with self.write_connection.cursor() as cursor:
            cursor.executemany(_STORE, rows)


class CompilerMixin(WordsCompilerMixin):
    def sql_of_found(self, match: Match, column: str, told: Mapping[str, Sql] = NOTHING_MORE) -> Sql:
        columns = "".join(f", {sql} AS {name}" for name, (sql, _params) in told.items())
        params = [each for _sql, of_column in told.values() for each in of_column]
        # With a limit SQLite does not mix this into the query around it, which would run it again for each row.
        sql = f"""
            SELECT {self._key()} AS {KEY}{columns} FROM {WORDS} CROSS JOIN {ENTRIES} ON {ENTRIES}.id = {WORDS}.rowid
            WHERE {WORDS} MATCH %s AND {ENTRIES}.content_type_id IN ({self.content_types})
            LIMIT -1
        """  # noqa: S608  # names of tables and columns, numbers
        return sql, [*params, _in(column, match)]

    def sql_of_held(self, match: Match, column: str) -> Sql:
        return f"{WORDS}.rowid IN (SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s)", [_in(column, match)]  # noqa: S608

    def _key(self) -> str:
        if isinstance(self.key, UUIDField):
            return f"REPLACE({ENTRIES}.object_id, '-', '')"
        return f"CAST({ENTRIES}.object_id AS {self.key.cast_db_type(connections[self.queryset.db])})"


def _in(column: str, match: Match) -> str:
    return f"{{{'title body' if column == WHOLE else column}}} : {for_sqlite(match)}"


class QueryCompiler(CompilerMixin, SQLiteSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(CompilerMixin, SQLiteAutocompleteQueryCompiler):
    is_begun = True


class Results(FoundRowsMixin, SQLiteSearchResults):
    pass


class SearchBackend(WordsBackendMixin, SQLiteSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
    results_class = Results

    def count_marked(self, token: str) -> int:
        """How many rows of the index have ``token`` beside the beginnings of their words."""
        with connections[router.db_for_read(IndexEntry)].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {WORDS} WHERE {WORDS} MATCH %s", [f'{{autocomplete}} : "{token}"'])  # noqa: S608
            return int(cursor.fetchone()[0])
