"""Search in SQLite's own index (FTS5)."""

from collections.abc import Iterable, Sequence
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

from wagtail_newsroom.news.search.compiling import TITLE, WHOLE, FoundRowsMixin, WordsCompilerMixin
from wagtail_newsroom.news.search.joined import KEY, SCORE
from wagtail_newsroom.news.search.objects import WordsIndexMixin, indexed_objects
from wagtail_newsroom.news.search.ranking import Points
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
    def sql_of_found(self, match: Match, column: str, scored: Iterable[Points]) -> tuple[str, list[Any]]:
        params: list[Any] = []
        terms = []
        for each in scored:
            among = TITLE if each.in_title and not self.is_begun else column
            terms.append(f"{each.points} * ({WORDS}.rowid IN (SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s))")  # noqa: S608
            params.append(_in(among, each.match))
        score = f", {' + '.join(terms)} AS {SCORE}" if terms else ""
        # With a limit SQLite does not mix this into the query around it, which would run it again for each row.
        sql = f"""
            SELECT {self._key()} AS {KEY}{score} FROM {WORDS} CROSS JOIN {ENTRIES} ON {ENTRIES}.id = {WORDS}.rowid
            WHERE {WORDS} MATCH %s AND {ENTRIES}.content_type_id IN ({self.content_types})
            LIMIT -1
        """  # noqa: S608  # names of tables and columns, numbers
        return sql, [*params, _in(column, match)]

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


class SearchBackend(SQLiteSearchBackend):
    reads_typed_words = True
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = Index
    results_class = Results

    def count_marked(self, token: str) -> int:
        """How many rows of the index have ``token`` beside the beginnings of their words."""
        with connections[router.db_for_read(IndexEntry)].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {WORDS} WHERE {WORDS} MATCH %s", [f'{{autocomplete}} : "{token}"'])  # noqa: S608
            return int(cursor.fetchone()[0])
