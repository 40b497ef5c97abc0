"""The second reader of our calendars: npm's ical.js, run by node.

It knows no time zones of its own: what it says of an hour comes from the VTIMEZONE that we wrote.
"""

import json
import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest

VERSION = "2.2.1"
READER = Path(__file__).with_name("read_calendar.mjs")
MISSING = """
  !! NO ical.js: the calendar was not read by a second parser.
  !! Install node and npm (Debian, Ubuntu: apt install npm), and let npm reach its registry once.
"""


def cache_folder() -> Path:
    """Where the package of this version stays between runs."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / f"newsroom-ical-{VERSION}"


def install() -> Path | None:
    """Return the folder that holds ical.js; ``None`` where it cannot be had."""
    folder = cache_folder()
    module = folder / "node_modules" / "ical.js"
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    if not module.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="newsroom-ical-", dir=folder.parent))
        command = ["npm", "install", "--ignore-scripts", "--silent", "--no-audit", "--no-fund", "--no-save"]
        answer = subprocess.run(
            [*command, "--prefix", str(fresh), f"ical.js@{VERSION}"], capture_output=True, timeout=300, check=False
        )
        if answer.returncode == 0 and not folder.exists():
            fresh.rename(folder)
        shutil.rmtree(fresh, ignore_errors=True)
    return folder if module.exists() else None


@pytest.fixture(scope="session")
def read_with_ical_js() -> Any:
    """A function that reads a calendar: its name, and its entries by UID."""
    folder = install()
    if folder is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        warnings.warn(MISSING, stacklevel=1)
        pytest.skip("no ical.js: node or npm is missing, or npm cannot reach its registry")

    def read(calendar: bytes) -> dict[str, Any]:
        module = folder / "node_modules" / "ical.js" / "dist" / "ical.js"
        answer = subprocess.run(
            ["node", str(READER), str(module)], input=calendar, capture_output=True, timeout=60, check=False
        )
        assert answer.returncode == 0, answer.stderr.decode()
        return json.loads(answer.stdout)

    return read
