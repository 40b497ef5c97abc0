"""The server that `make run` starts: it answers, and it stops when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from tests.slow_clients import LARGE, PATIENCE, Visitor, slow_clients

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_server(port: int, tmp_path: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port), *options],
        cwd=ROOT,
        env={**os.environ, "NEWSROOM_DATA": str(tmp_path / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = start_server(port, tmp_path)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate(timeout=30)


def wait_for_answer(address: str, process: subprocess.Popen[str]) -> str:
    for _ in range(300):
        assert process.poll() is None, "the server stopped by itself"
        try:
            with urlopen(address, timeout=5) as response:
                return response.read().decode()
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"no answer from {address} within a minute")


@pytest.mark.parametrize("told_by", [signal.SIGTERM, signal.SIGINT])
def test_server_answers_and_stops_cleanly(server: subprocess.Popen[str], port: int, told_by: signal.Signals) -> None:
    text = wait_for_answer(f"http://127.0.0.1:{port}/robots.txt", server)
    server.send_signal(told_by)
    output, _ = server.communicate(timeout=30)

    assert "Disallow: /admin/" in text
    assert server.returncode == 0
    assert f"The site:    http://127.0.0.1:{port}/" in output
    assert f"The editors: http://127.0.0.1:{port}/admin/" in output
    assert "E-MAILS ARE WRITTEN HERE" in output
    assert "WARNING" not in output
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5)


def test_scheduler_stands_beside_the_server_and_ends_with_it(server: subprocess.Popen[str], port: int) -> None:
    wait_for_answer(f"http://127.0.0.1:{port}/robots.txt", server)
    scheduler = wait_for_scheduler(server)
    # It is started again when it dies.
    os.kill(scheduler, signal.SIGKILL)
    another = wait_for_scheduler(server, other_than=scheduler)
    server.terminate()
    output, _ = server.communicate(timeout=30)

    assert server.returncode == 0
    assert "run_scheduler ended by itself (-9)" in output
    assert not is_alive(another)


def test_nobody_is_left_behind_a_server_that_is_killed(server: subprocess.Popen[str], port: int) -> None:
    wait_for_answer(f"http://127.0.0.1:{port}/robots.txt", server)
    wait_for_scheduler(server)
    children = children_of(server.pid)
    assert len(children) == 3, "two workers and the scheduler"
    server.kill()
    server.wait(timeout=30)

    wait_until(lambda: not any(map(is_alive, children)), "somebody outlives the server")


@pytest.mark.parametrize("told_by", [signal.SIGTERM, signal.SIGINT])
def test_scheduler_stops_cleanly(tmp_path: Path, told_by: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_scheduler"],
        cwd=ROOT,
        env={**os.environ, "NEWSROOM_DATA": str(tmp_path / "data"), "DATABASE_URL": f"sqlite:///{tmp_path / 'empty'}"},
        stderr=subprocess.PIPE,
        text=True,
    )
    # There is no table yet: it says so and goes on.
    assert process.stderr
    first = process.stderr.readline()
    process.send_signal(told_by)
    _, errors = process.communicate(timeout=30)

    assert "waits for the database" in first + errors
    assert "Traceback" not in first + errors
    assert process.returncode == 0


def test_server_alone_has_no_scheduler(port: int, tmp_path: Path) -> None:
    process = start_server(port, tmp_path, "--no-scheduler")
    try:
        wait_for_answer(f"http://127.0.0.1:{port}/robots.txt", process)
        assert schedulers_of(process) == []
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_t22_slow_clients_keep_nobody_waiting(port: int, tmp_path: Path) -> None:
    """Fifty of each for some seconds; ``python -m tests.slow_clients`` has them at the whole site for two minutes."""
    large = tmp_path / "data/static/large.bin"
    large.parent.mkdir(parents=True)
    large.write_bytes(bytes(LARGE))
    process = start_server(port, tmp_path, "--no-scheduler")
    try:
        wait_for_answer(f"http://127.0.0.1:{port}/robots.txt", process)
        assert_static_file_is_sent_rightly(f"http://127.0.0.1:{port}/static/large.bin")
        visitor = Visitor(f"http://127.0.0.1:{port}")
        with slow_clients(port, writers=50, readers=50, form="/robots.txt", file="/static/large.bin"):
            time.sleep(1)
            for _ in range(20):
                visitor.ask("read", "/robots.txt")
                # Refused by Django for its length: here is no database, and no page could be drawn.
                visitor.ask("sent", "/api/v2/pages/", {"a": "b" * 300_000})
        assert len(visitor.waits["sent"]) == len(visitor.waits["read"]) == 20
        assert max(visitor.waits["read"] + visitor.waits["sent"]) < PATIENCE
    finally:
        process.terminate()
        process.communicate(timeout=30)


def assert_static_file_is_sent_rightly(address: str) -> None:
    """Files of the theme are whitenoise's: whole, in part, unchanged, and without their content."""

    def ask(method: str = "GET", **headers: str) -> tuple[int, int, int, Message]:
        request = Request(address, method=method, headers=headers)
        try:
            with urlopen(request, timeout=30) as answer:
                return answer.status, len(answer.read()), int(answer.headers["Content-Length"]), answer.headers
        except HTTPError as error:
            return error.code, len(error.read()), int(error.headers["Content-Length"] or 0), error.headers

    *whole, headers = ask()
    assert whole == [200, LARGE, LARGE]
    for wanted, said in (
        ({"method": "HEAD"}, [200, 0, LARGE]),
        ({"Range": "bytes=5-9"}, [206, 5, 5]),
        ({"Range": f"bytes={LARGE // 2}-"}, [206, LARGE // 2, LARGE // 2]),
        ({"Range": f"bytes={LARGE}-"}, [416, 0, 0]),
        ({"If-Modified-Since": str(headers["Last-Modified"])}, [304, 0, 0]),
    ):
        *answered, _headers = ask(**wanted)
        assert answered == said, wanted


def children_of(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_child = (folder / "stat").read_text().rpartition(")")[2].split()[1] == str(parent)
        except OSError:
            continue  # it has just ended
        if is_child:
            found.append(int(folder.name))
    return found


def schedulers_of(server: subprocess.Popen[str]) -> list[int]:
    """Process ids of the schedulers that this server started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it has just ended
        if b"run_scheduler" in command and str(server.pid).encode() in command:
            found.append(int(folder.name))
    return found


def wait_for_scheduler(server: subprocess.Popen[str], other_than: int = 0) -> int:
    wait_until(lambda: bool(set(schedulers_of(server)) - {other_than}), "no scheduler beside the server")
    (found,) = set(schedulers_of(server)) - {other_than}
    return found


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(condition: Callable[[], bool], otherwise: str) -> None:
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail(otherwise)


def test_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "NEWSROOM_DATA": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert answer.returncode != 0
    assert f"Port {port} is taken. Choose another: PORT={port + 1} make run" in answer.stderr
