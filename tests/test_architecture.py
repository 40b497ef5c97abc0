"""The house has rooms and floors: who may import whom, and what may stand where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

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
