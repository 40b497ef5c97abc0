"""A site that was there long before takes the newsroom in, stays itself, and gives it back without a trace.

It has types called as ours are, two sites, two languages, a frame with other blocks, files, APIs, images, people and a
workflow of its own (``rich_host/``). Everything is asked three times: before, with the newsroom, and after.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.hosts.projects import ROOT, Project, change, changes, checks_named, commands_named, example_of_theming

pytestmark = pytest.mark.slow

FRAME = ["agency-header", "nr-area", "agency-footer", "agency.js", "newsroom/"]
# The newsroom adds it (docs/hosts.md), and it stays, as every app that the host may use by now.
CAME_ALONG = "simple_translation"
LOOSE = "files that nothing refers to"
WITHOUT_MIXIN = "class AgencyImage(AbstractImage):"
WITH_MIXIN = "class AgencyImage(PhotoMixin, AbstractImage):"
IMPORT = "from wagtail_newsroom.galleries.models import PhotoMixin\n\n\n"


@pytest.fixture(scope="module")
def before(rich_host: Project) -> dict[str, Any]:
    """What the host answers without the newsroom."""
    said = rich_host.do("makemigrations news pictures", "migrate", "agency_site:plant", "agency_site:ask")
    return said["agency_site:ask"]


@pytest.fixture(scope="module")
def taken_in(rich_host: Project, before: dict[str, Any]) -> dict[str, Any]:
    """The README's lines, the frame of docs/theming.md and the mixin of docs/adding-to-a-host.md; what was said then."""
    rich_host.take_in(
        "settings",
        also='NEWSROOM = {"BASE_TEMPLATE": "newsroom_base.html"}\n'
        'WAGTAILIMAGES_IMAGE_FORM_BASE = "wagtail_newsroom.galleries.admin.photo_form.PhotoForm"\n',
    )
    (rich_host.folder / "agency/templates/newsroom_base.html").write_text(example_of_theming(), encoding="utf-8")
    models = rich_host.folder / "pictures/models.py"
    change(models, WITHOUT_MIXIN, IMPORT + WITH_MIXIN)
    rich_host.do("makemigrations pictures")
    return rich_host.finish("makemigrations --check --dry-run", "check")


@pytest.fixture(scope="module")
def visited(rich_host: Project, taken_in: dict[str, Any]) -> dict[str, Any]:
    """What the host answers with the newsroom, first without a page of it, then beside its pages."""
    return rich_host.do("agency_site:ask", "agency_visit:plant", "agency_visit:look")


@pytest.fixture(scope="module")
def given_back(rich_host: Project, visited: dict[str, Any]) -> dict[str, Any]:
    """The steps of docs/uninstalling.md; what the host answers then."""
    text = (ROOT / "docs" / "uninstalling.md").read_text(encoding="utf-8")
    first, removal, galleries, news = commands_named(text)
    assert first.endswith("--dry-run")
    rich_host.do(f"{removal} --yes", "agency_visit:clear")
    change(rich_host.folder / "pictures/models.py", IMPORT + WITH_MIXIN, WITHOUT_MIXIN)
    rich_host.do("makemigrations pictures", "migrate pictures", galleries, news)
    rich_host.take_out()
    return rich_host.do("check", "makemigrations --check --dry-run", "agency_site:ask")


def answered(answers: dict[str, Any]) -> dict[str, Any]:
    """What has to be the same: all but rows of the database and what docs/hosts.md says of files."""
    return {name: found for name, found in answers.items() if name not in {"rows", LOOSE}}


def test_host_starts_with_the_readmes_lines(taken_in: dict[str, Any]) -> None:
    assert "No changes detected" in taken_in["makemigrations --check --dry-run"]
    # Stock documents are its own choice; Django sees Wagtail's v3 API twice, and docs/hosts.md says why both work.
    assert checks_named(taken_in["check"]) == {"newsroom.W001", "urls.W005"}


def test_host_answers_as_before(before: dict[str, Any], visited: dict[str, Any]) -> None:
    """Its addresses on both sites and in both languages, its templates, API, files, workflow, rights and admin."""
    assert changes(answered(before), answered(visited["agency_site:ask"])) == []


