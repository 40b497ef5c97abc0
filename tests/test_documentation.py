"""What is not documented does not exist: settings, variables, commands, doors of the registry, endpoints, checks."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.dispatch import Signal

from wagtail_newsroom.galleries import signals as gallery_signals
from wagtail_newsroom.news import registry
from wagtail_newsroom.news import signals as news_signals
from wagtail_newsroom.news.api.v2 import api_router
from wagtail_newsroom.news.conf import DEFAULTS

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*ROOT.glob("news/**/*.py"), *ROOT.glob("galleries/**/*.py"), *ROOT.glob("site/**/*.py")]


def doc(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def environment_variables() -> set[str]:
    """Names that the site reads from the environment, found in its source."""
    read = r"""(?:env\.\w+|env|environ\.get|getenv)\(\s*["']([A-Z][A-Z0-9_]+)["']"""
    config = [path for path in SOURCES if "site" in path.relative_to(ROOT).parts[:1]]
    return {name for path in config for name in re.findall(read, path.read_text(encoding="utf-8"))}


def check_ids() -> set[str]:
    return {
        name for path in SOURCES for name in re.findall(r"id=\"(\w+\.[EW]\d{3})\"", path.read_text(encoding="utf-8"))
    }


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
