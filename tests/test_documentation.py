"""What is not documented does not exist: each list of names is read from the code and looked up in docs/."""

from __future__ import annotations

import importlib.util
import inspect
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.dispatch import Signal
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.log_actions import registry as log_actions

from wagtail_newsroom.galleries import signals as gallery_signals
from wagtail_newsroom.news import registry
from wagtail_newsroom.news import signals as news_signals
from wagtail_newsroom.news.api.v2 import api_router
from wagtail_newsroom.news.conf import DEFAULTS
from wagtail_newsroom.news.publishing.approval.groups import ROLES

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*ROOT.glob("news/**/*.py"), *ROOT.glob("galleries/**/*.py"), *ROOT.glob("site/**/*.py")]
THEME = [path for app in ("newsroom", "newsroom_galleries") for path in (ROOT / "templates" / app).rglob("*.*")]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def doc(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def environment_variables() -> set[str]:
    """Names that the site reads from the environment, found in its source."""
    read = r"""(?:env\.\w+|env|environ\.get|getenv)\(\s*["']([A-Z][A-Z0-9_]+)["']"""
    config = [path for path in SOURCES if "site" in path.relative_to(ROOT).parts[:1]]
    return {name for path in config for name in re.findall(read, path.read_text(encoding="utf-8"))}


def check_ids() -> set[str]:
    return {name for path in SOURCES for name in re.findall(r"\"(\w+\.[EW]\d{3})\"", path.read_text(encoding="utf-8"))}


def missing(names: Iterable[str], *pages: str) -> list[str]:
    """Those of ``names`` that none of ``pages`` sets as code."""
    text = "".join(map(doc, pages))
    found = list(names)
    assert found, "nothing was found in the code"
    return sorted({name for name in found if f"`{name}`" not in text})


def url_names(patterns: Iterable[URLPattern | URLResolver] | None = None) -> Iterator[str]:
    """Names of the newsroom's addresses: of a viewset its namespace, of a register the part that all of its have."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            if (each.namespace or "").startswith("newsroom_"):
                yield each.namespace
            else:
                yield from url_names(each.url_patterns)
        elif (each.name or "").startswith("newsroom_"):
            yield each.name.partition("_modeladmin_")[0]


def found_in_sources(pattern: str) -> set[str]:
    return {name for path in SOURCES for name in re.findall(pattern, path.read_text(encoding="utf-8"))}


def anchors(page: Path) -> set[str]:
    """Where a link into ``page`` may lead: its headings, written as the repository's host writes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands() -> set[str]:
    return {path.stem for path in SOURCES if path.parent.name == "commands" and path.stem != "__init__"}


@pytest.mark.parametrize("name", sorted(DEFAULTS))
def test_newsroom_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in doc("settings.md")


def names_something(path: str) -> bool:
    """Whether a dotted path leads to a module, or to something in it."""
    parts = path.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: Any = import_module(".".join(parts[:end]))
        except ImportError:
            continue
        for name in parts[end:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def test_modules_named_in_docs_and_docstrings_exist() -> None:
    texts = [*ROOT.glob("docs/*.md"), ROOT / "README.md", *SOURCES]
    named = {
        (path.relative_to(ROOT), name)
        for path in texts
        for name in re.findall(r"\bwagtail_newsroom(?:\.\w+)+", path.read_text(encoding="utf-8"))
    }

    assert len(named) > 100
    assert sorted(f"{path}: {name}" for path, name in named if not names_something(name)) == []


@pytest.mark.parametrize("module", [news_signals, gallery_signals])
def test_signals_are_documented(module: Any) -> None:
    names = [name for name, value in vars(module).items() if isinstance(value, Signal)]

    assert names
    assert [name for name in names if f"`{module.__name__}.{name}`" not in doc("extending.md")] == []


@pytest.mark.parametrize("name", ["architecture.md", "glossary.md"])
def test_paths_in_the_docs_exist(name: str) -> None:
    named = re.findall(r"`([a-z_/]+\*?\.py|[a-z_]+/[a-z_/]*)`", doc(name))
    missing = [path for path in named if not any(list(base.glob(path.rstrip("/"))) for base in (ROOT, ROOT / "news"))]

    assert len(named) > 30
    assert missing == []


def test_environment_variables_are_documented() -> None:
    found = environment_variables()
    assert {"DATABASE_URL", "SITE_URL", "NEWSROOM_DATA"} <= found
    assert sorted(name for name in found if f"`{name}`" not in doc("settings.md")) == []


def test_checks_are_documented() -> None:
    assert {"newsroom.E001", "newsroom.W001", "newsroom_galleries.W001"} <= check_ids()
    assert sorted(name for name in check_ids() if f"`{name}`" not in doc("settings.md")) == []


def test_commands_are_documented() -> None:
    assert "setup_newsroom" in commands()
    assert sorted(name for name in commands() if f"manage.py {name}" not in doc("settings.md")) == []


def test_doors_of_the_registry_are_documented() -> None:
    doors = [
        name for name, _function in inspect.getmembers(registry, inspect.isfunction) if name.startswith("register_")
    ]
    assert doors
    assert sorted(name for name in doors if f"`{name}(" not in doc("extending.md")) == []


def test_endpoints_are_documented() -> None:
    endpoints = [
        name for name, each in api_router._endpoints.items() if each.__module__.startswith("wagtail_newsroom.")
    ]
    assert "pages" in endpoints
    assert sorted(name for name in endpoints if f"`{name}/`" not in doc("api.md")) == []


def test_url_names_are_documented() -> None:
    names = set(url_names())
    assert {"newsroom_draft", "newsroom_preflight", "newsroom_bundles"} <= names
    assert missing(names, "reference.md") == []


def test_signals_are_in_the_reference() -> None:
    modules = [
        import_module(f"wagtail_newsroom.{path.parent.name}.signals") for path in SOURCES if path.name == "signals.py"
    ]
    names = [name for module in modules for name, value in vars(module).items() if isinstance(value, Signal)]
    assert missing(names, "reference.md") == []


def test_hooks_are_documented() -> None:
    assert missing(found_in_sources(r"hooks\.register\(\s*\"(\w+)\""), "reference.md") == []
    offered = found_in_sources(r"get_hooks\(\"(\w+)\"\)") | found_in_sources(r"_HOOK = \"(\w+)\"")
    assert missing(offered, "reference.md") == []


def test_templates_are_documented() -> None:
    text = doc("reference.md")
    names = {path.relative_to(ROOT / "templates").as_posix(): path.name for path in THEME}
    assert "newsroom/layout.html" in names
    assert sorted(path for path, name in names.items() if f"/{name}`" not in text and f"`{name}`" not in text) == []


def test_blocks_of_templates_are_documented() -> None:
    blocks = {name for path in THEME for name in re.findall(r"\{% block (\w+)", path.read_text(encoding="utf-8"))}
    assert {"newsroom", "notice"} <= blocks
    assert missing(blocks, "reference.md") == []


@pytest.mark.parametrize("library", sorted(path.stem for path in ROOT.glob("news/templatetags/newsroom*.py")))
def test_template_tags_are_documented(library: str) -> None:
    register = import_module(f"wagtail_newsroom.news.templatetags.{library}").register
    assert missing([*register.tags, *register.filters], "reference.md") == []
    assert f"`{{% load {library} %}}`" in doc("reference.md")


def test_log_actions_are_documented() -> None:
    log_actions.scan_for_actions()
    names = [name for name in log_actions.formatters if name.startswith("newsroom")]
    assert "newsroom.retired" in names
    assert missing(names, "reference.md") == []


def test_groups_and_their_rights_are_documented() -> None:
    text = doc("reference.md")
    assert [role.name for role in ROLES if role.name not in text] == []
    assert missing({codename for role in ROLES for _app, codename in role.extra}, "reference.md") == []


def test_helpers_of_make_are_documented() -> None:
    helpers = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert missing([f"make {name}" for name in helpers], "CONTRIBUTING.md") == []


def test_each_page_is_in_the_index() -> None:
    index = doc("index.md")
    assert sorted(page.name for page in PAGES if page.name != "index.md" and f"{page.name})" not in index) == []
    assert "(docs/index.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_each_decision_is_in_its_index() -> None:
    text = doc("decisions.md")
    entries = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert entries
    assert len(entries) == len(set(entries))
    assert sorted(entry for entry in entries if f"- [{entry}](#" not in text) == []


@pytest.mark.parametrize("written", PAGES, ids=lambda written: written.name)
def test_links_lead_somewhere(written: Path) -> None:
    links = re.findall(r"\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)", written.read_text(encoding="utf-8"))
    broken = []
    for path, anchor in links:
        target = (written.parent / path).resolve() if path else written
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(f"{path}#{anchor}")
    assert broken == []


def test_long_description_has_whole_addresses() -> None:
    spec = importlib.util.spec_from_file_location("long_description", ROOT / ".ci" / "long_description.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    text = script.with_whole_addresses(
        (ROOT / "README.md").read_text(encoding="utf-8"), "https://github.com/owner/name"
    )
    addresses = re.findall(r"\]\(([^)]+)\)", text)
    assert "https://raw.githubusercontent.com/owner/name/main/docs/pictures/desk.png" in addresses
    assert "https://github.com/owner/name/blob/main/docs/settings.md#the-scheduler" in addresses
    assert [address for address in addresses if not address.startswith("https://")] == []