def test_host_answers_as_before_beside_pages_of_the_newsroom(before: dict[str, Any], visited: dict[str, Any]) -> None:
    now = visited["agency_visit:look"]["never changes"]
    assert {"public", "files", "second site", "workflow", "rights"} < set(now)
    assert changes({name: before[name] for name in now}, now) == []


def test_questions_are_answered_by_the_host(before: dict[str, Any]) -> None:
    """What is compared is what was meant: no error page, the host's own templates."""
    statuses = {address: found["status"] for address, found in before["public"].items()}
    not_there = {"/en/news/draft-day/", "/en/nothing/", "/nothing.ics", "/en/news/calendar.ics"}
    assert {address for address, status in statuses.items() if status == 404} == not_there
    assert statuses["/"] == 302
    assert set(statuses.values()) == {200, 302, 404}
    assert {found[0] for found in before["files"].values()} == {200}
    assert 'class="agency-news"' in before["public"]["/en/news/article-1/"]["body"]
    assert before["workflow"] == [302, "The agency approves", "GroupApprovalTask", 302, True, "Quay 3", "approved"]
    assert all(found["/admin/"]["status"] == 200 for found in before["admin"].values())


def test_set_up_gives_nothing_on_the_hosts_pages(before: dict[str, Any], visited: dict[str, Any]) -> None:
    rows, look = visited["agency_site:ask"]["rows"], visited["agency_visit:look"]
    assert rows["workflow of pages"] == before["rows"]["workflow of pages"]
    assert set(before["rows"]["rights"]) <= set(rows["rights"])
    new = set(rows["rights"]) - set(before["rows"]["rights"])
    assert {line for line in new if not line.startswith("Newsroom ") or " on " in line} == set()
    assert look["our rights"] == ["diary", "papers", "photos", "press"]
    ours = [line.partition(":")[0] for line in look["workflows"] if line.endswith(": Newsroom approval")]
    assert ours == ["diary", "papers", "photos", "press", "press"]
    assert look["our editor"] == {
        "desk": 200,
        "new item in our list": 200,
        "the agency's home": 302,
        "new article": 302,
    }


def test_newsroom_stands_in_the_hosts_frame(visited: dict[str, Any]) -> None:
    pages = visited["agency_visit:look"]["pages"]
    assert set(pages) == {
        "/en/press/",
        "/en/press/bridge/",
        "/en/diary/",
        "/en/diary/meeting/",
        "/en/papers/",
        "/en/photos/",
        "/pl/press/",
    }
    assert {address: found for address, found in pages.items() if found != [200, *FRAME]} == {}


def test_files_of_our_pages_are_ours_and_drafts_stay_hidden(visited: dict[str, Any]) -> None:
    look = visited["agency_visit:look"]
    assert look["files"] == {
        "/en/diary/calendar.ics": [200, "text/calendar"],
        "/en/press/atom.xml": [200, "application/atom+xml"],
        "/en/diary/atom.xml": [200, "application/atom+xml"],
        "/en/diary/meeting/event.ics": [200, "text/calendar"],
    }
    assert look["hidden"] == dict.fromkeys(["page", "document", "its path", "picture", "original"], 404)
    assert look["picture for who works with it"] == 200
    assert look["second site"] == 404
    assert look["v2"] == 1
    for mount, address in look["detail addresses"].items():
        assert mount in address
    assert look["superuser's menu"]


def test_files_that_nothing_refers_to_are_kept_back_as_long_as_the_newsroom_is_there(
    before: dict[str, Any], visited: dict[str, Any], given_back: dict[str, Any]
) -> None:
    answers = (before, visited["agency_site:ask"], given_back["agency_site:ask"])
    assert [each[LOOSE] for each in answers] == [[200, 200], [404, 404], [200, 200]]


def test_nothing_of_ours_is_left(before: dict[str, Any], given_back: dict[str, Any]) -> None:
    rows = {
        part: [line for line in lines if CAME_ALONG not in line]
        for part, lines in given_back["agency_site:ask"]["rows"].items()
    }
    assert changes(before["rows"], rows) == []


def test_host_answers_as_before_once_it_is_out(before: dict[str, Any], given_back: dict[str, Any]) -> None:
    now = given_back["agency_site:ask"]
    assert changes(answered(before), answered(now)) == []
    assert checks_named(given_back["check"]) == set()
