"""Finds the browser of the browser tests, or installs one.

``python -m tests.browser.chromium --install`` prints what it found. The order: ``$CHROMIUM``, the
PATH, playwright's own; then playwright's download, then apt where that is allowed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

MISSING = """
  !! NO BROWSER: the browser tests cannot run.
  !! Install Chromium (Debian, Ubuntu: apt install chromium), or name one: CHROMIUM=/path/to/chromium
"""


def find_chromium() -> str | None:
    """Return the path of a Chromium that can be started, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if path is None:
            raise SystemExit(f"CHROMIUM names {named}, and there is no such program.")
        return path
    for name in NAMES:
        path = shutil.which(name)
        if path and _starts(path):
            return path
    own = _playwrights_own()
    return own if own and _starts(own) else None


def install_chromium() -> str | None:
    """Try playwright's download, then apt as root; return the path of what works now."""
    for command in _installers():
        print("  trying:", " ".join(command), flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            subprocess.run(command, env=environment, timeout=600, check=True, capture_output=True)
        except (OSError, subprocess.SubprocessError) as error:
            print("  that did not work:", str(error).splitlines()[0], flush=True)
            continue
        found = find_chromium()
        if found:
            return found
    return None


def _installers() -> list[list[str]]:
    installers = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = ["apt-get", "-qq"]
        installers.append([*quiet, "update"])
        installers.append([*quiet, "install", "-y", "--no-install-recommends", "chromium"])
    return installers


def _playwrights_own() -> str | None:
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error:
        return None
    return path if Path(path).exists() else None


def _starts(path: str) -> bool:
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.returncode == 0


def main(arguments: list[str]) -> int:
    found = find_chromium()
    if not found and "--install" in arguments:
        print("No Chromium here; installing one for the browser tests.", flush=True)
        found = install_chromium()
    if found:
        print(f"Browser tests use {found}")
        return 0
    print(MISSING, file=sys.stderr, flush=True)
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
