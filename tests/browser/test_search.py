"""The search of the site in a real browser: on a phone and a screen, with and without scripts, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as BrowserPage
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from tests.browser.test_public_pages import AXE_OPTIONS, PHONE, SCREEN
from tests.factories import EventPageFactory, NewsPageFactory, SearchPageFactory, attach, make_attachment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

FOUND, NOTHING, MISSING = "/szukaj/?q=jab%C5%82onie", "/szukaj/?q=hipopotam", "/nie-ma-takiej/"


@pytest.fixture
def orchard(tree: dict[str, Page]) -> None:
    SearchPageFactory(parent=tree["home"])
    news = NewsPageFactory(parent=tree["news"], title="Jabłonie w mieście")
    EventPageFactory(parent=tree["events"], title="Spacer między jabłoniami")
    SearchPromotion.objects.create(query=Query.get("jabłonie"), page=news, description="Gdzie rosną najstarsze.")
    attach(news, make_attachment("Mapa", content="Dojście do jabłoni od rzeki.".encode()))


def findings(page: BrowserPage, width: int, part: str = "html") -> list[str]:
    """What is wrong with ``part`` of the page as it stands; what an open menu covers in part is not looked at."""
    violations = Axe().run(page, context=part, options=AXE_OPTIONS).response["violations"]
    found = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in violations]
    scroll = page.evaluate("document.documentElement.scrollWidth")
    return [*found, *([f"{scroll} px wide"] if scroll > width else [])]


def test_search_is_found_read_and_used_by_everybody(orchard: None, page_at: Any) -> None:
    """Above ten seconds: three pages at two widths, each looked at by axe, and one without scripts."""
    wrong = {}
    for width in (PHONE, SCREEN):
        page = page_at(width)
        page.set_default_navigation_timeout(60_000)
        for path in (FOUND, NOTHING, MISSING):
            page.goto(path)
            wrong[width, path] = findings(page, width)
            assert page.get_by_role("heading", name="Polecamy").count() == (path == FOUND)
        if width == PHONE:
            page.get_by_role("button", name="Menu").click()
            wrong[width, "menu"] = findings(page, width, ".nr-masthead")
        box = page.locator("#masthead-search")
        box.press_sequentially("jabłon")
        options = page.get_by_role("option")
        options.first.wait_for()
        wrong[width, "suggestions"] = findings(page, width, ".nr-masthead")
        assert options.count() == 2
        assert page.locator(".nr-search [role=status]").first.inner_text().endswith(": 2")

        box.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        assert options.first.get_attribute("aria-selected") == "true"
        box.press("Escape")
        assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "jabłon")
        box.press_sequentially("i")
        options.first.wait_for()
        box.press("ArrowDown")
        address = options.first.get_attribute("data-url")
        box.press("Enter")
        page.wait_for_url(f"**{address}")
    assert {place: each for place, each in wrong.items() if each} == {}

    plain = page_at(SCREEN, java_script_enabled=False)
    plain.goto("/")
    plain.locator("#masthead-search").fill("jabłonie")
    plain.locator("#masthead-search").press("Enter")
    plain.wait_for_url("**/szukaj/?q=*")
    assert plain.locator("ol .nr-hit").count() == 3
    assert plain.locator("mark").all_inner_texts()[:1] == ["jabłoniami"]
    narrow = page_at(PHONE, java_script_enabled=False)
    narrow.goto("/")
    narrow.get_by_role("button", name="Menu").click()
    narrow.locator("#masthead-search").fill("jabłonie")
    narrow.locator("#masthead-search").press("Enter")
    narrow.wait_for_url("**/szukaj/?q=*")
