"""What is changed in stock Wagtail: each change finds what it leans on, is made, and is told where it cannot be."""

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import get_resolver
from wagtail import VERSION

from tests.admin import stand_ins
from wagtail_newsroom.news.admin import checks, overrides
from wagtail_newsroom.news.admin.overrides import OVERRIDES, Override

pytestmark = pytest.mark.matrix

ROOT = Path(__file__).resolve().parents[2]

# Names of loops over hooks at the level of Wagtail's modules: the last hook is left in them.
LEFT_BY_LOOPS = {"wagtail.admin.api.urls:fn"}

# How many there were before Wagtail's doors were used: the list stays below half of it.
ONCE = 34


def named(override: Override) -> str:
    return override.target.rpartition(":")[2]


def _mount_addresses() -> None:
    """With them the views of the admin and of the APIs are loaded."""
    assert get_resolver().url_patterns


@pytest.mark.parametrize("override", OVERRIDES, ids=named)
def test_target_is_there_with_the_parameters_that_we_lean_on(override: Override) -> None:
    assert override.wanted, "the reference site uses all of Wagtail that is changed"
    assert override.what_is_wrong() == ""


@pytest.mark.parametrize("override", OVERRIDES, ids=named)
def test_change_is_made_once(override: Override) -> None:
    _mount_addresses()
    found = override.find()
    assert found is not None
    assert found[2].newsroom_override is override
    override.apply()
    again = override.find()
    assert again is not None
    assert again[2] is found[2]
    assert not hasattr(found[2].__wrapped__, "newsroom_override"), "wrapped twice"


@pytest.mark.parametrize("override", OVERRIDES, ids=named)
def test_entry_says_why_it_is_there_and_what_it_waits_for(override: Override) -> None:
    assert override.reason.endswith(".")
    assert override.door
    assert f"{VERSION[0]}.{VERSION[1]}" in override.versions


def test_list_is_shorter_than_half_of_what_it_was() -> None:
    assert 0 < len(OVERRIDES) < ONCE / 2
    assert len({override.target for override in OVERRIDES}) == len(OVERRIDES)


@pytest.mark.django_db  # Django 6.1 runs checks of the database too
@pytest.mark.parametrize(
    ("target", "parameters", "told"),
    [
        ("wagtail.admin.views.no_such_module:View.get", ("self",), "it is not there"),
        ("wagtail.admin.views.chooser:NoSuchView.get", ("self",), "it is not there"),
        ("wagtail.admin.views.chooser:BrowseView.no_such_method", ("self",), "it is not there"),
        (
            "wagtail.admin.views.chooser:BrowseView.get",
            ("self",),
            "its parameters are now: self, request, parent_page_id",
        ),
    ],
)
def test_target_that_is_gone_is_told_by_a_check(
    monkeypatch: pytest.MonkeyPatch, target: str, parameters: tuple[str, ...], told: str
) -> None:
    gone = Override(target, parameters, lambda function: function, "Titles are told.", "a door")
    monkeypatch.setattr(checks, "OVERRIDES", (gone,))
    overrides.apply_overrides([gone])  # nothing breaks

    (error,) = checks.check_overrides(None)
    assert (error.id, told in error.msg, target in error.msg) == ("newsroom.E013", True, True)
    assert "Titles are told." in error.msg
    with pytest.raises(SystemCheckError, match="E013"):
        call_command("check", "--tag", "newsroom")


def test_change_to_an_app_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    away = dataclasses.replace(OVERRIDES[0], target="nothing.at.all:here", app="an.app.that.is.not.installed")
    monkeypatch.setattr(checks, "OVERRIDES", (away,))

    assert not away.wanted
    assert checks.check_overrides(None) == []


def test_nothing_else_of_wagtail_and_django_is_ours() -> None:
    _mount_addresses()
    found = {
        _where_it_is_listed(function) or f"{module.__name__}:{place}"
        for module in list(sys.modules.values())
        if module.__name__.split(".")[0] in {"wagtail", "django", "modelsearch"}
        for place, function in _functions_of(module)
        if Path(function.__code__.co_filename).is_relative_to(ROOT) and not _is_no_product(function)
    }

    assert found - LEFT_BY_LOOPS == {override.target for override in OVERRIDES}


def _where_it_is_listed(function: Any) -> str:
    """The target of a change that Wagtail's own modules import by its name; empty for what no entry has made."""
    override = getattr(function, "newsroom_override", None)
    found = override.find() if override in OVERRIDES else None
    return override.target if found is not None and found[2] is function else ""


def _functions_of(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The functions in a module and in the classes that it defines, by the place where they stand."""
    for name, each in list(vars(module).items()):
        if type(each) is FunctionType:
            yield name, each
        elif issubclass(type(each), type) and each.__module__ == module.__name__:
            for attribute, value in list(vars(each).items()):
                function = value.__func__ if isinstance(value, staticmethod | classmethod) else value
                if type(function) is FunctionType:
                    yield f"{name}.{attribute}", function


def _is_no_product(function: Any) -> bool:
    """A virtual environment may lie below the project, and the suite watches requests and commands."""
    path = Path(function.__code__.co_filename)
    return "site-packages" in path.parts or path.is_relative_to(ROOT / "tests")


def test_static_method_stays_static() -> None:
    override = Override(
        f"{stand_ins.__name__}:Speller.spell",
        ("word",),
        lambda spell: lambda word: spell(word).upper(),
        "Why.",
        "a door",
    )
    override.apply()
    assert stand_ins.Speller.spell("abc") == stand_ins.Speller().spell("abc") == "A-B-C"
