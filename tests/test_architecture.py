"""The house has rooms and floors: who may import whom, and what may stand where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.house import (
    APPS,
    DJANGO_FAMILY,
    DOORS_INSIDE_FUNCTIONS,
    DOTTED_STRINGS,
    FLOOR_OF,
    LATE_IMPORTS,
    PACKAGE,
    ROOT,
    WITHOUT_DJANGO,
    all_imports,
    broken_rule,
    circles,
    door,
    dotted_strings,
    edges_of,
    imports_of,
    is_within,
    module_and_parents,
    modules_of,
    room_of,
)

TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
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


def test_rooms_import_only_what_stands_below_them() -> None:
    broken = [f"{found}: {rule}" for found in all_imports(*APPS) if (rule := broken_rule(found))]

    assert broken == []


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(module) for module, _ in modules_of(*APPS)} - {""}

    assert rooms - set(FLOOR_OF) == set()


def test_every_package_says_what_lives_there() -> None:
    silent = [
        module
        for module, path in modules_of(*APPS)
        if path.name == "__init__.py"
        and "migrations" not in path.parts
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_modules_stay_small() -> None:
    long = {
        module: lines
        for module, path in modules_of(*APPS, "site", "wagtail_newsroom")
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) >= 400
    }

    assert long == {}


def test_no_circle_of_imports() -> None:
    assert circles(edges_of(all_imports(*APPS))) == []


def test_no_circle_of_rooms() -> None:
    rooms = {
        (".".join(importer.split(".")[:2]), ".".join(imported.split(".")[:2]))
        for importer, imported in edges_of(all_imports(*APPS))
        if "." in importer and "." in imported
    }

    assert circles((one, other) for one, other in rooms if one != other) == []


def test_no_string_stands_in_for_an_import() -> None:
    found = {
        module: strings
        for module, path in modules_of(*APPS)
        if "migrations" not in path.parts and (strings := dotted_strings(path.read_text(encoding="utf-8"), module))
    }

    assert found == {}


def test_every_reason_is_needed() -> None:
    imports = all_imports(*APPS)
    late = [found for found in imports if found.inside_function and found.imported.split(".")[0] in APPS]
    strings = {
        (module, node.value)
        for module, path in modules_of(*APPS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }

    assert {door(found) for found in late} - {None} == set(DOORS_INSIDE_FUNCTIONS)
    assert set(LATE_IMPORTS) - {found.importer for found in late} == set()
    assert set(DOTTED_STRINGS) - strings == set()


@pytest.mark.matrix
@pytest.mark.parametrize(
    "name",
    [
        "news",
        "news.enums",
        "galleries",
        f"{PACKAGE}.tests",
        f"{PACKAGE}.site",
        f"{PACKAGE}.manage",
        f"{PACKAGE}.config",
    ],
)
def test_nothing_loads_under_a_second_name(name: str) -> None:
    script = f"import {PACKAGE}.news, {PACKAGE}.galleries\nimport {name}"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1].startswith(("ImportError: ", "ModuleNotFoundError: "))


@pytest.mark.matrix
def test_packages_load_under_their_name_from_this_folder() -> None:
    script = f"import {PACKAGE}.news.enums as one, {PACKAGE}.galleries as other\nprint(one.__file__, other.__file__)"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert answer.stdout.split() == [str(ROOT / "news" / "enums.py"), str(ROOT / "galleries" / "__init__.py")]


def test_pure_rooms_work_without_django() -> None:
    imports = all_imports(*APPS)
    broken = []
    for root in WITHOUT_DJANGO:
        reached = {module for module, _ in modules_of(*APPS) if is_within(module, root)}
        reached.add(root.split(".")[0])
        waiting = list(reached)
        while waiting:
            module = waiting.pop()
            for found in (each for each in imports if each.importer == module):
                if found.imported.split(".")[0] in DJANGO_FAMILY:
                    broken.append(f"{root} reaches Django: {found}")
                for known in module_and_parents(found.imported):
                    if known not in reached:
                        reached.add(known)
                        waiting.append(known)

    assert broken == []


@pytest.mark.parametrize(
    ("module", "source", "rule"),
    [
        ("news.conf", "from wagtail_newsroom.news.models import NewsPage", "conf stands below models"),
        ("news.conf", "from .models import NewsPage", "conf stands below models"),
        ("news.conf", "def f():\n    import wagtail_newsroom.news.models.events", "conf stands below models"),
        ("news.timing.phases", "from wagtail_newsroom.news.models import NewsPage", "timing stands below models"),
        ("news.blocks.story", "from ..models import NewsPage", "blocks stands below models"),
        ("news.models.pages.news", "from wagtail_newsroom.news.views import news", "models stands below views"),
        ("news.models.pages.news", "from wagtail_newsroom.news.api import v2", "models stands below api"),
        ("news.models.pages.news", "def f():\n    from wagtail_newsroom.news.api import v2", "models stands below api"),
        (
            "news.models.pages.news",
            "def f():\n    from wagtail_newsroom.news.publishing.approval import x",
            "models stands below publishing",
        ),
        ("news.views.feeds", "def f():\n    from wagtail_newsroom.news.models import NewsPage", "needs a reason"),
        ("news.models.pages.news", "import_string('wagtail_newsroom.news.views.feeds.x')", "models stands below views"),
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
        (
            "news.models.workflow.moderation",
            "def start(self):\n    from wagtail_newsroom.news.publishing.approval import moderation",
        ),
        ("news.reader", "def read(text):\n    from wagtail_newsroom.news.reader import reader"),
        ("news.views.files.media", "from wagtail_newsroom.news.visibility import is_public_file"),
        ("news.registry", "if TYPE_CHECKING:\n    from wagtail_newsroom.news.models import NewsPage"),
        ("galleries.models", "from wagtail_newsroom.news.models.pages.shared import NewsroomPage"),
        ("news.apps", "def ready(self):\n    from wagtail_newsroom.news.delivery import receivers"),
    ],
)
def test_open_door_is_not_reported(module: str, source: str) -> None:
    importer = f"{PACKAGE}.{module}"
    assert [rule for each in imports_of(source, importer) if (rule := broken_rule(each))] == []


@pytest.mark.parametrize(
    ("sources", "circle"),
    [
        (
            {
                "news.views.feeds": "from wagtail_newsroom.news.views import retired",
                "news.views.retired": "def f():\n    from wagtail_newsroom.news.views import feeds",
            },
            ["news.views.feeds", "news.views.retired"],
        ),
        (
            {
                "news.conf": "import wagtail_newsroom.news.enums",
                "news.enums": "from .slugs import ascii_slug",
                "news.slugs": "class A:\n    def f(self):\n        import wagtail_newsroom.news.conf",
            },
            ["news.conf", "news.enums", "news.slugs"],
        ),
    ],
)
def test_planted_circle_is_found(sources: dict[str, str], circle: list[str]) -> None:
    imports = [found for name, source in sources.items() for found in imports_of(source, f"{PACKAGE}.{name}")]

    assert circles(edges_of(imports)) == [circle]


@pytest.mark.parametrize(
    "source",
    [
        'listing = "wagtail_newsroom.news.listings.events.event_listing"',
        'files = {"event.ics": "wagtail_newsroom.news.views.feeds.serve_event_calendar"}',
        'load("wagtail_newsroom.galleries.listings")',
        'load("news.views.feeds")',
        'load(f"wagtail_newsroom.news.views.{name}")',
        'include("wagtail_newsroom.news")',
    ],
)
def test_planted_string_is_found(source: str) -> None:
    assert len(dotted_strings(source, f"{PACKAGE}.news.models.pages.news")) == 1


@pytest.mark.parametrize(
    "source",
    [
        'key = models.ForeignKey("newsroom.NewsPage")',
        '"""See wagtail_newsroom.news.views.feeds."""',
        'hint = "Put include(wagtail_newsroom.news.urls) into urls.py."',
        'action = "newsroom.agenda_change_shown"',
        'template = "newsroom/news_page.html"',
    ],
)
def test_other_strings_are_left_alone(source: str) -> None:
    assert dotted_strings(source, f"{PACKAGE}.news.models.pages.news") == []


PUBLIC = "Public: other apps may import from here"
PLUGGED_IN = ("galleries", "tests/third_party", "tests/host_types")  # as a third party would do it


def public_modules() -> set[str]:
    """Modules of the newsroom whose docstring says that other apps may import from them."""
    return {
        module
        for module, path in modules_of("news")
        if PUBLIC in (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
    }


@pytest.mark.parametrize("package", PLUGGED_IN)
def test_plugged_in_apps_import_public_modules_of_the_newsroom_only(package: str) -> None:
    known, public = {module for module, _ in modules_of("news")}, public_modules()
    private = []
    for module, path in modules_of(package):
        for found in imports_of(path.read_text(encoding="utf-8"), module, is_package=path.name == "__init__.py"):
            if found.imported.split(".")[0] != "news" or "migrations" in module:
                continue
            meant = found.imported if found.imported in known else found.imported.rpartition(".")[0]
            if meant != "news" and meant not in public:
                private.append(str(found))
    assert "news.registry" in public
    assert private == []


def test_public_modules_are_listed_in_the_docs() -> None:
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(news(?:\.\w+)+)` \|", text, re.MULTILINE))
    assert listed == public_modules()


# Stock Wagtail and Django are changed while they run in this one place; its list tells what and why.
CHANGES_STOCK = "wagtail_newsroom.news.admin.overrides."
STOCK = ("wagtail", "django")


def changes_of_stock(source: str) -> list[str]:
    """Where a module sets or deletes an attribute of what it imports from Wagtail or Django, or of a name for it.

    Names are followed through assignments, loops and calls within the module; what a call returns is the module's own.
    """
    tree = ast.parse(source)
    foreign = {
        alias.asname or alias.name.split(".")[0]
        for node in ast.walk(tree)
        for alias in getattr(node, "names", [])
        if (isinstance(node, ast.Import) and alias.name.split(".")[0] in STOCK)
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in STOCK)
    }  # fmt: skip
    functions = {node.name: node.args.args for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    while more := set(_other_names(tree, foreign, functions)) - foreign:
        foreign |= more
    return [
        f"line {target.lineno}: {ast.unparse(target)}"
        for target in _changed(tree)
        if (_root(target) in foreign and not isinstance(target, ast.Name))
        or (isinstance(target, ast.Name) and target.id in foreign)
    ]  # fmt: skip


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _changed(tree: ast.AST) -> Iterator[ast.expr]:
    """What is set or deleted: attributes and items, and what ``setattr`` and ``delattr`` are called with."""
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign | ast.Delete):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"setattr", "delattr"} and node.args:
            yield node.args[0]
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
            yield from (part for part in parts if isinstance(part, ast.Attribute | ast.Subscript))


def _other_names(tree: ast.AST, foreign: set[str], functions: dict[str, list[ast.arg]]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _names_one_of(node.value, foreign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name) and _names_one_of(node.iter, foreign):
            yield node.target.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            for parameter, value in zip(functions[node.func.id], node.args, strict=False):
                if _names_one_of(value, foreign):
                    yield parameter.arg


def _names_one_of(value: ast.expr, foreign: set[str]) -> bool:
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        return any(_names_one_of(each, foreign) for each in value.elts)
    if isinstance(value, ast.Attribute):
        return _root(value) in foreign
    return isinstance(value, ast.Name) and value.id in foreign


def test_stock_wagtail_is_changed_in_one_place_only() -> None:
    changed = [
        f"{module}, {change}"
        for module, path in modules_of(*APPS, "site")
        if not module.startswith(CHANGES_STOCK)
        for change in changes_of_stock(path.read_text(encoding="utf-8"))
    ]

    assert changed == []


@pytest.mark.parametrize(
    "source",
    [
        "from wagtail.models import Page\nPage.save = print",
        "from wagtail.models import Page as P\nP.objects.model = print",
        "import django.db\ndjango.db.connection = None",
        "from wagtail.x import View\nView.actions['copy'] = None",
        "from wagtail.x import View\nA, View.b = 1, 2",
        "from wagtail.x import View\nView.count += 1",
        "from wagtail.x import View\ndel View.get",
        "from wagtail.x import View\nsetattr(View, 'get', print)",
        "from wagtail.x import A, B\nfor view in (A, B):\n    view.get = print",
        "from wagtail.x import A, B\nVIEWS = (A, B)\nfor view in VIEWS:\n    setattr(view, 'get', print)",
        "from wagtail.x import A\ndef wrap(view, name):\n    setattr(view, name, print)\nwrap(A, 'get')",
        "def f():\n    from django.forms import Form\n    Form.clean = print",
    ],
)
def test_planted_change_of_stock_is_found(source: str) -> None:
    assert len(changes_of_stock(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from django.forms import Form\nform = Form()\nform.label = 1",
        "from django.forms import Form\nclass Ours(Form):\n    label = 1\nOurs.label = 2",
        "from django.http import HttpResponse\nanswer = HttpResponse()\nanswer['Age'] = 1",
        "from wagtail.x import View\ndef f(view):\n    view.x = 1\nf(View())",
        "from wagtail_newsroom.news.models import NewsPage\nNewsPage.x = 1",
    ],
)
def test_own_things_may_be_changed(source: str) -> None:
    assert changes_of_stock(source) == []


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
