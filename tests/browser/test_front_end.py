"""A front end of another make, from the API alone: the five stories, and nothing built anew that did not change."""

import random
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from tests.headless.front_end import MISSING, FrontEnd, StaticHost, compiled, has_node
from tests.news.delivery.test_affects import Clock, Newsroom
from tests.soak import TIMES
from tests.standing import Tree
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.models import EventPage, NewsPage
from wagtail_newsroom.news.publishing.schedule.passing_time import look_at_all_pages, record_passing_time
from wagtail_newsroom.news.visibility import public_pages

pytestmark = pytest.mark.skipif(not has_node(), reason=MISSING)

# Requests that a build needs beside one for each page: the site, its lists, the cursor, the addresses of the pages.
BESIDE_PAGES = 8
ACTS = 10 if TIMES == 1 else 500


@pytest.fixture(scope="module", autouse=True)
def program() -> Path:
    return compiled()


@pytest.fixture
def server(live_server: Any) -> str:
    """The live server, whose site knows its own address: pictures are asked of it."""
    Site.objects.update(hostname="localhost", port=live_server.thread.port)
    return str(live_server.url)


def test_five_stories_are_built_from_the_api_alone_one_request_a_page(
    db: None, server: str, settings: Any, page_at: Any, tmp_path: Path
) -> None:
    settings.SITE_URL = server
    call_command("load_demo", password="a good long phrase", verbosity=0)
    Site.objects.update(hostname="localhost", port=int(server.rpartition(":")[2]))
    prepare_sizes(list(get_image_model().objects.all()), ["format-jpeg|width-480", "format-jpeg|fill-480x320"])
    with FrontEnd(server, tmp_path / "site") as front_end, StaticHost(tmp_path / "site") as host:
        report = front_end.first
        pages = public_pages(Page.objects.all(), Site.objects.get())
        assert set(report["rebuilt"]) == {page.url for page in pages}
        assert report["requests"] <= report["pages"] + BESIDE_PAGES
        for width in (320, 1280):
            _look(page_at(width), host, tmp_path, width)


def _look(tab: Any, host: str, folder: Path, width: int) -> None:
    """Every story shows what its page holds, without an error and without scrolling sideways."""
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    for story in [*_stories(), *GalleryPage.objects.live()]:
        assert tab.goto(f"{host}{story.url}").status == 200
        assert tab.locator("h1").inner_text() == story.title
        text = tab.locator("main").inner_text()
        assert story.lead in text
        if isinstance(story, EventPage):
            for day in story.agenda_days:
                assert all(session.title in text for session in day.sessions), story.title
            assert all(
                speaker["name"] in text
                for day in story.agenda_days
                for each in day.sessions
                for speaker in each.speakers
            )
        for row in getattr(story, "attachment_rows", []):
            assert row.title in text, (story.title, row.title)
        if isinstance(story, GalleryPage):
            alts = [photo.alt_text for photo in story.shown_photos]
            assert [each.get_attribute("alt") for each in tab.locator(".photos img").all()] == alts
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), (story.title, width)
        tab.screenshot(path=folder / f"{width}-{story.slug[:40]}.png", full_page=True)
    assert errors == []


def _stories() -> list[Any]:
    return [*EventPage.objects.live(), *NewsPage.objects.live()]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    from django.utils import timezone

    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.mark.sampled
def test_front_end_that_rebuilds_what_changes_name_ends_as_one_built_from_nothing(
    clock: Clock, grown_newsroom: Tree, db: None, server: str, tmp_path: Path
) -> None:
    dice = random.Random(11)
    newsroom = Newsroom(grown_newsroom(), clock, dice)
    Site.objects.update(hostname="localhost", port=int(server.rpartition(":")[2]))
    look_at_all_pages()
    record_passing_time()
    shares: list[float] = []
    with FrontEnd(server, tmp_path / "followed") as followed:
        for _n in range(ACTS):
            act = dice.choice(newsroom.acts())
            act()
            report = followed.order("update")
            if not report["whole"]:
                shares.append(len(report["rebuilt"]) / report["pages"])
        with FrontEnd(server, tmp_path / "afresh") as afresh:
            assert followed.files() == afresh.files()
    assert shares, "no act was told apart from a change of everything"
