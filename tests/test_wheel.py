"""The wheel, installed into a fresh Wagtail project with the lines that the README gives."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow

# The visitors' theme of each app, in templates/.
THEMES = {"news": "newsroom", "galleries": "newsroom_galleries"}

# Runs inside the host project, on the installed wheel; prints what it found as JSON.
VISIT = """
import datetime as dt, json, pathlib
from wagtail_newsroom import galleries, news
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page, Site

admin = get_user_model().objects.create_superuser("host", "host@example.org", "a host's password")
home = Site.objects.get(is_default_site=True).root_page
found = {"packages": [str(pathlib.Path(p.__file__).parent) for p in (news, galleries)]}


def add(parent, model, **values):
    page = parent.add_child(instance=apps.get_model(model)(**values))
    page.save_revision().publish()
    return page


news_index = add(home, "newsroom.NewsIndexPage", title="News of the host", slug="news")
event_index = add(home, "newsroom.EventIndexPage", title="Events of the host", slug="events")
gallery_index = add(home, "newsroom_galleries.GalleryIndexPage", title="Galleries of the host", slug="pics")
item = add(news_index, "newsroom.NewsPage", title="A bridge is open", lead="It carries trams.")
event = add(
    event_index, "newsroom.EventPage", title="A meeting on bridges", lead="Come along.",
    start_date=dt.date.today() + dt.timedelta(days=30),
)

visitor = Client()
found["pages"] = {}
for page in (news_index, event_index, gallery_index, item, event):
    response = visitor.get(page.get_url())
    found["pages"][page.title] = [
        response.status_code,
        page.title in response.content.decode(),
        sorted(response.cookies),
    ]

editor = Client()
editor.force_login(admin)
dashboard = editor.get("/admin/")
found["menu"] = dashboard.status_code == 200 and "Newsroom" in dashboard.content.decode()
found["forms"] = {
    model: editor.get(f"/admin/pages/add/{model.replace('.', '/')}/{parent.pk}/").status_code
    for model, parent in [("newsroom.newspage", news_index), ("newsroom.eventpage", event_index)]
}
found["v2"] = visitor.get("/api/v2/pages/?type=newsroom.NewsPage").json()["meta"]["total_count"]
print("FOUND " + json.dumps(found))
"""


def readme_lines(name: str) -> str:
    """Return the code that the README gives between the markers ``install:<name>``."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- install:{name} -->\s*```\w+\n(.*?)```\s*<!-- /install:{name} -->", text, re.DOTALL)
    assert found, f"README.md has no code between the markers install:{name}"
    return found.group(1)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(ROOT, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder))
    (built,) = folder.glob("wagtail_newsroom-*.whl")
    return built


@pytest.fixture(scope="module")
def library(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip installs it; what it depends on is there already."""
    folder = tmp_path_factory.mktemp("library")
    run(ROOT, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder),
        str(wheel))  # fmt: skip
    return folder


@pytest.fixture(params=["our models", "stock models"])
def host(request: pytest.FixtureRequest, tmp_path: Path, library: Path) -> Path:
    """A project as ``wagtail start`` makes it, with the README's lines added to it."""
    project = tmp_path / "host"
    run(tmp_path, "-c", "from wagtail.bin.wagtail import main; main()", "start", "hostsite", str(project), make=project)
    settings = readme_lines("settings")
    if request.param == "our models":
        settings += readme_lines("models")
    append(project / "hostsite" / "settings" / "base.py", settings)
    append(project / "hostsite" / "urls.py", readme_lines("urls"))
    (project / "library").symlink_to(library)
    return project


def run(folder: Path, *arguments: str, make: Path | None = None, **variables: str) -> str:
    """Run this Python with arguments, away from the repository's own packages; return its output."""
    if make:
        make.mkdir()
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


def manage(host: Path, *arguments: str) -> str:
    return run(host, "manage.py", *arguments, PYTHONPATH=str((host / "library").resolve()))


def append(path: Path, lines: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n\n" + lines, encoding="utf-8")


def checks_named(output: str) -> set[str]:
    return set(re.findall(r"\((\w+\.[EWIC]\d+)\)", output))


def test_fresh_project_runs_the_newsroom(host: Path, library: Path) -> None:
    uses_our_models = "newsroom_galleries.Photo" in (host / "hostsite/settings/base.py").read_text(encoding="utf-8")
    expected_checks = set() if uses_our_models else {"newsroom.W001", "newsroom_galleries.W001"}
    for command in readme_lines("finish").splitlines():
        program, script, *arguments = command.split()
        assert (program, script) == ("python", "manage.py")
        manage(host, *arguments)

    manage(host, "makemigrations", "--check", "--dry-run")
    assert checks_named(manage(host, "check")) == expected_checks
    output = manage(host, "shell", "--no-imports", "--command", VISIT)
    (line,) = [line for line in output.splitlines() if line.startswith("FOUND ")]
    found = json.loads(line.removeprefix("FOUND "))

    assert found["packages"] == [str(library / "wagtail_newsroom" / name) for name in ("news", "galleries")]
    assert found["menu"], "the admin's menu does not name the newsroom"
    assert found["forms"] == {"newsroom.newspage": 200, "newsroom.eventpage": 200}
    assert found["pages"] == {title: [200, True, []] for title in found["pages"]}
    assert len(found["pages"]) == 5
    assert found["v2"] == 1


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


def _closure(requirements: object) -> set[str]:
    """The distributions that these requirements bring, directly or through others."""
    found: set[str] = set()
    waiting = [requirement.name for requirement in requirements]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found.add(name)
        for line in distribution(name).requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found
