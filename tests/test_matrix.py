"""What `make matrix` tries is what the wheel promises."""

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def matrix() -> ModuleType:
    spec = importlib.util.spec_from_file_location("matrix_script", ROOT / ".ci" / "matrix.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def promised(prefix: str) -> set[str]:
    """Versions that the classifiers beginning with ``prefix`` name."""
    found = {each.removeprefix(prefix).strip() for each in PROJECT["classifiers"] if each.startswith(prefix)}
    return {each for each in found if "." in each}


def test_each_promised_version_is_tried(matrix: ModuleType) -> None:
    assert promised("Programming Language :: Python ::") == set(matrix.PYTHONS)
    assert promised("Framework :: Django ::") == set(matrix.DJANGO)
    assert "Framework :: Wagtail :: 8" in PROJECT["classifiers"]
    assert {version.split(".")[0] for version in matrix.WAGTAIL} == {"8"}


@pytest.mark.parametrize("name", ["wagtail", "django"])
def test_wheel_takes_what_is_tried(matrix: ModuleType, name: str) -> None:
    (asked,) = (each for each in map(Requirement, PROJECT["dependencies"]) if each.name.lower() == name)
    for version in {"wagtail": matrix.WAGTAIL, "django": matrix.DJANGO}[name]:
        assert asked.specifier.contains(f"{version}.1", prereleases=True)


def test_combinations_are_those_that_run(matrix: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "find_pythons", lambda **options: {"3.11": "old", "3.13": "new"})
    names = [each.name for each in matrix.combinations(only_default=False)]

    assert len(names) == len(set(names)) == 6
    assert not [name for name in names if "3.11" in name and "Django 6.1" in name], "Django 6.1 needs Python 3.12"
    chosen = [each.name for each in matrix.combinations(only_default=False) if matrix.fits(each, {"8.1", "6.1"})]
    assert chosen == ["Python 3.13, Wagtail 8.1, Django 6.1"]


def test_environment_has_the_pins_of_the_site_but_for_what_is_tried(matrix: ModuleType) -> None:
    combination = matrix.Combination("python", "3.13", "8.1", "6.1")
    assert {"wagtail>=8.1rc1,<8.2", "Django>=6.1,<6.2", "pytest", "django-axes[ipware]"} <= set(
        combination.requirements
    )
    assert not {"mypy", "playwright"} & set(combination.requirements)
    pins = {line.partition("==")[0] for line in matrix.pinned()}
    assert {"pytest", "icalendar"} <= pins
    assert not {"wagtail", "django"} & {pin.lower() for pin in pins}


def test_marked_tests_are_found_and_need_no_browser(matrix: ModuleType) -> None:
    files = matrix.marked_files()
    assert "tests/admin/test_versions.py" in files
    assert "tests/admin/test_overrides.py" in files
    assert [name for name in files if "browser" in name] == []


def test_step_that_fails_says_what_it_said(matrix: ModuleType) -> None:
    with pytest.raises(matrix.FailedError, match="no such thing"):
        matrix.run(sys.executable, "-c", "import sys; sys.exit('no such thing')")
