"""A project as ``wagtail start`` makes it takes the newsroom in, with the lines that the README gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.hosts.projects import Project, append, changes, checks_named
from wagtail_newsroom.news.images.renditions import all_specs

pytestmark = pytest.mark.slow

NO_CHANGES = "makemigrations --check --dry-run"
# Apps that came along keep their tables (docs/uninstalling.md).
CAME_ALONG = ("simple_translation",)


def without(answers: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: found for name, found in answers.items() if name not in names}


def assert_newsroom_works(found: dict[str, Any], pages: int) -> None:
    assert found["menu"], "the admin's menu does not name the newsroom"
    assert found["forms"] == {"newsroom/newspage": 200, "newsroom/eventpage": 200}
    assert found["pages"] == {title: [200, True, []] for title in found["pages"]}
    assert len(found["pages"]) == pages
    assert found["v2"] == 1
    assert found["sizes"] == [1, 0, sorted(all_specs())]


def test_fresh_project_runs_the_newsroom_with_its_models(plain_host: Project, library: Path) -> None:
    plain_host.take_in("settings", "models")
    said = plain_host.finish(NO_CHANGES, "check")
    assert "No changes detected" in said[NO_CHANGES]
    assert checks_named(said["check"]) == set()

    found = plain_host.do("plain_site:packages", "plain_site:employ", "plain_site:visit")
    assert found["plain_site:packages"] == [str(library / "wagtail_newsroom" / name) for name in ("news", "galleries")]
    assert_newsroom_works(found["plain_site:visit"], pages=5)


def test_fresh_project_with_stock_models_takes_the_newsroom_in_and_out(plain_host: Project) -> None:
    before = plain_host.do("plain_site:employ", "plain_site:ask")["plain_site:ask"]
    assert before["public"]["/"]["status"] == before["admin"]["/admin/"]["status"] == 200

    plain_host.take_in("settings")
    said = plain_host.finish(NO_CHANGES, "check")
    assert "No changes detected" in said[NO_CHANGES]
    assert checks_named(said["check"]) == {"newsroom.W001", "newsroom_galleries.W001"}
    found = plain_host.do("plain_site:ask", "plain_site:visit")
    assert changes(without(before, "rows"), without(found["plain_site:ask"], "rows")) == []
    assert_newsroom_works(found["plain_site:visit"], pages=5)

    plain_host.do("remove_newsroom --pages --yes", "migrate newsroom_galleries zero", "migrate newsroom zero")
    plain_host.take_out()
    after = plain_host.do("plain_site:ask")["plain_site:ask"]
    assert changes(without(before, "rows"), without(after, "rows")) == []
    left = {
        part: [line for line in lines if not any(app in line for app in CAME_ALONG)]
        for part, lines in after["rows"].items()
    }
    assert changes(before["rows"], left) == []


def test_project_without_galleries_runs_the_rest(plain_host: Project) -> None:
    plain_host.take_in("settings")
    append(plain_host.settings, 'INSTALLED_APPS.remove("wagtail_newsroom.galleries")')
    said = plain_host.finish(NO_CHANGES, "check", "plain_site:employ", "plain_site:visit")
    assert "No changes detected" in said[NO_CHANGES]
    assert checks_named(said["check"]) == {"newsroom.W001"}
    assert_newsroom_works(said["plain_site:visit"], pages=4)
