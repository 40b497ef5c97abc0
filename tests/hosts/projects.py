"""Projects of hosts in folders of their own, on the installed wheel, away from the repository's own packages."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
INSIDE = Path(__file__).resolve().parent / "inside"


def run(folder: Path, *arguments: str, **variables: str) -> str:
    """Run this Python with arguments; return what it said."""
    unwanted = ("DJANGO_", "NEWSROOM_", "PYTHONPATH", "DATABASE_URL", "CACHE_URL")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(unwanted)}
    answer = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout + answer.stderr


def readme_lines(name: str) -> str:
    """The code that the README gives between the markers ``install:<name>``."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- install:{name} -->\s*```\w+\n(.*?)```\s*<!-- /install:{name} -->", text, re.DOTALL)
    assert found, f"README.md has no code between the markers install:{name}"
    return found.group(1)


def commands_named(text: str) -> list[str]:
    """The commands of ``manage.py`` that a text tells its reader to give, in their order."""
    return re.findall(r"python manage\.py ([^`\n#]*[^`\n# ])", text)


def example_of_theming() -> str:
    """The template by which docs/theming.md joins a host's blocks with ours."""
    text = (ROOT / "docs" / "theming.md").read_text(encoding="utf-8")
    found = re.search(r"```django\n(.*?)```", text, re.DOTALL)
    assert found, "docs/theming.md has no example of a template"
    return found.group(1)


@dataclass
class Project:
    """A host's project: where it lies, what its settings are called, and where its own and ours are imported from."""

    folder: Path
    module: str  # its settings, as DJANGO_SETTINGS_MODULE names them
    settings: Path
    urls: Path
    library: Path

    def do(self, *steps: str) -> dict[str, Any]:
        """Run steps in one process (``inside/commands.py``); what each wrote or returned, by step."""
        out = self.folder / "out.json"
        path = os.pathsep.join(map(str, (self.folder, self.library)))
        run(
            self.folder,
            str(INSIDE / "commands.py"),
            str(out),
            *steps,
            PYTHONPATH=path,
            DJANGO_SETTINGS_MODULE=self.module,
        )
        return json.loads(out.read_text(encoding="utf-8"))

    def take_in(self, *blocks: str, also: str = "") -> None:
        """Add the README's blocks to the settings, with ``also``, and to the addresses."""
        self.kept = {path: path.read_text(encoding="utf-8") for path in (self.settings, self.urls)}
        append(self.settings, "\n".join([*map(readme_lines, blocks), also]))
        append(self.urls, readme_lines("urls"))

    def take_out(self) -> None:
        """Take those lines out again."""
        for path, text in self.kept.items():
            path.write_text(text, encoding="utf-8")

    def finish(self, *more: str) -> dict[str, Any]:
        """Give the README's last commands, then ``more``."""
        commands = commands_named(readme_lines("finish"))
        assert commands == ["migrate", "setup_newsroom"]
        return self.do(*commands, *more)

    def copy(self, folder: Path) -> Project:
        """The same project, database and all, in another folder."""
        shutil.copytree(self.folder, folder)
        settings, urls = (folder / path.relative_to(self.folder) for path in (self.settings, self.urls))
        return Project(folder, self.module, settings, urls, self.library)


def append(path: Path, lines: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n\n" + lines, encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def checks_named(output: str) -> set[str]:
    return set(re.findall(r"\((\w+\.[EWIC]\d+)\)", output))


def changes(before: Any, after: Any, place: str = "") -> list[str]:
    """Where two trees of answers differ, one line or a few for each place; empty where they are the same."""
    return list(_changes(before, after, place))


def _changes(before: Any, after: Any, place: str) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _changes(before.get(key), after.get(key), f"{place} > {key}" if place else key)
    elif isinstance(before, str) and isinstance(after, str) and before != after:
        lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
        yield "\n".join([f"{place}:", *list(lines)[2:12]])
    elif isinstance(before, list) and isinstance(after, list) and before != after:
        gone, new = ([each for each in one if each not in other] for one, other in ((before, after), (after, before)))
        yield f"{place}: gone {gone}, new {new}"
    elif before != after:
        yield f"{place}: {before!r} → {after!r}"
