"""`make bench`: ready answers of the site beside constant bytes of the same size, nginx sending the same file, and stock Wagtail.

The real server (``manage.py serve``) with a site of its own is asked by ``wrk`` (Debian: ``apt install wrk``) with four connections. Whatever
is compared is asked in turns, in five rounds; compare ratios of one run. Where a Redis listens at 127.0.0.1:6379, a second
server of the same site has its cache there. Results are written as JSON too. ``bench_cold.py`` says what making an answer costs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bench_constant
from bench_cold import Asked, database_in
from bench_site import HERE, ROOT, BenchSite, own_database

sys.path.insert(0, str(ROOT))
from tests.served.server import HOST, Server, ask, running
from tests.slow_clients import free_port

WORKERS, THREADS, CONNECTIONS = 2, 128, 4
READY, READY_BUSY, P99_MS = 0.80, 0.5, 5.0
OUGHT = ("home", "news list", "event", "API list", "API detail", "calendar.ics")
LONGEST_ROUND = 30.0
REDIS = "redis://127.0.0.1:6379/9"
NGINX = "/usr/sbin/nginx"
MILLISECONDS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}
NGINX_CONFIGURATION = """
daemon off; worker_processes {workers}; pid {folder}/nginx.pid; error_log stderr error;
events {{}}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {files}; }}
}}
"""


@dataclass
class Kind:
    """One kind of answer: its name, its address, and the headers that it is asked with."""

    name: str
    address: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """Its name as that of a file."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower())


@dataclass
class Figures:
    """What rounds of ``wrk`` found: answers a second, and milliseconds."""

    rates: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, float]:
        """Medians, least and most."""
        return {
            "rate": statistics.median(self.rates),
            "least": min(self.rates),
            "most": max(self.rates),
            "p50_ms": statistics.median(self.p50),
            "p99_ms": statistics.median(self.p99),
        }


def wrk(port: int, path: str, headers: dict[str, str], seconds: float, figures: Figures) -> None:
    """One round; raises where answers are errors."""
    sent = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    said = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--latency", *sent, f"http://{HOST}:{port}{path}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    if " 0 requests in" in said and seconds < LONGEST_ROUND:  # an answer takes longer than the round
        wrk(port, path, headers, LONGEST_ROUND, figures)
        return
    if "Non-2xx" in said or "Socket errors" in said or " 0 requests in" in said:
        raise SystemExit(f"{path} at {port}:\n{said}")
    read = re.search(
        r"50%\s+([\d.]+)(us|ms|s|m)\b.*99%\s+([\d.]+)(us|ms|s|m)\b.*Requests/sec:\s+([\d.]+)", said, re.DOTALL
    )
    if read is None:
        raise SystemExit(f"{path} at {port}:\n{said}")
    figures.p50.append(float(read[1]) * MILLISECONDS[read[2]])
    figures.p99.append(float(read[3]) * MILLISECONDS[read[4]])
    figures.rates.append(float(read[5]))


def listens(port: int) -> bool:
    """Whether something does at this port of the machine."""
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


