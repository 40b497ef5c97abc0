"""The house has rooms and doors: who may import whom, and what may stand where."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "wagtail_newsroom"
APPS = ("news", "galleries")
SITE_PACKAGES = ("config", "home", "site")

# From the ground up: a room may import from its own floor and from those below it.
FLOORS = (
    ("leaves", "registry"),
    ("search", "reader", "documents", "pictures", "images", "wording"),
    ("timing", "blocks"),
    ("forms", "models", "migrations"),
    ("listings", "publishing", "finders"),
    ("feeds", "drafting", "api", "delivery", "templatetags"),
    ("views", "admin", "management"),
    ("apps", "wagtail_hooks", "urls"),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Doors upwards, open only inside a function, so that no module needs the upper room to load, each with its reason.
DOORS_INSIDE_FUNCTIONS: dict[tuple[str, str], str] = {
    ("models", "views"): "a page's `serve` delegates to its view",
    ("models", "publishing"): "a readable method delegates to the act that it names",
}

WITHOUT_DJANGO = ("news.sandbox", "news.reader", "news.documents", "galleries.pictures")
DJANGO_FAMILY = ("django", "wagtail", "rest_framework", "ninja", "modelcluster", "taggit")

TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "galleries",
    "manage.py",
    "news",
    "pyproject.toml",
    "requirements.in",
    "requirements.txt",
    "site",
    "templates",
    "tests",
    "wagtail_newsroom",
}


@dataclass(frozen=True)
class Import:
    """One module named by an import, and where that import stands."""

    importer: str
    imported: str
    line: int
    inside_function: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def room_of(module: str) -> str:
    """Return the room of a module of ours: a folder or a single file that has a floor of its own."""
    room = [*module.split("."), ""][1]
    return room if room in FLOOR_OF else "leaves"


def imports_of(source: str, module: str, *, is_package: bool = False) -> Iterator[Import]:
    """Yield every import of a module that runs, wherever in the module it stands.

    Imports for type checkers only (``if TYPE_CHECKING``) tie nothing together and are left out.
    """
    package = module if is_package else module.rpartition(".")[0]
    yield from _walk(ast.parse(source), module, package, inside_function=False)


def _walk(node: ast.AST, module: str, package: str, *, inside_function: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for alternative in child.orelse:
                wrapper = ast.Module([alternative], [])
                yield from _walk(wrapper, module, package, inside_function=inside_function)
            continue
        for name in _names(child, package):
            yield Import(_short(module), _short(name), child.lineno, inside_function)
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _walk(child, module, package, inside_function=inside_function or is_function)


def _short(module: str) -> str:
    return module.removeprefix(f"{PACKAGE}.")


def _names(node: ast.AST, package: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parents = package.split(".")
            base = ".".join([*parents[: len(parents) - node.level + 1], *filter(None, [base])])
        return [f"{base}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        called = ast.unparse(node.func).rpartition(".")[2]
        if called in {"import_module", "import_string", "__import__"}:
            return [str(node.args[0].value)]
    return []


def broken_rule(found: Import) -> str | None:
    """Return the rule that an import breaks, in words, or None."""
    target = found.imported.split(".")[0]
    if target in SITE_PACKAGES:
        return "an app never imports the site that runs it"
    if found.importer.startswith("news") and target == "galleries":
        return "news names the models of galleries by string and never imports them"
    if target not in APPS:
        return None
    if target != found.importer.split(".")[0] and any(part.startswith("_") for part in found.imported.split(".")):
        return "galleries uses public doors only"
    here, there = room_of(found.importer), room_of(found.imported)
    if FLOOR_OF[there] <= FLOOR_OF[here]:
        return None
    if found.inside_function and (here, there) in DOORS_INSIDE_FUNCTIONS:
        return None
    return f"{here} stands below {there}"


def modules_of(*packages: str) -> Iterator[tuple[str, Path]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield name, path


def all_imports(*packages: str) -> list[Import]:
    return [
        found
        for module, path in modules_of(*packages)
        for found in imports_of(path.read_text(encoding="utf-8"), module, is_package=path.name == "__init__.py")
    ]


def test_rooms_import_only_what_stands_below_them() -> None:
    broken = [f"{found}: {rule}" for found in all_imports(*APPS) if (rule := broken_rule(found))]

    assert broken == []


def test_pure_rooms_work_without_django() -> None:
    imports = all_imports(*APPS)
    broken = []
    for root in WITHOUT_DJANGO:
        reached = {module for module, _ in modules_of(*APPS) if _is_within(module, root)}
        reached.add(root.split(".")[0])
        waiting = list(reached)
        while waiting:
            module = waiting.pop()
            for found in (each for each in imports if each.importer == module):
                if found.imported.split(".")[0] in DJANGO_FAMILY:
                    broken.append(f"{root} reaches Django: {found}")
                for known in _module_and_parents(found.imported):
                    if known not in reached:
                        reached.add(known)
                        waiting.append(known)

    assert broken == []


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def _module_and_parents(name: str) -> list[str]:
    """The modules of ours that importing ``name`` loads; its last part may be a plain name."""
    known = {module for module, _ in modules_of(*APPS)}
    parts = name.split(".")
    prefixes = [".".join(parts[: end + 1]) for end in range(len(parts))]
    return [prefix for prefix in prefixes if prefix in known]


@pytest.mark.parametrize(
    ("module", "source", "rule"),
    [
        ("news.conf", "from wagtail_newsroom.news.models import NewsPage", "leaves stands below models"),
        ("news.conf", "from .models import NewsPage", "leaves stands below models"),
        ("news.conf", "def f():\n    import wagtail_newsroom.news.models.events", "leaves stands below models"),
        ("news.timing.phases", "from wagtail_newsroom.news.models import NewsPage", "timing stands below models"),
        ("news.blocks.story", "from ..models import NewsPage", "blocks stands below models"),
        ("news.models.pages.news", "from wagtail_newsroom.news.views import news", "models stands below views"),
        ("news.models.pages.news", "from wagtail_newsroom.news.api import v2", "models stands below api"),
        ("news.models.pages.news", "def f():\n    from wagtail_newsroom.news.api import v2", "models stands below api"),
        (
            "news.models.pages.news",
            "try:\n    from wagtail_newsroom.news.feeds import x\nexcept ImportError: pass",
            "feeds",
        ),
        ("news.feeds.atom", "import_module('wagtail_newsroom.news.views.files.media')", "feeds stands below views"),
        ("news.admin.panels", "import wagtail_newsroom.galleries.models", "never imports"),
        ("news.admin.panels", "from wagtail_newsroom.galleries import models", "never imports"),
        ("news.views.files.media", "from home.models import HomePage", "never imports the site"),
        ("news.views.files.media", "from site.home import models", "never imports the site"),
        ("galleries.models", "from wagtail_newsroom.news.views.files import media", "models stands below views"),
        ("galleries.views", "from wagtail_newsroom.news.views.files.media import _door", "public doors"),
    ],
)
def test_planted_violation_is_found(module: str, source: str, rule: str) -> None:
    importer = f"{PACKAGE}.{module}"
    found = [broken for each in imports_of(source, importer) if (broken := broken_rule(each))]

    assert len(found) == 1
    assert rule in found[0]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("news.models.pages.news", "def serve(self):\n    from wagtail_newsroom.news.views.news import show"),
        ("news.views.files.media", "from wagtail_newsroom.news.visibility import is_public_file"),
        ("news.registry", "if TYPE_CHECKING:\n    from wagtail_newsroom.news.models import NewsPage"),
        ("galleries.models", "from wagtail_newsroom.news.models.pages.shared import NewsroomPage"),
        ("news.apps", "def ready(self):\n    from wagtail_newsroom.news.delivery import receivers"),
    ],
)
def test_open_door_is_not_reported(module: str, source: str) -> None:
    importer = f"{PACKAGE}.{module}"
    assert [rule for each in imports_of(source, importer) if (rule := broken_rule(each))] == []


def test_site_folder_is_no_package() -> None:
    # `site` is a module of the standard library; a package of that name would hide it.
    assert not (ROOT / "site" / "__init__.py").exists()
    for module, path in modules_of("news", "galleries", "site", "tests"):
        for found in imports_of(path.read_text(encoding="utf-8"), module):
            assert not found.imported.startswith(("site.config", "site.home")), found


def test_site_folder_is_not_ignored_by_git() -> None:
    patterns = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert not {"site", "site/", "/site", "/site/"} & {line.strip() for line in patterns}


def test_top_level_holds_only_what_the_architecture_lists() -> None:
    answer = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout: there is no list of committed files")
    tracked = {line.split("/")[0].strip('"') for line in answer.stdout.splitlines()}

    assert tracked - TOP_LEVEL == set()
