"""The rooms and floors of the house, and what reads from the sources who imports whom."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "wagtail_newsroom"
APPS = ("news", "galleries")
SITE_PACKAGES = ("config", "home", "site")

# From the ground up: a room may import from its own floor and from those below it. The rooms of both apps.
FLOORS = (
    (
        *("conf", "enums", "validators", "signals", "slugs", "fields", "registry"),
        *("install", "mounting", "switches", "caching", "once", "idle_space"),
    ),
    (
        *("visibility", "site_tree", "uses", "naming", "timing", "wording", "images", "sandbox", "traffic"),
        *("rich_text", "reader", "documents", "search", "pictures", "freshness", "queries"),
    ),
    ("blocks", "forms", "panels", "tabs", "serializers"),
    ("models", "migrations"),
    ("listings", "finding", "publishing", "finders"),
    ("drafting", "feeds", "api", "delivery"),
    ("views", "admin", "management", "templatetags"),
    ("apps", "checks", "wagtail_hooks", "urls"),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# The only imports upwards. Each stands inside a function, so that the lower module loads without the upper one.
DOORS_INSIDE_FUNCTIONS: dict[tuple[str, str], str] = {
    ("news.models.workflow.moderation", "news.publishing.approval"): "Wagtail calls the task's own methods",
}

# The only other imports of ours inside functions, by the module in which they stand.
LATE_IMPORTS: dict[str, str] = {
    "news.apps": "apps load before models: `ready` imports what needs them",
    "galleries.apps": "apps load before models: `ready` imports what needs them",
    "news.admin.overrides.access": "Wagtail's promoted results are an app that a host may leave out",
    "news.admin.searching.missed": "Wagtail's promoted results are an app that a host may leave out",
    "news.documents.office": "the libraries of a format load with the first file of that format",
    "news.documents.ooxml": "the libraries of a format load with the first file of that format",
    "news.documents.worker": "the libraries of a format load with the first file of that format",
    "news.search.database": "which models an index has depends on the database: those of another one cannot be imported",
    "news.reader": "`import reader` loads no grammar: pages that read nothing don't pay for it",
    "news.reader.formats.archives": "the libraries of a format load with the first file of that format",
    "news.reader.formats.detection": "the libraries of a format load with the first file of that format",
    "news.reader.story": "`import story` loads no grammar: pages that read nothing don't pay for it",
    "news.reader.story.files": "the libraries of a format load with the first file of that format",
}

# Paths of our modules that may stand in a string: somebody else imports them.
DOTTED_STRINGS: dict[tuple[str, str], str] = {
    ("news", "wagtail_newsroom.news"): "the name under which alone the package may be loaded",
    ("galleries", "wagtail_newsroom.galleries"): "the name under which alone the package may be loaded",
    ("news.apps", "wagtail_newsroom.news"): "Django's name of the app",
    ("galleries.apps", "wagtail_newsroom.galleries"): "Django's name of the app",
    ("galleries.apps", "wagtail_newsroom.news"): "Django's name of the app that it plugs into",
    ("news.install", "wagtail_newsroom.news"): "Django's names of the apps, for a host's settings",
    ("news.install", "wagtail_newsroom.galleries"): "Django's names of the apps, for a host's settings",
    ("news.mounting", "wagtail_newsroom.news.urls"): "the addresses, as a host's patterns name them",
    ("news.mounting", "wagtail_newsroom.news.api.v1.urls"): "the addresses, as a host's patterns name them",
    ("news.mounting", "wagtail_newsroom.news.api.v1.llms_urls"): "the addresses, as a host's patterns name them",
}

WITHOUT_DJANGO = ("news.sandbox", "news.reader", "news.documents", "news.search.words", "galleries.pictures")
DJANGO_FAMILY = ("django", "wagtail", "rest_framework", "ninja", "modelcluster", "taggit")


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
    """Return the room of a module of ours: the folder or the single file right below its app; empty for the app itself."""
    return [*module.split("."), ""][1]


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
    is_door = found.inside_function and door(found) is not None
    if here and there and FLOOR_OF[there] > FLOOR_OF[here]:
        return None if is_door else f"{here} stands below {there}"
    if found.inside_function and not is_door and found.importer not in LATE_IMPORTS:
        return "an import inside a function needs a reason in LATE_IMPORTS"
    return None


def door(found: Import) -> tuple[str, str] | None:
    return next(
        (
            (importer, imported)
            for importer, imported in DOORS_INSIDE_FUNCTIONS
            if found.importer == importer and is_within(found.imported, imported)
        ),
        None,
    )


@cache
def _known_modules() -> frozenset[str]:
    return frozenset(module for module, _ in modules_of(*APPS))


def circles(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the groups of modules that reach each other (Tarjan's strongly connected components of two and more)."""
    graph: dict[str, list[str]] = {}
    for importer, imported in edges:
        graph.setdefault(importer, []).append(imported)
        graph.setdefault(imported, [])
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = lowest[module] = len(number)
        path.append(module)
        for other in graph[module]:
            if other not in number:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in path:
                lowest[module] = min(lowest[module], number[other])
        if lowest[module] == number[module]:
            group = path[path.index(module) :]
            del path[path.index(module) :]
            if len(group) > 1:
                found.append(sorted(group))

    for module in graph:
        if module not in number:
            visit(module)
    return found


def edges_of(imports: Iterable[Import]) -> Iterator[tuple[str, str]]:
    """Yield who needs whom among modules of ours, whether at the top or inside a function; the listed doors aside."""
    for found in imports:
        target = next(iter(reversed(module_and_parents(found.imported))), None)
        if target and target != found.importer and not (found.inside_function and door(found)):
            yield found.importer, target


def dotted_strings(source: str, module: str) -> list[str]:
    """Return the strings that name one of our modules, or something in it, where an import should stand."""
    tree = ast.parse(source)
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _names_a_module(node.value)
    ]
    return [each for each in found if (_short(module), each.strip(".")) not in DOTTED_STRINGS]


def _names_a_module(text: str) -> bool:
    if not re.fullmatch(r"[a-z_]+(\.\w+)+\.?", text):
        return False
    prefixes = module_and_parents(_short(text.strip(".")))
    return any("." in prefix for prefix in prefixes) or text.strip(".") in {f"{PACKAGE}.{app}" for app in APPS}


def modules_of(*packages: str) -> Iterator[tuple[str, Path]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield name, path


@cache
def all_imports(*packages: str) -> list[Import]:
    return [
        found
        for module, path in modules_of(*packages)
        for found in imports_of(path.read_text(encoding="utf-8"), module, is_package=path.name == "__init__.py")
    ]


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def module_and_parents(name: str) -> list[str]:
    """The modules of ours that importing ``name`` loads; its last part may be a plain name."""
    known = _known_modules()
    parts = name.split(".")
    prefixes = [".".join(parts[: end + 1]) for end in range(len(parts))]
    return [prefix for prefix in prefixes if prefix in known]
