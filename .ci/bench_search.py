"""`make bench`: what a search costs, beside a bare query of the same index with the same match and points, in one run.

A database of its own is filled with pages whose texts are those of ``tests/search_quality``, put together anew: SQLite, or
PostgreSQL where ``DATABASE_URL`` names one (a database of its own beside it, which is deleted at the end). Asked are the
words that most of the pages hold, alone and in pairs, and the questions of visitors. Compare the ratios of one run, not the
milliseconds of two.

The bare query is SQL alone: no rights, no objects, on SQLite not even the type of a row. On PostgreSQL it is put in order by
``ts_rank``, as stock Wagtail does.
"""

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

SHOWN = 20
CHUNK = 1_000  # pages, as update_index takes them
OF_STOCK = 2_000  # pages that stock Wagtail indexes, beside which ours are measured


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=2_000)
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NEWSROOM_DATA"] = folder
        django.setup()
        from django.core.management import call_command
        from django.db import connection

        own = f"newsroom_bench_{os.getpid()}" if connection.vendor == "postgresql" else f"{folder}/bench.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = own
        print(f"on {connection.vendor}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0)
        try:
            call_command("createcachetable", verbosity=0)
            measure(asked.pages, asked.rounds)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def measure(pages: int, rounds: int) -> None:
    """Fill the site, index it, and ask."""
    from django.db import connection

    plant(pages)
    print(f"{pages:,} news:")
    index_beside_stock(pages)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ask_beside_bare(common_words(), rounds)
    ask_as_visitors(rounds)


def plant(pages: int) -> None:
    """So many news with texts put together of two documents each; none of them indexed."""
    from tests.factories import NewsPageFactory, make_site
    from tests.many import days_back, multiply
    from tests.search_quality.corpus import documents

    every = documents()
    words = [paragraphs(document.text) for document in every]

    def vary(place: int, row: dict[str, Any]) -> None:
        first, second = place % len(every), (place * 7 + place // len(every)) % len(every)
        days_back(place, row)
        row["title"] = row["draft_title"] = f"{every[first].title[:200]} {place}"
        row["lead"] = every[first].row["lead"]
        row["body"] = json.dumps([{"type": "paragraph", "value": words[first] + words[second], "id": str(place)}])

    page = NewsPageFactory(parent=make_site()["news"], title="Pierwsza", body=[("paragraph", "<p>Pierwsza.</p>")])
    multiply(page, pages, vary=vary)


def paragraphs(text: str) -> str:
    """``text`` as rich text."""
    from html import escape

    return "".join(f"<p>{escape(each)}</p>" for each in text.split("\n") if each.strip())


def index_beside_stock(pages: int) -> None:
    """Index the pages; some of them by Wagtail's own search in turn, which is taken out again."""
    from django.db import connection
    from modelsearch.backends.database import SearchBackend as Stock
    from modelsearch.conf import get_app_config
    from wagtail.search.backends import get_search_backend

    entries = get_app_config().get_model("IndexEntry")
    few = min(pages, OF_STOCK)
    ours = get_search_backend()
    index(ours, CHUNK)  # the dictionary is read
    taken = {}
    for name, backend in (("stock", Stock({})), ("ours", ours)):
        entries.objects.all().delete()
        taken[name] = index(backend, few)
    taken["ours, again, unchanged"] = index(ours, few)
    for name, seconds in taken.items():
        print(f"  index {name:38} {1e3 * seconds / few:7.2f} ms a page")
    ratio("an index beside stock's", taken["stock"], taken["ours"])
    index(ours, pages)
    with connection.cursor() as cursor:
        size = size_of_index(cursor)
    print(f"  size of the index {size / 1e6:.1f} MB, {size / entries.objects.count() / 1e3:.1f} kB a page")


def index(backend: Any, pages: int) -> float:
    """CPU seconds of writing so many pages into the index of ``backend``, as ``update_index`` does."""
    from wagtail_newsroom.news.models import NewsPage

    begun = time.process_time()
    writer = backend.get_index_for_model(NewsPage)
    for first in range(0, pages, CHUNK):
        writer.add_items(NewsPage, list(NewsPage.objects.order_by("pk")[first : first + min(CHUNK, pages - first)]))
    return time.process_time() - begun


def size_of_index(cursor: Any) -> int:
    """Bytes of the tables of the index with all that belongs to them."""
    from modelsearch.conf import get_app_config

    table = get_app_config().get_model("IndexEntry")._meta.db_table
    if cursor.db.vendor == "postgresql":
        cursor.execute("SELECT pg_total_relation_size(%s)", [table])
    else:
        cursor.execute("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE %s", [f"%{table}%"])
    return int(cursor.fetchone()[0])


def common_words() -> list[str]:
    """The words that most of the documents hold, small ones aside, and pairs of them."""
    from tests.search_quality.corpus import documents
    from wagtail_newsroom.news.search.words import asked

    found: Counter[str] = Counter()
    for document in documents():
        found.update(set(re.findall(r"[^\W\d_]{5,}", document.text.lower())))
    words = [word for word, _number in found.most_common(60) if not asked(word, "pl").dropped][:16]
    return [*words, *(" ".join(pair) for pair in zip(words[::2], words[1::2], strict=True))]


def ask_beside_bare(questions: list[str], rounds: int) -> None:
    """The first twenty public pages of each question, beside the same asked of the index alone."""
    from wagtail.models import Page

    live = Page.objects.live()
    taken = side_by_side(
        rounds,
        questions,
        {
            "pages that hold common words": lambda text: list(live.search(text)[:SHOWN]),
            "the same, bare": lambda text: bare(text),
            "how many": lambda text: live.search(text).count(),
        },
    )
    tell(taken)
    found = statistics.median(live.search(text).count() for text in questions)
    print(f"  (median of what is found: {found:,.0f} pages)")
    times = statistics.median(taken["pages that hold common words"]) / statistics.median(taken["the same, bare"])
    print(f"  {'ok ' if times <= 3 else 'NO '} beside a bare query: {times:.2f} times (goal: at most 3)")


def bare(text: str) -> list[Any]:
    """Keys of the first rows of the index that match, as they are found and ordered without anything of ours around."""
    from django.db import connection
    from modelsearch.query import PlainText
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    from wagtail_newsroom.news.search.ranking import points

    compiler = get_search_backend().query_compiler_class(Page.objects.all(), PlainText(text))
    is_found, of_found = compiler.sql_of_held(compiler.wanted.match, compiler.column)
    if connection.vendor == "postgresql":
        table = is_found.partition(".")[0]
        where = is_found.replace("%s", "asked.words").replace("::tsquery", "")
        column = is_found.partition(" @@")[0]
        sql = (
            f"SELECT object_id FROM {table}, (SELECT %s::tsquery AS words) asked WHERE {where} "  # noqa: S608  # names
            f"ORDER BY ts_rank({column}, asked.words) DESC LIMIT {SHOWN}"
        )
        params = of_found
    else:
        scored, of_points = compiler.sql_of_points(points(compiler.wanted.groups, any_of=False))
        table = is_found.partition(".")[0]
        sql = (
            f"SELECT rowid, {scored} AS score FROM {table} WHERE {table} MATCH %s "  # noqa: S608  # names, numbers
            f"ORDER BY score DESC, rowid DESC LIMIT {SHOWN}"
        )
        params = [*of_points, *of_found]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def ask_as_visitors(rounds: int) -> None:
    """What the page of results asks: ten results with excerpts, and the counts of all filters."""
    from wagtail.models import Locale, Site

    from tests.search_quality.corpus import queries
    from wagtail_newsroom.news.finding.find import find
    from wagtail_newsroom.news.finding.questions import Question, read
    from wagtail_newsroom.news.freshness import Era, serving

    polish, site = Locale.get_default(), Site.objects.get(is_default_site=True)

    def results(text: str) -> Any:
        return find(Question(read(text, "pl"), polish.pk, "pl"), site, 0, 10)

    with serving(Era(b"bench")):
        taken = side_by_side(
            1, [each.text for each in queries()], {"results of visitors' questions": results}
        ) | side_by_side(max(1, rounds // 5), common_words(), {"results of common words": results})
        tell(taken)


def side_by_side(rounds: int, questions: list[str], ways: dict[str, Callable[[str], object]]) -> dict[str, list[float]]:
    """Seconds of each way for each question, taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(rounds + 1):
        for text in questions:
            for name, way in ways.items():
                begun = time.perf_counter()
                way(text)
                if round_:  # the first one warms up
                    taken[name].append(time.perf_counter() - begun)
    return taken


def tell(taken: dict[str, list[float]]) -> None:
    """Print each."""
    for name, seconds in taken.items():
        seconds.sort()
        p99 = seconds[min(len(seconds) - 1, int(len(seconds) * 0.99))]
        print(f"  {name:44} p50 {1e3 * statistics.median(seconds):7.1f} ms  p99 {1e3 * p99:7.1f} ms")


def ratio(name: str, theirs: float, ours: float) -> None:
    """Print how many times faster ours is."""
    print(f"      {name}: {theirs / ours:.2f} times as fast")


if __name__ == "__main__":
    main()
