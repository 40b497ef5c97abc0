"""What a statement writes is read from its text; in doubt it writes everything."""

import pytest

from wagtail_newsroom.news.delivery.statements import UNREADABLE, writes_of

Read = tuple[str, tuple[str, ...] | None]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ('INSERT INTO "newsroom_topic" ("name") VALUES (%s)', [("newsroom_topic", None)]),
        ('INSERT OR IGNORE INTO "newsroom_topic" ("name") VALUES (%s)', [("newsroom_topic", None)]),
        ('REPLACE INTO "newsroom_topic" ("name") VALUES (%s)', [("newsroom_topic", None)]),
        ('UPDATE "newsroom_newspage" SET "place" = %s WHERE "x" = %s', [("newsroom_newspage", ("place",))]),
        ("update newsroom_newspage set place=%s", [("newsroom_newspage", ("place",))]),
        ('UPDATE ONLY "public"."wagtailcore_page" SET "title" = %s', [("wagtailcore_page", ("title",))]),
        ("UPDATE public . wagtailcore_page SET title = 'x'", [("wagtailcore_page", ("title",))]),
        ("UPDATE wagtailcore_page AS p SET title = 'x' FROM other", [("wagtailcore_page", ("title",))]),
        ("UPDATE wagtailcore_page p SET title = 'x'", [("wagtailcore_page", ("title",))]),
        (
            "UPDATE wagtailcore_page SET draft_title = 'a, live = 1 WHERE', locked = (SELECT max(a, b) FROM c) WHERE id = 1",
            [("wagtailcore_page", ("draft_title", "locked"))],
        ),
        ("UPDATE wagtailcore_page SET (draft_title, title) = ('a', 'b')", [("wagtailcore_page", None)]),
        ("UPDATE wagtailcore_page SET draft_title = 'never closed", [("wagtailcore_page", None)]),
        ('UPDATE "p" SET "expire_at" = "p"."expire_at" WHERE "p"."id" = %s', [("p", ())]),
        ('UPDATE "p" SET "a" = "p"."b" WHERE "p"."id" = %s', [("p", ("a",))]),
        ("DELETE FROM newsroom_topic", [("newsroom_topic", None)]),
        ('  /* by hand */ -- really\n delete from "Strange"', [("Strange", None)]),
        ("TRUNCATE newsroom_topic", [(UNREADABLE, None)]),
        ("MERGE INTO newsroom_topic USING x ON y", [(UNREADABLE, None)]),
        ("COPY newsroom_topic FROM STDIN", [(UNREADABLE, None)]),
        ("DO $$ BEGIN UPDATE x SET y = 1; END $$", [(UNREADABLE, None)]),
        ("CALL publish_all()", [(UNREADABLE, None)]),
        (
            'WITH moved AS (UPDATE "newsroom_topic" SET name = %s RETURNING id) SELECT * FROM moved',
            [("newsroom_topic", None)],
        ),
        ("WITH a AS (SELECT 1) DELETE FROM newsroom_venue WHERE id IN (SELECT * FROM a)", [("newsroom_venue", None)]),
        ("EXPLAIN ANALYZE DELETE FROM newsroom_venue", [("newsroom_venue", None)]),
    ],
)
def test_write_is_read(sql: str, expected: list[Read]) -> None:
    assert [(write.table, write.columns) for write in writes_of(sql)] == expected


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "(SELECT \"pk\" FROM newsroom_topic) UNION (SELECT 'DELETE FROM a')",
        "select * from newsroom_topic for update",
        "WITH a AS (SELECT 'DELETE FROM newsroom_topic') SELECT * FROM a",
        "WITH a AS (SELECT 1) SELECT * FROM newsroom_topic FOR UPDATE OF newsroom_topic",
        "SAVEPOINT s1",
        "ROLLBACK TO SAVEPOINT s1",
        "PRAGMA foreign_keys",
        "EXPLAIN DELETE FROM newsroom_topic",
        "CREATE TABLE x (y int)",
        "",
        " ; ",
    ],
)
def test_statement_that_writes_no_row_is_no_write(sql: str) -> None:
    assert writes_of(sql) == ()
