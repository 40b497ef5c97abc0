"""The wheel, built and installed once, and projects of hosts that take it in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.hosts.projects import ROOT, Project, run

RICH_HOST = Path(__file__).resolve().parent / "rich_host"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(ROOT, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder))
    (built,) = folder.glob("wagtail_newsroom-*.whl")
    return built


@pytest.fixture(scope="session")
def library(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip installs it; what it depends on is there already."""
    folder = tmp_path_factory.mktemp("library")
    run(ROOT, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder),
        str(wheel))  # fmt: skip
    return folder


@pytest.fixture(scope="session")
def started_project(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project as ``wagtail start`` makes it, migrated, before it knows of the newsroom. Tests take a copy of it."""
    folder = tmp_path_factory.mktemp("started") / "host"
    folder.mkdir()
    run(folder.parent, "-c", "from wagtail.bin.wagtail import main; main()", "start", "hostsite", str(folder))
    settings = folder / "hostsite/settings/base.py"
    project = Project(folder, "hostsite.settings.dev", settings, folder / "hostsite/urls.py", library)
    project.do("migrate")
    return project


@pytest.fixture
def plain_host(started_project: Project, tmp_path: Path) -> Project:
    return started_project.copy(tmp_path / "host")


@pytest.fixture(scope="module")
def rich_host(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The agency's site (``rich_host/``), without a database yet."""
    folder = tmp_path_factory.mktemp("rich") / "host"
    shutil.copytree(RICH_HOST, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Project(folder, "agency.settings", folder / "agency/settings.py", folder / "agency/urls.py", library)
