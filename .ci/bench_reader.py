"""`make bench`: the reader of programmes beside plain work of the same machine, in one run.

Ratios travel from machine to machine, seconds do not: reading is set against splitting the same text with `re`, importing
against `import json`.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.reader.corpus import load  # noqa: E402
from wagtail_newsroom.news.reader import read_text  # noqa: E402


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def importing(module: str) -> float:
    """Seconds that a fresh Python takes to import a module, its own start left out."""
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    return min(float(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT)) for _round in range(5))


def main() -> None:
    texts = [case.text for part in ("held_back", "worked_on") for case in load(part)]
    lines = sum(1 for text in texts for line in text.split("\n") if line.strip())
    for text in texts:
        read_text(text)  # what loads on use is loaded
    reading = seconds(lambda: [read_text(text) for text in texts])
    splitting = seconds(lambda: [re.findall(r"\w+", text) for text in texts])
    print(
        f"read {len(texts)} texts, {lines} lines: {lines / reading:,.0f} lines a second, {1000 * reading / lines:.2f} ms a line"
    )
    print(f"  {reading / splitting:.0f} times as long as re.findall of their words")
    ours, theirs = importing("wagtail_newsroom.news.reader"), importing("json")
    print(f"import wagtail_newsroom.news.reader: {1000 * ours:.1f} ms, {ours / theirs:.1f} times import json")


if __name__ == "__main__":
    main()