@contextmanager
def process(*command: str, port: int, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs while the block does, once it listens at ``port``."""
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    try:
        for _ in range(100):
            if listens(port):
                break
            time.sleep(0.1)  # until it listens
        yield started
    finally:
        started.terminate()
        started.wait(30)


def kinds_of(addresses: dict[str, str], server: Server) -> list[Kind]:
    """What is asked for: pages, lists, programs' answers, codings, and a question whether anything changed."""
    plain = [Kind(name, path) for name, path in addresses.items() if not name.startswith("stock")]
    home = ask(server.connect(), "/", {})
    codings = [Kind(f"home, {coding}", "/", {"Accept-Encoding": coding}) for coding in ("gzip", "br")]
    return [*plain, *codings, Kind("home, 304", "/", {"If-None-Match": home.headers["etag"]})]


def save_answers(server: Server, kinds: list[Kind], folder: Path) -> dict[str, int]:
    """Save each ready answer as constant bytes; their sizes. Asked twice before: the first answer is made."""
    sizes = {}
    for kind in kinds:
        for _ in range(2):
            server.everywhere(kind.address, kind.headers)
        connection = server.connect()
        connection.request("GET", kind.address, headers=kind.headers)
        answer = connection.getresponse()
        body = answer.read()
        bench_constant.save(folder, kind.slug, f"{answer.status} {answer.reason}", answer.getheaders(), body)
        connection.close()
        sizes[kind.name] = len(body)
    return sizes


def measure_ready(
    servers: dict[str, int], ours: dict[str, Server], kinds: list[Kind], rounds: int, seconds: float
) -> Any:
    """For each kind and each server: its figures, all asked in turns.

    Each of our workers is asked once before it is measured: a turn is longer than an answer is kept unasked, and what
    making one costs is said under "made anew".
    """
    found = {kind.name: {name: Figures() for name in servers} for kind in kinds}
    for _round in range(rounds):
        for kind in kinds:
            for name, port in servers.items():
                if name == "nginx" and kind.headers:
                    continue
                path = kind.address if name in ours else f"/{kind.slug}"
                if name in ours:
                    ours[name].everywhere(path, kind.headers)
                wrk(port, path, kind.headers, seconds, found[kind.name][name])
    return {kind: {name: each.as_json() for name, each in row.items() if each.rates} for kind, row in found.items()}


def measure_busy(site: BenchSite, server: Server, kind: Kind, pause: float, seconds: float) -> dict[str, float]:
    """The figures of an answer while somebody publishes every ``pause`` seconds."""
    figures = Figures()
    publishing = [sys.executable, str(HERE / "bench_publish.py"), str(pause)]
    with subprocess.Popen(publishing, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, text=True) as editor:
        try:
            editor.stdout.readline()  # the first is published: it is under way
            for _round in range(3):
                wrk(server.port, kind.address, kind.headers, max(seconds, 2 * pause), figures)
        finally:
            editor.terminate()
    return figures.as_json()


def measure_cold(site: BenchSite, addresses: dict[str, str], rounds: int) -> dict[str, dict[str, float]]:
    """CPU milliseconds and queries of each answer, made anew each time."""
    asked, found = Asked.start(site), {}
    try:
        for name, address in addresses.items():
            asked.ask(address)
            times = [asked.ask(address)["ms"] for _round in range(rounds)]
            queries = asked.ask(address, count_queries=True)["queries"]
            found[name] = {"ms": statistics.median(times), "least": min(times), "most": max(times), "queries": queries}
    finally:
        asked.end()
    return found


def first_answers(server: Server, token: Path, kinds: list[Kind], rounds: int) -> dict[str, float]:
    """Milliseconds that a single client waits for an answer whose token was replaced just before, in the middle."""
    found = {}
    with closing(server.connect()) as connection, token.open("r+b") as file:
        for kind in kinds:
            waits = []
            for _round in range(rounds):
                file.seek(0)
                file.write(secrets.token_bytes(8))
                file.flush()
                began = time.perf_counter()
                ask(connection, kind.address, kind.headers)
                waits.append(1e3 * (time.perf_counter() - began))
            found[kind.name] = statistics.median(waits)
    return found


def memory_of(server: Server) -> list[dict[str, float]]:
    """Megabytes of each worker: resident, and its share of what is shared."""
    found = []
    for pid in server.worker_pids():
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
        named = {line.split()[0].rstrip(":"): int(line.split()[1]) for line in lines}
        found.append({"rss": round(named["Rss"] / 1024, 1), "pss": round(named["Pss"] / 1024, 1)})
    return found


def tell_ready(found: dict[str, Any], sizes: dict[str, int], ours: list[str]) -> None:
    """Print ready answers beside constant bytes and nginx."""
    for kind, row in found.items():
        constant = row["constant bytes"]["rate"]
        for name, each in row.items():
            print(
                f"  {kind:14}{sizes[kind]:8,} B  {name:15}{each['rate']:9,.0f} a second ({each['least']:,.0f} to {each['most']:,.0f})"
                f"  p50 {each['p50_ms']:6.2f}  p99 {each['p99_ms']:6.2f} ms  {each['rate'] / constant:5.2f} of constant"
            )
    for kind, row in found.items():
        for name in ours:
            share = row[name]["rate"] / row["constant bytes"]["rate"]
            goal = READY if kind in OUGHT else None
            _goal(f"{kind}, {name}, of constant bytes", share, goal, least=True)
            _goal(f"{kind}, {name}, p99 in ms", row[name]["p99_ms"], P99_MS, least=False)


def _goal(name: str, found: float, goal: float | None, *, least: bool) -> None:
    is_met = goal is None or (found >= goal if least else found < goal)
    mark = "  " if goal is None else "ok" if is_met else "NO"
    said = "" if goal is None else f" (goal: {'at least' if least else 'less than'} {goal:g})"
    print(f"  {mark} {name}: {found:.2f}{said}")


def measure(news: int, events: int, options: argparse.Namespace) -> dict[str, Any]:
    """Everything, on a site of this size."""
    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        site = BenchSite(ROOT, (options.keep or folder).resolve() / f"site-{news}")
        site.variables = {"DJANGO_SETTINGS_MODULE": "bench_settings", "PYTHONPATH": f"{HERE}:{ROOT}/site:{ROOT}"}
        own = ending.enter_context(own_database(f"newsroom_bench_{os.getpid()}"))
        site.variables["DATABASE_URL"] = own or database_in(site)
        addresses = site.make(news, events)
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        print(f"{news:,} news and {events} events, {os.cpu_count()} cores, {CONNECTIONS} connections:")

        ours = {"ready": site.environment}
        if listens(6379):
            ours["ready, Redis"] = {**site.environment, "CACHE_URL": REDIS}
        started = {name: ending.enter_context(running(each, workers=WORKERS)) for name, each in ours.items()}
        server = started["ready"]
        kinds = [each for each in kinds_of(addresses, server) if not options.only or each.name in options.only]
        files = folder / "files"
        files.mkdir()
        sizes = save_answers(server, kinds, files)
        ports = {"constant bytes": free_port()}
        constant = [
            str(HERE / "bench_constant.py"),
            str(ports["constant bytes"]),
            str(files),
            str(WORKERS),
            str(THREADS),
        ]
        ending.enter_context(process(sys.executable, *constant, port=ports["constant bytes"], cwd=HERE))
        if Path(NGINX).exists():
            ports["nginx"] = free_port()
            configuration = folder / "nginx.conf"
            configuration.write_text(
                NGINX_CONFIGURATION.format(workers=WORKERS, folder=folder, port=ports["nginx"], files=files)
            )
            folder.chmod(0o755)
            ending.enter_context(process(NGINX, "-c", str(configuration), port=ports["nginx"]))
        ports |= {name: each.port for name, each in started.items()}
        for each in started.values():
            for kind in kinds:
                each.everywhere(kind.address, kind.headers)

        found: dict[str, Any] = {"news": news, "events": events, "sizes": sizes}
        found["ready"] = measure_ready(ports, started, kinds, options.rounds, options.seconds)
        tell_ready(found["ready"], sizes, list(started))
        found["memory"] = {name: memory_of(each) for name, each in started.items()}
        print(f"  memory of the workers in MB: {found['memory']}")

        stock = {name: path for name, path in addresses.items() if name.startswith("stock")}
        figures = {name: Figures() for name in stock}
        for _round in range(options.rounds):
            for name, path in stock.items():
                wrk(server.port, path, {}, options.seconds, figures[name])
        found["stock"] = {name: each.as_json() for name, each in figures.items()}
        found["cold"] = measure_cold(site, addresses, max(5, options.rounds))
        plain = [kind for kind in kinds if not kind.headers]
        found["first"] = first_answers(server, site.data / "delivery" / "token", plain, max(5, options.rounds))
        for name, each in found["cold"].items():
            rate = f"{found['stock'][name]['rate']:7.0f} a second" if name in stock else ""
            waits = f"{found['first'][name]:7.1f} ms until it comes" if name in found["first"] else ""
            print(f"  {name:16} made anew: {each['ms']:7.1f} ms of CPU {each['queries']:4} queries {waits}{rate}")

        found["busy"] = {}
        for pause in (10.0, 1.0):
            for kind in plain:
                if kind.name not in options.busy:
                    continue
                busy = found["busy"][f"{kind.name}, every {pause:g} s"] = measure_busy(
                    site, server, kind, pause, options.seconds
                )
                share = busy["rate"] / found["ready"][kind.name]["constant bytes"]["rate"]
                name = f"{kind.name} while somebody publishes every {pause:g} s, of constant bytes"
                _goal(name, share, READY_BUSY if pause == 10 else None, least=True)
        return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--news", type=int, nargs="*", default=[2_000], help="sizes of the site, 2000 100000 perhaps")
    options.add_argument("--events", type=int, default=270)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--only", nargs="*", default=[], help="kinds of answers")
    options.add_argument("--busy", nargs="*", default=["home", "API list"], help="kinds asked while somebody publishes")
    options.add_argument("--keep", type=Path, default=None, help="a folder for filled sites, used again by later runs")
    options.add_argument("--json", type=Path, default=ROOT / "var" / "bench" / "delivery.json")
    asked = options.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing. On Debian: apt install wrk")
    found = [measure(news, asked.events, asked) for news in asked.news]
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
