"""Other ways to search, on the same documents: what they would have found.

Each is given what a usual set-up gives it: title and text in two columns, the words joined by AND, the title ten times as
heavy (FTS5's ``bm25``) or of weight A (PostgreSQL's ``ts_rank``).
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

from django.db import connection

from tests.search_quality.corpus import Document

Engine = Callable[[str], list[str]]  # ids of what is found, the best first
Analyse = Callable[[str], str]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def fts5(every: list[Document], analyse: Analyse = lambda text: text) -> Engine:
    """SQLite's FTS5 as it is, its words taken apart by unicode61 (which takes most diacritics off)."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table found using fts5(id unindexed, title, body)")
    rows = [(each.id, analyse(each.title), analyse(each.text)) for each in every]
    database.executemany("insert into found values (?, ?, ?)", rows)

    def search(typed: str) -> list[str]:
        words = " AND ".join(f'"{word}"' for word in _words(analyse(typed)))
        sql = "select id from found where found match ? order by bm25(found, 0, 10, 1)"
        return [row[0] for row in database.execute(sql, [words])] if words else []

    return search


def snowball(every: list[Document]) -> Engine:
    """FTS5 over Snowball's Polish stems."""
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("polish")
    return fts5(every, lambda text: " ".join(stemmer.stemWords(_words(text))))


def postgresql(every: list[Document]) -> Engine | None:
    """PostgreSQL's ``simple``, as stock Wagtail uses it; ``None`` where the tests have no PostgreSQL."""
    if connection.vendor != "postgresql":
        return None
    with closing(connection.cursor()) as cursor:
        cursor.execute("create temporary table others_found (id text, words tsvector)")
        cursor.executemany(
            "insert into others_found values (%s, setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))",
            [(each.id, each.title, each.text) for each in every],
        )

    def search(typed: str) -> list[str]:
        sql = (
            "select id from others_found, plainto_tsquery('simple', %s) asked where words @@ asked "
            "order by ts_rank(words, asked) desc, id"
        )
        with closing(connection.cursor()) as cursor:
            cursor.execute(sql, [typed])
            return [row[0] for row in cursor.fetchall()]

    return search
