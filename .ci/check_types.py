"""Check types with mypy, which runs no import hooks: it sees the packages through links below one folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINKS = ROOT / ".mypy_cache" / "import_path"


def main() -> int:
    package = LINKS / "wagtail_newsroom"
    package.mkdir(parents=True, exist_ok=True)
    for name, target in {
        "__init__.py": ROOT / "wagtail_newsroom" / "__init__.py",
        "news": ROOT / "news",
        "galleries": ROOT / "galleries",
    }.items():
        link = package / name
        if not link.is_symlink():
            link.symlink_to(target)
    path = os.pathsep.join([str(LINKS), str(ROOT / "site")])
    packages = [part for name in ("wagtail_newsroom", "config", "home") for part in ("-p", name)]
    return subprocess.run(
        [sys.executable, "-m", "mypy", *packages, *sys.argv[1:]],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": path},
        check=False,
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
