"""The server that `make run` starts: it answers, and it stops when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "NEWSROOM_DATA": str(tmp_path / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
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
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5)


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
