"""`make bench`: what the watch on public writes costs a statement, beside the same statement without it."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

ROUNDS = 200_000


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    django.setup()
    from django.db import connection

    from wagtail_newsroom.news.delivery.write_watch import WriteWatch

    watch = WriteWatch(connection)
    statements = {
        "a SELECT": 'SELECT "wagtailcore_page"."id" FROM "wagtailcore_page" WHERE "wagtailcore_page"."id" = %s',
        "a private write": 'INSERT INTO "django_session" ("session_key") VALUES (%s)',
    }

    def execute(sql: str, params: object, many: bool, context: object) -> None:
        return None

    connection.ensure_connection()
    connection.execute_wrappers.clear()
    cursor = connection.cursor()
    plain = seconds(lambda: [cursor.execute("SELECT 1") for _each in range(20_000)]) / 20_000
    for name, sql in statements.items():
        bare = seconds(lambda sql=sql: [execute(sql, (), False, None) for _each in range(ROUNDS)])
        watched = seconds(lambda sql=sql: [watch(execute, sql, (), False, None) for _each in range(ROUNDS)])
        cost = (watched - bare) / ROUNDS
        print(f"watch on writes: {1e6 * cost:.2f} µs for {name}, {100 * cost / plain:.1f} % of the shortest query")


if __name__ == "__main__":
    main()
