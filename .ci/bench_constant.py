"""Constant bytes under the server of the site: what a ready answer is measured against.

``python .ci/bench_constant.py PORT FOLDER``: each answer that was saved in the folder (``save``) is given at the address of its name, with
its status, its headers and its bytes, by as many workers and threads as the site has.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = "BENCH_CONSTANT"


def save(folder: Path, name: str, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
    """Have an answer given at ``/name``; its bytes lie in a file of that name."""
    kept = [pair for pair in headers if pair[0].lower() not in {"date", "server", "connection", "transfer-encoding"}]
    (folder / name).write_bytes(body)
    (folder / f"{name}.headers").write_text(json.dumps([status, kept]))


@cache
def answers() -> dict[str, tuple[str, list[tuple[str, str]], list[bytes]]]:
    """All answers, by their addresses."""
    found = {}
    for place in Path(os.environ[FOLDER]).glob("*.headers"):
        status, headers = json.loads(place.read_text())
        body = place.with_suffix("").read_bytes()
        found[f"/{place.stem}"] = (status, [(name, value) for name, value in headers], [body] if body else [])
    return found


def application(variables: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Give it."""
    status, headers, body = answers()[variables["PATH_INFO"]]
    start_response(status, headers)
    return body


def main() -> None:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    port, folder, workers, threads = sys.argv[1:]
    os.environ[FOLDER] = folder
    Granian(
        "bench_constant:application",
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=int(workers),
        blocking_threads=int(threads),
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
