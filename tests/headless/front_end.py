"""Runs the front end of this folder: compiles it once, and tells it what to do."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Self

HERE = Path(__file__).parent
CLIENT = HERE.parent.parent / "news" / "api" / "typescript"
MISSING = """
  !! NO NODE: the front end of tests/headless cannot be built.
  !! Install Node.js 20 or newer with npm (Debian, Ubuntu: apt install nodejs npm).
"""


def has_node() -> bool:
    """Whether Node and npm are here; with ``CI=true`` they have to be."""
    found = shutil.which("node") is not None and shutil.which("npm") is not None
    if not found and os.environ.get("CI"):
        raise SystemExit(MISSING)
    return found


def compiled() -> Path:
    """Check the types of the front end and of the client, and compile them; returns the program."""
    for folder in (CLIENT, HERE):
        if not (folder / "node_modules").exists():
            _run("npm", "ci", "--silent", "--no-audit", "--no-fund", folder=folder)
    _run("npx", "--no-install", "tsc", "--project", ".", folder=HERE)
    return HERE / "dist" / "cli.js"


def _run(*command: str, folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{' '.join(command)} in {folder}:\n{done.stdout}\n{done.stderr}"


@dataclass
class FrontEnd:
    """A running front end: it has built the site at ``address`` into ``folder`` and waits for orders."""

    address: str
    folder: Path
    first: dict[str, Any] = field(init=False)
    _process: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            ["node", str(HERE / "dist" / "cli.js"), self.address, str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.first = self._answer()
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(20)
        finally:
            self._process.kill()
            if self._process.stdout is not None:
                self._process.stdout.close()

    def order(self, what: str) -> dict[str, Any]:
        """Have it ``update`` or ``build``, and return what it did."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the front end ended: its words stand above"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def files(self) -> dict[str, bytes]:
        """What was built: each page by its place."""
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*.html")}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class StaticHost:
    """Serves a folder on loopback, as a host of static files does."""

    def __init__(self, folder: Path) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))

    def __enter__(self) -> str:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
