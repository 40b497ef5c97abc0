"""`make bench`: what an answer costs that nothing was kept for, in CPU milliseconds and queries, beside an older state.

``--beside PATH`` names a checkout of an older commit (``git worktree add /tmp/older <commit>``). It makes and fills a site;
this checkout migrates a copy of it, so that both have the same content. Each state has a process of its own; they are asked
in turns. Compare the ratios of one run, not the milliseconds of two. Without ``--beside`` this checkout is asked alone.

SQLite, or PostgreSQL where ``DATABASE_URL`` names one (databases of their own beside it, which are deleted at the end).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_site import HERE, ROOT, BenchSite, own_database, start_django

NAMES = ("home", "news list", "event list", "gallery list", "news", "event", "calendar.ics")
TIMES_FASTER = {"calendar.ics": 4.0}
USUALLY_FASTER, MOST_QUERIES = 2.5, 15


@dataclass
class Asked:
    """A process that answers requests of a state, one at a time."""

    process: Any

    @classmethod
    def start(cls, site: BenchSite) -> Asked:
        """Start it with the code of the site's checkout."""
        return cls(
            subprocess.Popen(
                [sys.executable, str(HERE / "bench_cold.py"), "--answer"],
                cwd=site.root,
                env=site.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )

    def ask(self, address: str, *, count_queries: bool = False) -> dict[str, Any]:
        """What an answer cost: ``ms`` of CPU time, ``bytes``, and ``queries`` where they are counted."""
        self.process.stdin.write(json.dumps([address, count_queries]) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise SystemExit(f"{address}: the process ended")
        return json.loads(said)

    def end(self) -> None:
        """Let it end by itself."""
        self.process.stdin.close()
        self.process.wait(30)


def answer_requests() -> None:
    """Answer what comes in, line by line, as a server's process does. Before each answer all that is kept is out of date."""
    start_django()
    from django.core.cache import cache
    from django.db import connection
    from django.test import RequestFactory

    application, replace_token = whole_application()
    queries, said = 0, ""

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    def begin(status: str, _headers: Any, _error: Any = None) -> None:
        nonlocal said
        said = status

    for line in sys.stdin:
        address, is_counted = json.loads(line)
        asked = dict(RequestFactory(SERVER_NAME="localhost").get(address).environ)
        cache.clear()
        replace_token()
        queries = 0
        with ExitStack() as stack:
            if is_counted:
                stack.enter_context(connection.execute_wrapper(count))
            began = time.process_time()
            answer = application(asked, begin)
            size = sum(map(len, answer))
            if hasattr(answer, "close"):
                answer.close()
            taken = 1e3 * (time.process_time() - began)
        if not said.startswith("200"):
            raise SystemExit(f"{address}: {said}")
        print(json.dumps({"ms": taken, "queries": queries, "bytes": size}), flush=True)


def whole_application() -> tuple[Any, Callable[[], None]]:
    """What answers in this state, and what makes out of date whatever it keeps; older states keep nothing."""
    from config.wsgi import application

    try:
        from wagtail_newsroom.news.delivery.ready.layer import ReadyAnswers
        from wagtail_newsroom.news.freshness.token_file import token_file
    except ImportError:
        return application, lambda: None
    return ReadyAnswers(application), lambda: token_file().replace()


def measure(states: dict[str, Asked], addresses: dict[str, str], rounds: int) -> dict[str, dict[str, Any]]:
    """For each kind of answer and each state: median, least and most CPU ms, queries, bytes."""
    found: dict[str, dict[str, Any]] = {}
    for name, address in addresses.items():
        taken: dict[str, list[float]] = {state: [] for state in states}
        for asked in states.values():
            asked.ask(address)
        for _round in range(rounds):
            for state, asked in states.items():
                taken[state].append(asked.ask(address)["ms"])
        found[name] = {}
        for state, asked in states.items():
            last = asked.ask(address, count_queries=True)
            found[name][state] = {
                "ms": statistics.median(taken[state]),
                "least": min(taken[state]),
                "most": max(taken[state]),
                "queries": last["queries"],
                "bytes": last["bytes"],
            }
    return found


def tell(found: dict[str, dict[str, Any]]) -> None:
    """Print the figures beside the goals."""
    for name, states in found.items():
        for state, each in states.items():
            print(
                f"  {name:14}{state:8}{each['ms']:8.1f} ms ({each['least']:.1f} to {each['most']:.1f})"
                f"{each['queries']:5} queries{each['bytes']:9,} bytes"
            )
    for name, states in found.items():
        now = states["now"]
        mark = "ok" if now["queries"] <= MOST_QUERIES else "NO"
        print(f"  {mark} {name}: {now['queries']} queries (goal: at most {MOST_QUERIES})")
        if "before" in states:
            goal, times = TIMES_FASTER.get(name, USUALLY_FASTER), states["before"]["ms"] / now["ms"]
            print(f"  {'ok' if times >= goal else 'NO'} {name}: {times:.2f} times as fast (goal: {goal})")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--beside", type=Path, default=None, help="a checkout of the state to compare with")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--news", type=int, default=2_000)
    options.add_argument("--events", type=int, default=270)
    options.add_argument("--only", nargs="*", default=NAMES, help=f"some of: {', '.join(NAMES)}")
    options.add_argument(
        "--keep", type=Path, default=None, help="a folder for the filled site, used again by later runs"
    )
    options.add_argument("--json", type=Path, default=ROOT / "var" / "bench" / "cold.json", help="where results go")
    options.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.answer:
        answer_requests()
        return
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        older = asked.beside.resolve() if asked.beside else ROOT
        first = BenchSite(older, (asked.keep or Path(folder)).resolve() / "filled")
        name = f"newsroom_bench_{os.getpid()}"
        first.variables["DATABASE_URL"] = ending.enter_context(own_database(name)) or database_in(first)
        addresses = first.make(asked.news, asked.events)
        sites = {"now": first}
        if asked.beside:
            now = BenchSite(ROOT, Path(folder) / "now")
            shutil.copytree(first.data, now.data)
            copied = ending.enter_context(own_database(f"{name}_now", like=name))
            now.variables["DATABASE_URL"] = copied or database_in(now)
            now.manage("migrate", "--verbosity", "0")
            sites = {"before": first, "now": now}
        states = {state: Asked.start(site) for state, site in sites.items()}
        try:
            print(f"Cold answers of {asked.news:,} news and {asked.events} events, {os.cpu_count()} cores:")
            found = measure(states, {each: addresses[each] for each in asked.only}, asked.rounds)
        finally:
            for each in states.values():
                each.end()
        tell(found)
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps(found, indent=1))


def database_in(site: BenchSite) -> str:
    """The address of a database file in the site's data folder."""
    return f"sqlite:///{site.data / 'newsroom.sqlite3'}"


if __name__ == "__main__":
    main()
