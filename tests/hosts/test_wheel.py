"""The wheel: what it holds, and what its apps import. How it works in a host's project: tests/hosts."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.hosts.projects import ROOT

pytestmark = pytest.mark.slow

# The visitors' theme of each app, in templates/.
THEMES = {"news": "newsroom", "galleries": "newsroom_galleries"}


def test_wheel_holds_all_that_the_apps_need_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    expected = {
        f"wagtail_newsroom/{path.relative_to(ROOT).as_posix()}"
        for app in ("news", "galleries")
        for pattern in ("**/*.py", "**/*.mo", "static/**/*", "templates/**/*")
        for path in (ROOT / app).glob(pattern)
        if path.is_file()
    }
    for app, theme in THEMES.items():
        expected |= {
            f"wagtail_newsroom/{app}/templates/{path.relative_to(ROOT / 'templates').as_posix()}"
            for path in (ROOT / "templates" / theme).rglob("*.*")
        }
    assert expected - names == set()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"wagtail_newsroom"}
    assert not [name for name in names if name.endswith((".po", ".pyc"))]


def test_wheel_puts_nothing_into_a_hosts_own_template_namespace(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        spaces = {
            name.split("/")[3]
            for name in archive.namelist()
            if name.startswith(("wagtail_newsroom/news/templates/", "wagtail_newsroom/galleries/templates/"))
        }

    assert spaces == {"newsroom", "newsroom_admin", "newsroom_galleries"}


def test_list_of_parts_names_what_the_wheel_needs(tmp_path: Path) -> None:
    """The SBOM that `make wheel` writes: the plugin, all that it needs, and nothing of tests and tools."""
    written = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "sbom.py"), str(tmp_path)], capture_output=True, text=True, check=True
    )
    bom = json.loads(Path(written.stdout.strip()).read_text())
    parts = {part["name"]: part for part in bom["components"]}
    needs = {each["ref"]: each.get("dependsOn", []) for each in bom["dependencies"]}

    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert bom["metadata"]["component"]["name"] == "wagtail-newsroom"
    assert set(parts) == _closure(Requirement(line) for line in _project_table()["dependencies"])
    assert parts["wagtail"]["purl"] == f"pkg:pypi/wagtail@{distribution('wagtail').version}"
    assert parts["wagtail"]["bom-ref"] in needs[bom["metadata"]["component"]["bom-ref"]]


def test_apps_import_only_what_the_wheel_declares() -> None:
    declared = _closure(Requirement(line) for line in _project_table()["dependencies"])
    providers = packages_distributions()
    undeclared = set()
    for path in [*(ROOT / "news").rglob("*.py"), *(ROOT / "galleries").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for top in {name.split(".")[0] for name in names}:
                if top in sys.stdlib_module_names or top == "wagtail_newsroom":
                    continue
                if not {canonicalize_name(name) for name in providers.get(top, [])} & declared:
                    undeclared.add(f"{path.relative_to(ROOT)}: {top}")

    assert undeclared == set()


def _project_table() -> dict:
    import tomllib

    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _closure(requirements: Iterable[Requirement]) -> set[str]:
    """The distributions that these requirements bring with their extras, directly or through others."""
    found: set[str] = set()
    waiting = list(requirements)
    asked: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        found.add(name)
        extras = {(name, extra) for extra in {"", *wanted.extras}} - asked
        asked |= extras
        lines = distribution(name).requires or [] if extras else []
        waiting += [
            requirement
            for requirement in map(Requirement, lines)
            if requirement.marker is None
            or any(requirement.marker.evaluate({"extra": extra}) for _name, extra in extras)
        ]
    return found
